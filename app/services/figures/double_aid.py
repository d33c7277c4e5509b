"""一年内重复帮扶: the list with sums, as it is shown, printed and written (R20)."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import msgspec

from app.documents.drawing.target import Out
from app.documents.reports.list_content import ListColumn, ListContent, Value
from app.documents.reports.list_paper import print_list
from app.documents.workbooks.list_sheet import write_list
from app.domain.doubles.aided_twice import AidedTwice, Given, aided_twice, households
from app.domain.doubles.evidence import Kind
from app.domain.kernel.collecting import uncollected
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.kernel.readable import readable
from app.domain.merging.link_decisions import Sameness
from app.domain.records import Aid, Case, Link, Person
from app.domain.values.money import format_money
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.office.store_mark import StoreMark, store_mark
from app.services.records.units import everyone, name_of
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, equal, live
from database.store.engine import Connection

TITLE = "一年内重复帮扶"
BY_TWO, ALL = "by_two", "all"
WHICH: Mapping[str, str] = {BY_TWO: "两个以上单位帮扶的", ALL: "两次以上的都列出"}
"""What is listed: aid of two units and more, or all that was given twice."""
_NAME = "double aid"
_STEPS = ("正在读取档案", "正在读取帮扶")


@dataclass(frozen=True, slots=True)
class DoubleLine:
    """A household in a year: who, by whom, each time, the sums in yuan, and what was decided."""

    year: int
    names: str
    numbers: str
    units: str
    times: tuple[str, ...]
    money: Decimal
    goods: Decimal
    beyond: Decimal
    decided: str
    aids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoubleAid:
    """The list as it stands there. `years` are those in which there is any, the newest first."""

    which: str
    year: int | None
    years: tuple[int, ...]
    office: str
    as_of: dt.date
    lines: tuple[DoubleLine, ...]

    @property
    def title(self) -> str:
        """2012年重复帮扶（两个以上单位帮扶的）."""
        head = f"{self.year}年内重复帮扶" if self.year else TITLE
        return f"{head}（{WHICH[self.which]}）"

    @property
    def total(self) -> Decimal:
        """All money and goods listed."""
        return sum((one.money + one.goods for one in self.lines), Decimal(0))

    @property
    def beyond(self) -> Decimal:
        """All that was given besides the largest aid of each household."""
        return sum((one.beyond for one in self.lines), Decimal(0))


def look(
    office: Office,
    year: int | None = None,
    which: str = BY_TWO,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> DoubleAid:
    """Who was given aid twice or more within a year, of one year or of all. Raises `Cancelled`."""
    kept: _Kept = office.remembered.setdefault(_NAME, _Kept())
    with kept.lock, office.store.read() as connection:
        lines = kept.lines(connection, which, progress, cancel or Cancel())
        own = name_of(connection, office.identity.station)
    years = tuple(dict.fromkeys(one.year for one in lines))
    shown = tuple(one for one in lines if year in (None, one.year))
    return DoubleAid(which, year, years, own, office.today(), shown)


class _Kept:
    """The lists as they were when the store stood at a mark."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._mark: StoreMark | None = None
        self._lines: dict[str, tuple[DoubleLine, ...]] = {}

    def lines(
        self, connection: Connection, which: str, progress: Progress, cancel: Cancel
    ) -> tuple[DoubleLine, ...]:
        """All years, the newest first; raises `Cancelled`."""
        mark = store_mark(connection)
        if mark != self._mark:
            self._mark, self._lines = mark, {}
        if which not in self._lines:
            with uncollected():
                self._lines[which] = _found(connection, which, progress, cancel)
        return self._lines[which]


def _found(
    connection: Connection, which: str, progress: Progress, cancel: Cancel
) -> tuple[DoubleLine, ...]:
    progress(Step(_STEPS[0], 0, len(_STEPS)))
    home = _homes(connection)
    cancel.check()
    progress(Step(_STEPS[1], 1, len(_STEPS)))
    found = aided_twice(_given(connection), home, by_two=which == BY_TWO)
    cancel.check()
    telling = _Telling(connection, {person for one in found for person in one.persons})
    return tuple(map(telling.line, found))


def _homes(connection: Connection) -> Sameness:
    read = msgspec.json.Decoder(readable(list[_Member])).decode
    numbers: dict[str, list[str]] = {}
    for record, number, family in states.rows(connection, Person, ("id", "resident_id", "family")):
        rows = read(family) if family else []
        numbers[record] = [number or "", *(row.resident_id for row in rows)]
    decided = {kind: _decided(connection, kind) for kind in (Kind.PERSON, Kind.HOUSEHOLD)}
    return households(numbers, decided[Kind.PERSON], decided[Kind.HOUSEHOLD])


class _Member(msgspec.Struct, frozen=True):
    resident_id: str = ""


def _decided(connection: Connection, kind: str) -> list[tuple[str, str, bool]]:
    rows = states.pick(connection, Link, ("one", "other", "same"), live(), equal("kind", kind))
    return [(one, other, bool(same)) for one, other, same in rows if same is not None]


