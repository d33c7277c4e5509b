"""建会率、入会率、工资集体协商、职代会、厂务公开: from 单位名录, with the denominators of R60, R61.

Everything of the directory is looked at once (`rated_units`); tables by county, township,
industry or ownership are sums of that, and so is what lies behind every number.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.coverage_figures import Count
from app.domain.campaign.enterprise_groups import Firm, firms
from app.domain.checking.state import has_contract
from app.domain.codes import CONTRACT_KIND
from app.domain.codes.enterprise import NO_CONTRACT
from app.domain.codes.industry import section_of
from app.domain.kernel.fields import value_of


class Answer(StrEnum):
    """What a unit says to one rate; `OUT` and `UNSURE` are in no denominator."""

    YES = "符合"
    NO = "不符合"
    BLANK = "没有填"
    UNSURE = "情况不明"
    OUT = "不计"


@dataclass(frozen=True, slots=True)
class Word:
    """What one unit is to one rate: how many of how many (units or persons), and why."""

    answer: Answer
    why: str
    part: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate: the indicator of 2012 it is, its words, and what is counted (家 or 人)."""

    code: str
    title: str
    measure: str
    numerator: str
    denominator: str

    @property
    def basis(self) -> str:
        """What stands above and below the line."""
        return f"分子：{self.numerator}分母：{self.denominator}"


@dataclass(frozen=True, slots=True)
class RatedUnit:
    """One unit of the directory with its word on every rate, by the code of the rate.

    `unit` is the office in whose row it stands; `contract` the kind of a contract in force,
    else `LAPSED`, 没有签, or "" where nobody said.
    """

    id: str
    name: str
    records: tuple[str, ...]
    unit: str
    area: str
    industry: str
    ownership: str
    contract: str
    unverified: bool
    words: Mapping[str, Word]


@dataclass(frozen=True, slots=True)
class Tally:
    """A rate of some units: its count, and of the `asked` in it how many did not say (没有填)."""

    count: Count
    blank: int = 0
    asked: int = 0

    @property
    def percent(self) -> str:
        """The share; — where nobody said anything, which is not 0.0%."""
        return "—" if self.blank == self.asked else self.count.percent


@dataclass(frozen=True, slots=True)
class RateRow:
    """One county, township, industry or ownership; `code` is empty for what names none.

    `contracts` counts the enterprises by their 工资集体合同 as a unit has it (R64), `unverified`
    the units that nobody checked yet (R63): they count until somebody says that they are gone.
    """

    code: str
    units: int
    unverified: int
    tallies: Mapping[str, Tally]
    contracts: Mapping[str, int]


PRIVATE = frozenset({"private", "hmt", "foreign"})
"""非公有制 (R61)."""

LAPSED = "lapsed"
"""A contract that is not in force: over, or not begun."""

DENOMINATOR = frozenset({Answer.YES, Answer.NO, Answer.BLANK})
"""What a unit in the denominator may say."""

_COUNTED = DENOMINATOR | {Answer.UNSURE}

_PUBLIC = frozenset({"state", "collective"})

RATES = (
    Rate("T8", "建会率", "家", "已建会的企业。", "名录里的企业（不含事业单位、机关和其他）。"),
    Rate("T9", "入会率", "人", "会员人数。", "职工人数，取名录和走访里最新的一次。"),
    Rate(
        "T10",
        "工资集体协商",
        "家",
        "合同在期限内的企业，区域性、行业性合同覆盖的计入。",
        "名录里的企业。",
    ),
    Rate(
        "T15", "职代会", "家", "建立职代会的企业。", "已建会、规模以上、非公有制三项都具备的企业。"
    ),
    Rate(
        "T16",
        "厂务公开",
        "家",
        "实行厂务公开的企业。",
        "已建会、规模以上、非公有制三项都具备的企业。",
    ),
)
"""In the order of the document (R60)."""


