"""The third campaign in 诉求, 困难职工, 帮扶 and 隐患: five fields, the city, a county and back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.domain.kernel.fields import fields_of
from app.domain.kernel.order import By
from app.domain.records import Aid, Campaign, Case, Demand, Hazard, Person, Record
from app.services.batches import batch_changes
from app.services.figures import issued_totals, statistics, tally_look, totals_behind
from app.services.figures.tallies import Asked
from app.services.lists import list_files, table_query
from app.services.lists.added_fields import added_fields
from app.services.lists.chips import Chip, How, behind_figure
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.people import operators
from app.services.records import keying_samples, saving, second_comparison, second_papers
from app.services.records.second_comparison import Again
from app.services.reviewing import answers
from app.services.workbooks import excel_import
from tests.services.lists.test_added_fields import WARMTH
from tests.services.offices import CHEAP, COUNTY, PASSPHRASE, SetClock, carry, deliver, save_visit

TYPES: tuple[type[Record], ...] = (Demand, Person, Case, Aid, Hazard)
FIELDS = [{**one, "type": kind.type_name} for kind in TYPES for one in WARMTH["extra_fields"]]
THIRD = {**WARMTH, "extra_fields": FIELDS}
FIRST = {"取暖用煤": "3吨", "慰问金": "1,500.5", "取暖方式": "煤", "回访约定": "2.20", "停暖": "否"}
SECOND = {"coal": 12, "gift": "200", "heat": "电", "next": "2013-02-01", "cold": True}
NAMES = ("coal", "gift", "heat", "next", "cold")
ROW = {"取暖用煤": "5", "慰问金": "80", "取暖方式": "电", "停暖": "是"}


class Season:
    """Makes records of each type, those that hang on a visit of the campaign on one."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._visit = save_visit(office, visited_on="2013-1-10").id
        self._case = ""
        self._persons = ["511102198001010012", "11010519491231002X"]

    def add(self, kind: type[Record], typed: dict[str, Any]) -> str:
        """A record with these added values."""
        return saving.save(self._office, kind, {**self.own(kind), **typed}).id

    def own(self, kind: type[Record]) -> dict[str, Any]:
        """What a record of a type must say besides."""
        making: dict[type[Record], Callable[[], dict[str, Any]]] = {
            Demand: lambda: {"visit": self._visit, "category": "生活", "content": "取暖费"},
            Person: lambda: {
                "name": "陈建国", "resident_id": self._persons.pop(), "filed_on": "2013-1-11",
            },
            Case: lambda: {"visit": self._visit, "person": self._person(), "types": "生活帮扶"},
            Aid: lambda: {
                "case": self._case_id(), "given_on": "2013-1-15", "type": "生活帮扶", "money": 5,
            },
            Hazard: lambda: {
                "nature": "欠薪", "level": "黄色", "description": "欠薪",
                "found_at": "2013-1-15 09:30",
            },
        }  # fmt: skip
        return making[kind]()

    def _person(self) -> str:
        found = saving.listing(self._office, Person)
        return found[0].id if found else self.add(Person, {"停暖": "否"})

    def _case_id(self) -> str:
        self._case = self._case or self.add(Case, {"停暖": "否"})
        return self._case


@pytest.fixture
def winter(city: Office, county: Office, tmp_path: Path, clock: SetClock) -> Season:
    """The campaign has come to the county."""
    clock.set(2013, 1, 20)
    saving.save(city, Campaign, THIRD)
    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    return Season(county)


def _asked(office: Office, kind: type[Record], chip: Chip, *order: By) -> list[str]:
    query = TableQuery(kind, order=order, chips=(chip,), added=added_fields(office, kind))
    return list(table_query.listed(office, query).ids)


def _looked_at(office: Office, kind: type[Record], one: str, other: str) -> None:
    asked = (office, kind)
    assert _asked(*asked, Chip("coal", How.BETWEEN, ("10", ""))) == [other]
    assert _asked(*asked, Chip("gift", How.BETWEEN, ("1500.50", "1500.5"))) == [one]
    assert _asked(*asked, Chip("heat", How.IS, ("煤",))) == [one]
    assert _asked(*asked, Chip("next", How.BETWEEN, ("2013-02-02", ""))) == [one]
    assert _asked(*asked, Chip("cold", How.IS, ("1",))) == [other]
    assert _asked(*asked, Chip("coal", How.FILLED), By("gift")) == [other, one]
    query = TableQuery(kind, NAMES, added=added_fields(*asked))
    (row,) = table_query.rows(office, query, [other])
    assert [cell.words for cell in row.cells] == ["12", "200.00", "电", "2013-02-01", "是"]
    name = kind.type_name
    coal = tally_look.look(office, Asked(f"{name}.coal"))
    assert coal.lines[1].numbers[:2] == (15, 2)
    cell = coal.lines[0].cells[0]
    assert cell is not None
    assert not isinstance(cell, tuple)
    assert set(_asked(*asked, behind_figure(cell, "合计"))) == {one, other}
    for across in ("unit", "area", "group", "month"):
        view = tally_look.look(office, Asked(f"{name}.gift", across))
        assert view.lines[0].numbers[0] == sum(line.numbers[0] or 0 for line in view.lines[1:])
        assert view.lines[0].numbers[0] == Decimal("1700.50")
    seen = statistics.statistics(office)
    columns = (f"{name}.heat:煤", f"{name}.coal:filled")
    assert issued_totals.shown(office, seen, columns).sums[0] == ("合计", 1, 15)
    found = totals_behind.records_behind(office, seen, columns[0], None, "合计")
    assert found is not None
    assert _asked(*asked, found[1]) == [one]


