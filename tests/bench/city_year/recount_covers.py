"""Who and where was visited (走访覆盖), counted again from raw JSON as `recount` does the sums.

The rules of R6, R7, R33 and R36 are written once more, plainly; nothing here is of the program.
Reckoned without decisions on what is one, of which a made year has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from tests.bench.city_year.recount import Body, Kinds

LARGE = 200
"""From so many workers on 工会干部 are to visit, 规模以上 or not."""
_TOWNSHIPS = {"town", "rural", "ethnic", "street"}
_LEVELS = {"hitech": "county", "scenic": "county", "system": "enterprise"}
_ABOVE = {"city", "county"}
_GONE = {"missing", "duplicate"}
_NO_FIRM = {"institution", "government"}

Rows = Mapping[str, tuple[int, int]]
"""By unit: how many were reached, of how many; units with nothing to reach are left out."""


class Covers:
    """The figures of one campaign (its code)."""

    def __init__(self, found: Kinds, campaign: str) -> None:
        self._firms, self._groups = found["enterprise"], found.get("group", {})
        self._units = {one["code"]: one for one in found["unit"].values()}
        self._areas = {
            one["code"]: one
            for one in found["area"].values()
            if one["kind"] in _TOWNSHIPS | {"zone"}
        }
        (self._campaign,) = (c for c in found["campaign"].values() if c["code"] == campaign)
        self._city = next(c for c, one in self._units.items() if one["kind"] == "city")
        self._visits = [v for v in found["visit"].values() if v.get("campaign") == campaign]
        self._visits_to: dict[str, list[Body]] = defaultdict(list)
        for visit in self._visits:
            self._visits_to[visit.get("enterprise", "")].append(visit)
        self._heads = _headcounts(found)

    def figures(self) -> Mapping[str, Rows]:
        """Every figure, by the name that 统计 has for it."""
        by_group, by_town = partial(self._level_in, _ABOVE), self._in_time_by_township
        return {
            "cadres": self._of_firms(self._is_large, self._row_of, lambda visit: True),
            "groups": self._of_firms(_is_flagged, self._row_of, by_group),
            "townships": self._of_firms(self._is_in_township, self._at_home, by_town),
            "areas": self._of_areas(),
        }

    def _of_firms(
        self,
        wanted: Callable[[Body], bool],
        row: Callable[[Body], str],
        counts: Callable[[Body], bool],
    ) -> Rows:
        due = [one for one in self._firms.values() if _is_firm(one) and wanted(one)]
        return _rows((row(one), any(map(counts, self._visits_to[one["id"]]))) for one in due)

    def _of_areas(self) -> Rows:
        met = {self._place(one) for one in self._visits if self._level(one) in _ABOVE}
        there = (code for code, area in self._areas.items() if self._is_in_force(area))
        return _rows((self._county(code), code in met) for code in there)

    def _is_in_force(self, area: Body) -> bool:
        first, last = self._campaign["starts"], self._campaign["ends"]
        return bool(area.get("valid_from", first) <= last and area.get("valid_to", last) >= first)

    def _place(self, visit: Body) -> str:
        told = visit.get("area", ""), self._area_of(self._firms.get(visit.get("enterprise", "")))
        return next((code for code in told if code in self._areas), "")

    def _area_of(self, firm: Body | None) -> str:
        return str(firm.get("area", "")) if firm else ""

    def _level_in(self, levels: set[str], visit: Body) -> bool:
        return self._level(visit) in levels

    def _level(self, visit: Body) -> str:
        kind = self._units.get(visit.get("unit") or visit["station"], {}).get("kind", "")
        group = self._groups.get(visit.get("group", ""), {})
        return str(visit.get("level") or group.get("level") or _LEVELS.get(kind, kind))

    def _in_time_by_township(self, visit: Body) -> bool:
        day, phases = visit.get("visited_on", ""), self._campaign["phases"]
        chief = [one for one in phases if one.get("concentrated")] or [self._campaign]
        within = any(one["starts"] <= day <= one["ends"] for one in chief)
        return within and self._level(visit) == "township"

    def _is_in_township(self, firm: Body) -> bool:
        return self._areas.get(self._area_of(firm), {}).get("kind") in _TOWNSHIPS

    def _is_large(self, firm: Body) -> bool:
        return _is_flagged(firm) or self._heads.get(firm["id"], ("", 0))[1] >= LARGE

    def _county(self, area: str) -> str:
        return str(self._areas[area].get("county") or area) if area in self._areas else ""

    def _at_home(self, firm: Body) -> str:
        return self._county(self._area_of(firm))

    def _row_of(self, firm: Body) -> str:
        """In whose row it stands: the city's own with a county, where only counties went."""
        mine = self._city if firm.get("affiliation") == "city" else self._at_home(firm)
        filed = firm.get("owner") or firm.get("unit") or firm["station"]
        mine = mine or self._reporting(filed)
        visits = self._visits_to[firm["id"]] if mine == self._city else ()
        been = sorted((v["visited_on"], self._reporting(v.get("unit", ""))) for v in visits)
        return been[0][1] if been and all(row != self._city for _, row in been) else mine

    def _reporting(self, unit: str) -> str:
        """The office in whose row a unit's work stands: of a township the county."""
        known = self._units[unit]
        return str(known["parent"]) if known["kind"] == "township" else unit


def _rows(reached: Iterable[tuple[str, bool]]) -> Rows:
    counted: dict[str, tuple[int, int]] = {}
    for row, done in reached:
        one, all_of = counted.get(row, (0, 0))
        counted[row] = one + done, all_of + 1
    return counted


def _headcounts(found: Kinds) -> Mapping[str, tuple[str, int]]:
    """What was said last of the workers of each unit, by its list and by visits to it."""
    said: dict[str, tuple[str, int]] = {}
    told = [
        *((v.get("enterprise"), v.get("visited_on"), v) for v in found["visit"].values()),
        *((id, one.get("headcount_on"), one) for id, one in found["enterprise"].items()),
    ]
    for id, day, body in told:
        if id and body.get("headcount") is not None:
            one = (day or "", body["headcount"])
            said[id] = max(one, said.get(id, one))
    return said


def _is_flagged(firm: Body) -> bool:
    return bool(firm.get("above_scale"))


def _is_firm(one: Body) -> bool:
    """Whether a unit is there and an enterprise; 事业单位 and 机关 are where they are 规模以上."""
    there = one.get("verification") not in _GONE
    return there and (_is_flagged(one) or one.get("kind") not in _NO_FIRM)


def whole(rows: Rows) -> tuple[int, int]:
    """The sum of the rows."""
    return sum(one for one, _ in rows.values()), sum(every for _, every in rows.values())
