"""Sheets as they really come in: other order, titles, numbers for text, merged cells, junk."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from app.documents.workbooks.workbook import Choices, template_specs, write_template
from app.domain.kernel.errors import Cancelled, EnvironmentProblem, UserError
from app.domain.kernel.fields import fields_of
from app.domain.kernel.progress import Cancel, Step
from app.domain.kernel.text import lookup_key
from app.domain.records import TYPES, Enterprise, Visit
from tests.documents.sheets import (
    ID_A,
    ID_B,
    USCC,
    first_sheet,
    full_body,
    read,
    sheet_of,
)

NAMES = ["姓名", "身份证号"]


def refusal(path: Path) -> UserError:
    with pytest.raises(UserError) as refused:
        read(path)
    return refused.value


def test_columns_may_stand_in_any_order_under_titles_and_blank_lines(tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path / "in.xlsx",
        [
            [],
            [None, "  "],
            ["乐山市困难职工名册"],
            ["填报单位：沙湾区总工会", None, "单位：元"],
            ["序号", "性 别", "＊身份证号", " 姓  名 ", "家庭人口（人）"],
            [1, "女", ID_A, "王 琦", "３人"],
            [],
            [2, "1", ID_B, "阿依古丽•买买提", 4],
        ],
    )
    first, second = read(path).rows
    assert (first.number, second.number) == (6, 8)
    assert first.body == {"sex": "2", "resident_id": ID_A, "name": "王琦", "household_size": 3}
    assert second.body["name"] == "阿依古丽·买买提"
    assert first.problems == second.problems == ()


def test_each_row_knows_what_stood_where(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "in.xlsx", [["性别", *NAMES], ["女", "张三", ID_A]])
    found = read(path)
    (row,) = found.rows
    assert (row.typed("name"), row.typed("story")) == ("张三", None)
    assert found.reading.headings.address("resident_id", 7) == "C7"
    assert found.reading.headings.address("story", 7) == ""


def test_full_width_figures_and_dates_of_all_kinds_are_understood(tmp_path: Path) -> None:
    wide = "１１０１０５１９４９１２３１００２ｘ"
    midnight = dt.datetime.combine(dt.date(1980, 1, 1), dt.time())
    path = sheet_of(
        tmp_path / "in.xlsx",
        [
            [*NAMES, "出生日期", "参加工作时间", "建档日期", "家庭年度总收入"],
            ["张三", wide, "1949年12月31日", dt.date(1970, 3, 1), 20110704, "１．５万元"],
            ["李四", ID_B, midnight, 40728, "７月４日", 12000.5],
        ],
    )
    first, second = read(path).rows
    assert first.body == {
        "name": "张三",
        "resident_id": ID_A,
        "born": "1949-12-31",
        "working_since": "1970-03-01",
        "filed_on": "2011-07-04",
        "yearly_income": "15000.00",
    }
    assert second.body["working_since"] == second.body["filed_on"] == "2011-07-04"
    assert second.body["born"] == "1980-01-01"
    assert second.body["yearly_income"] == "12000.50"


def test_an_id_stored_as_a_number_is_a_problem_of_its_cell_only(tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path / "in.xlsx",
        [
            [*NAMES, "手机号码", "银行卡号", "家庭人口"],
            ["张三", 511102198001010019, "13800138000", 6222021234567890123, 3.0],
            ["李四", ID_B, 13800138000, None, 2],
        ],
    )
    first, second = read(path).rows
    assert first.body == {"name": "张三", "telephone": "13800138000", "household_size": 3}
    assert [(p.address, p.label) for p in first.problems] == [
        ("B2", "身份证号"),
        ("D2", "银行卡号"),
    ]
    assert "存成了数字" in first.problems[0].sentence
    assert "文本格式" in first.problems[0].remedy
    assert second.body["telephone"] == "13800138000"
    assert second.problems == ()


def test_every_bad_cell_is_told_not_only_the_first(tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path / "in.xlsx",
        [
            [*NAMES, "性别", "出生日期", "家庭人口", "零就业家庭"],
            ["张三", "510000", "雄", "很早", "几个人", "大概"],
        ],
    )
    found = read(path)
    assert found.rows[0].body == {"name": "张三"}
    assert [p.address for p in found.problems] == ["B2", "C2", "D2", "E2", "F2"]
    assert all(p.label in p.sentence for p in found.problems)
    assert "可以填写" in found.problems[1].remedy


def test_a_credit_code_as_a_number_is_refused_and_as_text_read(tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path / "in.xlsx",
        [["单位名称", "统一社会信用代码"], ["甲厂", 9.13501e17], ["乙厂", USCC.lower()]],
    )
    first, second = read(path, fields_of(Enterprise)).rows
    assert [p.address for p in first.problems] == ["B2"]
    assert second.body == {"name": "乙厂", "uscc": USCC}


def test_a_name_that_became_a_date_is_told(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "in.xlsx", [NAMES, [dt.date(2011, 3, 5), ID_A]])
    assert "存成了日期" in read(path).problems[0].sentence


def test_merged_cells_count_for_every_row_they_cover(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"] = "名册"
    sheet.merge_cells("A1:D1")
    for line in (
        ["工作单位", *NAMES, "性别"],
        ["甲厂", "张三", ID_A, "女"],
        [None, "李四", ID_B, None],
        ["乙厂", "王五", ID_A, None],
        [],
    ):
        sheet.append(line)
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("A5:A6")
    sheet.merge_cells("D3:D4")
    workbook.save(tmp_path / "in.xlsx")

    rows = read(tmp_path / "in.xlsx").rows

    assert [(r.number, r.body["workplace"], r.body.get("sex")) for r in rows] == [
        (3, "甲厂", "2"),
        (4, "甲厂", "2"),
        (5, "乙厂", None),
    ]


def test_a_heading_nobody_knows_is_shown_and_left_out(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "in.xlsx", [[*NAMES, "手机好码", "年龄"], ["张三", ID_A, "1", 41]])
    found = read(path)
    shown = [(one.letter, one.text, one.close) for one in found.reading.headings.left_out]
    assert shown == [("C", "手机好码", "手机号码"), ("D", "年龄", "")]
    assert found.rows[0].body == {"name": "张三", "resident_id": ID_A}


def test_a_required_column_must_be_there(tmp_path: Path) -> None:
    error = refusal(sheet_of(tmp_path / "in.xlsx", [["姓名", "性别"], ["张三", "女"]]))
    assert (error.code, error.what) == ("MISSING_HEADING", "缺少必填的列：身份证号。")


def test_a_column_given_twice_is_refused(tmp_path: Path) -> None:
    error = refusal(sheet_of(tmp_path / "in.xlsx", [[*NAMES, "姓名"]]))
    assert (error.code, error.what) == ("DOUBLE_HEADING", "A 列和 C 列都是“姓名”。")


def test_text_beside_the_table_is_not_dropped_silently(tmp_path: Path) -> None:
    error = refusal(sheet_of(tmp_path / "in.xlsx", [NAMES, ["张三", ID_A, None, "已去世"]]))
    assert (error.code, error.what) == ("NO_HEADING_OVER", "D 列没有列名，但 D2 有内容。")


def test_a_column_without_a_heading_is_left_out_where_a_person_says_so(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "in.xlsx", [NAMES, ["张三", ID_A, None, "已去世"]])
    found = read(path, choices=Choices(columns={"D": ""}))
    assert found.rows[0].body == {"name": "张三", "resident_id": ID_A}
    assert [(one.letter, one.bare) for one in found.reading.headings.left_out] == [("D", True)]
    assert read(path, choices=Choices(columns={"D": "remarks"})).rows[0].body["remarks"] == "已去世"


def test_a_sheet_without_headings_is_refused(tmp_path: Path) -> None:
    assert refusal(sheet_of(tmp_path / "in.xlsx", [["张三", ID_A]])).code == "NO_HEADINGS"
    assert refusal(sheet_of(tmp_path / "in.xlsx", [])).code == "NO_HEADINGS"


def test_two_sheets_of_records_are_not_halved(tmp_path: Path) -> None:
    workbook = Workbook()
    for title in ("沙湾", "犍为"):
        sheet = workbook.create_sheet(title)
        sheet.append(NAMES)
    workbook.save(tmp_path / "in.xlsx")
    error = refusal(tmp_path / "in.xlsx")
    assert error.code == "SEVERAL_SHEETS"
    assert "沙湾、犍为" in error.what


def test_totals_examples_signatures_and_repeated_headings_are_left_out(tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path / "in.xlsx",
        [
            ["序号", *NAMES, "家庭人口"],
            ["例：", "李明", ID_A, 3],
            [1, "张三", ID_A, 3],
            ["序号", *NAMES, "家庭人口"],
            [2, "合心", ID_B, 2],
            [3],
            ["合 计", "2人", None, 5],
            ["填表人：王五", None, "2011年7月4日"],
            ["注：本表一式三份"],
        ],
    )
    found = read(path)
    assert [row.body["name"] for row in found.rows] == ["张三", "合心"]
    assert found.skipped == [
        (2, "示例", "例："),
        (4, "重复的列名", "序号"),
        (7, "合计", "合 计"),
        (8, "签名", "填表人：王五"),
        (9, "说明", "注：本表一式三份"),
    ]


@pytest.mark.parametrize(
    "second", [["姓名", "家庭人口", "身份证号"], ["姓名", "身份证号", "手机号码"]]
)
def test_a_second_table_with_other_columns_is_not_read_under_the_first(
    tmp_path: Path, second: list[str]
) -> None:
    lines = [[*NAMES, "家庭人口"], ["张三", ID_A, 3], second, ["李四", 4, ID_B]]
    error = refusal(sheet_of(tmp_path / "in.xlsx", lines))
    assert (error.code, "第 3 行" in error.what) == ("SECOND_HEADINGS", True)


def formulas(path: Path, cells: str) -> Path:
    """A sheet with formulas as WPS saves them: with the results it last calculated."""
    sheet_of(path, [[*NAMES, "家庭人口"], ["张三", ID_A, 1]])
    return swap(path, cells)


def swap(path: Path, cell: str) -> Path:
    """The sheet with this in place of C2."""
    inside = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[inside] = re.sub(rb'<c r="C2".*?</c>', cell.encode(), parts[inside], count=1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_a_formula_counts_with_its_last_result(tmp_path: Path) -> None:
    path = formulas(tmp_path / "in.xlsx", '<c r="C2"><f>1+2</f><v>3</v></c>')
    (row,) = read(path).rows
    assert row.body["household_size"] == 3


def test_a_formula_that_came_to_nothing_is_empty(tmp_path: Path) -> None:
    path = formulas(tmp_path / "in.xlsx", '<c r="C2" t="str"><f>""</f><v></v></c>')
    (row,) = read(path).rows
    assert "household_size" not in row.body
    assert row.problems == ()


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<c r="C2"><f>1+2</f></c>', "还没有算出结果"),
        ('<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="C2" t="e"><f>A1#</f><v>#SPILL!</v></c>', "#SPILL!"),
        ('<c r="C2" s="0" t="e"><v>#BLOCKED!</v></c>', "#BLOCKED!"),
        ('<c t="e" r="C2"><v>#SPILL!</v></c>', "#SPILL!"),
        ('<c r="C2" t="e"><v/></c>', "公式出错了"),
        ('<c r="C2" t="e"/>', "公式出错了"),
        ('<c r="C2"><f><![CDATA[A2<3]]></f></c>', "还没有算出结果"),
        ('<c r="C2"><f>1<!-- --></f><v/></c>', "还没有算出结果"),
        ('<c r="C2"><f t="shared" si="0"/><v> </v></c>', "还没有算出结果"),
    ],
)
def test_a_formula_without_a_good_result_is_a_problem(
    tmp_path: Path, cell: str, words: str
) -> None:
    (problem,) = read(formulas(tmp_path / "in.xlsx", cell)).problems
    assert problem.address == "C2"
    assert words in problem.sentence


@pytest.mark.parametrize("kind", ["array", "dataTable"])
def test_a_formula_over_several_cells_without_results_is_a_problem_of_each(
    tmp_path: Path, kind: str
) -> None:
    """Libraries write only the first of its cells."""
    path = tmp_path / "in.xlsx"
    sheet_of(path, [[*NAMES, "家庭人口"], ["张三", ID_A, 1], ["李四", ID_B, None]])
    swap(path, f'<c r="C2"><f t="{kind}" ref="C2:C9">1+2</f></c>')
    found = read(path)
    assert [problem.address for problem in found.problems] == ["C2", "C3"]
    swap(path, f'<c r="C2"><f t="{kind}" ref="C2:C1048576">1+2</f><v>3</v></c>')
    assert read(path).problems == []


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("a.xlsx", b"", "WORKBOOK_EMPTY", "是空的"),
        ("a.xls", OLE, "WORKBOOK_DAMAGED", "打不开"),
        ("a.et", OLE, "WORKBOOK_DAMAGED", "打不开"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "WORKBOOK_LOCKED", "打开密码"),
        ("a.xls", b"<html><table></table></html>", "WORKBOOK_FORMAT", "网页"),
        ("a.xls", b"\r\n<!-- page --><HTML>", "WORKBOOK_FORMAT", "网页"),
        ("a.xls", b"\xef\xbb\xbf<meta charset=utf-8><table>", "WORKBOOK_FORMAT", "网页"),
        ("a.xls", b"{\\rtf1 abc}", "WORKBOOK_FORMAT", "不是表格文件"),
        ("a.csv", b"%PDF-1.4", "WORKBOOK_FORMAT", "不是表格文件"),
        ("a.csv", bytes(range(256)), "WORKBOOK_FORMAT", "不是表格文件"),
    ],
)
def test_other_files_are_refused_with_what_to_do(
    tmp_path: Path, name: str, data: bytes, code: str, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    error = refusal(tmp_path / name)
    assert error.code == code
    assert words in error.what
    assert error.remedy


@pytest.mark.parametrize("kept", [30, 400, 3000])
def test_half_a_file_is_refused(tmp_path: Path, kept: int) -> None:
    path = sheet_of(tmp_path / "in.xlsx", [NAMES, ["张三", ID_A]])
    path.write_bytes(path.read_bytes()[:kept])
    assert refusal(path).code == "WORKBOOK_DAMAGED"


def test_a_file_damaged_anywhere_is_refused_or_read_never_a_crash(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "in.xlsx", [NAMES, ["张三", ID_A]])
    whole = path.read_bytes()
    for place in range(0, len(whole), 61):
        path.write_bytes(whole[:place] + b"\x00\xff\x00" + whole[place + 3 :])
        try:
            read(path)
        except UserError as error:
            assert error.remedy  # noqa: PT017


@pytest.mark.parametrize("part", ["word/document.xml", "content.xml", "xl/workbook.bin"])
def test_other_zipped_files_are_refused(tmp_path: Path, part: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(part, "<a/>")
    assert refusal(tmp_path / "a.xlsx").code == "WORKBOOK_FORMAT"


def test_a_file_that_is_gone_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="没有找到"):
        read(tmp_path / "gone.xlsx")


def test_junk_far_below_and_far_right_costs_little(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for line in (NAMES, ["张三", ID_A]):
        sheet.append(line)
    sheet["XFD2"].number_format = "0.00"
    sheet["A1048576"].number_format = "0.00"
    workbook.save(tmp_path / "in.xlsx")
    (row,) = read(tmp_path / "in.xlsx").rows
    assert row.body["name"] == "张三"


def large(path: Path, rows: int) -> Path:
    specs = fields_of(Visit)
    write_template(path, "走访登记", specs, rows=[full_body(specs)] * rows)
    return path


def test_many_rows_are_read_and_can_be_stopped(tmp_path: Path) -> None:
    path = large(tmp_path / "in.xlsx", 1500)
    steps: list[Step] = []
    found = read(path, fields_of(Visit), progress=steps.append)
    assert len(found.rows) == 1500
    assert found.problems == []
    assert steps[-1] == Step("读取表格", 1004, 1503)

    stop = Cancel()

    def watch(step: Step) -> None:
        if step.done >= 400:
            stop.set()

    with pytest.raises(Cancelled):
        read(path, fields_of(Visit), progress=watch, cancel=stop)


@pytest.mark.parametrize("name", TYPES)
def test_no_two_columns_of_a_type_are_taken_for_each_other(name: str) -> None:
    specs = template_specs(fields_of(TYPES[name]))
    assert len({lookup_key(spec.label) for spec in specs}) == len(specs)


def test_the_file_stays_free_while_and_after_it_is_read(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "in.xlsx", [NAMES, ["张三", ID_A]])
    read(path)
    path.rename(tmp_path / "moved.xlsx")
    assert first_sheet(tmp_path / "moved.xlsx")["A2"].value == "张三"


def test_empty_required_cells_are_left_to_the_checks_of_the_record(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "in.xlsx", [NAMES, ["张三", None]])
    assert read(path).problems == []


def test_line_ends_of_other_programs_do_not_show(tmp_path: Path) -> None:
    values: list[list[Any]] = [[*NAMES, "困难情况"], ["张三", ID_A, "一_x000D_\n二"]]
    (row,) = read(sheet_of(tmp_path / "in.xlsx", values)).rows
    assert row.body["story"] == "一\n二"
