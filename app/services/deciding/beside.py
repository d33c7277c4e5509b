"""What other received records say against a visit, of all of them at once.

The same words as `app.services.records.guards` asks of one record, which a test compares:
G03 (the unit was visited on that day already) and G07 (its headcount is far from what is known).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import msgspec

from app.domain.checking import guards as rules
from app.domain.checking.checks import Finding
from app.domain.checking.guards import Earlier
from app.domain.kernel.progress import Cancel
from app.domain.kernel.readable import readable
from app.domain.records import Enterprise, Link, Visit
from app.domain.records.base import Acceptance
from app.services.records.link_resolving import Links
from app.services.records.same_units import sameness
from app.services.reviewing.several import Target
from database.state import states
from database.state.filters import filled, live

_READ = ("number", "enterprise", "visited_on", "leaders", "headcount")
_FEW = 4
"""Others that are named beside one visit, as when it is keyed."""

Told = tuple[str, Visit]


class Beside:
    """Reads all visits once, with what is compared alone."""

    told_by = frozenset({Visit.type_name, Enterprise.type_name, Link.type_name})
    """A change of these may end or begin what is found."""

    def __init__(self, links: Links, cancel: Cancel) -> None:
        self._connection, self._cancel = links.connection, cancel

    def found(self) -> Mapping[Target, tuple[Finding, ...]]:
        """By visit what speaks against it; raises `Cancelled`."""
        told: dict[str, list[Finding]] = defaultdict(list)
        together: dict[tuple[str, object], list[Told]] = defaultdict(list)
        same = sameness(self._connection, Enterprise)
        heads = dict(states.rows(self._connection, Enterprise, ("id", "headcount")))
        for record, visit in self._visits():
            known = heads.get(visit.enterprise)
            if visit.headcount and known:
                told[record] += _answered(
                    visit, rules.of_headcount("headcount", visit.headcount, known)
                )
            if visit.enterprise and visit.visited_on:
                unit = same.one(visit.enterprise)
                together[unit, visit.visited_on].append((record, visit))
        for visits in together.values():
            for record, visit, findings in _of_one_day(visits):
                told[record] += _answered(visit, findings)
        name = Visit.type_name
        return {(name, record): tuple(findings) for record, findings in told.items() if findings}

    def _visits(self) -> Iterator[Told]:
        answered = self._answered()
        for place, (record, visit) in enumerate(states.parts(self._connection, Visit, _READ)):
            if place % 1000 == 0:
                self._cancel.check()
            accepted = answered.get(record)
            yield record, msgspec.structs.replace(visit, accepted=accepted) if accepted else visit

    def _answered(self) -> Mapping[str, tuple[Acceptance, ...]]:
        """By visit the reasons that its office gave."""
        given = states.pick(self._connection, Visit, ("id", "accepted"), live(), filled("accepted"))
        return {record: _READER.decode(kept) for record, kept in given}


_READER = msgspec.json.Decoder(readable(tuple[Acceptance, ...]))


def _of_one_day(visits: Sequence[Told]) -> Iterator[tuple[str, Visit, list[Finding]]]:
    for record, visit in visits if len(visits) > 1 else ():
        others = (told for told in visits[: _FEW + 1] if told[0] != record)
        earlier = [
            Earlier(one, other.number, other.visited_on, "、".join(other.leaders))
            for one, other in list(others)[:_FEW]
            if not rules.answered_there(other, "G03", record)
        ]
        yield record, visit, rules.of_same_day("visited_on", earlier)


def _answered(visit: Visit, found: list[Finding]) -> list[Finding]:
    reasons = {one.check: one.reason for one in visit.accepted}
    return [replace(one, accepted=reasons.get(one.key, "")) for one in found]