@pytest.mark.parametrize("kind", TYPES)
def test_five_fields_of_a_type_go_through_the_whole_house(
    city: Office, county: Office, winter: Season, tmp_path: Path, kind: type[Record]
) -> None:
    one, other = winter.add(kind, FIRST), winter.add(kind, SECOND)
    _looked_at(county, kind, one, other)
    query = TableQuery(kind, ("number", *NAMES), (By("coal"),), added=added_fields(county, kind))
    out = tmp_path / "表.xlsx"
    list_files.write_list_sheet(county, out, query, [one, other])
    cells = [[c.value for c in row] for row in openpyxl.load_workbook(out).worksheets[0].rows]
    assert any("合计" in row and 15 in row for row in cells)
    deliver(county, city, tmp_path / "up")
    assert saving.show(city, kind, one).record.extra == {
        "coal": 3, "gift": "1500.50", "heat": "煤", "next": "2013-02-20", "cold": False,
    }  # fmt: skip
    _looked_at(city, kind, one, other)


@pytest.mark.parametrize("kind", TYPES)
def test_a_template_has_them_and_a_filled_one_comes_in(
    county: Office, winter: Season, tmp_path: Path, kind: type[Record]
) -> None:
    book = tmp_path / "模板.xlsx"
    excel_import.template_here(county, kind, book)
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.worksheets[0]
    columns = {str(cell.value).strip("＊"): cell.column or 0 for cell in sheet[3]}
    own = winter.own(kind)
    labels = {spec.name: spec.label for spec in fields_of(kind)}
    for heading, value in ({labels[n]: v for n, v in own.items()} | ROW).items():
        sheet.cell(4, columns[heading], str(value))
    workbook.save(book)
    before = {state.id for state in saving.listing(county, kind)}
    account = excel_import.import_workbook(county, kind, book)
    assert account.added == 1, account
    (made,) = [s for s in saving.listing(county, kind) if s.id not in before]
    assert made.record.extra == {"coal": 5, "gift": "80.00", "heat": "电", "cold": True}


@pytest.mark.parametrize("kind", TYPES)
def test_many_are_given_one_at_once_and_others_are_left(
    county: Office, winter: Season, kind: type[Record]
) -> None:
    one, other = winter.add(kind, FIRST), winter.add(kind, SECOND)
    done = batch_changes.set_field(county, kind, [one, other], "heat", "煤")
    assert (done.what, done.changed, done.same) == ("改“取暖方式”", 1, 1)
    assert saving.show(county, kind, other).record.extra["heat"] == "煤"
    batch_changes.take_back(county, done.batch)
    assert saving.show(county, kind, other).record.extra["heat"] == "电"


def test_a_record_of_another_campaign_is_left_and_named(county: Office, winter: Season) -> None:
    visit = save_visit(county, visited_on="2011-8-1", enterprise_name="乐山电力").id
    old = saving.save(county, Demand, {**winter.own(Demand), "visit": visit}).id
    new = winter.add(Demand, FIRST)
    done = batch_changes.set_field(county, Demand, [old, new], "heat", "电")
    assert (done.changed, [one.id for one in done.left]) == (1, [old])
    assert "这条记录的活动没有“取暖方式”这一项" in done.left[0].why


@pytest.mark.parametrize("kind", [Person, Aid])
def test_they_are_keyed_again_and_compared(
    county: Office, winter: Season, kind: type[Record]
) -> None:
    winter.add(kind, FIRST), winter.add(kind, SECOND)
    keying_samples.draw(county, kind, 2)
    new = "blue whale sings"
    other = county.as_operator(operators.add(county, PASSPHRASE, "王新", new, cost=CHEAP).id)
    (drawn,) = second_papers.waiting(other, kind).mine
    paper = second_papers.paper(other, kind, drawn)
    assert paper.campaign is not None
    again = Again(drawn, paper.h, NAMES, {**SECOND, "coal": 13, "gift": "1500.50"})
    said = {one.label for one in second_comparison.compare(other, kind, again).differing}
    assert "取暖用煤" in said
    second_comparison.settle(other, kind, again, ("coal",))
    assert saving.show(other, kind, drawn).record.extra["coal"] == 13
