"""逻辑检查 of everything received: each rule over every record of the offices below.

The examination is kept while the office is open: afterwards only records that changed are looked
at again, and all of them where a campaign, a unit, the day or what was merged is another.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from app.domain.checking import checks
from app.domain.checking.checks import Finding, Severity
from app.domain.kernel.added_values import EXTRA
from app.domain.kernel.collecting import uncollected
from app.domain.kernel.fields import added_to, value_of
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.merging.merge import VOID, parse_path
from app.domain.merging.ownership import OWNER
from app.domain.records import TYPES, Campaign, Link, Record, Review, Unit
from app.domain.records.registry import linked_type, shown
from app.exchange.kinds import CARRIES
from app.services.deciding.across import Across
from app.services.deciding.beside import Beside
from app.services.deciding.helped_twice import HelpedTwice
from app.services.office.office import Office
from app.services.office.store_mark import store_mark
from app.services.records.asked_campaign import asked_of, telling
from app.services.records.link_resolving import Links
from app.services.reviewing.several import Below, Target
from database.log import revisions
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, live, not_, owned_by
from database.state.states import State
from database.store.engine import Connection

DIFFERING = "X01"
"""两处填写不一致, which no rule finds."""
_NAME = "received check"
_SURROUNDINGS = frozenset({Campaign.type_name, Unit.type_name})
_HEAD = ("id", "h", "number", "owner")
_STEP = 500
_MOST_SINGLY = 20_000
"""So many changed records are looked at one by one; where there are more, all of them are."""


class Examined(NamedTuple):
    """A record of which something was found, and what; its version as it was examined."""

    type: type[Record]
    id: str
    h: str
    number: str
    owner: str
    found: tuple[Finding, ...]


class Examination(NamedTuple):
    """What was found, and in how many records it was looked for."""

    records: int
    found: tuple[Examined, ...]


def checked_types() -> tuple[type[Record], ...]:
    """The types whose records offices report, in the order of the navigation."""
    return tuple(kind for kind in shown() if kind.type_name in CARRIES["submission"].types)


def examine(
    office: Office,
    connection: Connection,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Examination:
    """What every rule finds in the records of the offices below; raises `Cancelled`."""
    kept: _Kept = office.remembered.setdefault(_NAME, _Kept())
    with kept.lock, uncollected():
        return kept.looked_up(office, connection, progress, cancel or Cancel())


_Comparing = Beside | HelpedTwice | Across
_COMPARING: tuple[type[_Comparing], ...] = (Beside, HelpedTwice, Across)
"""What records say against each other, each looked for anew where one of its types changed."""


class _Mark(NamedTuple):
    """Where the store stood: the day, the next number of the log, which packages count."""

    today: str
    n: int
    packages: tuple[tuple[int | None, str], ...]


def _mark(office: Office, connection: Connection) -> _Mark:
    return _Mark(office.today().isoformat(), *store_mark(connection))


class _Kept:
    """What was found, as it stood at a moment of the log."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._mark: _Mark | None = None
        self._found: dict[Target, Examined] = {}
        self._compared: dict[type[_Comparing], Mapping[Target, tuple[Finding, ...]]] = {}
        self._told = Examination(0, ())

    def looked_up(
        self, office: Office, connection: Connection, progress: Progress, cancel: Cancel
    ) -> Examination:
        """What is found now."""
        mark = _mark(office, connection)
        if mark != self._mark:
            touched = self._touched(office, connection, mark)
            # What is half looked at is no ground to go on from.
            self._mark = None
            examiner = _Examiner(office, connection, progress, cancel)
            if touched is None:
                self._found = {}
                self._take(examiner.all())
            else:
                for target in touched:
                    self._found.pop(target, None)
                self._take(examiner.some(touched))
            for comparing in _COMPARING:
                if touched is None or {kind for kind, _ in touched} & comparing.told_by:
                    progress(Step("逻辑检查", 0, 0))
                    looking = comparing(Links(office, connection), cancel)
                    self._compared[comparing] = looking.found()
            self._told = self._together(office, connection)
            self._mark = mark
        return self._told

    def _touched(
        self, office: Office, connection: Connection, mark: _Mark
    ) -> frozenset[Target] | None:
        """The records that changed since; None where everything is to be looked at."""
        before = self._mark
        if before is None or before[::2] != mark[::2]:
            return None
        found: set[Target] = set()
        for kind, record in revisions.since(connection, before.n - 1):
            if kind in _SURROUNDINGS or (
                kind == Link.type_name and _tells_owner(connection, record)
            ):
                return None
            found.add((kind, record))
            if kind == Review.type_name and (review := states.get(connection, Review, record)):
                found.add((review.record.target_type, review.record.target))
        known = {*(kind.type_name for kind in checked_types()), Link.type_name}
        found = {target for target in found if target[0] in known}
        if len(found) > _MOST_SINGLY or _others_hang_on(office, connection, found):
            return None
        return frozenset(found)

    def _take(self, looked: Iterable[tuple[State[Record], tuple[Finding, ...]]]) -> None:
        for state, found in looked:
            if found:
                self._found[type(state.record).type_name, state.id] = _examined(state, found)

    def _together(self, office: Office, connection: Connection) -> Examination:
        """What was found of each, with what stands beside it."""
        below, every = Below(office, connection), dict(self._found)
        told: dict[Target, tuple[Finding, ...]] = {}
        for compared in self._compared.values():
            for target, found in compared.items():
                told[target] = (*told.get(target, ()), *found)
        for kind in {name for name, _ in told}:
            bare = [one for name, one in told if name == kind and (kind, one) not in every]
            for some in chunks(bare):
                rows = states.pick(connection, TYPES[kind], _HEAD, among("id", some))
                for record, h, number, owner in rows:
                    if below(owner):
                        one = Examined(TYPES[kind], record, h, number or "", owner, ())
                        every[kind, record] = one
        whole = (
            one._replace(found=(*one.found, *told.get(target, ()))) for target, one in every.items()
        )
        received = live(), not_(owned_by(office.identity.station))
        records = sum(states.count(connection, kind, *received) for kind in checked_types())
        return Examination(records, tuple(whole))


