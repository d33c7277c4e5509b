"""What was due against what came, by unit, document and date; and gaps in the packages.

The 应报 matrix is the campaign's `dues` times the units of their kinds (R40, R42).
Where a due names the city, each of the city's work groups owes one: R17's 17
research reports are those of six city groups and eleven counties.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.campaign.campaign_data import CampaignData
from app.domain.checking.state import lacking_parts
from app.domain.codes import DOCUMENT_KIND
from app.domain.records import Document, Due, Group, Unit

FORMS = "form"
"""The item of a `Due` that asks for the 登记表 themselves, by package or on paper (R42)."""

NEWS = "news"
SERVES = {"results": NEWS}
"""Kinds of documents that are owed under the name of another: 工作成效 is 信息 too (R46)."""

AT_ANY_TIME = frozenset({NEWS, *SERVES, "experience"})
"""What is told 及时、不定期 (R46): without a day it is nothing anybody has to be reminded of."""


class How(StrEnum):
    """How something was received."""

    PACKAGE = "报送文件"
    PAPER = "纸质/邮件"


class State(StrEnum):
    """Where one expectation stands."""

    RECEIVED = "已收"
    LATE = "迟报"
    MISSING = "逾期未报"
    SOON = "快到期"
    NOT_DUE = "未到期"
    OPEN = "未定期限"
    ANY_TIME = "随时报送"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that one unit owes; `group` is set where each city group owes its own.

    `unit` is a code, `group` a record id, `item` a kind of document; `title` and
    `unit_name` are for people.
    """

    unit: str
    unit_name: str
    item: str
    title: str
    due: dt.date | None
    remind: dt.date | None = None
    group: str = ""

    @property
    def at_any_time(self) -> bool:
        """Whether it is told as it happens, and no day was set for it."""
        return self.due is None and self.item in AT_ANY_TIME


@dataclass(frozen=True, slots=True)
class Received:
    """One thing that came, on which day and how; `lacking` are the parts it does not have."""

    unit: str
    item: str
    at: dt.date
    how: How
    group: str = ""
    record: str = ""
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """One expectation judged on a day.

    `days` are days late (迟报, 逾期未报) or days left (快到期, 未到期); 0 when
    received in time, None where the city has set no due date (未定期限, 随时报送).
    """

    expectation: Expectation
    state: State
    days: int | None
    received: Received | None = None

    @property
    def words(self) -> str:
        """As shown: 逾期 3 天, 还有 5 天, 迟 2 天."""
        lacking = self.received.lacking if self.received else ()
        without = f"，缺{'、'.join(lacking)}" if lacking else ""
        if self.state is State.RECEIVED or self.days is None:
            return f"{self.state}{without}"
        if self.state in (State.SOON, State.NOT_DUE):
            return f"还有 {self.days} 天" if self.days else "今天到期"
        return f"{'迟' if self.state is State.LATE else '逾期'} {self.days} 天{without}"


def expectations(ground: CampaignData) -> tuple[Expectation, ...]:
    """All that is owed in a campaign: by due date, then units in official order."""
    dues = sorted(ground.campaign.dues, key=lambda due: due.due or dt.date.max)
    return tuple(one for due in dues for one in _owed(ground, due))


def judge(
    expected: Iterable[Expectation], received: Iterable[Received], *, today: dt.date
) -> tuple[Standing, ...]:
    """Each expectation with what first came for it; the due day itself is in time."""
    first: dict[tuple[str, str, str], Received] = {}
    for one in sorted(received, key=lambda r: (r.at, r.how, r.record)):
        key = (one.unit, one.item, one.group)
        before = first.setdefault(key, one)
        if len(one.lacking) < len(before.lacking):
            first[key] = replace(before, lacking=one.lacking, record=one.record)
    return tuple(
        _judged(one, first.get((one.unit, one.item, one.group)), today) for one in expected
    )


