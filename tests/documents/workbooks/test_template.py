"""The template is easy to fill in, prints well, and gives back what was put in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.documents.workbooks.workbook import template_specs, write_template
from app.domain import codes
from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.kernel.fields import ExtraField, Field, FieldSpec, Kind, fields_of
from app.domain.records import TYPES, Campaign, Enterprise, Visit
from tests.documents.sheets import ID_A, PERSON, column_of, first_sheet, full_body, read, type_in


@pytest.mark.parametrize("name", TYPES)
def test_every_field_of_every_type_comes_back_as_it_was(tmp_path: Path, name: str) -> None:
    specs = fields_of(TYPES[name])
    body = full_body(specs)
    write_template(tmp_path / "t.xlsx", TYPES[name].label, specs, rows=[body])

    (row,) = read(tmp_path / "t.xlsx", specs).rows

    assert row.problems == ()
    assert row.body == body
    assert row.number == 4


def test_every_option_of_every_list_is_understood(tmp_path: Path) -> None:
    lists = [spec for spec in PERSON if spec.kind is Kind.CODE and spec.field.codes]
    values = {spec.name: [code.value for code in spec.field.codes or ()] for spec in lists}
    longest = max(map(len, values.values()))
    bodies = [{name: some[n % len(some)] for name, some in values.items()} for n in range(longest)]
    write_template(tmp_path / "t.xlsx", "困难职工", PERSON, rows=bodies)
    assert [row.body for row in read(tmp_path / "t.xlsx").rows] == bodies


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty template of persons; tests that change it copy it first."""
    out = tmp_path_factory.mktemp("empty") / "t.xlsx"
    write_template(out, "困难职工档案", PERSON)
    return out


def test_an_empty_template_holds_no_records(empty: Path) -> None:
    assert read(empty).rows == []


def test_every_prepared_cell_is_text(empty: Path) -> None:
    sheet = first_sheet(empty)
    assert sheet.max_row == 1003
    assert {cell.number_format for line in sheet.iter_rows(4, 1003) for cell in line} == {"@"}
    assert {column.number_format for column in sheet.column_dimensions.values()} == {"@"}


def test_headings_say_what_is_required_and_carry_a_note(empty: Path) -> None:
    sheet = first_sheet(empty)
    headings = [cell.value for cell in sheet[3]]
    assert {"＊姓名", "＊身份证号", "性别"} < set(headings)
    assert sheet["A1"].value == "困难职工档案"
    assert "必须填写" in str(sheet["A2"].value)
    note = sheet[f"{column_of(sheet, '姓名')}3"].comment
    assert note is not None
    assert "必填" in note.text


def test_rows_attachments_and_hidden_fields_have_no_column() -> None:
    labels = {spec.label for spec in template_specs(PERSON)}
    assert "备注" in labels
    assert not labels & {"家庭成员", "附件", "归属单位", "已确认的提醒", "活动增加的项目"}


def test_short_lists_drop_down_by_themselves_and_long_ones_from_a_hidden_sheet(
    tmp_path: Path,
) -> None:
    write_template(tmp_path / "t.xlsx", "单位名录", fields_of(Enterprise))
    workbook = load_workbook(tmp_path / "t.xlsx")
    sheet, lists = workbook.worksheets[0], workbook["选项"]
    rules = {
        str(rule.sqref).split("4:")[0]: str(rule.formula1)
        for rule in sheet.data_validations.dataValidation
    }
    assert rules[column_of(sheet, "已建会")] == '"是,否"'
    assert "国有,集体" in rules[column_of(sheet, "经济类型")]
    letter = column_of(sheet, "行业")
    assert rules[letter] == f"'选项'!${letter}$2:${letter}$118"
    assert lists.sheet_state == "hidden"
    assert lists[f"{letter}3"].value == "农业"


def test_a_list_of_several_values_lets_people_write_more_than_one(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", "走访", fields_of(Visit))
    sheet = first_sheet(tmp_path / "t.xlsx")
    letter = column_of(sheet, "结合的活动")
    (rule,) = [
        rule
        for rule in sheet.data_validations.dataValidation
        if str(rule.sqref).startswith(f"{letter}4:")
    ]
    assert not rule.showErrorMessage


def test_the_help_sheet_explains_each_column(empty: Path) -> None:
    sheet = load_workbook(empty)["填表说明"]
    lines = {line[0]: line[1:] for line in sheet.iter_rows(3, values_only=True)}
    assert lines["姓名"] == ("必填", "文字", None)
    assert lines["家庭人口"] == (None, "整数；单位：人；1～30", None)
    assert "女" in str(lines["性别"][2])
    assert len(lines) == len(template_specs(PERSON))


def test_it_prints_on_a4_with_the_headings_on_every_page(empty: Path) -> None:
    sheet = first_sheet(empty)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "A4"


def test_what_a_campaign_adds_gets_columns_too(tmp_path: Path) -> None:
    added = ExtraField(
        type="visit", name="warmth", label="温暖程度", kind=Kind.CODE, options=("热", "冷")
    )
    specs = fields_of(Visit, Campaign(extra_fields=(added,)))
    body = full_body(fields_of(Visit)) | {"extra": {"warmth": "冷"}}
    write_template(tmp_path / "t.xlsx", "走访登记", specs, rows=[body])
    (row,) = read(tmp_path / "t.xlsx", specs).rows
    assert row.body == body


def test_labels_may_be_given_instead_of_codes(tmp_path: Path) -> None:
    rows = [{"name": "张三", "resident_id": ID_A, "sex": "女", "other_causes": "子女上学"}]
    write_template(tmp_path / "t.xlsx", "困难职工", PERSON, rows=rows)
    (row,) = read(tmp_path / "t.xlsx").rows
    assert row.body["sex"] == "2"
    assert [codes.DISTRESS_CAUSE.label_of(c) for c in row.body["other_causes"]] == ["子女上学"]


def test_more_than_a_thousand_rows_fit(tmp_path: Path) -> None:
    specs = (FieldSpec("name", Kind.TEXT, Field("姓名")), FieldSpec("n", Kind.INTEGER, Field("数")))
    rows = [{"name": f"职工{n}", "n": n} for n in range(1200)]
    write_template(tmp_path / "t.xlsx", "名单", specs, rows=rows)
    assert [row.body for row in read(tmp_path / "t.xlsx", specs).rows] == rows


def test_a_text_too_long_for_a_cell_is_refused_not_cut(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="太长") as refused:
        write_template(tmp_path / "t.xlsx", "档案", PERSON, rows=[{"story": "𬭎" * 17_000}])
    assert refused.value.code == "CELL_TOO_LONG"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="没有找到"):
        write_template(tmp_path / "gone" / "t.xlsx", "档案", PERSON)


def test_a_formula_typed_as_text_stays_text(tmp_path: Path) -> None:
    specs = (FieldSpec("name", Kind.TEXT, Field("姓名")),)
    write_template(tmp_path / "t.xlsx", "档案", specs, rows=[{"name": "=HYPERLINK(1)"}])
    cell = first_sheet(tmp_path / "t.xlsx")["A4"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_what_a_clerk_types_into_the_template_is_read(empty: Path, tmp_path: Path) -> None:
    copy = tmp_path / "t.xlsx"
    shutil.copy(empty, copy)
    type_in(copy, 4, {"姓名": "刘  勇", "身份证号": ID_A, "性别": "男", "出生日期": "2011.7.4"})
    (row,) = read(copy).rows
    assert row.body == {"name": "刘勇", "resident_id": ID_A, "sex": "1", "born": "2011-07-04"}