def _examined(state: State[Record], found: tuple[Finding, ...]) -> Examined:
    kind, number = type(state.record), state.record.number
    return Examined(kind, state.id, state.h, number, state.owner, found)


def _tells_owner(connection: Connection, link: str) -> bool:
    """Whether a link record says whose a record is, and not which are the same."""
    state = states.get(connection, Link, link)
    return state is not None and state.record.kind == OWNER


def _others_hang_on(office: Office, connection: Connection, touched: Iterable[Target]) -> bool:
    """Whether others are of a campaign through what changed, and so are asked what it adds."""
    campaigns = Links(office, connection).campaigns.values()
    hanging = [kind for kind in checked_types() if kind.facts.came_by]
    if not any(added_to(kind, campaigns) for kind in hanging):
        return False
    passed = {linked_type(kind, kind.facts.came_by).type_name for kind in hanging}
    return any(kind in passed for kind, _ in touched)


class _Examiner:
    """Runs every rule on records, in the order of the navigation."""

    def __init__(
        self, office: Office, connection: Connection, progress: Progress, cancel: Cancel
    ) -> None:
        self._connection = connection
        self._here = office.identity.station
        self._links, self._below = Links(office, connection), Below(office, connection)
        self._today = office.today()
        self._progress, self._cancel = progress, cancel

    def all(self) -> Iterator[tuple[State[Record], tuple[Finding, ...]]]:
        """Everything received."""
        wanted = live(), not_(owned_by(self._here))
        counts = {kind: states.count(self._connection, kind, *wanted) for kind in checked_types()}
        done, total = 0, sum(counts.values())
        for kind in counts:
            for state in states.iterate(self._connection, kind, *wanted, order=()):
                if done % _STEP == 0:
                    self._cancel.check()
                    self._progress(Step("逻辑检查", done, total))
                done += 1
                if self._below(state.owner):
                    yield state, self._examined(state)

    def some(
        self, touched: Iterable[Target]
    ) -> Iterator[tuple[State[Record], tuple[Finding, ...]]]:
        """Those of these that were received and are not 作废."""
        ids: dict[str, list[str]] = {}
        for kind, record in touched:
            if kind != Link.type_name:
                ids.setdefault(kind, []).append(record)
        for kind, records in ids.items():
            for some in chunks(records):
                self._cancel.check()
                wanted = live(), among("id", some)
                for state in states.find(self._connection, TYPES[kind], *wanted, order=()):
                    if self._below(state.owner):
                        yield state, self._examined(state)

    def _examined(self, state: State[Record]) -> tuple[Finding, ...]:
        campaign = asked_of(self._links, type(state.record), _telling(state.record))
        found = checks.check(state.record, today=self._today, campaign=campaign)
        told = [one for one in found if one.severity is not Severity.INFO]
        return (*_differing(state), *told)


def _telling(record: Record) -> Mapping[str, Any]:
    """What tells of which campaign a record is, as its body has it."""
    return {name: value_of(record, name) for name in _names_telling(type(record))}


@cache
def _names_telling(kind: type[Record]) -> tuple[str, ...]:
    return (*telling(kind, named=True), *telling(kind, named=False), EXTRA)


def _differing(state: State[Record]) -> Iterator[Finding]:
    """What two computers of the office wrote differently, place by place."""
    for field in dict.fromkeys(parse_path(path)[0] for path in state.conflicts):
        place = "" if field == VOID else field
        yield Finding(DIFFERING, Severity.ERROR, _TWO_WORDS, place, "请对方选定一个再报来。")


_TWO_WORDS = "有两处填写不一致，还没有选定。"