def rated_units(ground: CampaignData, today: dt.date) -> tuple[RatedUnit, ...]:
    """Every unit of the directory as it stands on a day, those gone left out."""
    return tuple(_rated(_Told(ground, firm), today) for firm in firms(ground) if not firm.gone)


class _Told:
    """What the records of one unit say together: the one that stands for it first."""

    def __init__(self, ground: CampaignData, firm: Firm) -> None:
        self.firm = firm
        order = (firm.id, *(one for one in firm.records if one != firm.id))
        self.records = [ground.enterprises[one] for one in order]

    def __call__(self, name: str) -> Any:
        said = (value_of(record, name) for record in self.records)
        return next((value for value in said if value not in (None, "")), None)


def _rated(told: _Told, today: dt.date) -> RatedUnit:
    firm = told.firm
    return RatedUnit(
        id=firm.id,
        name=firm.name,
        records=firm.records,
        unit=firm.unit,
        area=firm.area,
        industry=told("industry") or "",
        ownership=told("ownership") or "",
        contract=_contract(told, today)[0],
        unverified=told("verification") in (None, "preset"),
        words={
            "T8": _of_firms(told, _flag(told, "has_union", "已建会。", "没有建会。", "是否建会")),
            "T9": _members(told),
            "T10": _of_firms(told, _bargains(told, today)),
            "T15": _of_large_private(
                told, _flag(told, "workers_congress", "有职代会。", "没有职代会。", "职代会")
            ),
            "T16": _of_large_private(
                told, _flag(told, "open_affairs", "厂务公开。", "没有厂务公开。", "厂务公开")
            ),
        },
    )


def _flag(told: _Told, name: str, yes: str, no: str, what: str) -> Word:
    value = told(name)
    if value is None:
        return Word(Answer.BLANK, f"没有填{what}。", 0, 1)
    return Word(Answer.YES, yes, 1, 1) if value else Word(Answer.NO, no, 0, 1)


def _of_firms(told: _Told, word: Word) -> Word:
    """As the word says, where the unit is an enterprise."""
    kind = told.firm.kind
    if not kind:
        return Word(Answer.UNSURE, "没有填单位类型，不知道是不是企业。")
    return word if kind == "enterprise" else Word(Answer.OUT, "不是企业。")


def _of_large_private(told: _Told, word: Word) -> Word:
    """As the word says, where 已建会 ∧ 规模以上 ∧ 非公有制; one no is enough to leave it out."""
    firm, ownership = told.firm, told("ownership") or ""
    private = True if ownership in PRIVATE else False if ownership in _PUBLIC else None
    said = {"建会": told("has_union"), "规模以上": firm.above_scale, "经济类型": private}
    refused = [name for name, value in said.items() if value is False]
    if refused:
        words = {"建会": "没有建会", "规模以上": "不是规模以上", "经济类型": "是公有制"}
        return Word(Answer.OUT, "、".join(words[name] for name in refused) + "。")
    unsure = [name for name, value in said.items() if value is None]
    found = _of_firms(told, word)
    if unsure and found.answer is not Answer.OUT:
        other = "（“其他”分不清公有、非公有）" if ownership and private is None else ""
        return Word(Answer.UNSURE, f"没有填清{'、'.join(unsure)}{other}。")
    return found


def _members(told: _Told) -> Word:
    workers, members = told.firm.headcount, told("members")
    if told("has_union") is False and members is None:
        members = 0
    if workers is None:
        return Word(Answer.UNSURE, "没有填职工人数。")
    if members is None:
        return Word(Answer.BLANK, f"职工 {workers:,} 人，没有填会员人数。", 0, workers)
    why = f"职工 {workers:,} 人，会员 {members:,} 人。"
    answer = Answer.YES if members >= workers else Answer.NO
    return Word(answer, why, members, workers)


