"""建会率、入会率、工资集体协商、职代会、厂务公开 of the directory, and the units behind a number.

    seen = look(office)                                   # reads and judges once, in a job
    seen.table("office")                                    # by office: R60, R61
    seen.table("industry", {"office": "511102"})            # by 大类 in one county: R64
    seen.behind("T10", {"office": "511102", "industry": "62"})

A table is a sum over what was read; it asks the store nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import msgspec

from app.domain.campaign.coverage import by_area
from app.domain.campaign.coverage_figures import unsaid
from app.domain.campaign.union_rates import (
    DENOMINATOR,
    RATES,
    Answer,
    RatedDirectory,
    RatedUnit,
    RateRow,
    Tally,
    rated_units,
)
from app.domain.codes import INDUSTRY, OWNERSHIP
from app.domain.records import Enterprise
from app.services.figures.figure_records import FigureRecords
from app.services.figures.office_scope import NO_FIGURE, reach_of
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.records.units import name_of
from database.state import states

BY: Mapping[str, str] = {
    "office": "单位",
    "place": "乡镇（街道）、园区",
    "section": "行业门类",
    "industry": "行业大类",
    "ownership": "经济类型",
}
"""By what a table is parted, as the clerk reads it."""

_NOWHERE: Mapping[str, str] = {
    "office": "未分到单位",
    "place": "没有填地区",
    "section": "没有填行业",
    "industry": "没有填行业大类",
    "ownership": "没有填经济类型",
}
_MEMBERS = ("units", "areas", "enterprises", "links")
_FIELDS = (
    "ownership",
    "industry",
    "members",
    "has_union",
    "wage_contract",
    "wage_contract_from",
    "wage_contract_to",
    "workers_congress",
    "open_affairs",
)
_BESIDE = ("number", "unit", "owner", *Enterprise.facts.counted)
_FIRST = (Answer.BLANK, Answer.UNSURE, Answer.NO, Answer.YES)

Within = Mapping[str, str]
_ALL: Within = {}


class RateHead(msgspec.Struct, frozen=True):
    """A column: the indicator it is (T8 …), what it is called, 家 or 人, and its 口径."""

    code: str
    title: str
    measure: str
    basis: str


class RateCell(msgspec.Struct, frozen=True):
    """分子, 分母, the percentage; of the units `asked` the 没有填, and 情况不明 beside them."""

    numerator: int
    denominator: int
    percent: str
    blank: int
    asked: int
    unknown: int

    @property
    def parts(self) -> str:
        """1／2; 未填 2／2 where nobody said anything, "" where nobody is asked."""
        if self.asked and self.blank == self.asked:
            return unsaid(self.blank, self.asked)
        return f"{self.numerator:,}／{self.denominator:,}" if self.denominator else ""


class RateLine(msgspec.Struct, frozen=True):
    """One row: `code` for what lies behind it, the units, those not checked yet, the rates.

    `contracts` counts the enterprises by their contract: its kind while in force, `LAPSED`,
    没有签, "" for nobody said (R64).
    """

    code: str
    name: str
    units: int
    unverified: int
    cells: tuple[RateCell, ...]
    contracts: Mapping[str, int]


class RateTable(msgspec.Struct, frozen=True):
    """The rates parted by one thing: the total, and rows in official order."""

    by: str
    first: str
    heads: tuple[RateHead, ...]
    total: RateLine
    rows: tuple[RateLine, ...]


class RatedView(msgspec.Struct, frozen=True):
    """One unit behind a number: where it stands to the rate (不符合, 没有填 …), and why."""

    id: str
    number: str
    name: str
    area: str
    standing: str
    why: str


@dataclass(frozen=True, slots=True)
class UnionRates:
    """The directory of an office as of a day, judged once; `by_unit` where it is the city's."""

    as_of: dt.date
    office: str
    by_unit: bool
    _gathered: FigureRecords
    _directory: RatedDirectory

    def table(self, by: str = "office", within: Within = _ALL) -> RateTable:
        """The rates by `BY`; `within` narrows to codes of the same things."""
        rows = self._directory.rows(by, within)
        names = self._names(by)
        unnamed = sorted(rows.keys() - names.keys(), reverse=True)
        codes = (*(code for code in names if code in rows), *unnamed)
        return RateTable(
            by,
            BY[by],
            tuple(RateHead(one.code, one.title, one.measure, one.basis) for one in RATES),
            _line("合计", self._directory.total(within)),
            tuple(_line(names.get(code, code or _NOWHERE[by]), rows[code]) for code in codes),
        )

    def behind(self, rate: str, within: Within = _ALL) -> tuple[RatedView, ...]:
        """The units a rate (T8 …) has a word on, what is missing first."""
        found = [self._view(rate, one) for one in self._directory.behind(rate, within)]
        return tuple(
            sorted(found, key=lambda v: (_FIRST.index(Answer(v.standing)), v.area, v.name, v.id))
        )

    def ids(self, rate: str, within: Within, answers: Collection[Answer]) -> tuple[str, ...]:
        """The records behind a number: the units that say one of these to a rate."""
        return tuple(one.id for one in self._directory.behind(rate, within, answers))

    def by_office(self, rate: str) -> Mapping[str, frozenset[str]]:
        """By office the records of the units in the denominator of a rate."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in self._directory.behind(rate, _ALL, DENOMINATOR):
            found[one.unit].add(one.id)
        return {unit: frozenset(ids) for unit, ids in found.items()}

    def units(self, within: Within, *, unverified: bool = False) -> tuple[str, ...]:
        """The records of all units, or of those that nobody checked yet."""
        units = self._directory.within(within)
        return tuple(one.id for one in units if one.unverified or not unverified)

    def choices(self, by: str) -> Mapping[str, str]:
        """The codes that occur, with their names: what a table may be narrowed to."""
        held = self._directory.rows(by)
        return {code: name for code, name in self._names(by).items() if code in held}

    def _names(self, by: str) -> Mapping[str, str]:
        ground = self._gathered.ground
        if by == "office":
            return {unit.code: unit.name for unit in ground.row_units}
        if by == "place":
            return {row.code: row.name for row in by_area(ground, NO_FIGURE)}
        codes = OWNERSHIP if by == "ownership" else INDUSTRY
        return {code.value: code.label for code in codes}

    def _view(self, rate: str, unit: RatedUnit) -> RatedView:
        word = unit.words[rate]
        number = self._gathered.number(Enterprise, unit.id)
        place = self._gathered.area_name(unit.area) if unit.area else ""
        return RatedView(unit.id, number, unit.name, place, str(word.answer), word.why)


def look(office: Office, campaign: str | None = None) -> UnionRates:
    """Judge the directory as of the office's today; raises `UserError` NO_CAMPAIGN.

    The campaign (a code or title, else that of today) says which offices have a row.
    """
    with office.store.read() as connection:
        gathered = FigureRecords(office, connection, campaign, members=_MEMBERS)
        told = dict(states.parts(connection, Enterprise, (*_BESIDE, *_FIELDS)))
        gathered.ground = replace(gathered.ground, enterprises=told)
        scope = reach_of(Links(office, connection))
        name = name_of(connection, office.identity.station)
    units = rated_units(gathered.ground, office.today())
    return UnionRates(
        office.today(),
        name,
        scope.whole,
        gathered,
        RatedDirectory(tuple(filter(scope.holds, units))),
    )


def _line(name: str, row: RateRow) -> RateLine:
    cells = tuple(_cell(row.tallies[rate.code]) for rate in RATES)
    return RateLine(row.code, name, row.units, row.unverified, cells, row.contracts)


def _cell(tally: Tally) -> RateCell:
    count = tally.count
    return RateCell(
        count.numerator, count.denominator, tally.percent, tally.blank, tally.asked, count.unknown
    )
