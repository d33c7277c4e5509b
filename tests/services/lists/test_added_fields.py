"""A third campaign with five fields of its own: from the city to a county and back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from app.domain.kernel.order import By
from app.domain.kernel.progress import Cancel
from app.domain.records import Campaign, Visit, body_of
from app.services.lists import (
    list_files,
    record_history,
    search_upkeep,
    searching,
    table_copy,
    table_query,
)
from app.services.lists.added_fields import added_fields
from app.services.lists.chips import Chip, How, offered
from app.services.lists.listing import ids
from app.services.lists.table_columns import columns_of
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.records import saving
from app.services.reviewing import answers
from app.services.workbooks import excel_import
from tests.services.offices import COUNTY, SetClock, carry, deliver, save_visit

WARMTH: dict[str, Any] = {
    "code": "2013-08",
    "title": "关于开展“送温暖”走访活动的通知",
    "document_number": "乐工发〔2013〕8号",
    "starts": "2013-01-04",
    "ends": "2013-02-28",
    "extra_fields": [
        {"type": "visit", "name": "coal", "label": "取暖用煤", "kind": "integer", "unit": "吨"},
        {"type": "visit", "name": "gift", "label": "慰问金", "kind": "money", "unit": "元"},
        {"type": "visit", "name": "heat", "label": "取暖方式", "kind": "code", "options": "煤、电"},
        {"type": "visit", "name": "next", "label": "回访约定", "kind": "date"},
        {"type": "visit", "name": "cold", "label": "停暖", "kind": "flag", "required": True},
    ],
}
FIRST = {"取暖用煤": "3吨", "慰问金": "1,500.5", "取暖方式": "煤", "回访约定": "2.20", "停暖": "否"}
SECOND = {"coal": 12, "gift": "200", "heat": "电", "next": "2013-02-01", "cold": True}
NAMES = ("coal", "gift", "heat", "next", "cold")


def _asked(office: Office, *chips: Chip, order: Sequence[By] = ()) -> list[str]:
    added = added_fields(office, Visit)
    query = TableQuery(Visit, order=tuple(order), chips=chips, added=added)
    listed = list(table_query.listed(office, query).ids)
    assert sorted(ids(office, Visit, chips=chips)) == sorted(listed)
    return listed


def _sent_down(city: Office, county: Office, stick: Path) -> None:
    saving.save(city, Campaign, WARMTH)
    carry(county, answers.answer(city, COUNTY, stick).files)


def test_five_fields_of_a_third_campaign_go_through_the_whole_house(
    city: Office, county: Office, tmp_path: Path, clock: SetClock
) -> None:
    clock.set(2013, 1, 20)
    _sent_down(city, county, tmp_path / "down")
    one = save_visit(county, visited_on="1.10", **FIRST)
    other = save_visit(county, enterprise_name="恒宇机械厂", visited_on="2013-1-12", **SECOND)
    old = save_visit(county, enterprise_name="乐山电力", visited_on="2011-8-1")
    assert _campaigns(county, one.id, other.id, old.id) == ["2013-08", "2013-08", "2011-36"]
    _looked_at(county, one.id, other.id, old.id)
    _taken_along(county, tmp_path)
    saving.save(county, Visit, {"取暖用煤": "4"}, record=one.id)
    changes = record_history.told(county, Visit, one.id)[0].changes
    assert [(c.label, c.old, c.new) for c in changes] == [("取暖用煤", "3吨", "4吨")]
    deliver(county, city, tmp_path / "up")
    assert saving.show(city, Visit, one.id).record.extra == {
        "coal": 4,
        "gift": "1500.50",
        "heat": "煤",
        "next": "2013-02-20",
        "cold": False,
    }
    _looked_at(city, one.id, other.id, old.id)


def _campaigns(office: Office, *visits: str) -> list[str]:
    return [saving.show(office, Visit, one).record.campaign for one in visits]


def _looked_at(office: Office, one: str, other: str, old: str) -> None:
    assert [spec.name for spec in offered(Visit, added_fields(office, Visit))][-5:] == [*NAMES]
    assert _asked(office, Chip("coal", How.BETWEEN, ("10", ""))) == [other]
    assert _asked(office, Chip("gift", How.BETWEEN, ("1500.50", "1500.5"))) == [one]
    assert _asked(office, Chip("heat", How.IS, ("煤",))) == [one]
    assert _asked(office, Chip("next", How.BETWEEN, ("2013-02-02", ""))) == [one]
    assert _asked(office, Chip("cold", How.IS, ("1",))) == [other]
    assert _asked(office, Chip("coal", How.EMPTY)) == [old]
    assert set(_asked(office, Chip("heat", How.FILLED))) == {one, other}
    assert _asked(office, order=[By("gift")]) == [other, one, old]
    assert _asked(office, order=[By("coal", falling=True)]) == [other, one, old]
    query = TableQuery(Visit, NAMES, added=added_fields(office, Visit))
    (row,) = table_query.rows(office, query, [other])
    words = [cell.words for cell in row.cells]
    assert words == ["12", "200.00", "电", "2013-02-01", "是"]
    assert row.cells[1].value == Decimal(200)
    assert columns_of(Visit, (), query.added)["coal"].heading == "取暖用煤（吨）"


def _taken_along(county: Office, folder: Path) -> None:
    added = added_fields(county, Visit)
    query = TableQuery(Visit, ("number", *NAMES), (By("coal"),), added=added)
    found = table_query.listed(county, query).ids
    out = folder / "走访.xlsx"
    assert list_files.write_list_sheet(county, out, query, found) == 3
    sheet = openpyxl.load_workbook(out).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any("取暖用煤（吨）" in row for row in cells)
    assert any(12 in row and "电" in row for row in cells)
    assert any("合计" in row and 15 in row for row in cells)
    assert "1500.50" in table_copy.copied(county, query, found, cancel=Cancel()).text


def test_words_in_added_fields_are_found_whether_the_index_knows_them_or_not(
    city: Office, county: Office, tmp_path: Path, clock: SetClock
) -> None:
    clock.set(2013, 1, 20)
    said = {"type": "visit", "name": "said", "label": "原话", "kind": "prose"}
    sent = {
        "type": "visit",
        "name": "sent",
        "label": "送去",
        "kind": "codes",
        "options": "煤、棉被",
    }
    saving.save(city, Campaign, {**WARMTH, "extra_fields": [said, sent]})
    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    told = {"visited_on": "2013-1-10", "said": "屋里一夜没有暖气，冷得很", "sent": "煤、棉被"}
    visit = save_visit(county, **told).id
    for _ in range(2):
        assert _found(county, "没有暖气") == [(visit, "原话：屋里一夜没有暖气，冷得很")]
        assert _found(county, "棉被") == [(visit, "送去：煤、棉被")]
        assert _found(county, "无线电 暖气") != _found(county, "无线电 电炉") == []
        assert list(ids(county, Visit, text="暖气")) == [visit]
        assert _found(county, "2013-01") == []
        search_upkeep.keep_up(county)
    gone = [one for one in saving.listing(city, Campaign) if one.record.extra_fields]
    saving.save(city, Campaign, {"extra_fields": [sent]}, record=gone[0].id)
    carry(county, answers.answer(city, COUNTY, tmp_path / "less").files)
    ((_, told_by),) = _found(county, "没有暖气")
    assert told_by.startswith("原话（")
    assert told_by.endswith("）：屋里一夜没有暖气，冷得很")
    saving.save(city, Campaign, {"extra_fields": [said, sent]}, record=gone[0].id)
    carry(county, answers.answer(city, COUNTY, tmp_path / "again").files)
    saving.save(county, Visit, {"said": "暖气来了"}, record=visit)
    assert _found(county, "一夜") == []


def _found(office: Office, text: str) -> list[tuple[str, str]]:
    groups = searching.search(office, text).groups
    return [(line.id, line.who) for group in groups for line in group.lines]


def test_a_sheet_with_added_columns_comes_in(
    city: Office, county: Office, tmp_path: Path, clock: SetClock
) -> None:
    clock.set(2013, 1, 20)
    _sent_down(city, county, tmp_path / "down")
    sheet = tmp_path / "走访.csv"
    head = (
        "参与走访领导,走访企（事）业单位名称,走访企（事）业职工人数,走访日期,取暖用煤,取暖方式,停暖"
    )
    sheet.write_text(f"{head}\n李明书,乐山无线电公司,1250,2013-1-11,5,电,是\n", "utf-8-sig")
    account = excel_import.import_workbook(county, Visit, sheet)
    assert account.added == 1, account
    (record,) = [s.record for s in saving.listing(county, Visit)]
    assert record.extra == {"coal": 5, "heat": "电", "cold": True}


def test_a_county_sees_which_line_of_a_campaign_was_changed(
    city: Office, county: Office, tmp_path: Path, clock: SetClock
) -> None:
    (found,) = [s for s in saving.listing(city, Campaign) if s.record.code == "2011-36"]
    dues = [dict(row) for row in body_of(found.record)["dues"]]
    dues[0]["due"] = "2011-07-10"
    saving.save(city, Campaign, {"dues": dues[:-1]}, record=found.id)
    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    changes = record_history.told(county, Campaign, found.id)[0].changes
    first = changes[0]
    assert (first.label, first.old, first.new) == (
        "应报表“实施方案”",
        "",
        "2011-07-10",
    )
    assert len(changes) == 2
    assert changes[1].old.startswith("典型经验")
    assert changes[1].new == ""
