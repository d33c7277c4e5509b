"""工作安排 as a board: weeks across, the groups of an office down, and who is not planned yet.

The board is a value. What is placed, moved or taken off is put in by `with_plans`, so that a
window shows it at once and reads all of it again later (R25, R32-R37). What it is made from
stands in `board_making.py`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

import msgspec

from app.domain.checking.state import is_late, is_outside_concentrated_phase
from app.domain.codes import GROUP_LEVEL
from app.domain.records import Campaign, Plan

MOST_WEEKS = 60
"""A board shows no more; of a longer campaign the first ones."""
FRIDAY = dt.timedelta(days=4)
"""What is placed in a week is to be visited by its Friday, as long as nobody says a day."""


def day_words(day: dt.date) -> str:
    """7月22日: in a campaign nobody asks for the year."""
    return f"{day.month}月{day.day}日"


def week_span(monday: dt.date) -> str:
    """7月18日—22日: the working days of a week."""
    friday = monday + FRIDAY
    end = f"{friday.day}日" if friday.month == monday.month else day_words(friday)
    return f"{day_words(monday)}—{end}"


class Mark(StrEnum):
    """How far a planned visit is; ELSEWHERE: another office was there already."""

    PLANNED = "planned"
    LATE = "late"
    ELSEWHERE = "elsewhere"
    VISITED = "visited"


class Elsewhere(msgspec.Struct, frozen=True):
    """Another office's plan, roster or visit; `flagged` where 不重复、不交叉 forbids it (R37)."""

    level: str
    who: str
    what: str
    day: dt.date | None
    flagged: bool

    def __str__(self) -> str:
        day = day_words(self.day) if self.day else ""
        return f"{GROUP_LEVEL.label_of(self.level)}“{self.who}”{day}{self.what}"


class BoardUnit(msgspec.Struct, frozen=True):
    """An enterprise as the board shows it.

    `id` is the record to plan; `large` says 规上 or as many workers; `demands` and `hazards`
    are those still open; `rosters` the groups of this office in whose roster it stands;
    `visited` the first day this office was there, `been` whether anybody was; `records` are all
    its entries in 单位名录.
    """

    id: str
    name: str
    area: str
    place: str
    large: bool
    headcount: int | None
    demands: int
    hazards: int
    rosters: frozenset[str]
    elsewhere: tuple[Elsewhere, ...]
    visited: dt.date | None = None
    been: bool = False
    records: tuple[str, ...] = ()

    @property
    def open(self) -> int:
        """How much waits there: demands not 办结, hazards not 化解."""
        return self.demands + self.hazards

    @property
    def flagged(self) -> bool:
        """Whether the other of the two bound levels is to go there, or went."""
        return any(one.flagged for one in self.elsewhere)


@dataclass(frozen=True, slots=True)
class BoardPlan:
    """One unit placed: `plan` is the id of its record, `group` that of its row or empty."""

    plan: str
    unit: BoardUnit
    group: str
    planned: dt.date | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One group of the office, or what has none (an empty `group`)."""

    group: str
    name: str
    number: str = ""
    leaders: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanBoard:
    """A campaign's board of one office; `weeks` are Mondays, `waiting` in order of need.

    `campaign` tells which weeks lie outside 集中走访阶段.
    """

    campaign: Campaign
    today: dt.date
    weeks: tuple[dt.date, ...]
    rows: tuple[BoardRow, ...]
    plans: tuple[BoardPlan, ...]
    waiting: tuple[BoardUnit, ...]
    places: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def cells(self) -> Mapping[tuple[str, int], tuple[BoardPlan, ...]]:
        """What stands in a row and week (-1: no day is set), by day, then name."""
        found: dict[tuple[str, int], list[BoardPlan]] = defaultdict(list)
        rows = {row.group for row in self.rows}
        for one in self.plans:
            group = one.group if one.group in rows else ""
            found[group, self.week_of(one.planned)].append(one)
        by_day = {at: sorted(held, key=_by_day) for at, held in found.items()}
        return {at: tuple(held) for at, held in by_day.items()}

    def week_of(self, day: dt.date | None) -> int:
        """In which week a day lies, -1 without one; what lies before or after is at the ends."""
        if day is None or not self.weeks:
            return -1
        return min(max((day - self.weeks[0]).days // 7, 0), len(self.weeks) - 1)

    def last_day(self, week: int) -> dt.date | None:
        """By which day a unit placed in a week (-1: none) is to be visited."""
        if not 0 <= week < len(self.weeks):
            return None
        friday = self.weeks[week] + FRIDAY
        starts, ends = self.campaign.starts, self.campaign.ends
        return max(min(friday, ends or friday), starts or friday)

    def is_outside(self, week: int) -> bool:
        """Whether a week lies outside 集中走访阶段 (R41)."""
        day = self.last_day(week)
        return day is not None and is_outside_concentrated_phase(self.campaign, day)

    def count(self, mark: Mark, group: str | None = None) -> int:
        """How many plans are so far, of one row or of all."""
        return sum(
            number
            for (row, of), number in self._counts.items()
            if of is mark and group in (None, row)
        )

    @cached_property
    def _counts(self) -> Mapping[tuple[str, Mark], int]:
        return Counter(
            (group, one.mark) for (group, _), cards in self.cells.items() for one in cards
        )

    def plan_of(self, plan: str) -> BoardPlan | None:
        """The plan of this record."""
        return next((one for one in self.plans if one.plan == plan), None)

    def with_plans(self, changed: Mapping[str, Plan | None]) -> PlanBoard:
        """The board after these plans (by record id) were written, or voided (None)."""
        before = {one.plan: one for one in self.plans}
        units = {unit.id: unit for unit in (*(one.unit for one in self.plans), *self.waiting)}
        of_entry = {entry: unit for unit in units.values() for entry in (unit.id, *unit.records)}
        plans = {one.plan: one for one in self.plans if one.plan not in changed}
        for record, plan in changed.items():
            unit = before[record].unit if record in before else None
            unit = unit or (of_entry.get(plan.enterprise) if plan else None)
            if plan is not None and unit is not None:
                plans[record] = placed(record, plan, unit, self.today)
        held = {one.unit.id for one in plans.values()}
        idle = [u for u in units.values() if u.id not in held and u.visited is None]
        return replace(
            self,
            plans=tuple(plans.values()),
            waiting=tuple(sorted(idle, key=self.need)),
        )

    def need(self, unit: BoardUnit) -> tuple[bool, bool, int, bool, int, str, str]:
        """规上 first, where most is open first, then those of a roster, then by place (R25).

        Where the other bound level goes already nobody is sent: that comes after all others.
        """
        place = self.places.get(unit.area, len(self.places))
        rest = -unit.open, not unit.rosters, place, unit.name, unit.id
        return unit.flagged, not unit.large, *rest


def placed(record: str, plan: Plan, unit: BoardUnit, today: dt.date) -> BoardPlan:
    """A plan (its id) of this unit as the board shows it."""
    return BoardPlan(record, unit, plan.group, plan.planned, _mark(plan, unit, today))


def _mark(plan: Plan, unit: BoardUnit, today: dt.date) -> Mark:
    if unit.visited is not None:
        return Mark.VISITED
    if unit.been:
        return Mark.ELSEWHERE
    return Mark.LATE if is_late(plan, today, visited=False) else Mark.PLANNED


def _by_day(one: BoardPlan) -> tuple[dt.date, str, str]:
    return one.planned or dt.date.max, one.unit.name, one.plan
