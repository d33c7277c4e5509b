"""逻辑检查 of everything received: each rule over every record of the offices below.

What was found is kept, in memory and in the store: afterwards only records that changed are looked
at again, and those that hang on a campaign or a day that is another one now. What records say
against each other is looked for anew where one of their types changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from app.domain.checking.checks import Finding
from app.domain.kernel.collecting import uncollected
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import TYPES, Record
from app.services.deciding.across import Across
from app.services.deciding.beside import Beside
from app.services.deciding.helped_twice import HelpedTwice
from app.services.deciding.kept_findings import (
    Findings,
    Head,
    KeptFindings,
    packed,
    unpacked,
)
from app.services.deciding.looked_again import Again, Around, Changed, around, looked_again
from app.services.deciding.received_examiner import DIFFERING, Examiner, checked_types
from app.services.office import kept_answers
from app.services.office.office import Office
from app.services.office.one_at_a_time import OneAtATime
from app.services.office.store_mark import StoreMark, Target, store_mark
from app.services.records.changed_records import by_type, changed_records
from app.services.records.link_resolving import Links
from app.services.reviewing.several import Below
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among
from database.store.engine import Connection

__all__ = ["DIFFERING", "Examination", "Examined", "checked_types", "examine", "remember"]

_NAME = "received check"
_HEAD = ("id", "h", "number", "owner")
_LATER_THAN_TODAY = "F05"
_MANY = 500
"""So many records looked at are worth writing; fewer are looked at again in the next session."""


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


def examine(
    office: Office,
    connection: Connection,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Examination:
    """What every rule finds in the records of the offices below; raises `Cancelled`."""
    kept, cancel = _kept(office), cancel or Cancel()
    with kept.alone.turn(progress, cancel) as told, uncollected():
        return kept.looked_up(Links(office, connection), told, cancel)


def remember(office: Office) -> None:
    """Keep what was found for the next session, where that spares much."""
    kept = _kept(office)
    written = kept.unwritten
    if written is not None and kept_answers.keep(office, _NAME, *written):
        kept.written(written)


def _kept(office: Office) -> _Kept:
    kept: _Kept = office.remembered.setdefault(_NAME, _Kept())
    return kept


_Comparing = Beside | HelpedTwice | Across
_COMPARING: tuple[type[_Comparing], ...] = (Beside, HelpedTwice, Across)
"""What records say against each other."""


class _Kept:
    """What was found, as it stood at a moment of the log."""

    def __init__(self) -> None:
        self.alone = OneAtATime()
        self.known = Findings()
        self.unwritten: tuple[StoreMark, bytes] | None = None
        """What is worth keeping: where the store stood when it was looked at, what was found."""
        self._mark: StoreMark | None = None
        self._told: Examination | None = None
        self._looked = 0

    def written(self, what: tuple[StoreMark, bytes]) -> None:
        """This is kept now."""
        if self.unwritten is what:
            self.unwritten = None

    def looked_up(self, links: Links, progress: Progress, cancel: Cancel) -> Examination:
        """What is found now."""
        self._recall(links.connection)
        mark, now = store_mark(links.connection), around(links)
        if self._told is None or (mark, now) != (self._mark, self.known.around):
            last, self._mark, self._told = self._mark, None, None
            if (mark, now) != (last, self.known.around):
                self._look(links, last, now, progress, cancel)
            self._mark, self._told = mark, self._together(links)
            if self._looked >= _MANY:
                self.unwritten, self._looked = (mark, kept_answers.packed(packed(self.known))), 0
        return self._told

    def _recall(self, connection: Connection) -> None:
        """Go on from what is kept in the store where nothing is known, or others looked later.

        What was half looked at is no ground to go on from.
        """
        if self._mark is not None and not kept_answers.is_passed(connection, _NAME, self._mark):
            return
        last = kept_answers.recall(connection, _NAME, KeptFindings)
        if last is not None:
            self._mark, self.known, self._told = last[0], unpacked(last[1]), None
        elif self._mark is None:
            self.known = Findings()

    def _look(
        self,
        links: Links,
        last: StoreMark | None,
        now: Around,
        progress: Progress,
        cancel: Cancel,
    ) -> None:
        connection = links.connection
        touched = changed_records(connection, last) if last else frozenset[Target]()
        changed = Changed(touched, self.known.around, now)
        until = list(_of_a_day(self.known))
        again = looked_again(connection, checked_types(), changed, until)
        self._examine(Examiner(links, progress, cancel), again)
        if touched or again.kinds:
            self.known.records = Examiner(links, progress, cancel).count(checked_types())
        for comparing in _compared_again(changed):
            progress(Step("逻辑检查", 0, 0))
            self.known.compared[comparing.__name__] = comparing(links, cancel).found()
            self._looked += _MANY
        self._head(connection, touched)
        self.known.around = now

    def _examine(self, examiner: Examiner, again: Again) -> None:
        known = self.known
        single = {(kind, one) for kind, ids in again.records.items() for one in ids}
        for target in [t for t in known.found if t[0] in again.kinds or t in single]:
            del known.found[target]
        for state, found in examiner.examined(again):
            self._looked += 1
            if found:
                target = type(state.record).type_name, state.id
                known.found[target] = found
                known.heads[target] = Head(state.h, state.record.number, state.owner)

    def _head(self, connection: Connection, touched: frozenset[Target]) -> None:
        """The version and 编号 of those of which something was found, and of no other."""
        known = self.known
        told = {target for found in (known.found, *known.compared.values()) for target in found}
        for target in known.heads.keys() - told:
            del known.heads[target]
        lacking = frozenset(t for t in told if t not in known.heads or t in touched)
        for name, ids in by_type(lacking).items():
            for some in chunks(ids):
                rows = states.pick(connection, TYPES[name], _HEAD, among("id", some))
                for record, h, number, owner in rows:
                    known.heads[name, record] = Head(h, number or "", owner or "")

    def _together(self, links: Links) -> Examination:
        """What was found of each, with what stands beside it."""
        below, known = Below(links.office, links.connection), self.known
        told = []
        for target, head in known.heads.items():
            found = known.found.get(target, ())
            for part in known.compared.values():
                if beside := part.get(target):
                    found = (*found, *beside)
            if found and below(head.owner):
                told.append(Examined(TYPES[target[0]], target[1], *head, found))
        return Examination(known.records, tuple(told))


def _compared_again(changed: Changed) -> Iterator[type[_Comparing]]:
    """What is looked for anew: where one of its types changed, or nothing is known."""
    before, now = changed.before, changed.now
    another = before is None or _of_campaigns(before) != _of_campaigns(now)
    for one in _COMPARING:
        if before is None or changed.kinds & one.told_by or (another and one is Across):
            yield one


def _of_a_day(known: Findings) -> Iterable[Target]:
    """What ends with a day that comes."""
    for target, found in known.found.items():
        if any(one.code == _LATER_THAN_TODAY for one in found):
            yield target


def _of_campaigns(one: Around) -> Around:
    """What a comparison may ask of the campaigns: not the day, nor which of them runs."""
    return msgspec.structs.replace(one, day="", running="")