def _bargains(told: _Told, today: dt.date) -> Word:
    kind, why = _contract(told, today)
    if not kind:
        return Word(Answer.BLANK, "没有填工资集体协商。", 0, 1)
    none = kind in (LAPSED, NO_CONTRACT)
    return Word(Answer.NO, why, 0, 1) if none else Word(Answer.YES, why, 1, 1)


def _contract(told: _Told, today: dt.date) -> tuple[str, str]:
    """Its kind while it is in force, else how there is none; and what is to be said of it."""
    said = next((one for one in told.records if one.wage_contract), None)
    if said is None:
        return "", ""
    kind, label = said.wage_contract, CONTRACT_KIND.label_of(said.wage_contract)
    if kind == NO_CONTRACT:
        return NO_CONTRACT, "没有签工资集体合同。"
    first, last = said.wage_contract_from, said.wage_contract_to
    if has_contract(said, today):
        return kind, f"{label}合同{f'，到 {last}' if last else ''}。"
    ended = last is not None and last < today
    return LAPSED, f"{label}合同 {f'{last} 到期' if ended else f'{first} 才开始'}。"


Key = Callable[[RatedUnit], str]

KEYS: Mapping[str, Key] = {
    "office": lambda one: one.unit,
    "place": lambda one: one.area,
    "section": lambda one: section_of(one.industry),
    "industry": lambda one: "" if one.industry.isalpha() else one.industry,
    "ownership": lambda one: one.ownership,
    "contract": lambda one: one.contract,
}
"""By what a table may be parted, and narrowed: office, township, 门类, 大类, 经济类型, contract."""


@dataclass(frozen=True, slots=True)
class RatedDirectory:
    """The directory as the rates see it; what is `wanted` are codes by `KEYS`.

    An empty code asks for the units that name none.
    """

    units: tuple[RatedUnit, ...]

    def within(self, wanted: Mapping[str, str]) -> tuple[RatedUnit, ...]:
        """Those with all of these codes."""
        tests = [(KEYS[by], code) for by, code in wanted.items()]
        return tuple(u for u in self.units if all(key(u) == code for key, code in tests))

    def total(self, wanted: Mapping[str, str]) -> RateRow:
        """All of them in one row."""
        return row_of("", self.within(wanted))

    def rows(self, by: str, wanted: Mapping[str, str] = MappingProxyType({})) -> dict[str, RateRow]:
        """A row for each code that occurs."""
        parts: dict[str, list[RatedUnit]] = defaultdict(list)
        for one in self.within(wanted):
            parts[KEYS[by](one)].append(one)
        return {code: row_of(code, part) for code, part in parts.items()}

    def behind(
        self, rate: str, wanted: Mapping[str, str], answers: Collection[Answer] = _COUNTED
    ) -> Iterator[RatedUnit]:
        """The units that say one of these to a rate, without more all but those left out."""
        units = self.within(wanted)
        yield from (one for one in units if one.words[rate].answer in answers)


def row_of(code: str, units: Iterable[RatedUnit]) -> RateRow:
    """The sum of some units."""
    sums = {rate.code: [0] * 5 for rate in RATES}
    contracts: Counter[str] = Counter()
    count = unverified = 0
    for one in units:
        count += 1
        unverified += one.unverified
        for rate, word in one.words.items():
            if word.answer is not Answer.OUT:
                _add(sums[rate], word)
        contracts[one.contract] += one.words["T10"].answer in DENOMINATOR
    tallies = {
        rate: Tally(Count(part, whole, unsure), blank, asked)
        for rate, (part, whole, unsure, blank, asked) in sums.items()
    }
    return RateRow(code, count, unverified, tallies, contracts)


def _add(sums: list[int], word: Word) -> None:
    """Add one unit to 分子, 分母, 情况不明, 没有填 and the units asked; there may be thousands."""
    sums[0] += word.part
    sums[1] += word.whole
    sums[2] += word.answer is Answer.UNSURE
    sums[3] += word.answer is Answer.BLANK
    sums[4] += word.answer is not Answer.UNSURE
