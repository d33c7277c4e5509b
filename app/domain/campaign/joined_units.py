"""Which entries of 单位名录 are one unit, and what that makes of a visit or a plan (R63)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.campaign.enterprise_groups import GONE, gone_of, the_one
from app.domain.checking.state import is_late
from app.domain.merging.link_decisions import Sameness
from app.domain.records import Enterprise, Notice, Plan, Visit


@dataclass(frozen=True, slots=True)
class JoinedUnits:
    """Entries decided to be one unit, each by the one that stands for all.

    `aside` are those nobody is sent to: every one but that one, and that one too where the unit
    is not there.
    """

    of: Mapping[str, str] = field(default_factory=dict)
    aside: frozenset[str] = frozenset()

    @classmethod
    def made(cls, same: Sameness, verified: Mapping[str, str]) -> JoinedUnits:
        """By what was decided, and what was found of each entry that is here (核实情况)."""
        of: dict[str, str] = {}
        aside: set[str] = set()
        for members in same.classes(verified).values():
            if len(members) > 1:
                said = {one: verified[one] for one in members}
                best = the_one(said)
                of |= dict.fromkeys(members, best)
                aside |= set(members) - (set() if gone_of(said) else {best})
        return cls(of, frozenset(aside))

    def one(self, entry: str) -> str:
        """The entry that stands for this one's unit."""
        return self.of.get(entry, entry)


def is_visited(
    entry: str, told: Iterable[Visit | Notice], joined: JoinedUnits, campaign: str = ""
) -> bool:
    """走访过: somebody was at the entry's unit, in any campaign or in this one."""
    unit = joined.one(entry)
    return any(
        one.enterprise and joined.one(one.enterprise) == unit and campaign in ("", one.campaign)
        for one in told
    )


def is_unvisited(
    entry: str, unit: Enterprise, visits: Iterable[Visit], joined: JoinedUnits, campaign: str = ""
) -> bool:
    """未走访: one that somebody is to be sent to, and nobody was there."""
    aside = entry in joined.aside if entry in joined.of else unit.verification in GONE
    return not aside and not is_visited(entry, visits, joined, campaign)


def is_missed(
    plan: Plan, told: Iterable[Visit | Notice], joined: JoinedUnits, today: dt.date
) -> bool:
    """到期未走访, 逾期: its day is past, and nobody was at its unit in its campaign.

    `told` is every visit, and what the city told of its own.
    """
    return is_late(plan, today, visited=is_visited(plan.enterprise, told, joined, plan.campaign))
