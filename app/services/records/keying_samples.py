"""二次录入: a sample of what was keyed by hand, one of so many, from a random start.

One of so many records begun by hand is drawn, from a random start; both are written down, so that
anybody can draw the same again.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.kernel.errors import UserError
from app.domain.records import TYPES, Operator, Record
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.keyed_by_hand import by_hand
from database.books import second_keyings
from database.books.second_keyings import AgainRow, SampleRow
from database.log import keyed
from database.state import states
from database.store.engine import Connection

LEAST, MOST = 2, 1000
"""One of at least and of at most so many may be drawn."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A draw in words: `drawn` were drawn, `done` of them keyed again, `by` is a name."""

    label: str
    every: int
    start: int
    among: int
    drawn: int
    done: int
    at: str
    by: str


@needs("key")
def draw(office: Office, record_type: type[Record], every: int) -> Sample:
    """Draw one of `every` records of a type begun by hand since the last draw.

    Raises `UserError` EVERY, TOO_FEW.
    """
    if not LEAST <= every <= MOST:
        raise UserError("EVERY", f"请填 {LEAST} 到 {MOST}：每几条抽一条。")
    with office.store.write() as connection:
        known = second_keyings.samples(connection)
        last = max((one.last for one in known if one.type == record_type.type_name), default=0)
        found = by_hand(
            connection,
            keyed.begun_after(connection, office.identity.writer, record_type, last),
        )
        if len(found) < every:
            raise UserError(
                "TOO_FEW",
                f"上次抽样以后新录的只有 {len(found)} 条，不够每 {every} 条抽一条。",
                remedy="请多录一些再抽，或把数字改小。",
            )
        start = secrets.randbelow(every) + 1
        sample = SampleRow(
            len(known) + 1,
            record_type.type_name,
            every,
            start,
            found[0].n,
            found[-1].n,
            len(found),
            office.now(),
            office.operator,
        )
        drawn = [AgainRow(one.id, sample.n, one.by) for one in found[start - 1 :: every]]
        second_keyings.add(connection, sample, drawn)
        return _sample(connection, sample, drawn)


def samples(office: Office) -> list[Sample]:
    """All draws, the newest first."""
    with office.store.read() as connection:
        rows = second_keyings.every(connection)
        return [
            _sample(connection, one, [row for row in rows if row.sample == one.n])
            for one in second_keyings.samples(connection)
        ][::-1]


def _sample(connection: Connection, row: SampleRow, drawn: Sequence[AgainRow]) -> Sample:
    who = states.get(connection, Operator, row.by)
    return Sample(
        TYPES[row.type].label,
        row.every,
        row.start,
        row.among,
        len(drawn),
        sum(one.at is not None for one in drawn),
        row.at,
        who.record.name if who else "",
    )
