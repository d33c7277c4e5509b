"""What other records say against the rows of a sheet: those here, and the rows before."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.checking import guards as rules
from app.domain.checking.checks import Finding
from app.domain.checking.guards import Earlier
from app.domain.checking.rule import Severity
from app.domain.records import Aid, Enterprise, Record, Visit
from app.services.records.guards import GUARDS, Guard, Guards
from app.services.records.link_resolving import Links

Body = Mapping[str, Any]

HELD = ("G03", "G04")
"""Guards that hold a row back until a person decides: the same visit, the same help once more.

The others are told, and stand as 核对 at the record: whole lists of units that nobody placed are
imported, and their names are compared in 疑似重复.
"""

_MOST_NAMES = 300
"""New names of units that are compared with 单位名录 for one sheet."""

_TOLD_BY: Mapping[Guard, tuple[str, ...]] = {
    Guards.new_unit: ("enterprise_name", "enterprise", "area"),
    Guards.unit: ("name", "area", "uscc"),
    Guards.same_day: ("enterprise", "visited_on"),
    Guards.headcount: ("enterprise", "headcount"),
    Guards.other_level: ("enterprise", "campaign", "unit", "group", "level"),
    Guards.workers: (
        "enterprise",
        "campaign",
        "unit",
        "group",
        "level",
        "person",
        "visit",
        "found_on",
    ),
    Guards.aid: ("case", "person", "given_on"),
}
"""The fields that a guard's answer depends on: what was asked once is not asked again.

Persons come once each, and their guard is asked every time.
"""

_OF_NAMES = (Guards.new_unit, Guards.unit)


class RowGuards:
    """Asks the guards about the rows of one type within one transaction."""

    def __init__(self, links: Links, record_type: type[Record], counted: str = "行") -> None:
        self._type, self._counted = record_type, counted
        self._guards = Guards(links)
        self._asked: dict[tuple[Any, ...], list[Finding]] = {}
        self._names = 0
        self._mine = [guard for kind, guard in GUARDS if issubclass(record_type, kind)]
        if not any(one.named for one in record_type.facts.carried):
            self._mine.remove(Guards.new_unit)
        self._visits: dict[tuple[Any, Any], list[Earlier]] = defaultdict(list)
        self._aids: dict[Any, list[Earlier]] = defaultdict(list)

    def of(self, body: Body) -> list[Finding]:
        """What speaks against a new record; `body` is whole, with its links as they are kept."""
        found = [finding for guard in self._mine for finding in self._of(guard, body)]
        return found if not self._mine else _once([*self._of_rows(body), *found])

    def add(self, key: str, row: int, body: Body) -> None:
        """A row that comes in."""
        what = f"表格第{row}{self._counted}"
        if self._type is Visit:
            place = body.get("enterprise"), body.get("visited_on")
            self._visits[place].append(Earlier(key, "", _day(place[1]), what))
        if self._type is Aid:
            earlier = Earlier(key, "", _day(body.get("given_on")), what)
            self._aids[body.get("person")].append(earlier)

    def _of(self, guard: Guard, body: Body) -> Sequence[Finding]:
        if guard not in _TOLD_BY:
            return list(guard(self._guards, self._type, body, "", {}))
        key = (guard, *(body.get(name) for name in _TOLD_BY[guard]))
        if key not in self._asked:
            if guard in _OF_NAMES and not self._may_compare(body):
                return ()
            self._asked[key] = list(guard(self._guards, self._type, body, "", {}))
        return self._asked[key]

    def _may_compare(self, body: Body) -> bool:
        """Names take long to compare, and a list of thousands of new ones is looked at later."""
        if self._type is Enterprise or not body.get("enterprise"):
            self._names += 1
        return self._names <= _MOST_NAMES

    def _of_rows(self, body: Body) -> list[Finding]:
        """What the rows before say against it."""
        if self._type is Visit and body.get("enterprise"):
            place = body.get("enterprise"), body.get("visited_on")
            return rules.of_same_day("visited_on", self._visits.get(place, ()))
        day = _day(body.get("given_on")) if self._type is Aid else None
        if day is None or not body.get("person"):
            return []
        before = self._aids.get(body.get("person"), ())
        year = [one for one in before if one.on and one.on.year == day.year]
        return rules.of_aid("given_on", day, year)


def _day(text: Any) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _once(found: Sequence[Finding]) -> list[Finding]:
    """Of two findings of one guard the graver one."""
    kept: dict[str, Finding] = {}
    for one in found:
        if one.code not in kept or one.severity is Severity.ASK:
            kept.setdefault(one.code, one)
            if one.severity is Severity.ASK and kept[one.code].severity is not Severity.ASK:
                kept[one.code] = one
    return list(kept.values())
