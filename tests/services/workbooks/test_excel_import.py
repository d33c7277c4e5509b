"""Lists typed in Excel come in whole: previewed, imported, marked where bad, mended, again."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.documents.workbooks.workbook import write_template
from app.domain.kernel.errors import Cancelled
from app.domain.kernel.fields import fields_of
from app.domain.kernel.progress import Cancel, Step
from app.domain.records import (
    TYPES,
    Aid,
    Area,
    Campaign,
    Case,
    Demand,
    Enterprise,
    Group,
    Hazard,
    Person,
    Plan,
    Unit,
    Visit,
)
from app.domain.records.base import ASK_CAMPAIGN
from app.services.office.office import Office
from app.services.records import saving
from app.services.workbooks import excel_import
from tests.services.offices import deliver, record_of, save_visit

HEADINGS = 3
"""The row of the template in which the headings stand."""


def filled(path: Path, type_name: str, rows: Sequence[Mapping[str, str]]) -> Path:
    """A workbook a clerk filled in: the program's own template with rows typed into it."""
    excel_import.template(TYPES[type_name], path)
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    columns = {str(cell.value).strip("＊"): cell.column or 0 for cell in sheet[HEADINGS]}
    for number, row in enumerate(rows, HEADINGS + 1):
        for heading, value in row.items():
            sheet.cell(number, columns[heading], value)
    workbook.save(path)
    workbook.close()
    return path


def visit(unit: str, **more: str) -> dict[str, str]:
    return {
        "参与走访领导": "李明书、付志勇",
        "走访企（事）业单位名称": unit,
        "走访企（事）业职工人数": "120",
        "企（事）业单位、职工的建议与意见": "一是……",
        "走访日期": "2011.7.20",
        **more,
    }


def test_the_preview_says_what_the_import_does_and_keeps_nothing(
    county: Office, tmp_path: Path
) -> None:
    book = filled(tmp_path / "走访.xlsx", "visit", [visit("甲厂"), visit("乙厂"), visit("甲厂")])
    preview = excel_import.import_workbook(county, Visit, book, dry_run=True)
    assert (preview.added, preview.same, preview.refused) == (2, 1, 0)
    assert saving.listing(county, Visit) == []

    done = excel_import.import_workbook(county, Visit, book)
    assert [(r.row, r.outcome, r.number) for r in done.rows] == [
        (r.row, r.outcome, r.number) for r in preview.rows
    ]
    assert [s.record.number for s in saving.listing(county, Visit)] == [
        "沙湾-2011-0001",
        "沙湾-2011-0002",
    ]
    assert excel_import.import_workbook(county, Visit, book).same == 3


def test_bad_rows_are_marked_mended_and_imported_again(county: Office, tmp_path: Path) -> None:
    book = filled(
        tmp_path / "走访.xlsx",
        "visit",
        [
            visit("甲厂"),
            visit("乙厂", 走访日期="上个月"),
            visit("丙厂", 填报单位="没有的单位"),
            visit("丁厂") | {"走访企（事）业职工人数": "-3"},
        ],
    )
    marked = tmp_path / "标出.xlsx"
    account = excel_import.import_workbook(county, Visit, book, marked=marked)
    assert (account.added, account.refused, account.marked) == (1, 3, str(marked))
    bad = [row for row in account.rows if row.outcome == "refused"]
    assert [row.row for row in bad] == [5, 6, 7]
    assert all(len(row.cells) == 1 and row.sentences for row in bad)

    workbook = load_workbook(marked)
    sheet = workbook.worksheets[0]
    for row, right in zip(bad, ("2011-7-20", "沙湾", "3"), strict=True):
        assert sheet[row.cells[0]].comment is not None
        sheet[row.cells[0]].value = right
    workbook.save(marked)
    workbook.close()
    again = excel_import.import_workbook(county, Visit, marked, marked=tmp_path / "再标出.xlsx")
    assert (again.added, again.same, again.refused, again.marked) == (3, 1, 0, "")


