"""A ledger prints well, its figures can be summed, and no text turns into something else."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.documents.reports.list_content import ListColumn, ListContent, Value
from app.documents.workbooks.list_sheet import write_list
from app.domain.kernel.errors import Cancelled, EnvironmentProblem, UserError
from app.domain.kernel.progress import Cancel, Step
from tests.documents.sheets import ID_A, first_sheet

COLUMNS = (
    ListColumn("填报单位"),
    ListColumn("身份证号"),
    ListColumn("金额（元）", side="right", summed=True, figures="#,##0.00"),
    ListColumn("人数（人）", side="right", summed=True),
    ListColumn("日期"),
)
ROWS: tuple[Sequence[Value], ...] = (
    ("沙湾区", ID_A, Decimal("1000.50"), 3, dt.date(2011, 7, 4)),
    ("=犍为县", "0833", Decimal(20), None, None),
)


def content(
    rows: Sequence[Sequence[Value]] = ROWS,
    conditions: str = "",
    give: Callable[[], Iterable[Sequence[Value]]] | None = None,
) -> ListContent:
    return ListContent(
        title="帮扶/台账",
        office="沙湾区总工会",
        made_on=dt.date(2011, 12, 3),
        columns=COLUMNS,
        rows=give or rows.__iter__,
        count=len(rows),
        conditions=conditions,
    )


def lines(path: Path) -> list[list[object]]:
    return [list(line) for line in first_sheet(path).iter_rows(values_only=True)]


def test_a_ledger_holds_who_reports_the_rows_the_sums_and_who_signs(tmp_path: Path) -> None:
    assert write_list(tmp_path / "t.xlsx", content(conditions="条件：已帮扶")) == 2
    assert lines(tmp_path / "t.xlsx") == [
        ["帮扶/台账", *[None] * 5],
        ["填报单位：沙湾区总工会", None, None, "截至 2011-12-03", None, None],
        ["条件：已帮扶", *[None] * 5],
        ["序号", *(column.heading for column in COLUMNS)],
        [1, "沙湾区", ID_A, 1000.5, 3, dt.datetime(2011, 7, 4)],  # noqa: DTZ001  (a sheet knows no zones)
        [2, "=犍为县", "0833", 20, None, None],
        ["合计", None, None, 1020.5, 3, None],
        [None] * 6,
        ["单位负责人：", None, "审核：", "填表人：", "日期：", None],
    ]
    sheet = first_sheet(tmp_path / "t.xlsx")
    assert sheet.title == "帮扶 台账"
    assert sheet["D5"].number_format == "#,##0.00"


@pytest.mark.parametrize("text", ["=1+1", "+86 1380", "-5", "@SUM(A1)", "=HYPERLINK(1)"])
def test_what_looks_like_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    row = (text, "", Decimal(0), 0, None)
    write_list(tmp_path / "t.xlsx", content([row]))
    cell: Any = first_sheet(tmp_path / "t.xlsx")["B4"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    assert cell.quotePrefix


def test_a_tab_or_a_carriage_return_at_the_beginning_opens_no_formula(tmp_path: Path) -> None:
    rows = [(text, "", Decimal(0), 0, None) for text in ("\t=1+1", "\r=1+1")]
    write_list(tmp_path / "t.xlsx", content(rows))
    sheet: Any = first_sheet(tmp_path / "t.xlsx")
    assert {sheet["B4"].data_type, sheet["B5"].data_type} == {"s"}


def test_it_prints_on_a4_across_with_the_headings_on_every_page(tmp_path: Path) -> None:
    row = ("很长的单位名称" * 9, ID_A, Decimal(1), 1, None)
    write_list(tmp_path / "t.xlsx", content([row]))
    sheet: Any = first_sheet(tmp_path / "t.xlsx")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$3", "A4")
    assert "&P" in str(sheet.oddFooter.right.text)
    assert sheet.oddFooter.left.text == "沙湾区总工会"
    assert round(sheet.column_dimensions["B"].width) in (40, 41)
    assert sheet["B4"].alignment.wrap_text


def test_an_empty_ledger_still_has_its_headings(tmp_path: Path) -> None:
    assert write_list(tmp_path / "t.xlsx", content([])) == 0
    assert lines(tmp_path / "t.xlsx")[2][0] == "序号"


def test_days_before_a_sheet_counts_them_are_texts(tmp_path: Path) -> None:
    row = ("甲", "", Decimal(0), 0, dt.date(1899, 5, 1))
    write_list(tmp_path / "t.xlsx", content([row]))
    assert lines(tmp_path / "t.xlsx")[3][5] == "1899-05-01"


def test_more_rows_than_a_sheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.documents.workbooks.list_sheet.MOST", 1)
    with pytest.raises(UserError, match="最多"):
        write_list(tmp_path / "t.xlsx", content())
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_is_replaced_whole_and_kept_when_stopped(tmp_path: Path) -> None:
    out = tmp_path / "t.xlsx"
    out.write_bytes(b"old")
    stopped = Cancel()
    stopped.set()
    with pytest.raises(Cancelled):
        write_list(out, content(), cancel=stopped)
    assert [out.read_bytes(), *tmp_path.iterdir()] == [b"old", out]
    write_list(out, content())
    assert lines(out)[0][0] == "帮扶/台账"


def test_a_folder_that_is_gone_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="文件夹"):
        write_list(tmp_path / "优盘" / "t.xlsx", content())


def test_it_says_how_far_it_is(tmp_path: Path) -> None:
    steps: list[Step] = []
    rows = [("甲", "", Decimal(1), 1, None)] * 1200
    write_list(tmp_path / "t.xlsx", content(rows), progress=steps.append)
    assert [(step.done, step.total) for step in steps] == [(0, 1200), (500, 1200), (1000, 1200)]


def test_nobody_finds_the_rows_in_a_file_of_temp(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    def rows() -> Iterator[Sequence[Value]]:
        for _ in range(2000):
            assert list(temporary.iterdir()) == []
            yield ROWS[0]

    write_list(tmp_path / "t.xlsx", content((), give=rows))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.xlsx", "temp"]
    assert list(temporary.iterdir()) == []


def test_a_text_too_long_for_a_cell_is_marked_and_stands_whole_in_a_second_sheet(
    tmp_path: Path,
) -> None:
    long = "职工建议" * 9_000 + "𬭎" * 17_000
    rows = [("沙湾区", "0833", None, 1, None), ("犍为县", long, None, 2, None)]
    assert write_list(tmp_path / "t.xlsx", content(rows)) == 2

    table, second = (
        list(sheet.iter_rows(values_only=True))
        for sheet in load_workbook(tmp_path / "t.xlsx").worksheets
    )
    assert [line[1] for line in table[3:5]] == ["沙湾区", "犍为县"]
    cell = str(table[4][2])
    assert cell.endswith("……（一格放不下，全文在“放不下的内容”表）")
    assert long.startswith(cell[:30_000])
    assert {line[:3] for line in second[1:]} == {(2, "犍为县", "身份证号")}
    assert "".join(str(line[3]) for line in second[1:]) == long


def test_a_row_whose_name_is_too_long_is_written_too(tmp_path: Path) -> None:
    assert write_list(tmp_path / "t.xlsx", content([("名" * 40_000, "", None, 1, None)])) == 1
    assert load_workbook(tmp_path / "t.xlsx").worksheets[1]["B2"].value == "名" * 60


def test_a_list_without_long_texts_has_one_sheet(tmp_path: Path) -> None:
    write_list(tmp_path / "t.xlsx", content())
    assert len(load_workbook(tmp_path / "t.xlsx").worksheets) == 1
