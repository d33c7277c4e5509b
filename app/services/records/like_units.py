"""Units of 单位名录 whose name may mean the same unit as another name.

    units = LikeUnits(Links(office, connection))           # within one transaction, for many names
    units.of("沙湾沫若水泥有限公司", area=…)                 # -> [LikeUnit, …], the likeliest first

The rule itself is `app.domain.naming.unit_names`; candidates come from the index of the store.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from app.domain.checking.guards import LikeUnit, answered_there
from app.domain.doubles.places import unit_names
from app.domain.naming.unit_names import FAIR, Likeness, UnitNames, likeness
from app.domain.records import Area, Enterprise, Link
from app.services.records.link_resolving import Links
from database.state import search, states
from database.state.filters import among, equal, live
from database.state.states import State

_LOOKED_AT = 600
"""Units that share a piece of the name and are compared with it, those that came last."""
_GONE = frozenset({"missing", "duplicate"})
_TELLS = FAIR
"""What tells less (乐电 of 乐山电力) is for 疑似重复, not for a person who keys."""


class LikeUnits:
    """Finds units of like names; what was read of places is remembered."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._connection = links.connection

    def of(self, name: str, *, area: str = "", uscc: str = "", record: str = "") -> list[LikeUnit]:
        """The units that a name may mean; `area` is where it lies, our own county if not said.

        Neither `record` itself, nor one with another credit code than `uscc`, nor one that
        was decided not to be `record`.
        """
        core = self._names.read(name).core
        ids = search.sharing(self._connection, Enterprise, (core,), _LOOKED_AT)
        found = []
        for state in self._candidates(ids, record, uscc):
            best = max(self._likenesses(name, area, state.record), default=None, key=_weight)
            if best is not None and best.weight >= _TELLS:
                found.append((best, state))
        found.sort(key=lambda one: (-one[0].weight, one[1].record.area != area, one[1].id))
        return [self._told(best, state) for best, state in found]

    def _candidates(
        self, ids: Collection[str], record: str, uscc: str
    ) -> Iterator[State[Enterprise]]:
        if not ids:
            return
        apart = self._decided_apart(record) if record else frozenset()
        for state in states.find(self._connection, Enterprise, among("id", ids), order=()):
            one = state.record
            other_code = bool(uscc and one.uscc and one.uscc != uscc)
            skipped = state.id == record or state.id in apart or one.verification in _GONE
            if not (skipped or other_code or answered_there(one, "G01", record)):
                yield state

    def _likenesses(self, name: str, area: str, unit: Enterprise) -> Iterator[Likeness]:
        ours, theirs = self._county(area) or self._own_county, self._county(unit.area)
        near = not theirs or not ours or ours == theirs
        read = self._names.read(name)
        for other in self._names.read_all((unit.name, *unit.aliases)):
            found = likeness(read, other, near=near)
            if found is not None:
                yield found

    def _told(self, why: Likeness, state: State[Enterprise]) -> LikeUnit:
        one = state.record
        place = self._areas.get(one.area)
        where = place.name if place else ""
        return LikeUnit(state.id, one.name, where, one.headcount, why.words)

    def _decided_apart(self, record: str) -> Collection[str]:
        """Those that somebody said are another unit than this one."""
        either = equal("one", record) | equal("other", record)
        at = equal("kind", Enterprise.type_name), either
        decided = [s.record for s in states.find(self._connection, Link, live(), *at)]
        apart = (one for one in decided if not one.same)
        return {one.other if one.one == record else one.one for one in apart}

    def _county(self, area: str) -> str:
        known = self._areas.get(area)
        return (known.county or known.code) if known else ""

    @cached_property
    def _own_county(self) -> str:
        own = self._links.own_unit
        return self._county(own.area) if own else ""

    @cached_property
    def _names(self) -> UnitNames:
        return unit_names(self._areas.values())

    @cached_property
    def _areas(self) -> Mapping[str, Area]:
        every = states.iterate(self._connection, Area, live(), order=())
        return {state.record.code: state.record for state in every}


def _weight(one: Likeness) -> int:
    return one.weight