def test_people_are_found_by_their_id_and_changed(county: Office, tmp_path: Path) -> None:
    person = {"姓名": "阿尔·日古", "身份证号": "511102198001010012", "知情同意日期": "2011-7-1"}
    book = filled(tmp_path / "a.xlsx", "person", [person])
    first = excel_import.import_workbook(county, Person, book)
    assert first.added == 1
    again = filled(
        tmp_path / "b.xlsx",
        "person",
        [{**person, "身份证号": "511102800101001", "手机号码": "13800000000"}],
    )
    second = excel_import.import_workbook(county, Person, again)
    assert (second.changed, second.added) == (1, 0)
    changed = record_of(county, "person", first.rows[0].number)
    assert (changed.telephone, changed.consent_on.isoformat()) == ("13800000000", "2011-07-01")


def test_units_are_found_by_credit_code_else_by_name_and_place(
    county: Office, tmp_path: Path
) -> None:
    book = filled(
        tmp_path / "a.xlsx",
        "enterprise",
        [
            {"单位名称": "沙湾水泥厂", "所在乡镇（街道）、园区": "沙湾镇", "职工人数": "300"},
            {"单位名称": "沙湾水泥厂", "所在乡镇（街道）、园区": "嘉农镇"},
            {"单位名称": "沙湾水泥厂", "所在乡镇（街道）、园区": "沙湾镇", "职工人数": "310"},
        ],
    )
    account = excel_import.import_workbook(county, Enterprise, book)
    assert [row.outcome for row in account.rows] == ["add", "add", "refused"]
    assert account.rows[2].sentences == ("与第4行是同一条，内容不同。请只留正确的一行。",)
    assert record_of(county, "enterprise", account.rows[0].number).area.startswith("511111")


def test_a_row_with_a_number_changes_that_record_if_it_is_ours(
    county: Office, city: Office, tmp_path: Path
) -> None:
    made = excel_import.import_workbook(
        county, Visit, filled(tmp_path / "a.xlsx", "visit", [visit("甲厂")])
    ).rows[0]
    book = filled(
        tmp_path / "b.xlsx",
        "visit",
        [
            visit("甲厂", 编号=made.number, 走访职工人次="35"),
            visit("乙厂", 编号="沙湾-2011-0900"),
        ],
    )
    account = excel_import.import_workbook(county, Visit, book)
    assert [row.outcome for row in account.rows] == ["change", "refused"]
    assert account.rows[1].cells == ("A5",)
    assert record_of(county, "visit", made.number).workers_met == 35

    deliver(county, city, tmp_path / "stick")
    theirs = excel_import.import_workbook(city, Visit, book)
    assert {row.outcome for row in theirs.rows} == {"refused"}


def test_a_reminder_is_told_and_can_be_accepted_for_all(county: Office, tmp_path: Path) -> None:
    rows = [visit("甲厂", 走访日期="2011-1-5", 活动="2011-36"), visit("乙厂")]
    rows = [{**row, "走访地": "沙湾镇"} for row in rows]
    book = filled(tmp_path / "a.xlsx", "visit", rows)
    preview = excel_import.import_workbook(county, Visit, book, dry_run=True)
    assert [bool(row.sentences) for row in preview.rows] == [True, False]
    accept = {"V01": "补登以前的走访"}
    done = excel_import.import_workbook(county, Visit, book, accept=accept)
    assert [row.sentences for row in done.rows] == [(), ()]
    kept = record_of(county, "visit", done.rows[0].number).accepted
    assert [(row.check, row.reason) for row in kept] == [("V01", "补登以前的走访")]
    assert record_of(county, "visit", done.rows[1].number).accepted == ()


TAKEN = {"V07": "take"}


def test_what_the_form_asks_a_reason_for_a_sheet_asks_once_for_all(
    county: Office, tmp_path: Path
) -> None:
    rows = [visit("甲厂", 走访职工人次="300"), visit("乙厂")]
    rows = [{**row, "走访地": "沙湾镇"} for row in rows]
    book = filled(tmp_path / "a.xlsx", "visit", rows)
    first = excel_import.import_workbook(county, Visit, book)
    assert [(row.outcome, row.question) for row in first.rows] == [("asked", "V07"), ("add", "")]
    assert "走访职工人次多于单位的职工人数" in first.rows[0].told

    done = excel_import.import_workbook(county, Visit, book, answers=TAKEN)
    assert [row.outcome for row in done.rows] == ["add", "same"]
    (kept,) = record_of(county, "visit", done.rows[0].number).accepted
    assert (kept.check, kept.reason) == ("V07", "核对过，确实如此，照表格导入")


