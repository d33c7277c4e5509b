"""Every rule on received records, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from app.domain.checking import checks
from app.domain.checking.checks import Finding, Severity
from app.domain.kernel.added_values import EXTRA
from app.domain.kernel.fields import value_of
from app.domain.kernel.progress import Cancel, Progress, Step
from app.domain.merging.merge import VOID, parse_path
from app.domain.records import TYPES, Record
from app.domain.records.registry import shown
from app.exchange.kinds import CARRIES
from app.services.deciding.looked_again import Again
from app.services.records.asked_campaign import asked_of, telling
from app.services.records.link_resolving import Links
from database.log.revisions import chunks
from database.state import states
from database.state.filters import Filter, among, live, not_, owned_by
from database.state.states import State

DIFFERING = "X01"
"""两处填写不一致, which no rule finds."""
_STEP = 500


def checked_types() -> tuple[type[Record], ...]:
    """The types whose records offices report, in the order of the navigation."""
    return tuple(kind for kind in shown() if kind.type_name in CARRIES["submission"].types)


class Examiner:
    """Runs every rule on records of other offices that are not 作废."""

    def __init__(self, links: Links, progress: Progress, cancel: Cancel) -> None:
        self._links, self._connection = links, links.connection
        self._received = live(), not_(owned_by(links.office.identity.station))
        self._today = links.office.today()
        self._progress, self._cancel = progress, cancel

    def count(self, kinds: Sequence[type[Record]]) -> int:
        """How many records of these types were received."""
        return sum(states.count(self._connection, kind, *self._received) for kind in kinds)

    def examined(self, again: Again) -> Iterator[tuple[State[Record], tuple[Finding, ...]]]:
        """What is to be looked at again, with what is found of it; raises `Cancelled`."""
        whole = [kind for kind in checked_types() if kind.type_name in again.kinds]
        total = self.count(whole) + sum(map(len, again.records.values()))
        for done, state in enumerate(self._states(whole, again.records)):
            if done % _STEP == 0:
                self._cancel.check()
                self._progress(Step("逻辑检查", done, total))
            yield state, self._found(state)

    def _states(
        self, whole: Sequence[type[Record]], records: Mapping[str, Sequence[str]]
    ) -> Iterator[State[Record]]:
        for kind in whole:
            yield from self._iterate(kind)
        for name, ids in records.items():
            for some in chunks(ids):
                yield from self._iterate(TYPES[name], among("id", some))

    def _iterate(self, kind: type[Record], *among_these: Filter) -> Iterator[State[Record]]:
        return states.iterate(self._connection, kind, *self._received, *among_these, order=())

    def _found(self, state: State[Record]) -> tuple[Finding, ...]:
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
