"""The board of 工作安排, made from the records: who is planned, who waits, who else goes there."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.coverage import large
from app.domain.campaign.enterprise_groups import Directory, Firm
from app.domain.campaign.overlap import BOUND
from app.domain.campaign.plan_board import (
    MOST_WEEKS,
    BoardPlan,
    BoardRow,
    BoardUnit,
    Elsewhere,
    PlanBoard,
    placed,
)
from app.domain.campaign.plan_pace import weeks_of
from app.domain.records import Campaign, Group, Plan
from app.domain.records.told import number_of

_BEEN = "已经走访"
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
    return replace(board, waiting=tuple(sorted(waiting, key=board.need)))


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
        self._visitors: dict[tuple[str, str, str], tuple[str, bool]] = {}
        self._rosters = _by_unit(self._roster_lines())
        self._planned = _by_unit(self._plan_lines())
        self._told_of = _by_unit(self._notice_lines())

    def placed(self, record: str, plan: Plan) -> BoardPlan | None:
        """A plan of the office; None where its enterprise is not known here."""
        firm = self._data.directory.firm_of.get(plan.enterprise)
        return placed(record, plan, self.unit(firm), self._data.today) if firm else None

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
        been = own is not None or bool(others)
        rosters = _of(self._rosters, firm)
        mine = frozenset(one.group for one in rosters if one.group in self._groups)
        met = [*others, *_of(self._planned, firm)]
        gone = {one.group for one in others}
        met += [one for one in rosters if one.group not in self._groups and one.group not in gone]
        return BoardUnit(
            firm.id,
            firm.name,
            firm.area,
            area.name if area else "",
            bool(large(firm, ground.campaign.headcount_threshold)[0]),
            firm.headcount,
            _sum(data.demands, firm),
            _sum(data.hazards, firm),
            mine,
            tuple(dict.fromkeys(map(self._told, met))),
            own,
            been,
            firm.records,
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
                others.append(_Line(level, unit, visit.group, visit.visited_on, _BEEN))
        others += _of(self._told_of, firm)
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

    def _notice_lines(self) -> Iterator[tuple[str, _Line]]:
        for one in self._ground.told_of.values():
            line = _Line(one.level, one.unit, one.group, one.met_on, _BEEN)
            yield one.enterprise, line

    def _told(self, line: _Line) -> Elsewhere:
        visitor = line.level, line.unit, line.group
        known = self._visitors.get(visitor)
        if known is None:
            known = self._visitors[visitor] = self._visitor(*visitor)
        return Elsewhere(line.level, known[0], line.what, line.day, known[1])

    def _visitor(self, level: str, code: str, record: str) -> tuple[str, bool]:
        """Who somebody is by level, unit and group, and whether the rule binds both."""
        group = self._ground.groups.get(record)
        unit = self._ground.unit_by_code.get(code)
        who = group.name if group else (unit.name if unit else code)
        return who, self._level in BOUND and level in BOUND and level != self._level


class _Line(NamedTuple):
    """Another office's plan, visit or roster, before it is put into words."""

    level: str
    unit: str
    group: str
    day: dt.date | None
    what: str


def _of(lines: Mapping[str, Sequence[_Line]], firm: Firm) -> list[_Line]:
    return [line for record in firm.records for line in lines.get(record, ())] if lines else []


def _sum(counts: Open, firm: Firm) -> int:
    return sum(counts.get(record, 0) for record in firm.records) if counts else 0


def _by_unit(lines: Iterable[tuple[str, _Line]]) -> Mapping[str, Sequence[_Line]]:
    found: dict[str, list[_Line]] = defaultdict(list)
    for record, line in lines:
        found[record].append(line)
    return dict(found)
