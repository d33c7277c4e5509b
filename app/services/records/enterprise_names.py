"""Which 企（事）业单位 is meant by a name: asked of the store, or of all of them read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import by_name
from app.domain.kernel.text import match_key
from app.domain.records import Enterprise
from app.services.records.field_words import texts_in
from app.services.records.same_units import DUPLICATE, joined
from database.state import states
from database.state.filters import equal, filled, live, naming
from database.store.engine import Connection


class NamedUnit(NamedTuple):
    """A unit of 单位名录 and what it says."""

    id: str
    record: Enterprise


def enterprise_named(connection: Connection, name: str, area: str = "") -> NamedUnit | None:
    """The one enterprise of this name or alias, spelling forgiven; None when there is none.

    Of several with one name the one in `area` is meant; raises `UserError`
    WHICH_ENTERPRISE when that does not tell either.
    """
    if not name:
        return None
    exact = states.find(connection, Enterprise, live(), equal("name", name), order=(), limit=100)
    if exact:
        found = _the_one(name, area, _standing([NamedUnit(s.id, s.record) for s in exact]))
        return _goes_on(connection, found)
    near = states.find(connection, Enterprise, naming("aliases", name), live())
    same = [s for s in near if match_key(name) in map(match_key, s.record.aliases)]
    return NamedUnit(same[0].id, same[0].record) if len(same) == 1 else None


class NamedUnits:
    """As `enterprise_named`, of all units read at once; one that is made since is told by `add`."""

    def __init__(self, connection: Connection, fields: Collection[str]) -> None:
        self._by_name: dict[str, list[NamedUnit]] = defaultdict(list)
        self._by_alias: dict[str, list[NamedUnit]] = defaultdict(list)
        names = sorted({"name", "area", "number", "verification", *fields})
        self._joined = joined(connection)
        self._units: dict[str, NamedUnit] = {}
        for key, record in states.parts(connection, Enterprise, names):
            unit = self._units[key] = NamedUnit(key, record)
            self._by_name[record.name].append(unit)
        aliases = by_name(Enterprise)["aliases"]
        rows = states.pick(connection, Enterprise, ("id", "aliases"), live(), filled("aliases"))
        for key, listed in rows:
            for alias in dict.fromkeys(texts_in(aliases, listed)):
                self._by_alias[alias.lower()].append(self._units[key])

    def named(self, name: str, area: str = "") -> NamedUnit | None:
        """The one meant; raises `UserError` WHICH_ENTERPRISE."""
        if exact := self._by_name.get(name):
            found = _the_one(name, area, _standing(exact))
            return self._units.get(self._joined.get(found.id, ""), found)
        near = self._by_alias.get(name.lower(), ()) if name else ()
        return near[0] if len(near) == 1 else None

    def add(self, record: str, enterprise: Enterprise) -> None:
        """Know one that is new."""
        self._by_name[enterprise.name].append(NamedUnit(record, enterprise))


def _standing(exact: Sequence[NamedUnit]) -> Sequence[NamedUnit]:
    """Those that are not 重复, if there are."""
    return [unit for unit in exact if unit.record.verification != DUPLICATE] or exact


def _goes_on(connection: Connection, unit: NamedUnit) -> NamedUnit:
    """The unit, or for one that is 重复 the one in its place."""
    if unit.record.verification != DUPLICATE:
        return unit
    state = states.get(connection, Enterprise, joined(connection).get(unit.id, unit.id))
    return NamedUnit(state.id, state.record) if state else unit


def _the_one(name: str, area: str, exact: Sequence[NamedUnit]) -> NamedUnit:
    exact = [unit for unit in exact if area and unit.record.area == area] or exact
    if len(exact) > 1:
        raise _which(name, exact)
    return exact[0]


def _which(name: str, found: Sequence[NamedUnit]) -> UserError:
    numbers = "、".join(unit.record.number or unit.id for unit in found[:5])
    return UserError(
        "WHICH_ENTERPRISE",
        f"名录里有{len(found)}个“{name}”，看不出走访的是哪一个。",
        remedy=f"请在“名录中的单位”填写编号：{numbers}。",
    )
