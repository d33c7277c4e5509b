"""工作安排 as a board: weeks across, the groups of an office down, and who is not planned yet.

The board is a value. What is placed, moved or taken off is put in by `with_plans`, so that a
window shows it at once and reads all of it again later (R25, R32-R37).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.coverage import large
from app.domain.campaign.enterprise_groups import Directory, Firm
from app.domain.campaign.overlap import BOUND
from app.domain.campaign.plan_pace import weeks_of
from app.domain.checking.state import is_late, is_outside_concentrated_phase
from app.domain.codes import GROUP_LEVEL
from app.domain.records import Campaign, Group, Plan
from app.domain.records.told import number_of

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
    """How far a planned visit is."""

    PLANNED = "planned"
    LATE = "late"
    VISITED = "visited"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another office's plan, roster or visit; `flagged` where 不重复、不交叉 forbids it (R37)."""

    level: str
    who: str
    what: str
    day: dt.date | None
    flagged: bool

    def __str__(self) -> str:
        day = day_words(self.day) if self.day else ""
        return f"{GROUP_LEVEL.label_of(self.level)}“{self.who}”{day}{self.what}"


@dataclass(frozen=True, slots=True)
class BoardUnit:
    """An enterprise as the board shows it.

    `id` is the record to plan; `large` says 规上 or as many workers; `demands` and `hazards`
    are those still open; `rosters` the groups of this office in whose roster it stands.
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
        units = {one.unit.id: one.unit for one in self.plans}
        units |= {unit.id: unit for unit in self.waiting}
        plans = {one.plan: one for one in self.plans if one.plan not in changed}
        for record, plan in changed.items():
            unit = before[record].unit if record in before else None
            unit = unit or (units.get(plan.enterprise) if plan else None)
            if plan is not None and unit is not None:
                plans[record] = _placed(record, plan, unit, self.today)
        held = {one.unit.id for one in plans.values()}
        idle = [u for u in units.values() if u.id not in held and u.visited is None]
        return replace(
            self,
            plans=tuple(plans.values()),
            waiting=tuple(sorted(idle, key=self._need)),
        )

    def _need(self, unit: BoardUnit) -> tuple[bool, bool, int, bool, int, str, str]:
        """规上 first, where most is open first, then those of a roster, then by place (R25).

        Where the other bound level goes already nobody is sent: that comes after all others.
        """
        place = self.places.get(unit.area, len(self.places))
        rest = -unit.open, not unit.rosters, place, unit.name, unit.id
        return unit.flagged, not unit.large, *rest


Open = Mapping[str, int]
"""By record id of an enterprise how many demands or hazards of it are open."""


@dataclass(frozen=True, kw_only=True)
class BoardData:
    """What a board is made from; `holds` says which enterprises the office looks after."""

    directory: Directory
    station: str
    today: dt.date
    demands: Open
    hazards: Open
    holds: Callable[[Firm], bool]

    @property
    def ground(self) -> CampaignData:
        """The records."""
        return self.directory.ground


def plan_board(data: BoardData) -> PlanBoard:
    """The board of an office."""
    ground = data.ground
    groups = own_groups(ground, data.station)
    firms = _Firms(data, frozenset(groups))
    own = {
        one: plan
        for one, plan in ground.plans.items()
        if plan.campaign == ground.campaign.code and ground.owner_of.get(one) == data.station
    }
    plans = [firms.placed(one, plan) for one, plan in own.items()]
    made = tuple(one for one in plans if one is not None)
    held = {one.unit.id for one in made}
    board = PlanBoard(
        ground.campaign,
        data.today,
        _weeks(ground.campaign, data.today, own.values()),
        (*(_row(one, groups[one], ground) for one in groups), BoardRow("", "没有分组")),
        made,
        (),
        {code: place for place, code in enumerate(ground.area_by_code)},
    )
    waiting = [unit for unit in firms.idle() if unit.id not in held]
    return replace(board, waiting=tuple(sorted(waiting, key=board._need)))


def own_groups(ground: CampaignData, station: str) -> dict[str, Group]:
    """The groups of an office in the campaign, in roster order (排列顺序)."""
    own = {
        one: group
        for one, group in ground.groups.items()
        if group.campaign == ground.campaign.code and ground.owner_of.get(one) == station
    }
    return dict(sorted(own.items(), key=lambda item: roster_order(item[0], item[1])))


def roster_order(record: str, group: Group) -> tuple[bool, int, str, str]:
    """The place of a group in its roster; those without 排列顺序 come last, by 编号."""
    return group.order is None, group.order or 0, group.number, record


def _row(record: str, group: Group, ground: CampaignData) -> BoardRow:
    regions = tuple(
        area.name for code in group.regions for area in ground.areas.values() if area.code == code
    )
    return BoardRow(record, group.name, number_of(group), group.leaders, regions, group.contacts)


def _weeks(campaign: Campaign, today: dt.date, plans: Iterable[Plan]) -> tuple[dt.date, ...]:
    """From the campaign's first day, or an earlier plan, to its last or the end of the year."""
    days = [plan.planned for plan in plans if plan.planned is not None]
    starts = min((campaign.starts or dt.date(today.year, 1, 1), *days))
    ends = max((campaign.ends or dt.date(max(today, starts).year, 12, 31), *days))
    return tuple(weeks_of(starts, ends)[:MOST_WEEKS])


