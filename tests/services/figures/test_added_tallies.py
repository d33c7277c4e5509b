"""What a campaign adds, in the 汇总表 and onto paper; and values that are not of its kind."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.domain.records import Campaign, Visit
from app.services.figures import (
    issued_totals,
    statistics,
    tally_files,
    tally_look,
    totals_behind,
    totals_files,
)
from app.services.figures.tallies import Asked, TallyView
from app.services.lists import table_query
from app.services.lists.added_fields import added_fields
from app.services.lists.chips import Chip, How, behind_figure
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.records import saving
from app.services.reviewing import answers
from tests.services.offices import COUNTY, carry, save_visit

FIELDS: list[dict[str, Any]] = [
    {"type": "visit", "name": "heat", "label": "取暖/方式", "kind": "code", "options": "煤、电"},
    {"type": "visit", "name": "cold", "label": "停暖", "kind": "flag"},
    {"type": "visit", "name": "coal", "label": "取暖用煤", "kind": "integer", "unit": "吨"},
    {"type": "visit", "name": "gift", "label": "送温暖金", "kind": "money", "unit": "万元"},
]
COLUMNS = ("visit.heat:煤", "visit.cold:no", "visit.coal:filled", "visit.gift:filled")


def _send_down(city: Office, county: Office, stick: Path, fields: list[dict[str, Any]]) -> None:
    (found,) = [one for one in saving.listing(city, Campaign) if one.record.code == "2011-36"]
    saving.save(city, Campaign, {"extra_fields": fields}, record=found.id)
    carry(county, answers.answer(city, COUNTY, stick).files)


@pytest.fixture
def winter(city: Office, county: Office, tmp_path: Path) -> Office:
    """A county with three visits of a campaign that adds four fields."""
    _send_down(city, county, tmp_path / "down", FIELDS)
    told: tuple[dict[str, Any], ...] = (
        {"heat": "煤", "cold": "是", "coal": 3, "gift": "1.25"},
        {"heat": "煤", "cold": "否", "coal": 9},
        {},
    )
    for n, extra in enumerate(told):
        save_visit(county, enterprise_name=f"第{n}厂", area="沙湾镇", extra=extra)
    return county


def _rows(view: TallyView) -> dict[str, tuple[Any, ...]]:
    return {line.name: line.numbers for line in view.lines}


def _listed(office: Office, *chips: Chip) -> int:
    query = TableQuery(Visit, chips=chips, added=added_fields(office, Visit))
    return len(table_query.listed(office, query).ids)


def test_the_tables_of_what_is_added_are_offered_and_counted(winter: Office) -> None:
    titles = {one.name: one.title for one in tally_look.offered(winter)}
    assert titles["visit.coal"] == "走访登记 · 取暖用煤"
    coal = tally_look.look(winter, Asked("visit.coal"))
    assert [head.heading for head in coal.heads] == ["取暖用煤（吨）", "走访（次）"]
    assert _rows(coal) == {"合计": (12, 3), "已填": (12, 2), "没有填": (None, 1)}
    assert _rows(tally_look.look(winter, Asked("visit.gift")))["已填"][0] == Decimal("1.25")
    assert _rows(tally_look.look(winter, Asked("visit.cold")))["否"] == (1, 35)
    (_, cell), *_ = zip(coal.heads, coal.lines[0].cells, strict=True)
    assert not isinstance(cell, tuple)
    assert cell is not None
    assert _listed(winter, behind_figure(cell, "合计")) == 2
    there = tally_look.look(winter, Asked("visit.coal", campaign="2012-55"))
    assert there.kind.name == "six"
    assert "visit.coal" not in [one.name for one in there.kinds]


def test_they_are_columns_of_the_totals_on_the_sheet_and_on_paper(
    winter: Office, tmp_path: Path
) -> None:
    seen = statistics.statistics(winter)
    offered = issued_totals.offered(seen)
    assert [offered[name].title for name in COLUMNS] == [
        "取暖/方式 煤",
        "停暖 否",
        "取暖用煤",
        "送温暖金",
    ]
    table = issued_totals.shown(winter, seen, COLUMNS)
    assert table.columns[2:] == (("取暖用煤", "吨"), ("送温暖金", "万元"))
    assert table.sums[0] == ("合计", 2, 1, 12, Decimal("1.25"))
    issued_totals.issue(winter, table)
    (kept,) = issued_totals.issued(winter, seen.campaign)
    assert kept.table == replace(table, basis="定稿第1号（2011-07-21，李经办）")
    book = totals_files.write_sheet(winter, table, tmp_path / "汇总表.xlsx")
    sheet = openpyxl.load_workbook(book).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["合计", 2, 1, 12, 1.25] in cells
    amount = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 1.25)
    assert amount.number_format == "#,##0.00"
    assert totals_files.write_paper(winter, table, tmp_path / "汇总表.pdf") == 1
    for name, code, row in (("visit.coal:filled", None, "合计"), ("visit.heat:煤", None, "合计")):
        found = totals_behind.records_behind(winter, seen, name, code, row)
        assert found is not None
        assert _listed(winter, found[1]) == 2


def test_a_table_of_an_added_field_is_taken_along(winter: Office, tmp_path: Path) -> None:
    view = tally_look.look(winter, Asked("visit.gift", "area"))
    name = tally_files.file_name(view, ".xlsx")
    sheet = openpyxl.load_workbook(tally_files.write_sheet(winter, view, tmp_path / name)).active
    assert sheet is not None
    amounts = [cell for row in sheet.iter_rows() for cell in row if cell.value == 1.25]
    assert {cell.number_format for cell in amounts} == {"#,##0.00"}
    assert tally_files.write_paper(winter, view, tmp_path / "表.pdf") == 1
    heat = tally_look.look(winter, Asked("visit.heat"))
    assert "/" not in tally_files.file_name(heat, ".xlsx")


def test_a_sum_nobody_said_anything_to_is_none_and_not_nought(
    city: Office, county: Office, tmp_path: Path
) -> None:
    _send_down(city, county, tmp_path / "down", FIELDS)
    save_visit(county, enterprise_name="第一厂", area="沙湾镇")
    coal = tally_look.look(county, Asked("visit.coal", "area"))
    assert _rows(coal)["沙湾镇"][0] is _rows(coal)["合计"][0] is None
    assert _rows(coal)["嘉农镇"][0] == 0, "without a visit nobody was asked"
    assert "沙湾镇\t—" in tally_files.copied(coal).text
    assert tally_files.write_sheet(county, coal, tmp_path / "表.xlsx").exists()
    table = issued_totals.shown(county, statistics.statistics(county), COLUMNS)
    lines = {str(row[0]): row[1:] for row in (*table.rows, *table.sums)}
    assert lines["沙湾镇"] == lines["合计"] == (0, 0, "—", "—")
    save_visit(county, enterprise_name="第二厂", area="沙湾镇", extra={"coal": 0})
    coal = tally_look.look(county, Asked("visit.coal", "area"))
    assert _rows(coal)["沙湾镇"][0] == _rows(coal)["合计"][0] == 0, "somebody said nought"
    table = issued_totals.shown(county, statistics.statistics(county), COLUMNS)
    assert table.sums[0][1:] == (0, 0, 0, "—")


def test_what_was_keyed_as_another_kind_is_as_good_as_empty(
    city: Office, county: Office, tmp_path: Path
) -> None:
    texts = [{**one, "kind": "text", "options": ""} for one in FIELDS]
    _send_down(city, county, tmp_path / "1", texts)
    odd = {"heat": "煤", "cold": "有时", "coal": "很多", "gift": "9" * 200}
    save_visit(county, enterprise_name="甲厂", extra=odd)
    save_visit(county, enterprise_name="乙厂", extra=odd)
    fields = [*FIELDS[1:], {**FIELDS[0], "kind": "codes"}]
    _send_down(city, county, tmp_path / "2", fields)
    told = {"heat": "煤、电", "cold": "是", "coal": 5, "gift": "2"}
    save_visit(county, enterprise_name="丙厂", extra=told)
    for name, column, all_told in (("coal", 0, 5), ("gift", 0, 2), ("cold", 0, 3), ("heat", 0, 3)):
        view = tally_look.look(county, Asked(f"visit.{name}"))
        assert view.lines[0].numbers[column] == all_told
        assert _rows(view)["没有填"][1 if name in ("coal", "gift") else 0] == 2
    assert _listed(county, Chip("heat", How.IS, ("煤",))) == 1
    assert _listed(county, Chip("coal", How.BETWEEN, ("", ""))) == 1
    assert _listed(county, Chip("cold", How.EMPTY)) == 2