def test_a_change_that_the_form_asks_a_reason_for_is_asked_too(
    county: Office, tmp_path: Path
) -> None:
    made = save_visit(county, headcount=120, workers_met=35)
    row = visit("乐山无线电公司", 编号=made.number, 走访职工人次="160")
    book = filled(tmp_path / "a.xlsx", "visit", [row])
    (asked,) = excel_import.import_workbook(county, Visit, book).rows
    assert (asked.outcome, asked.question) == ("asked", "V07")
    assert record_of(county, "visit", made.number).workers_met == 35
    (done,) = excel_import.import_workbook(county, Visit, book, answers=TAKEN).rows
    assert done.outcome == "change"
    assert record_of(county, "visit", made.number).workers_met == 160


def test_a_row_whose_day_no_campaign_holds_is_asked_for_its_campaign(
    county: Office, tmp_path: Path
) -> None:
    rows = [visit("甲厂", 走访日期="2011-1-5"), visit("乙厂")]
    account = excel_import.import_workbook(
        county, Visit, filled(tmp_path / "a.xlsx", "visit", rows)
    )
    assert [row.outcome for row in account.rows] == ["refused", "add"]
    assert ASK_CAMPAIGN in "".join(account.rows[0].sentences)


def test_links_are_written_as_people_call_things(county: Office, tmp_path: Path) -> None:
    made = excel_import.import_workbook(
        county, Visit, filled(tmp_path / "a.xlsx", "visit", [visit("甲厂", 填报单位="五通桥区")])
    ).rows[0]
    demand = {"来自走访": made.number, "提出日期": "2011-7-20", "类别": "工资", "内容": "涨工资"}
    spec = next(s for s in fields_of(TYPES["demand"]) if s.name == "category")
    assert spec.field.codes is not None
    demand["类别"] = next(iter(spec.field.codes)).label
    account = excel_import.import_workbook(
        county,
        Demand,
        filled(tmp_path / "b.xlsx", "demand", [demand, {**demand, "来自走访": "沙湾-2011-0777"}]),
    )
    assert [row.outcome for row in account.rows] == ["add", "refused"]
    assert record_of(county, "demand", account.rows[0].number).visit == made.id
    assert record_of(county, "visit", made.number).unit == "511112"


def test_every_type_has_a_template_that_can_be_read_back(county: Office, tmp_path: Path) -> None:
    for record_type in (Campaign, Unit, Area, Group, Plan, Hazard, Case, Aid):
        book = tmp_path / f"{record_type.type_name}.xlsx"
        excel_import.template(record_type, book)
        assert excel_import.import_workbook(county, record_type, book).rows == ()


def test_cancelling_leaves_nothing(county: Office, tmp_path: Path) -> None:
    book = tmp_path / "many.xlsx"
    bodies = [
        {"enterprise_name": f"{n}厂", "leaders": ["王琦"], "headcount": 5, "visited_on": day}
        for n, day in enumerate(["2011-07-20"] * 20)
    ]
    write_template(book, "走访登记", fields_of(TYPES["visit"]), rows=bodies)
    cancel = Cancel()

    def stop_half_way(step: Step) -> None:
        if step.label == "导入":
            cancel.set()

    with pytest.raises(Cancelled):
        excel_import.import_workbook(county, Visit, book, progress=stop_half_way, cancel=cancel)
    assert saving.listing(county, Visit) == []


@pytest.mark.skipif(os.name == "nt", reason="a disk there keeps no such name")
def test_a_workbook_whose_name_is_no_text_comes_in(county: Office, tmp_path: Path) -> None:
    sheet = filled(tmp_path / "a.xlsx", "visit", [visit("盐厂")])
    strange = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\n\x1b[31m.xlsx"))
    sheet.rename(strange)
    account = excel_import.import_workbook(county, Visit, strange)
    assert (account.added, account.file) == (1, "\ufffd[31m.xlsx")
