"""What the records add up to: the totals on a cover, and the city's 汇总表.

人次, 人 and 户 are three things and are never added to each other (R61).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, NamedTuple

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.coverage import Coverage, area_coverage, by_area, cadre_coverage
from app.domain.campaign.coverage_figures import Count, Figure, Row, sum_counts
from app.domain.campaign.enterprise_groups import Directory
from app.domain.campaign.totals_rows import AreaRows, Rows, UnitRows
from app.domain.checking.state import is_closed
from app.domain.kernel.fields import value_of
from app.domain.merging.link_decisions import Sameness
from app.domain.records import Demand, Record
from app.domain.records.registry import summed

SUMMED = summed()


@dataclass(frozen=True, slots=True)
class Totals:
    """Records by type, and sums by `type.member`; money in yuan."""

    records: Mapping[str, int]
    sums: Mapping[str, Decimal]


def totals(records: Iterable[Record]) -> Totals:
    """Count records as they stand (送审表); every sum is named, also at zero."""
    sums = {f"{type}.{name}": Decimal(0) for type, names in SUMMED.items() for name in names}
    types: Counter[str] = Counter()
    for record in records:
        types[record.type_name] += 1
        for name in SUMMED.get(record.type_name, ()):
            sums[f"{record.type_name}.{name}"] += amount(value_of(record, name))
    return Totals(dict(sorted(types.items())), sums)


def amount(value: str | int | None) -> Decimal:
    """A number of a record, zero when it was not filled in."""
    return Decimal(value or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the 汇总表; all counts are of the campaign, money in yuan.

    `enterprises` 走访单位数 (家), `visits` 走访次数, `workers_met` 走访职工人次, which `unmet` of
    the visits do not tell,
    `persons` 帮扶人数 (人), `households` 帮扶户数 (户), `aids` 帮扶人次, of which `unpaid` name no
    sum of money and `unvalued` no value of goods.
    """

    enterprises: int = 0
    visits: int = 0
    workers_met: int = 0
    unmet: int = 0
    areas: Count = field(default_factory=Count)
    above_scale: Count = field(default_factory=Count)
    demands: int = 0
    closed: int = 0
    persons: int = 0
    households: int = 0
    aids: int = 0
    money: Decimal = Decimal(0)
    unpaid: int = 0
    goods_value: Decimal = Decimal(0)
    unvalued: int = 0

    def __add__(self, other: Line) -> Line:
        names = [one.name for one in fields(self)]
        return Line(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A unit's line; `code` is empty for what belongs to no unit."""

    code: str
    name: str
    line: Line


@dataclass(frozen=True, slots=True)
class Summary:
    """汇总表: rows in official order, 合计 that is their sum, and the same without repetition.

    An enterprise or person that two units report stands in both rows, so twice in
    `total` and once in `distinct`.
    """

    rows: tuple[SummaryRow, ...]
    total: Line
    distinct: Line


def summary(
    ground: CampaignData,
    households: Sameness | None = None,
    directory: Directory | None = None,
    covered: Coverage | None = None,
) -> Summary:
    """The 汇总表 of a campaign, by reporting unit.

    `households` says which files are one household;
    without it each person is one. Townships stand in their county's row. Aid that
    no visit of the campaign led to counts by its day. `directory` and `covered` are those
    of the ground, if they are there.
    """
    directory = directory or Directory(ground)
    counts = [figure.rows for figure in _figures(directory, covered)]
    return _summary(directory, households, UnitRows(ground), counts)


def summary_by_area(
    ground: CampaignData,
    areas: Iterable[str],
    households: Sameness | None = None,
    directory: Directory | None = None,
    covered: Coverage | None = None,
) -> Summary:
    """The same by township and zone, those of `areas` (codes) always: a county's own 汇总表.

    A visit stands where it went, and with it what it led to; what belongs to no
    place, or to one outside, stands in the last row.
    """
    directory = directory or Directory(ground)
    rows = AreaRows(ground, tuple(areas))
    counts = [
        [row for row in by_area(ground, figure) if _stands_in(rows, row)]
        for figure in _figures(directory, covered)
    ]
    return _summary(directory, households, rows, counts)


def _stands_in(rows: AreaRows, row: Row) -> bool:
    """Of a figure the row of a place, and that of what names none where it has a 分母."""
    return row.code in rows.names or (not row.code and bool(row.count.denominator))


def _figures(directory: Directory, covered: Coverage | None) -> tuple[Figure, Figure]:
    """Whether its areas and its large enterprises were visited, in the order of a `Line`."""
    if covered is not None:
        return covered.areas, covered.cadres
    return area_coverage(directory.ground), cadre_coverage(directory)


def _summary(
    directory: Directory,
    households: Sameness | None,
    rows: Rows,
    counts: Sequence[Sequence[Row]],
) -> Summary:
    work = _Work(directory, households or directory.ground.same_person, rows)
    by_row: dict[str, _Sums] = defaultdict(_Sums)
    for deed in work.deeds():
        by_row[deed.row].add(deed)
    known = [{row.code: row.count for row in figure} for figure in counts]
    told = set(by_row) | {row.code for figure in counts for row in figure}
    made = tuple(
        SummaryRow(
            code, name, by_row.get(code, _Sums()).line(*(c.get(code, Count()) for c in known))
        )
        for code, name in rows.shown(told).items()
    )
    every = _Sums.of(by_row.values())
    return Summary(
        made,
        sum((row.line for row in made), Line()),
        every.line(*(sum_counts(row.count for row in figure) for figure in counts)),
    )


class _Deed(NamedTuple):
    """One record as it counts: in which row, how much, and of whom."""

    row: str
    counts: Mapping[str, Any]
    of: Mapping[str, str]


class _Sums:
    """What several deeds add up to, and of whom each once."""

    def __init__(self) -> None:
        self._counts: dict[str, Any] = defaultdict(int)
        self._of: dict[str, set[str]] = defaultdict(set)

    @classmethod
    def of(cls, several: Iterable[_Sums]) -> _Sums:
        """All of them together."""
        found = cls()
        for one in several:
            found._add_counts(one._counts)
            for name, ids in one._of.items():
                found._of[name] |= ids
        return found

    def add(self, deed: _Deed) -> None:
        """One more."""
        self._add_counts(deed.counts)
        for name, id in deed.of.items():
            self._of[name].add(id)

    def line(self, areas: Count, above_scale: Count) -> Line:
        """The line of the 汇总表, with what was covered."""
        told: dict[str, Any] = {name: len(ids) for name, ids in self._of.items()}
        return Line(areas=areas, above_scale=above_scale, **self._counts, **told)

    def _add_counts(self, counts: Mapping[str, Any]) -> None:
        for name, count in counts.items():
            self._counts[name] += count


class _Work:
    """The visits, demands and aid of a campaign, each as it counts."""

    def __init__(self, directory: Directory, households: Sameness, rows: Rows) -> None:
        self._directory = directory
        self._ground = directory.ground
        self._households = households
        self._rows = rows

    def deeds(self) -> Iterable[_Deed]:
        """Every record that counts."""
        yield from self._visits()
        yield from self._demands()
        yield from self._aids()

    def _visits(self) -> Iterable[_Deed]:
        for id, visit in self._ground.campaign_visits.items():
            firm = self._directory.firm_of.get(visit.enterprise)
            target = firm.id if firm else visit.enterprise or f"visit {id}"
            counts = {
                "visits": 1,
                "workers_met": visit.workers_met or 0,
                "unmet": int(visit.workers_met is None),
            }
            yield _Deed(self._rows.of_visit(id, visit), counts, {"enterprises": target})

    def _demands(self) -> Iterable[_Deed]:
        for id, demand in self._ground.demands.items():
            if self._of_campaign(demand):
                counts = {"demands": 1, "closed": int(is_closed(demand))}
                yield _Deed(self._rows.of_demand(id, demand), counts, {})

    def _aids(self) -> Iterable[_Deed]:
        for id, aid in self._ground.aids.items():
            case = self._ground.cases.get(aid.case)
            visit = self._ground.visits.get(case.visit) if case else None
            if not self._ground.belongs(visit, aid.given_on):
                continue
            person = aid.person or (case.person if case else "") or f"aid {id}"
            of = {
                "persons": self._ground.same_person.one(person),
                "households": self._households.one(person),
            }
            counts = {
                "aids": 1,
                "money": amount(aid.money),
                "unpaid": int(aid.money is None),
                "goods_value": amount(aid.goods_value),
                "unvalued": int(aid.goods_value is None),
            }
            yield _Deed(self._rows.of_aid(id, aid), counts, of)

    def _of_campaign(self, demand: Demand) -> bool:
        return self._ground.belongs(self._ground.visits.get(demand.visit), demand.raised_on)
