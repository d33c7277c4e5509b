"""What may be told of in a report: demands, cases and logs of the campaign, some proposed.

Nothing here says who a worker is: a surname and 某某, never a number, an address or an illness.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from app.domain.campaign.campaign_data import CampaignData
from app.domain.checking.state import is_closed, is_overdue
from app.domain.codes import ADDRESSEE, AID_TYPE
from app.domain.records import Aid, Case, Demand, Diary, Enterprise, Person, Record
from app.domain.values.masking import veiled, without_numbers
from app.domain.values.money import format_money
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, equal, live
from database.state.states import State
from database.store.engine import Connection

R = TypeVar("R", bound=Record)

MOST = 200
"""Records of one sort that are offered, the newest."""

_QUOTED = 400
"""Characters of a log that are quoted."""

PROPOSED = 3
"""Records of one sort that are proposed."""

SOLVED, UNSOLVED, HELPED, NOTED = "办成的诉求", "还没有办结的诉求", "帮扶事例", "调查日志"
"""The sorts, as they are headed where one chooses."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A record that may be told of: its sort, its 编号, and what the report says of it.

    `addressee` is whom a demand is addressed to, in words; `group` that of a log.
    """

    id: str
    sort: str
    number: str
    words: str
    proposed: bool = False
    addressee: str = ""
    group: str = ""


def choices(connection: Connection, ground: CampaignData, today: dt.date) -> tuple[Choice, ...]:
    """All that is offered of a campaign, sort by sort, the newest first."""
    demands = _newest(connection, Demand, _demand_ids(ground))
    firms = _names(connection, Enterprise, (one.record.enterprise for one in demands))
    closed = [one for one in demands if is_closed(one.record)]
    left = [one for one in demands if not is_closed(one.record)]
    late_first = sorted(left, key=lambda one: not is_overdue(one.record, today))
    return (
        *_proposing(_solved(closed, firms)),
        *_proposing(_unsolved(late_first, firms)),
        *_proposing(_cases(connection, ground)),
        *_proposing(_diaries(connection, ground)),
    )


def _demand_ids(ground: CampaignData) -> list[str]:
    found = [
        (one.raised_on or dt.date.min, record)
        for record, one in ground.demands.items()
        if ground.belongs(ground.visits.get(one.visit), one.raised_on)
    ]
    return [record for _, record in sorted(found, reverse=True)]


def _case_ids(ground: CampaignData) -> list[str]:
    found = [
        (one.found_on or dt.date.min, record)
        for record, one in ground.cases.items()
        if ground.belongs(ground.visits.get(one.visit), one.found_on)
    ]
    return [record for _, record in sorted(found, reverse=True)]


def _newest(connection: Connection, record_type: type[R], ids: Sequence[str]) -> list[State[R]]:
    """The whole records of the first of these, in their order."""
    wanted = ids[: 2 * MOST]
    found = {
        state.id: state
        for some in chunks(wanted)
        for state in states.iterate(connection, record_type, among("id", some))
    }
    return [found[one] for one in wanted if one in found]


def _names(
    connection: Connection, record_type: type[Enterprise] | type[Person], ids: Iterable[str]
) -> Mapping[str, str]:
    wanted = [one for one in dict.fromkeys(ids) if one]
    return {
        record: str(name)
        for some in chunks(wanted)
        for record, name in states.pick(connection, record_type, ("id", "name"), among("id", some))
    }


def _proposing(found: Iterable[Choice]) -> Iterator[Choice]:
    """The first of them are proposed, and those beyond `MOST` left out."""
    for place, one in zip(range(MOST), found, strict=False):
        yield replace(one, proposed=place < PROPOSED)


def _solved(found: Iterable[State[Demand]], firms: Mapping[str, str]) -> Iterator[Choice]:
    for state in found:
        one = state.record
        end = one.outcome or one.reply or one.measures
        parts = [_asked(one, firms), f"办理结果：{_stop(end)}" if end else ""]
        parts.append(f"（{_day(one.closed_on)}办结）" if one.closed_on else "")
        yield _choice(state, SOLVED, "".join(parts))


def _unsolved(found: Iterable[State[Demand]], firms: Mapping[str, str]) -> Iterator[Choice]:
    for state in found:
        one = state.record
        parts = [
            _asked(one, firms),
            f"已转{one.referred_to}。" if one.referred_to else "",
            f"措施：{_stop(one.measures)}" if one.measures else "",
            f"计划：{_stop(one.schedule)}" if one.schedule else "",
            f"责任人：{one.responsible}。" if one.responsible else "",
        ]
        yield _choice(state, UNSOLVED, "".join(parts), ADDRESSEE.label_of(one.addressee))


def _asked(one: Demand, firms: Mapping[str, str]) -> str:
    firm = firms.get(one.enterprise, "")
    return f"{firm}{'反映' if firm else '职工反映'}：{_stop(one.content)}"


def _cases(connection: Connection, ground: CampaignData) -> Iterator[Choice]:
    """Those that were helped, the most told of first; why they need it stays in the file."""
    found = _newest(connection, Case, _case_ids(ground))
    given = _given(connection, found)
    names = _names(connection, Person, (one.record.person for one in found))
    helped = [one for one in found if one.id in given or is_closed(one.record)]
    for state in sorted(helped, key=lambda one: not one.record.follow_up):
        one = state.record
        types = "、".join(filter(None, map(AID_TYPE.label_of, one.types)))
        money, goods = given.get(state.id, (Decimal(0), ()))
        parts = [
            f"困难职工{veiled(names.get(one.person, ''))}：",
            f"帮扶类型为{types}。" if types else "",
            f"发放帮扶资金{format_money(money)}元。" if money else "",
            f"送去{'、'.join(goods)}。" if goods else "",
            f"回访情况：{_stop(one.follow_up)}" if one.follow_up else "",
        ]
        yield _choice(state, HELPED, "".join(parts))


def _diaries(connection: Connection, ground: CampaignData) -> Iterator[Choice]:
    """What the groups wrote down on the spot (R16), the last days first."""
    ours = equal("campaign", ground.campaign.code)
    rows = states.pick(connection, Diary, ("kept_on", "id"), live(), ours)
    for state in _newest(connection, Diary, [record for _, record in sorted(rows)[::-1]]):
        one = state.record
        at = f"{_day(one.kept_on)}" if one.kept_on else ""
        at += f"在{one.place}" if one.place else ""
        read = [_cut(one.content), *(f"（更正：{each.words}）" for each in one.corrections)]
        words = f"{at}：{''.join(read)}" if at else "".join(read)
        yield replace(_choice(state, NOTED, words), group=one.group)


def _cut(text: str) -> str:
    line = _stop(text)
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}……"


def _given(
    connection: Connection, found: Sequence[State[Case]]
) -> Mapping[str, tuple[Decimal, tuple[str, ...]]]:
    """By case what was given: the sum of money in yuan, the goods."""
    by_case: dict[str, list[Aid]] = defaultdict(list)
    for some in chunks([one.id for one in found]):
        for state in states.iterate(connection, Aid, among("case", some)):
            if not state.void:
                by_case[state.record.case].append(state.record)
    return {
        case: (
            sum((Decimal(one.money or 0) for one in aids), Decimal(0)),
            tuple(dict.fromkeys(one.goods for one in aids if one.goods)),
        )
        for case, aids in by_case.items()
    }


def _choice(state: State[R], sort: str, words: str, addressee: str = "") -> Choice:
    return Choice(state.id, sort, state.record.number, without_numbers(words), addressee=addressee)


def _stop(text: str) -> str:
    """A text in one line that ends with a full stop."""
    line = " ".join(text.split())
    return line if line.endswith(("。", "！", "？", "；")) else f"{line.rstrip('，、；')}。"


def _day(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"
