"""The rows of a table of 分类统计: their names in order, and which values each stands for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.coverage import by_area
from app.domain.campaign.totals_rows import NO_AREA, NO_UNIT
from app.services.figures.office_scope import NO_FIGURE, OfficeScope
from database.state.tallies import Wanted

_MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class TallyRows:
    """Rows by key: `names` in order, `always` those shown without anything in them.

    `fold` says which values a row stands for (several units in one), None where each value has
    a row of its own; "" is what belongs nowhere.
    """

    part: str
    names: Mapping[str, str]
    nowhere: str
    always: Collection[str] = frozenset()
    fold: Mapping[str, str] | None = field(default=None)

    def shown(self, told: Iterable[str]) -> dict[str, str]:
        """The rows to show, by key; `told` are those that hold something."""
        held = set(told)
        found = {key: name for key, name in self.names.items() if key in held | set(self.always)}
        found |= {key: key for key in sorted(held - self.names.keys() - {""})}
        return found | ({"": self.nowhere} if "" in held else {})

    def wanted(self, key: str) -> Wanted:
        """The values that the row of this key stands for."""
        if self.fold is None:
            return Wanted(self.part, (key,))
        if key:
            return Wanted(self.part, tuple(sorted(v for v, row in self.fold.items() if row == key)))
        return Wanted(self.part, tuple(sorted(v for v, row in self.fold.items() if row)), True)


def rows_by(part: str, ground: CampaignData, scope: OfficeScope, today: dt.date) -> TallyRows:
    """The rows of a table parted by unit, area, group or month; `part` is one of `ACROSS`."""
    if part == "unit":
        units = ground.row_units
        codes = {unit.code for unit in units}
        fold = {code: ground.reporting_unit(code) for code in ground.unit_by_code}
        return TallyRows(
            part,
            {unit.code: unit.name for unit in units},
            NO_UNIT,
            {unit.code for unit in units if unit.kind == "county"} if scope.whole else (),
            {code: row for code, row in fold.items() if row in codes},
        )
    if part == "area":
        names = {row.code: row.name for row in by_area(ground, NO_FIGURE)}
        return TallyRows(part, names, NO_AREA, () if scope.whole else scope.areas(ground))
    if part == "group":
        return TallyRows(part, _groups(ground), "没有填工作组")
    months = _months(ground, today)
    return TallyRows(part, {month: month for month in months}, "没有填日期", months)


def _groups(ground: CampaignData) -> dict[str, str]:
    mine = [one for one in ground.groups.items() if one[1].campaign == ground.campaign.code]
    mine.sort(key=lambda one: (one[1].level, one[1].order is None, one[1].order or 0, one[0]))
    return {key: group.name for key, group in mine}


def _months(ground: CampaignData, today: dt.date) -> list[str]:
    """Those of the campaign that have begun."""
    starts, ends = ground.campaign.starts, ground.campaign.ends
    if starts is None:
        return []
    last = min(ends or today, today)
    day = starts.replace(day=1)
    found: list[str] = []
    while day <= last and len(found) < _MOST_MONTHS:
        found.append(f"{day:%Y-%m}")
        day = (day + dt.timedelta(days=32)).replace(day=1)
    return found