class _Firms:
    """The enterprises of a board, each made once it is needed."""

    def __init__(self, data: BoardData, groups: Collection[str]) -> None:
        self._data, self._groups = data, groups
        self._ground = data.ground
        self._level = self._ground.level_of_unit(data.station)
        self._known: dict[str, BoardUnit] = {}
        self._rosters = _by_unit(self._roster_lines())
        self._planned = _by_unit(self._plan_lines())

    def placed(self, record: str, plan: Plan) -> BoardPlan | None:
        """A plan of the office; None where its enterprise is not known here."""
        firm = self._data.directory.firm_of.get(plan.enterprise)
        return _placed(record, plan, self.unit(firm), self._data.today) if firm else None

    def idle(self) -> Iterator[BoardUnit]:
        """Those the office looks after, or has in a roster, and has not visited."""
        for firm in self._data.directory.firms:
            if firm.gone:
                continue
            unit = self.unit(firm)
            if unit.visited is None and (unit.rosters or self._data.holds(firm)):
                yield unit

    def unit(self, firm: Firm) -> BoardUnit:
        """One enterprise as the board shows it."""
        if firm.id not in self._known:
            self._known[firm.id] = self._unit(firm)
        return self._known[firm.id]

    def _unit(self, firm: Firm) -> BoardUnit:
        ground, data = self._ground, self._data
        area = ground.area_by_code.get(firm.area)
        own, others = self._visits(firm)
        rosters = [one for record in firm.records for one in self._rosters.get(record, ())]
        mine = frozenset(one.group for one in rosters if one.group in self._groups)
        met = [*others, *(one for record in firm.records for one in self._planned.get(record, ()))]
        gone = {one.group for one in others}
        met += [one for one in rosters if one.group not in self._groups and one.group not in gone]
        return BoardUnit(
            firm.id,
            firm.name,
            firm.area,
            area.name if area else "",
            bool(large(firm, ground.campaign.headcount_threshold)[0]),
            firm.headcount,
            sum(data.demands.get(record, 0) for record in firm.records),
            sum(data.hazards.get(record, 0) for record in firm.records),
            mine,
            tuple(dict.fromkeys(self._told(one) for one in met)),
            own,
        )

    def _visits(self, firm: Firm) -> tuple[dt.date | None, list[_Line]]:
        """The first day somebody of the office was there, and who else was."""
        ground, days, others = self._ground, [], []
        for record in self._data.directory.visits.get(firm.id, ()):
            visit = ground.visits[record]
            unit = ground.filed_by(record, visit.unit)
            if unit == self._data.station or visit.group in self._groups:
                days.append(visit.visited_on or dt.date.max)
            else:
                level = ground.level_of_visit(record, visit)
                others.append(_Line(level, unit, visit.group, visit.visited_on, "已经走访"))
        return min(days, default=None), others

    def _roster_lines(self) -> Iterator[tuple[str, _Line]]:
        for one, group in self._ground.groups.items():
            if group.campaign == self._ground.campaign.code:
                unit = self._ground.filed_by(one, group.unit)
                line = _Line(group.level, unit, one, None, "名单里有")
                yield from ((record, line) for record in group.enterprises)

    def _plan_lines(self) -> Iterator[tuple[str, _Line]]:
        ground = self._ground
        for one, plan in ground.plans.items():
            if plan.campaign != ground.campaign.code:
                continue
            if ground.owner_of.get(one) != self._data.station:
                level = ground.level_of(one, unit=plan.unit, group=plan.group)
                unit = ground.filed_by(one, plan.unit)
                yield plan.enterprise, _Line(level, unit, plan.group, plan.planned, "安排走访")

    def _told(self, line: _Line) -> Elsewhere:
        group = self._ground.groups.get(line.group)
        unit = self._ground.unit_by_code.get(line.unit)
        who = group.name if group else (unit.name if unit else line.unit)
        bound = self._level in BOUND and line.level in BOUND and line.level != self._level
        return Elsewhere(line.level, who, line.what, line.day, bound)


@dataclass(frozen=True, slots=True)
class _Line:
    """Another office's plan, visit or roster, before it is put into words."""

    level: str
    unit: str
    group: str
    day: dt.date | None
    what: str


def _by_unit(lines: Iterable[tuple[str, _Line]]) -> Mapping[str, Sequence[_Line]]:
    found: dict[str, list[_Line]] = defaultdict(list)
    for record, line in lines:
        found[record].append(line)
    return found


def _placed(record: str, plan: Plan, unit: BoardUnit, today: dt.date) -> BoardPlan:
    visited = unit.visited is not None
    late = is_late(plan, today, visited=visited)
    mark = Mark.VISITED if visited else Mark.LATE if late else Mark.PLANNED
    return BoardPlan(record, unit, plan.group, plan.planned, mark)


def _by_day(one: BoardPlan) -> tuple[dt.date, str, str]:
    return one.planned or dt.date.max, one.unit.name, one.plan
