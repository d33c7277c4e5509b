"""录入情况: how much each operator keyed, how quickly, and how much of it was corrected later.

It is for the office itself: nothing of it is reported or leaves the computer.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.merging.merge import changed_fields
from app.domain.records import TYPES, Operator
from app.services.office.office import Office
from app.services.records.keyed_by_hand import by_hand
from app.services.records.record_folding import decode
from database.log import keyed, revisions
from database.log.keyed import Keyed
from database.state import states
from database.store.engine import Connection

DAYS = 30
"""So many days back are looked at."""
_PAUSE = dt.timedelta(minutes=15)
"""Longer between two records is no keying."""
_FIRST = dt.timedelta(minutes=2)
"""The time of the first record after a pause, which nothing tells."""
_NOT_ON_PAPER = frozenset({"attachments", "accepted", "number", "paper_marks"})


@dataclass(frozen=True, slots=True)
class Pace:
    """An operator's records in the last days: begun by hand, seconds at work, corrected later."""

    name: str
    records: int
    seconds: int
    corrected: int

    @property
    def an_hour(self) -> int:
        """Records in an hour of keying."""
        return round(self.records * 3600 / self.seconds) if self.seconds else 0


def keying_pace(office: Office) -> tuple[Pace, ...]:
    """Of everybody who keyed records from paper in the last `DAYS` days, by name."""
    since = (office.today() - dt.timedelta(days=DAYS)).isoformat()
    types = [name for name, kind in TYPES.items() if kind.facts.proofread]
    writer = office.identity.writer
    with office.store.read() as connection:
        records = by_hand(connection, keyed.begun(connection, writer, types, since))
        changes = keyed.changed(connection, writer, types, since)
        corrected = _corrected(connection, changes)
        names = {one.id: one.record.name for one in states.find(connection, Operator)}
    by_operator: dict[str, list[Keyed]] = defaultdict(list)
    for one in records:
        by_operator[one.by].append(one)
    found = (
        Pace(names.get(who, ""), len(own), _seconds(own), len(corrected[who]))
        for who, own in by_operator.items()
    )
    return tuple(sorted(found, key=lambda pace: pace.name))


def _seconds(records: Sequence[Keyed]) -> int:
    """The time at work: what lies between two records, unless it is a pause."""
    times = [dt.datetime.fromisoformat(one.at) for one in records]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    work = sum((gap if gap <= _PAUSE else _FIRST for gap in gaps), _FIRST)
    return int(work.total_seconds())


def _corrected(connection: Connection, changes: Iterable[Keyed]) -> dict[str, set[str]]:
    """By who had begun them, the records of which something that the paper says was changed."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in changes:
        if one.id not in found[one.by] and _says_otherwise(connection, one):
            found[one.by].add(one.id)
    return found


def _says_otherwise(connection: Connection, change: Keyed) -> bool:
    stored = {row.h: row for row in revisions.of_record(connection, change.id)}
    after = next((row for row in stored.values() if row.n == change.n), None)
    before = stored.get(after.parents[0]) if after is not None and after.parents else None
    if after is None or before is None:
        return False
    then, now = decode([before, after]).values()
    return bool(set(changed_fields(then.body, now.body)) - _NOT_ON_PAPER)
