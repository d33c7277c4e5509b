"""领导带队: visits led by the main leader, and the share of the leadership that took part (R38)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.campaign.campaign_data import in_order
from app.domain.campaign.coverage_figures import Count, unsaid
from app.domain.checking.state import is_within
from app.domain.kernel.text import lookup_key
from app.domain.records import Campaign, Leader, Unit


@dataclass(frozen=True, slots=True)
class LedVisits:
    """Visits of one office on one day with the same 参与走访领导: how many there are.

    `unit` is the code of the office, `by_chief` what the form says of 主要领导带队, if it does.
    """

    unit: str
    leaders: tuple[str, ...]
    by_chief: bool | None
    day: dt.date | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Led:
    """One visit as it counts: who of the leadership took part, whether the main leader led.

    `untold` when nobody can tell who led.
    """

    members: tuple[str, ...]
    by_chief: bool
    untold: bool


@dataclass(frozen=True, slots=True)
class MemberShare:
    """One of the leadership, and the visits they took part in while in office."""

    id: str
    name: str
    post: str
    chief: bool
    visits: int


@dataclass(frozen=True, slots=True)
class OfficeShare:
    """One office: its leadership in the campaign, its visits, those led by the main leader.

    Of `untold` visits nobody can tell who led: the form does not say 主要领导带队, and either names
    no leader or nobody wrote down who leads the office.
    """

    unit: str
    name: str
    members: tuple[MemberShare, ...]
    visits: int
    by_chief: int
    untold: int = 0

    @property
    def share(self) -> str:
        """参加率; — where the leadership is not known."""
        return Count(self.took_part, len(self.members)).percent

    @property
    def led_words(self) -> str:
        """主要领导带队: how often; — where no visit tells, and of how many it is not told."""
        told = f"{self.by_chief:,}" if self.untold < self.visits or not self.visits else "—"
        return told + (f"（{unsaid(self.untold, self.visits)}）" if self.untold else "")

    @property
    def took_part(self) -> int:
        """How many of the leadership took part in a visit."""
        return sum(1 for member in self.members if member.visits)


def leaders_shares(
    campaign: Campaign,
    units: Iterable[Unit],
    leaders: Mapping[str, tuple[str, Leader]],
    visits: Iterable[LedVisits],
) -> tuple[OfficeShare, ...]:
    """Every office with visits in the campaign or a known leadership, in official order.

    `leaders` are by record id the code of their office and what the record says. Whose term
    lies outside the campaign is left out; a visit counts for who was in office on its day. Where
    the form does not say 主要领导带队, the main leader among those who took part says it.
    """
    held = leaderships(campaign, leaders)
    made: dict[str, list[LedVisits]] = defaultdict(list)
    for one in visits:
        made[one.unit].append(one)
    known = {unit.code: unit for unit in units}
    found = [known.get(code) or Unit(code=code, name=code) for code in held.keys() | made.keys()]
    return tuple(
        _office(unit, held.get(unit.code, ()), made[unit.code]) for unit in in_order(found)
    )


def leaderships(
    campaign: Campaign, leaders: Mapping[str, tuple[str, Leader]]
) -> Mapping[str, Sequence[tuple[str, Leader]]]:
    """By office (its code) who led it in the campaign, as (record id, what it says)."""
    held: dict[str, list[tuple[str, Leader]]] = defaultdict(list)
    for record, (unit, leader) in leaders.items():
        if _served(leader, campaign):
            held[unit].append((record, leader))
    return held


def led(one: LedVisits, leaders: Sequence[tuple[str, Leader]]) -> Led:
    """How a visit of an office with these leaders counts."""
    names = {lookup_key(name) for name in one.leaders}
    there = [
        (record, leader)
        for record, leader in leaders
        if lookup_key(leader.name) in names
        and (one.day is None or is_within(one.day, leader.serves_from, leader.serves_to))
    ]
    by_chief = any(leader.chief for _, leader in there) if one.by_chief is None else one.by_chief
    untold = one.by_chief is None and not (leaders and names)
    return Led(tuple(record for record, _ in there), by_chief, untold)


def _served(leader: Leader, campaign: Campaign) -> bool:
    begun = campaign.ends is None or (leader.serves_from or dt.date.min) <= campaign.ends
    starts = campaign.starts
    return begun and (starts is None or (leader.serves_to or dt.date.max) >= starts)


def _office(
    unit: Unit, leaders: Sequence[tuple[str, Leader]], visits: Sequence[LedVisits]
) -> OfficeShare:
    times: dict[str, int] = defaultdict(int)
    by_chief = untold = 0
    for one in visits:
        told = led(one, leaders)
        for record in told.members:
            times[record] += one.count
        by_chief += one.count * told.by_chief
        untold += one.count * told.untold
    members = [
        MemberShare(record, leader.name, leader.post, bool(leader.chief), times[record])
        for record, leader in sorted(leaders, key=_rank)
    ]
    total = sum(one.count for one in visits)
    return OfficeShare(unit.code, unit.name, tuple(members), total, by_chief, untold)


def _rank(held: tuple[str, Leader]) -> tuple[bool, bool, int, str, str]:
    """排列顺序, the main leader first where there is none."""
    record, leader = held
    return leader.order is None, not leader.chief, leader.order or 0, leader.number, record