def tally(standings: Iterable[Standing]) -> Mapping[State, int]:
    """How many stand how; every state is named."""
    counted = Counter(one.state for one in standings)
    return {state: counted[state] for state in State}


def unexpected(
    expected: Iterable[Expectation], received: Iterable[Received]
) -> tuple[Received, ...]:
    """What came though nobody owed it (a unit outside the matrix, a report of no group)."""
    owed = {(one.unit, one.item, one.group) for one in expected}
    return tuple(r for r in received if (r.unit, r.item, r.group) not in owed)


def received_documents(
    ground: CampaignData, documents: Mapping[str, Document], came_on: Mapping[str, dt.date]
) -> tuple[Received, ...]:
    """The campaign's documents that came by package; `came_on` is record id to the day."""
    found = []
    for record, document in sorted(documents.items()):
        day = came_on.get(record)
        if day is None or document.campaign != ground.campaign.code:
            continue
        unit = ground.filed_by(record, document.unit)
        item, lacking = SERVES.get(document.kind, document.kind), lacking_parts(document)
        found.append(Received(unit, item, day, How.PACKAGE, document.group, record, lacking))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Gap:
    """What one channel delivered: up to `contiguous` without a gap, `highest` seen.

    `ranges` are the numbers missing between, first and last of each run.
    """

    contiguous: int
    highest: int
    ranges: tuple[tuple[int, int], ...]

    @property
    def missing(self) -> tuple[int, ...]:
        """The exact missing numbers."""
        return tuple(n for first, last in self.ranges for n in range(first, last + 1))

    @property
    def words(self) -> str:
        """缺第6次、第9至12次报送; empty when nothing is missing."""
        runs = [f"第{a}次" if a == b else f"第{a}至{b}次" for a, b in self.ranges]
        return f"缺{'、'.join(runs)}报送" if runs else ""


def gaps(seqs: Iterable[int], *, baseline: int = 0) -> Gap:
    """The gaps of one channel; order and repetition do not matter.

    Numbers begin after `baseline`: what was sent before an office joined is not missed.
    """
    contiguous = highest = baseline
    ranges: list[tuple[int, int]] = []
    for seq in sorted({seq for seq in seqs if seq > baseline}):
        if seq == highest + 1 and not ranges:
            contiguous = seq
        elif seq > highest + 1:
            ranges.append((highest + 1, seq - 1))
        highest = max(highest, seq)
    return Gap(contiguous, highest, tuple(ranges))


def _owed(ground: CampaignData, due: Due) -> Iterable[Expectation]:
    title = due.title or DOCUMENT_KIND.label_of(due.item)
    for unit in _units(ground, due):
        groups = _city_groups(ground) if unit.kind == "city" else {"": Group()}
        for group, record in groups.items():
            name = f"{unit.name}{record.name}"
            yield Expectation(unit.code, name, due.item, title, due.due, due.remind, group)


def _units(ground: CampaignData, due: Due) -> Iterable[Unit]:
    return (unit for unit in ground.units_in_force if unit.kind in due.kinds)


def _city_groups(ground: CampaignData) -> Mapping[str, Group]:
    mine = {
        id: group
        for id, group in ground.groups.items()
        if group.level == "city" and group.campaign == ground.campaign.code
    }
    return dict(sorted(mine.items(), key=lambda g: (g[1].order is None, g[1].order or 0, g[0])))


def _judged(expected: Expectation, came: Received | None, today: dt.date) -> Standing:
    due = expected.due
    if came is not None:
        late = (came.at - due).days if due else 0
        return Standing(expected, State.LATE if late > 0 else State.RECEIVED, max(late, 0), came)
    if due is None:
        return Standing(expected, State.ANY_TIME if expected.at_any_time else State.OPEN, None)
    if today > due:
        return Standing(expected, State.MISSING, (today - due).days)
    soon = today >= (expected.remind or due)
    return Standing(expected, State.SOON if soon else State.NOT_DUE, (due - today).days)
