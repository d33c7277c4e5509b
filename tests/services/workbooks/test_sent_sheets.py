"""Sheets as offices sent them: looked at, imported, and imported once more."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.documents.workbooks.workbook import Choices
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import Kind
from app.domain.records import Enterprise, Person, Record, Visit
from app.services.office.office import Office
from app.services.records import saving
from app.services.workbooks import excel_preview
from app.services.workbooks.excel_import import Decided, import_workbook
from app.services.workbooks.import_account import ImportAccount

SENT = Path(__file__).parent.parent.parent / "documents" / "data" / "sheets"


def counts(account: ImportAccount) -> tuple[int, int, int, int, int]:
    return account.added, account.changed, account.same, account.asked, account.refused


@pytest.mark.parametrize(
    ("name", "kind", "came"),
    [
        ("A01_mobile_number.xlsx", Person, 2),
        ("A03_id15_number.xlsx", Person, 1),
        ("A04_id_dirty.xlsx", Person, 5),
        ("B01_zh_date_31.xlsx", Person, 3),
        ("C03_total_enterprise.xlsx", Enterprise, 2),
        ("D01_serial_15.xlsx", Person, 2),
        ("D01_serial_18.xlsx", Person, 2),
        ("D01_serial_20.xlsx", Person, 2),
        ("D02_syn_26.xlsx", Person, 1),
        ("D02_syn_32.xlsx", Person, 1),
        ("D03_syn_34.xlsx", Person, 1),
        ("D04_syn_42.xlsx", Enterprise, 1),
        ("D05_extra.xlsx", Person, 1),
        ("D06_twolevel.xlsx", Person, 1),
        ("C06_no_campaign.xlsx", Visit, 1),
        ("G01_gbk.csv", Person, 1),
        ("G02_utf8bom.csv", Person, 1),
        ("H00_badfill.xlsx", Person, 1),
        ("H03_strict.xlsx", Person, 1),
        ("H07_backslash.xlsx", Person, 1),
    ],
)
def test_looked_at_imported_and_imported_once_more(
    county: Office, name: str, kind: type[Record], came: int
) -> None:
    path = SENT / name
    seen = excel_preview.preview(county, kind, path)
    assert counts(seen.account) == (came, 0, 0, 0, 0)
    assert counts(excel_preview.carry_out(county, seen)) == (came, 0, 0, 0, 0)
    assert counts(import_workbook(county, kind, path)) == (0, 0, came, 0, 0)


def test_hidden_rows_stay_out_until_a_person_takes_them(county: Office) -> None:
    path = SENT / "E01_hidden.xlsx"
    assert counts(import_workbook(county, Person, path)) == (1, 0, 0, 1, 0)
    again = import_workbook(county, Person, path, answers={"HIDDEN": "take"})
    assert counts(again) == (1, 0, 1, 0, 0)
    assert again.rows[1].row == 3


def test_spoilt_cells_refuse_their_rows_by_address(county: Office) -> None:
    formulas = import_workbook(county, Person, SENT / "E04_formula.xlsx")
    assert [(row.outcome, row.cells) for row in formulas.rows] == [
        ("refused", ("C2",)),
        ("refused", ("C3",)),
    ]
    opinion = import_workbook(county, Visit, SENT / "N16_11_text_again.xlsx")
    assert [(row.outcome, row.cells) for row in opinion.rows] == [("refused", ("F2",))]


def test_a_row_whose_name_is_an_error_is_listed_without_one(county: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    for line in (["姓名", "身份证号"], ["#N/A", "511111197001012001"]):
        page.append(line)
    book.save(tmp_path / "in.xlsx")
    (row,) = import_workbook(county, Person, tmp_path / "in.xlsx").rows
    assert (row.outcome, row.title, row.cells) == ("refused", "", ("A2",))


def test_names_with_lost_characters_are_noted(county: Office) -> None:
    account = import_workbook(county, Person, SENT / "A05_names.xlsx", dry_run=True)
    noted = {
        row.row: sentence
        for row in account.rows
        for sentence in row.sentences
        if "丢失的字" in sentence or "看不准" in sentence
    }
    assert {8, 11, 12, 13, 14, 15, 16, 24, 25, 26, 27} <= noted.keys()
    assert not noted.keys() & {2, 7, 18, 19, 20, 22, 23, 29, 32}


def test_what_a_clerk_says_of_columns_is_remembered_for_such_sheets(
    county: Office, tmp_path: Path
) -> None:
    path, other = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_text("厂子,单位人头\n沫江糖厂,90\n", "gb18030")
    other.write_text("厂子,单位人头\n沫水纸厂,80\n", "gb18030")
    with pytest.raises(UserError) as refused:
        import_workbook(county, Enterprise, path)
    assert refused.value.code in ("NO_HEADINGS", "MISSING_HEADING")
    columns = excel_preview.columns_of(county, Enterprise, path)
    assert [(one.letter, one.text, one.field) for one in columns] == [
        ("A", "厂子", ""),
        ("B", "单位人头", ""),
    ]
    chosen = Choices(columns={"厂子": "name", "单位人头": "headcount"})
    seen = excel_preview.preview(county, Enterprise, path, decided=Decided(sheet=chosen))
    assert counts(excel_preview.carry_out(county, seen)) == (1, 0, 0, 0, 0)
    assert counts(import_workbook(county, Enterprise, other)) == (1, 0, 0, 0, 0)
    names: list[Any] = [one.record for one in saving.listing(county, Enterprise)]
    assert {(one.name, one.headcount) for one in names} >= {("沫江糖厂", 90), ("沫水纸厂", 80)}


def test_what_is_left_out_is_said(county: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for line in (["单位名称", "职工人数", "电话费"], ["甲厂", 3, 1], ["合计", 3], ["注：略"]):
        page.append(line)
    book.save(tmp_path / "a.xlsx")
    account = import_workbook(county, Enterprise, tmp_path / "a.xlsx", dry_run=True)
    assert [one.text for one in account.left_out] == ["电话费"]
    assert account.skipped_by_kind == {"合计": 1, "说明": 1}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes among its files")
def test_a_named_pipe_is_refused_by_the_preview(county: Office, tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "a.xlsx")
    with pytest.raises(UserError, match="不是一个普通的文件"):
        excel_preview.preview(county, Person, tmp_path / "a.xlsx")


def test_every_word_over_a_column_names_one_field_of_its_type() -> None:
    from app.documents.workbooks.heading_words import WORDS
    from app.documents.workbooks.workbook import template_specs
    from app.domain.kernel.fields import fields_of
    from app.domain.records import TYPES

    labels = {spec.label for kind in TYPES.values() for spec in template_specs(fields_of(kind))}
    assert set(WORDS) <= labels
    assert Kind.ROWS not in {s.kind for s in template_specs(fields_of(Person))}
