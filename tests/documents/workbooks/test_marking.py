"""The marked copy shows what is wrong and where; mended, it is imported without a word."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from app.documents.workbooks.workbook import mark_problems, write_template
from tests.documents.sheets import (
    ID_A,
    ID_B,
    PERSON,
    column_of,
    first_sheet,
    read,
    sheet_of,
    type_in,
)

RED = "FFFFC7CE"


def with_mistakes(path: Path) -> Path:
    return sheet_of(
        path,
        [
            ["困难职工名册"],
            ["姓名", "身份证号", "性别", "出生日期"],
            ["张三", 511102198001010019, "雄", None],
            ["李四", ID_B, "男", "1980-1-1"],
        ],
    )


def marked(tmp_path: Path, *more: tuple[int, str]) -> Path:
    source = with_mistakes(tmp_path / "in.xlsx")
    found = read(source)
    mark_problems(source, tmp_path / "out.xlsx", found.reading, [*found.problems, *more])
    return tmp_path / "out.xlsx"


def test_bad_cells_are_coloured_and_say_what_is_wrong(tmp_path: Path) -> None:
    sheet = first_sheet(marked(tmp_path))
    coloured = {
        cell.coordinate
        for line in sheet.iter_rows()
        for cell in line
        if cell.fill.fgColor.rgb == RED
    }
    assert coloured == {"B3", "C3", "E3"}
    note = sheet["B3"].comment
    assert note is not None
    assert "存成了数字" in note.text
    assert sheet["B3"].number_format == "@"


def test_the_last_column_says_all_about_a_row(tmp_path: Path) -> None:
    sheet = first_sheet(marked(tmp_path, (4, "名单中已有此人。")))
    assert sheet["E2"].value == "检查结果"
    first, second = str(sheet["E3"].value).split("\n")
    assert first.startswith("“身份证号”")
    assert second.startswith("“性别”")
    assert sheet["E4"].value == "名单中已有此人。"


def test_the_source_is_left_as_it_was(tmp_path: Path) -> None:
    source = with_mistakes(tmp_path / "in.xlsx")
    before = source.read_bytes()
    found = read(source)
    mark_problems(source, tmp_path / "out.xlsx", found.reading, found.problems)
    assert source.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.xlsx", "out.xlsx"]


def test_a_mended_copy_is_imported_without_a_word(tmp_path: Path) -> None:
    copy = marked(tmp_path)
    type_in(copy, 3, {"身份证号": ID_A, "性别": "女"}, heading_row=2)
    found = read(copy)
    assert found.problems == []
    assert [row.body["resident_id"] for row in found.rows] == [ID_A, ID_B]


def test_a_half_mended_copy_is_marked_afresh(tmp_path: Path) -> None:
    copy = marked(tmp_path, (4, "名单中已有此人。"))
    type_in(copy, 3, {"身份证号": ID_A}, heading_row=2)
    found = read(copy)
    mark_problems(copy, tmp_path / "again.xlsx", found.reading, found.problems)

    sheet = first_sheet(tmp_path / "again.xlsx")
    assert sheet["B3"].comment is None
    assert sheet["B3"].fill.fill_type is None
    assert sheet["C3"].fill.fgColor.rgb == RED
    assert str(sheet["E3"].value).startswith("“性别”")
    assert sheet["E4"].value is None
    assert sheet.max_column == 5


def test_what_a_clerk_noted_on_a_cell_stays(tmp_path: Path) -> None:
    source = with_mistakes(tmp_path / "in.xlsx")
    workbook = load_workbook(source)
    workbook.worksheets[0]["C3"].comment = Comment("问过本人", "王五")
    workbook.save(source)
    found = read(source)
    mark_problems(source, tmp_path / "out.xlsx", found.reading, found.problems)
    note = first_sheet(tmp_path / "out.xlsx")["C3"].comment
    assert note is not None
    assert note.text.startswith("问过本人\n")

    type_in(tmp_path / "out.xlsx", 3, {"性别": "女"}, heading_row=2)
    found = read(tmp_path / "out.xlsx")
    mark_problems(tmp_path / "out.xlsx", tmp_path / "again.xlsx", found.reading, found.problems)
    note = first_sheet(tmp_path / "again.xlsx")["C3"].comment
    assert note is not None
    assert (note.text, note.author) == ("问过本人", "王五")


def test_a_problem_inside_merged_cells_is_marked_where_it_shows(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for line in (["姓名", "身份证号", "性别"], ["张三", ID_A, "雄"], ["李四", ID_B, None]):
        sheet.append(line)
    sheet.merge_cells("C2:C3")
    workbook.save(tmp_path / "in.xlsx")
    found = read(tmp_path / "in.xlsx")
    assert [problem.address for problem in found.problems] == ["C2", "C3"]

    mark_problems(tmp_path / "in.xlsx", tmp_path / "out.xlsx", found.reading, found.problems)
    marked_sheet = first_sheet(tmp_path / "out.xlsx")
    assert marked_sheet["C2"].fill.fgColor.rgb == RED
    assert marked_sheet["D2"].value
    assert marked_sheet["D3"].value


def test_a_marked_template_keeps_its_lists_and_text_format(tmp_path: Path) -> None:
    rows = [{"name": "张三", "resident_id": "1", "sex": "雄"}]
    write_template(tmp_path / "t.xlsx", "困难职工档案", PERSON, rows=rows)
    found = read(tmp_path / "t.xlsx")
    mark_problems(tmp_path / "t.xlsx", tmp_path / "out.xlsx", found.reading, found.problems)

    workbook = load_workbook(tmp_path / "out.xlsx")
    sheet = workbook.worksheets[0]
    assert workbook.active is sheet
    assert sheet.data_validations.count > 10
    assert sheet["A500"].number_format == "@"
    assert workbook["选项"].sheet_state == "hidden"
    assert sheet[f"{column_of(sheet, '性别')}4"].comment is not None
    assert [row.body for row in read(tmp_path / "out.xlsx").rows] == [
        row.body for row in found.rows
    ]
