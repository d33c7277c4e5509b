"""The union rates as they are shown, copied, printed and written, and what is behind a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.documents.drawing.target import Out
from app.documents.reports.list_content import ListColumn, ListContent, Value
from app.documents.reports.list_paper import print_list
from app.documents.workbooks.list_sheet import write_list
from app.domain.campaign.union_rates import DENOMINATOR, LAPSED, RATES, Answer
from app.domain.codes import CONTRACT_KIND
from app.domain.codes.enterprise import NO_CONTRACT
from app.services.figures.tally_files import CopiedTable, copied_table
from app.services.figures.union_rates import RateLine, RateTable, UnionRates
from app.services.office.duties import needs
from app.services.office.office import Office

UNITS, UNVERIFIED = "units", "unverified"
_LACKING = frozenset({Answer.BLANK, Answer.UNSURE})
_T10 = "T10"


@dataclass(frozen=True, slots=True)
class RateColumn:
    """A column: a share of a rate, how many did not say, or a count; `answers` are behind it.

    `contract` narrows what is behind to one kind.
    """

    title: str
    unit: str
    rate: str = ""
    answers: frozenset[Answer] = frozenset()
    contract: str | None = None

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage, with its 分子／分母."""
        return self.unit == "%"

    @property
    def basis(self) -> str:
        """What stands above and below the line of its rate, "" where it is of none."""
        return next((one.basis for one in RATES if one.code == self.rate), "")


def _rates() -> Iterator[RateColumn]:
    yield RateColumn("单位", "家", UNITS)
    yield RateColumn("未核实", "家", UNVERIFIED)
    for one in RATES:
        yield RateColumn(one.title, "%", one.code, DENOMINATOR)
        yield RateColumn("没填", "家", one.code, _LACKING)


def _contracts() -> Iterator[RateColumn]:
    yield RateColumn("企业数", "家", _T10, DENOMINATOR)
    yield RateColumn("覆盖率", "%", _T10, frozenset({Answer.YES}))
    for code in CONTRACT_KIND:
        if code.value != NO_CONTRACT:
            yield RateColumn(f"{code.label}合同", "家", _T10, DENOMINATOR, code.value)
    yield RateColumn("不在期限内", "家", _T10, DENOMINATOR, LAPSED)
    yield RateColumn("没有签", "家", _T10, DENOMINATOR, NO_CONTRACT)
    yield RateColumn("没填", "家", _T10, _LACKING)


WHAT: Mapping[str, tuple[str, tuple[RateColumn, ...]]] = {
    "rates": ("建会等五项比率", tuple(_rates())),
    "contracts": ("工资集体合同", tuple(_contracts())),
}
"""The tables: what each is called, and its columns."""


@dataclass(frozen=True, slots=True)
class RateSheet:
    """A table as it stands there: what, of which rows, narrowed to which units (and in words)."""

    what: str
    table: RateTable
    seen: UnionRates
    within: Mapping[str, str]
    narrowed: str

    @property
    def title(self) -> str:
        """建会等五项比率（制造业）."""
        name = WHAT[self.what][0]
        return f"{name}（{self.narrowed}）" if self.narrowed else name

    @property
    def columns(self) -> tuple[RateColumn, ...]:
        """Its columns."""
        return WHAT[self.what][1]

    @property
    def lines(self) -> tuple[RateLine, ...]:
        """合计 first, then the rows."""
        return (self.table.total, *self.table.rows)

    def ids(self, row: int, column: int) -> tuple[str, ...]:
        """The records behind a number."""
        one, within = self.columns[column], dict(self.within)
        if row:
            within[self.table.by] = self.lines[row].code
        if one.rate in (UNITS, UNVERIFIED):
            return self.seen.units(within, unverified=one.rate == UNVERIFIED)
        if one.contract is not None:
            within["contract"] = one.contract
        return self.seen.ids(one.rate, within, one.answers)

    def said(self, row: int, column: int) -> str:
        """What one number is, in words: 沙湾区总工会 · 建会率."""
        one = self.columns[column]
        rate = next((rate.title for rate in RATES if rate.code == one.rate), "")
        words = dict.fromkeys((self.lines[row].name, rate, one.title))
        return " · ".join(filter(None, words))


def sheet(
    seen: UnionRates, what: str, by: str, within: Mapping[str, str], narrowed: str = ""
) -> RateSheet:
    """A table of what was read."""
    return RateSheet(what, seen.table(by, within), seen, within, narrowed)


def number_of(column: RateColumn, line: RateLine) -> int:
    """The number of a column that is a count; of a share how many are above the line."""
    if column.rate == UNITS:
        return line.units
    if column.rate == UNVERIFIED:
        return line.unverified
    if column.contract is not None:
        return line.contracts.get(column.contract, 0)
    cell = line.cells[_place(column)]
    if column.answers == _LACKING:
        return cell.blank + cell.unknown
    return cell.numerator if column.is_share else cell.denominator


def share_of(column: RateColumn, line: RateLine) -> tuple[str, str]:
    """The percentage of a share, and its 分子／分母 or how many did not say."""
    cell = line.cells[_place(column)]
    return cell.percent, cell.parts


def _place(column: RateColumn) -> int:
    return next(n for n, rate in enumerate(RATES) if rate.code == column.rate)


def basis() -> str:
    """What stands above and below the line of each rate."""
    return "".join(f"{one.title}：{one.basis}" for one in RATES)


def content_of(shown: RateSheet) -> ListContent:
    """The table as a list to be written; 合计 stands last there."""
    lines = (*shown.table.rows, shown.table.total)

    def rows() -> Iterator[Sequence[Value]]:
        for line in lines:
            yield (line.name, *(_written(one, line) for one in shown.columns))

    columns = [
        ListColumn(f"{one.title}\n（{'分子／分母' if one.is_share else one.unit}）", 0, "right")
        for one in shown.columns
    ]
    return ListContent(
        title=shown.title,
        office=shown.seen.office,
        made_on=shown.seen.as_of,
        columns=(ListColumn(shown.table.first), *columns),
        rows=rows,
        count=len(lines),
        conditions=basis(),
        numbered=False,
    )


def _written(column: RateColumn, line: RateLine) -> Value:
    return "\n".join(share_of(column, line)) if column.is_share else number_of(column, line)


@needs("print")
def write_sheet(office: Office, shown: RateSheet, out: Path) -> Path:
    """The table as a workbook; raises `EnvironmentProblem`."""
    write_list(out, content_of(shown))
    return out


@needs("print")
def write_paper(office: Office, shown: RateSheet, out: Out) -> int:
    """The table as a PDF; answers its pages. Raises `EnvironmentProblem`."""
    return print_list(content_of(shown), out)


def file_name(shown: RateSheet, suffix: str) -> str:
    """建会等五项比率_沙湾区总工会_2012-09-10.xlsx."""
    return f"{shown.title}_{shown.seen.office}_{shown.seen.as_of}{suffix}"


def copied(shown: RateSheet) -> CopiedTable:
    """Headings and all rows; a share is two columns there."""
    heads = [shown.table.first]
    for one in shown.columns:
        heads += [one.title, "分子／分母"] if one.is_share else [f"{one.title}（{one.unit}）"]
    table = [heads]
    for line in shown.lines:
        row = [line.name]
        for one in shown.columns:
            row += share_of(one, line) if one.is_share else [str(number_of(one, line))]
        table.append(row)
    return copied_table(table)
