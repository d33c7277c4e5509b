"""A ledger prints well, its figures can be summed, and no text turns into something else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from app.documents.workbooks.workbook import write_table
from app.domain.kernel.errors import UserError
from tests.documents.sheets import ID_A, first_sheet

HEADINGS = ["填报单位", "身份证号", "金额", "日期", "已办结"]


def test_a_ledger_holds_title_headings_rows_and_totals(tmp_path: Path) -> None:
    rows = [
        ["沙湾区", ID_A, Decimal("1000.50"), dt.date(2011, 7, 4), True],
        ["=犍为县", "0833", 20, None, False],
    ]
    write_table(tmp_path / "t.xlsx", "帮扶/台账", HEADINGS, iter(rows), totals=["合计", "", 1020.5])
    sheet = first_sheet(tmp_path / "t.xlsx")
    assert [list(line) for line in sheet.iter_rows(values_only=True)] == [
        ["帮扶/台账", None, None, None, None],
        HEADINGS,
        ["沙湾区", ID_A, 1000.5, "2011-07-04", "是"],
        ["=犍为县", "0833", 20, None, "否"],
        ["合计", None, 1020.5, None, None],
    ]
    assert sheet.title == "帮扶 台账"
    assert {sheet["A4"].data_type, sheet["B3"].data_type} == {"s"}
    assert sheet["C3"].data_type == "n"


def test_it_prints_on_a4_with_the_headings_on_every_page(tmp_path: Path) -> None:
    write_table(tmp_path / "t.xlsx", "台账", HEADINGS, [["很长的单位名称" * 9, ID_A, 1, "", ""]])
    sheet = first_sheet(tmp_path / "t.xlsx")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$2:$2", "A3")
    assert sheet.oddFooter is not None
    assert "&P" in str(sheet.oddFooter.center.text)
    assert sheet.column_dimensions["A"].width == 40
    assert sheet.column_dimensions["B"].width == 20
    assert sheet["A3"].alignment.wrap_text


def test_an_empty_ledger_still_has_its_headings(tmp_path: Path) -> None:
    write_table(tmp_path / "t.xlsx", "台账", HEADINGS, [])
    assert first_sheet(tmp_path / "t.xlsx").max_row == 2


def test_a_text_that_does_not_fit_leaves_no_half_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="太长"):
        write_table(tmp_path / "t.xlsx", "台账", HEADINGS, [["长" * 40_000]])
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_is_replaced_whole(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"old")
    write_table(tmp_path / "t.xlsx", "台账", HEADINGS, [])
    assert first_sheet(tmp_path / "t.xlsx")["A1"].value == "台账"