def _given(connection: Connection) -> Iterator[Given]:
    persons = dict(states.rows(connection, Case, ("id", "person")))
    columns = ("id", "case", "person", "given_on", "unit", "owner", "money", "goods_value")
    for row in states.rows(connection, Aid, columns):
        aid, case, person, day, unit, owner, money, goods = row
        helped = person or persons.get(case) or ""
        yield Given(aid, helped, day or "", unit or owner or "", _yuan(money), _yuan(goods))


@lru_cache(maxsize=10_000)
def _yuan(fen: int | None) -> Decimal:
    return Decimal(fen or 0) / 100


class _Telling:
    """Names of persons and units, and what was decided of pairs of aid."""

    def __init__(self, connection: Connection, persons: Iterable[str]) -> None:
        columns = ("id", "name", "number")
        self._persons = {
            one: told
            for some in chunks(persons)
            for one, *told in states.pick(connection, Person, columns, among("id", some))
        }
        self._units = {unit.code: unit.short_name or unit.name for unit in everyone(connection)}
        decided = _decided(connection, Kind.AID)
        self._same = Sameness(decided)
        self._ends = {end for one, other, _ in decided for end in (one, other)}

    def line(self, found: AidedTwice) -> DoubleLine:
        """A household in words."""
        told = [self._persons.get(one, ["", ""]) for one in found.persons]
        return DoubleLine(
            found.year,
            "、".join(dict.fromkeys(name or "" for name, _ in told)),
            "、".join(number or "" for _, number in told),
            "、".join(map(self._unit, found.units)),
            tuple(map(self._time, found.given)),
            found.money,
            found.goods,
            found.beyond,
            self._decided(found),
            tuple(one.aid for one in found.given),
        )

    def _unit(self, code: str) -> str:
        return self._units.get(code, code)

    def _time(self, one: Given) -> str:
        money = f"{format_money(one.money)}元" if one.money else ""
        goods = f"实物{format_money(one.goods)}元" if one.goods else ""
        what = "，".join(filter(None, (money, goods))) or "没有填金额"
        return f"{one.day} {self._unit(one.unit)} {what}"

    def _decided(self, found: AidedTwice) -> str:
        aids = [one.aid for one in found.given]
        both = [(a, b) for n, a in enumerate(aids) for b in aids[n + 1 :] if a in self._ends]
        if any(self._same.same(*pair) for pair in both):
            return "已认定重复"
        every = len(both) == len(aids) * (len(aids) - 1) // 2
        denied = every and all(self._same.different(*pair) for pair in both)
        return "已认定不重复" if denied else "待认定"


# -- taken along


def content_of(shown: DoubleAid) -> ListContent:
    """The list as it is written, with its sums. Raises `UserError` NOTHING_TO_PRINT."""
    if not shown.lines:
        raise UserError("NOTHING_TO_PRINT", f"{shown.title}：没有可以打印的。")

    def rows() -> Iterator[Sequence[Value]]:
        for one in shown.lines:
            times = "\n".join(one.times)
            sums = one.money, one.goods, one.beyond
            yield (one.year, one.names, one.numbers, len(one.aids), times, *sums, one.decided)

    return ListContent(
        title=shown.title,
        office=shown.office,
        made_on=shown.as_of,
        columns=_COLUMNS,
        rows=rows,
        count=len(shown.lines),
        conditions=_BASIS,
    )


_COLUMNS = (
    ListColumn("年度", side="middle", figures="0"),
    ListColumn("姓名", 12),
    ListColumn("档案编号", 16),
    ListColumn("次数", side="right", summed=True),
    ListColumn("各次帮扶", 40),
    ListColumn("金额合计\n（元）", side="right", summed=True, figures="#,##0.00"),
    ListColumn("实物折价\n合计（元）", side="right", summed=True, figures="#,##0.00"),
    ListColumn("其中最多一次\n以外（元）", side="right", summed=True, figures="#,##0.00"),
    ListColumn("认定", 12),
)
_BASIS = (
    "同一人或同一户在一个自然年里得到两次以上帮扶的。同户：认定为同一人、同一户的，"
    "或者两份档案里有同一个身份证号的。作废的不算。"
)


@needs("print")
def write_sheet(office: Office, shown: DoubleAid, out: Path) -> Path:
    """The list as a workbook; raises `UserError` NOTHING_TO_PRINT, `EnvironmentProblem`."""
    write_list(out, content_of(shown))
    return out


@needs("print")
def write_paper(office: Office, shown: DoubleAid, out: Out) -> int:
    """The list as a PDF of A4; answers its pages. Raises as `write_sheet`."""
    return print_list(content_of(shown), out)


def file_name(shown: DoubleAid, suffix: str) -> str:
    """2012年内重复帮扶（两个以上单位帮扶的）_乐山市总工会_2012-09-10.xlsx."""
    return f"{shown.title}_{shown.office}_{shown.as_of}{suffix}"
