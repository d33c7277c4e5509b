"""A list on paper: its sums, who signs, and the same words as in its sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from app.documents.reports.list_content import ListColumn, ListContent, Value
from app.documents.reports.list_paper import print_list
from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel

ReadPages = Callable[..., list[str]]
COLUMNS = (
    ListColumn("姓名"),
    ListColumn("金额（元）", side="right", summed=True, figures="#,##0.00"),
    ListColumn("年份", side="right", figures="0"),
)


def content(count: int) -> ListContent:
    rows = [("鲁班", Decimal("500.50"), 2011)] * count
    return ListContent(
        "帮扶台账", "沙湾区总工会", dt.date(2011, 12, 3), COLUMNS, rows.__iter__, count
    )


def test_the_last_page_has_the_sums_and_every_page_who_signs(
    tmp_path: Path, pages_of: ReadPages
) -> None:
    assert print_list(content(60), tmp_path / "t.pdf") == 2
    first, last = pages_of(tmp_path / "t.pdf")
    assert "合计" not in first
    assert "合计" in last
    assert "30,030.00" in last
    for page in (first, last):
        assert "填报单位：沙湾区总工会" in page
        assert "审核：" in page
        assert "2011" in page
        assert "姓名" in page


def test_it_can_be_stopped(tmp_path: Path) -> None:
    stopped = Cancel()
    stopped.set()
    with pytest.raises(Cancelled):
        print_list(content(5), tmp_path / "t.pdf", cancel=stopped)
    assert list(tmp_path.iterdir()) == []


def test_a_day_is_not_broken_however_many_columns_there_are(
    tmp_path: Path, pages_of: ReadPages
) -> None:
    columns = [ListColumn(f"第{n}栏", width=30) for n in range(9)]
    columns.insert(4, ListColumn("走访日期", width=8, side="middle"))
    row: list[Value] = [
        *["乐山某某有限责任公司"] * 4,
        dt.date(2011, 7, 4),
        *["李明书、付志勇、谢昆"] * 5,
    ]
    day = dt.date(2011, 12, 3)
    listed = ListContent("走访台账", "沙湾区总工会", day, tuple(columns), [row].__iter__, 1)
    print_list(listed, tmp_path / "t.pdf")
    (page,) = pages_of(tmp_path / "t.pdf")
    assert "2011-07-04" in page


def test_a_number_of_a_record_is_not_broken_in_a_narrow_column(
    tmp_path: Path, pages_of: ReadPages
) -> None:
    columns = [ListColumn(f"第{n}栏", width=30) for n in range(8)]
    columns.insert(2, ListColumn("档案编号", width=6))
    texts = ["乐山某某有限责任公司"] * 2
    row: list[Value] = [*texts, "沙湾-困2012-0137、五通桥-困2012-0008", *texts * 3]
    day = dt.date(2012, 12, 3)
    listed = ListContent("重复帮扶", "沙湾区总工会", day, tuple(columns), [row].__iter__, 1)
    print_list(listed, tmp_path / "t.pdf")
    (page,) = pages_of(tmp_path / "t.pdf")
    assert "沙湾-困2012-0137" in page
    assert "五通桥-困2012-0008" in page


def test_more_than_paper_holds_goes_into_a_sheet(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="存成 Excel"):
        print_list(replace(content(1), count=100_001), tmp_path / "t.pdf")


def test_a_text_longer_than_a_page_goes_on_on_the_next(tmp_path: Path, pages_of: ReadPages) -> None:
    long = "".join(f"第{n}条，" for n in range(8_000))
    rows = [("鲁班", Decimal(1), 2011), (long, Decimal(2), 2011), ("墨翟", Decimal(3), 2011)]
    made = replace(content(3), rows=rows.__iter__)
    count = print_list(made, tmp_path / "t.pdf")
    pages = pages_of(tmp_path / "t.pdf")
    assert len(pages) == count
    joined = "".join("".join(page.split()) for page in pages)
    assert all(f"第{n}条" in joined for n in (0, 3_999, 7_999))
    assert "墨翟" in pages[-1]


def test_the_heading_of_an_empty_column_stands_in_lines_of_two(
    tmp_path: Path, pages_of: ReadPages
) -> None:
    columns = [ListColumn(f"第{n}栏", width=30) for n in range(8)]
    columns.append(ListColumn("化解日期", width=6))
    row: list[Value] = [*["乐山某某有限责任公司"] * 8, None]
    day = dt.date(2011, 12, 3)
    listed = ListContent("隐患台账", "沙湾区总工会", day, tuple(columns), [row].__iter__, 1)
    print_list(listed, tmp_path / "t.pdf")
    (page,) = pages_of(tmp_path / "t.pdf")
    assert "化解\n日期" in page
