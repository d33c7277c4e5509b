"""Sheets as offices sent them, each with what is right; beside each some of its kind."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from app.documents.workbooks.known_words import known_words
from app.documents.workbooks.source import Held
from app.documents.workbooks.workbook import Choices, Expected, open_sheet
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import fields_of
from app.domain.kernel.progress import Cancel, silent
from app.domain.records import Aid, Enterprise, Person, Record, Visit
from tests.documents.sheets import ID_A, ID_B, Whole, read, sheet_of

SENT = Path(__file__).parent.parent / "data" / "sheets"
NAMES = ["姓名", "身份证号"]
IN_2011 = ((dt.date(2011, 7, 1), dt.date(2011, 12, 31)),)


def sent(name: str, kind: type[Record] = Person, choices: Choices | None = None) -> Whole:
    """One of the files, read as a sheet of this type in the summer of 2011."""
    return told(SENT / name, kind, choices)


def told(path: Path | Held, kind: type[Record] = Person, choices: Choices | None = None) -> Whole:
    facts = kind.facts
    today = dt.date(2011, 8, 1)
    expected = Expected(fields_of(kind), today, IN_2011, facts.title, facts.carried_over)
    reading = open_sheet(path, expected, choices=choices)
    return Whole(reading, list(reading.rows(silent, Cancel())))


def refusal(path: Path, kind: type[Record] = Person) -> UserError:
    with pytest.raises(UserError) as refused:
        told(path, kind)
    return refused.value


def values(found: Whole, name: str) -> list[Any]:
    return [row.body.get(name) for row in found.rows]


def person_sheet(tmp_path: Path, heading: str, cells: Sequence[Any]) -> Path:
    """A sheet of persons with one more column."""
    return sheet_of(
        tmp_path / "in.xlsx", [[*NAMES, heading], *(["张三", ID_A, cell] for cell in cells)]
    )


# -- numbers whose digits matter


def test_a_mobile_number_kept_as_a_number_is_exact() -> None:
    assert values(sent("A01_mobile_number.xlsx"), "telephone") == ["13812345678", "13900001111"]


def test_an_old_id_number_kept_as_a_number_is_exact() -> None:
    (row,) = sent("A03_id15_number.xlsx").rows
    assert row.body["resident_id"] == "51110219700101123X"


@pytest.mark.parametrize(
    ("heading", "cell", "kept"),
    [
        ("手机", 18990000001, "18990000001"),
        ("联系电话", 2601234, "2601234"),
        ("邮编", 614000, "614000"),
        ("手机", 8332601234, "开头的 0"),
        ("手机", 138123456789, "开头的 0"),
        ("邮编", 10000, "开头的 0"),
        ("银行卡号", 6.2220212345678e18, "后面的几位已经丢失"),
        ("手机", "1.38E+10", "科学记数"),
    ],
)
def test_numbers_are_exact_or_told_why_not(
    tmp_path: Path, heading: str, cell: Any, kept: str
) -> None:
    (row,) = told(person_sheet(tmp_path, heading, [cell])).rows
    sentences = [problem.sentence for problem in row.problems]
    assert kept in row.body.values() or any(kept in sentence for sentence in sentences)
    assert len(row.body) + len(row.problems) == 3


@pytest.mark.parametrize("number", [511102700101124, 511102701301123, 110105491231002])
def test_fifteen_digits_are_an_id_number_only_with_a_birthday(tmp_path: Path, number: int) -> None:
    path = sheet_of(tmp_path / "in.xlsx", [NAMES, ["张三", number]])
    (row,) = told(path).rows
    possible = number != 511102701301123
    assert ("resident_id" in row.body) is possible
    assert bool(row.problems) is not possible


def test_dirty_numbers_are_kept_in_their_one_form() -> None:
    found = sent("A04_id_dirty.xlsx")
    assert [len(one) for one in values(found, "resident_id")] == [18] * 5
    assert values(found, "telephone") == ["13812345678"] * 5


def test_id_numbers_as_powers_of_ten_are_refused_in_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("姓名,身份证号\n张三,5.11102E+17\n", "gb18030")
    (problem,) = told(path).problems
    assert problem.address == "B2"
    assert "已经丢失" in problem.sentence


# -- names


def test_names_keep_every_character_and_one_dot() -> None:
    found = values(sent("A05_names.xlsx"), "name")
    assert found[:4] == ["阿尔·日古"] * 4
    assert found[16:20] == ["刘勇"] * 4
    assert found[20:22] == ["民生", "𬭎"]
    assert found[-1] == "张三（已故）"


# -- dates


def test_chinese_dates_before_1950_are_days() -> None:
    born = values(sent("B01_zh_date_31.xlsx"), "born")
    assert born == ["1945-10-03", "1952-08-08", "1938-01-20"]


def test_dates_of_all_spellings_are_read_or_named() -> None:
    found = sent("B04_date_texts.xlsx")
    days = {row.body["name"]: row.body.get("consent_on") for row in found.rows}
    july = "2011-07-04"
    read_as_july = [0, 1, 2, 3, 4, 5, 6, 7, 14, 15, 19, 23, 24, 29, 43, 45, 47, 48]
    assert all(days[f"丙{n}"] == july for n in read_as_july)
    assert days["丙26"] is days["丙27"] is days["丙35"] is days["丙42"] is None
    refused = {problem.address for problem in found.problems}
    assert {"C28", "C29", "C37", "C44"} <= refused
    assert len(refused) == sum(day is None for day in days.values())


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (dt.date(1949, 10, 1), "1949-10-01"),
        (dt.datetime.combine(dt.date(2011, 7, 4), dt.time(8)), "2011-07-04"),
        (40728, "2011-07-04"),
        (20110704, "2011-07-04"),
        ("2011年7月4日", "2011-07-04"),
    ],
)
def test_a_day_is_a_day_however_it_is_kept(tmp_path: Path, value: Any, day: str) -> None:
    found = told(person_sheet(tmp_path, "建档时间", [value]))
    assert values(found, "filed_on") == [day]


# -- rows that are no records


def test_sums_and_marks_are_no_firms() -> None:
    found = sent("C03_total_enterprise.xlsx", Enterprise)
    assert values(found, "name") == ["沙湾测试甲厂", "沙湾测试乙厂"]
    kinds = {number: kind for number, kind, _ in found.skipped}
    assert len(kinds) == 17
    assert kinds[4] == kinds[6] == kinds[9] == "合计"
    assert kinds[11] == "以下空白"
    assert kinds[17] == kinds[18] == kinds[20] == "同上一类"


def kinds_of(path: Path, kind: type[Record]) -> list[tuple[str, str]]:
    """What is left out of a sheet: its first words and why."""
    found = told(path, kind)
    assert len(found.rows) == 1
    return [(words, why) for _, why, words in found.skipped]


@pytest.mark.parametrize(
    ("why", "names"),
    [
        (
            "合计",
            "Total TOTAL Sum ∑ 合計 總計： 【合计】 共2家 合计2家单位 沙湾镇（2家） 全区 平均每家",
        ),
        ("合计", "最大值 年末数 （小计） 2家 累计3户 本乡"),
        ("以下空白", "-以下空白- ——以下空白—— 【以下空白】 此行不填 （以下无）"),
        ("同上一类", "同上。 ditto （同上） 〃〃"),
        ("示例", "XXX公司 ××厂 某某有限公司 ＸＸ厂"),
    ],
)
def test_sums_and_marks_in_other_spellings_are_no_firms(
    tmp_path: Path, why: str, names: str
) -> None:
    lines = [["甲厂", 100, 90], *([name, 150, 130] for name in names.split())]
    path = sheet_of(tmp_path / "in.xlsx", [["单位名称", "职工人数", "会员人数"], *lines])
    assert kinds_of(path, Enterprise) == [(name, why) for name in names.split()]


def test_a_row_that_says_there_is_none_is_no_firm(tmp_path: Path) -> None:
    lines = [["单位名称", "职工人数"], ["甲厂", 100], ["无", None], ["暂无", None]]
    path = sheet_of(tmp_path / "in.xlsx", lines)
    assert kinds_of(path, Enterprise) == [("无", "以下空白"), ("暂无", "以下空白")]


def test_the_sum_of_a_place_is_no_visit_though_its_row_is_full(tmp_path: Path) -> None:
    sums = ["沙湾镇合计", "本周小计", "全区共计", "铜河街道小计", "以上合计"]
    lines = [[name, "王一", 100, "2011-7-9"] for name in ("甲厂", *sums)]
    headings = ["走访单位", "走访领导", "职工人数", "走访日期"]
    path = sheet_of(tmp_path / "in.xlsx", [headings, *lines])
    assert kinds_of(path, Visit) == [(name, "合计") for name in sums]


def test_a_firm_is_a_firm_whatever_its_name_begins_with(tmp_path: Path) -> None:
    firms = ["合计数码科技有限公司", "总计机械厂", "平均律琴行", "计量仪器厂", "同上阁酒楼"]
    firms += [
        "全区通快递",
        "本田摩托维修部",
        "共计商贸",
        "TOTAL（道达尔）加油站",
        "XX99咖啡",
        "恒计",
        "无锡面馆",
    ]
    lines = [["单位名称", "职工人数", "地址"], *([firm, 10, "沙湾镇"] for firm in firms)]
    found = told(sheet_of(tmp_path / "in.xlsx", lines), Enterprise)
    assert values(found, "name") == firms
    assert found.skipped == []


def test_sums_of_visits_are_not_counted_again(tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path / "in.xlsx",
        [
            ["序号", "走访单位", "走访领导", "职工人数", "走访时间"],
            [1, "红岩陶瓷厂", "张三", 100, "2011-7-9"],
            [2, "恒宇机械厂", "李四", 50, "2011-7-10"],
            ["沙湾镇小计", None, None, 150, None],
            [None, None, None, 150, None],
            [None, "全区合计（2家）", None, 150, None],
        ],
    )
    found = told(path, Visit)
    assert len(found.rows) == 2
    assert [kind for _, kind, _ in found.skipped] == ["合计"] * 3


def test_notes_and_signatures_under_a_roster_are_left_out(tmp_path: Path) -> None:
    notes = [
        ["填表说明：", None],
        ["1、本表由各乡镇工会填写，一式三份。"],
        ["2．身份证号必须是18位。"],
        ["（三）联系电话填手机。"],
        ["报送时间为每月25日前，逾期不予受理，请各单位务必重视。"],
        ["单位负责人（签字）：", None, "填表人：王五"],
        ["沙湾区总工会（盖章）"],
        ["审核：", "2011年7月4日"],
    ]
    lines = [[*NAMES, "手机"], ["张三", ID_A, None], ["合计", "1人", None], *notes]
    found = told(sheet_of(tmp_path / "in.xlsx", lines))
    assert values(found, "name") == ["张三"]
    assert [number for number, _, _ in found.skipped] == list(range(3, 12))


def test_a_name_without_its_number_is_a_record_to_be_mended(tmp_path: Path) -> None:
    found = told(sheet_of(tmp_path / "in.xlsx", [NAMES, ["张三", None], ["李四", ID_B]]))
    assert values(found, "name") == ["张三", "李四"]


# -- persons in one line


def test_leaders_are_parted_or_told() -> None:
    found = sent("C05_leaders.xlsx", Visit)
    leaders = values(found, "leaders")
    assert leaders[:4] == [["张三", "李四"]] * 4
    assert leaders[6] == ["张三", "李四", "王五", "赵六"]
    assert leaders[7] is None
    assert [(one.address, "没有写全" in one.sentence) for one in found.problems] == [("C9", True)]


def test_a_visit_without_a_campaign_is_read() -> None:
    (row,) = sent("C06_no_campaign.xlsx", Visit).rows
    assert "campaign" not in row.body
    assert row.body["visited_on"] == "2011-07-10"


# -- headings


@pytest.mark.parametrize("name", ["D01_serial_15.xlsx", "D01_serial_18.xlsx", "D01_serial_20.xlsx"])
def test_running_numbers_are_passed_over(name: str) -> None:
    found = sent(name)
    assert values(found, "name") == ["己一", "己二"]
    assert values(found, "number") == [None, None]


@pytest.mark.parametrize("heading", ["序 号", "ＮＯ．", "No", "№", "编 号", "顺序号", "行号", "序"])
def test_running_numbers_under_any_heading(tmp_path: Path, heading: str) -> None:
    path = sheet_of(tmp_path / "in.xlsx", [[heading, *NAMES], [1, "张三", ID_A], [2]])
    (row,) = told(path).rows
    assert row.body == {"name": "张三", "resident_id": ID_A}


@pytest.mark.parametrize("number", [21, 23, 24, 26, 32])
def test_id_numbers_in_their_ways(number: int) -> None:
    assert len(values(sent(f"D02_syn_{number}.xlsx"), "resident_id")[0]) == 18


@pytest.mark.parametrize("number", [34, 35, 36, 37, 39])
def test_telephones_in_their_ways(number: int) -> None:
    assert values(sent(f"D03_syn_{number}.xlsx"), "telephone") == ["13812345678"]


@pytest.mark.parametrize("number", [41, 42, 44, 45])
def test_units_in_their_ways(number: int) -> None:
    found = sent(f"D04_syn_{number}.xlsx", Enterprise)
    assert values(found, "name") == ["沙湾测试丙厂"]
    assert values(found, "headcount") == [10]


@pytest.mark.parametrize(
    ("kind", "heading", "field"),
    [
        (Person, "公民\n身份号码", "resident_id"),
        (Person, "证件号码（18位）", "resident_id"),
        (Person, "★身份证号码", "resident_id"),
        (Person, "2、身份证号", "resident_id"),
        (Person, "联系方式（手机）", "telephone"),
        (Person, "家庭年收入（元）", "yearly_income"),
        (Person, "家庭人口/人", "household_size"),
        (Person, "出生年月", "born"),
        (Enterprise, "单位（企业）名称", "name"),
        (Enterprise, "员工总数", None),
        (Enterprise, "是否规上", "above_scale"),
        (Visit, "走访 时间", "visited_on"),
        (Visit, "意见和建议", "opinions"),
        (Aid, "发放金额（元）", "money"),
    ],
)
def test_words_over_a_column(kind: type[Record], heading: str, field: str | None) -> None:
    from app.documents.workbooks.known_words import known_words

    assert known_words(fields_of(kind)).field_of(heading)[0] == (field or "")


def test_columns_nobody_knows_are_shown_and_left_out() -> None:
    found = sent("D05_extra.xlsx")
    assert [one.text for one in found.reading.headings.left_out] == ["年龄", "籍贯"]
    assert found.rows[0].body["name"] == "己五"


def test_a_person_says_what_a_column_holds() -> None:
    chosen = Choices(columns={"籍贯": "registered_area", "B": ""})
    with pytest.raises(UserError) as refused:
        sent("D05_extra.xlsx", choices=chosen)
    assert refused.value.code == "MISSING_HEADING"
    assert "B 列“身份证号”" in refused.value.why
    found = sent("D05_extra.xlsx", choices=Choices(columns={"籍贯": "remarks"}))
    assert found.rows[0].body["remarks"] == "四川乐山"


def test_a_heading_of_letters_is_no_letter_of_a_column() -> None:
    found = sent("D02_syn_32.xlsx", choices=Choices(columns={"ID": "resident_id"}))
    assert [one.text for one in found.reading.headings.all] == ["姓名", "ID"]


def test_headings_in_two_levels() -> None:
    (row,) = sent("D06_twolevel.xlsx").rows
    assert (row.body["household_size"], row.body["yearly_income"]) == (3, "12000.00")


def test_headings_in_three_levels_and_a_line_of_units(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for line in (
        ["困难职工名册"],
        ["基本情况", None, "家庭", None],
        ["姓名", "身份证号", "人口", "收入"],
        [None, None, "家庭人口", "家庭年度总收入"],
        ["张三", ID_A, 3, 12000],
    ):
        sheet.append(line)
    for area in ("A2:B2", "C2:D2", "A3:A4", "B3:B4"):
        sheet.merge_cells(area)
    workbook.save(tmp_path / "in.xlsx")
    (row,) = told(tmp_path / "in.xlsx").rows
    assert row.body["household_size"] == 3
    assert row.body["yearly_income"] == "12000.00"


@pytest.mark.parametrize(
    ("above", "heading"), [("", "金额（万元）"), ("单位：万元", "金额"), ("", "帮扶金额/万元")]
)
def test_amounts_in_ten_thousands_are_not_taken_for_yuan(
    tmp_path: Path, above: str, heading: str
) -> None:
    lines = [
        [above],
        ["帮扶事项", "帮扶日期", "帮扶类型", heading],
        ["沙湾-帮2011-0001", "2011-9-1", "生活救助", 1.5],
    ]
    found = told(sheet_of(tmp_path / "in.xlsx", lines), Aid)
    assert values(found, "money") == ["15000.00"]


@pytest.mark.parametrize(
    ("above", "heading", "yuan"),
    [
        ("单位：万元", "金额（元）", "1.50"),
        ("单位：万元", "金额/元", "1.50"),
        ("单位：人、万元", "金额", "15000.00"),
        ("（万元）", "金额", "15000.00"),
        ("", "金额（百元）", "150.00"),
        ("", "金额(万)", "15000.00"),
        ("", "金额（单位：百万元）", "1500000.00"),
        ("单位：沙湾区总工会（万元厂）", "金额", "1.50"),
    ],
)
def test_what_a_column_says_of_its_unit_goes_before_what_stands_over_the_table(
    tmp_path: Path, above: str, heading: str, yuan: str
) -> None:
    line = ["沙湾-帮2011-0001", "2011-9-1", "生活救助", 1.5]
    lines = [[above], ["帮扶事项", "帮扶日期", "帮扶类型", heading], line]
    found = told(sheet_of(tmp_path / "in.xlsx", lines), Aid)
    assert values(found, "money") == [yuan]


def test_an_amount_says_itself_in_what_it_is_counted(tmp_path: Path) -> None:
    """What is written over the column holds for what does not say otherwise, however written."""
    cells = ["￥0.3", "０.５", "0.4万元", "6000元", "1,200", " 0.2 ", "0,6", ".5"]
    lines = [["沙湾-帮2011-0001", "2011-9-1", "生活救助", cell] for cell in cells]
    headings = ["帮扶事项", "帮扶日期", "帮扶类型", "金额（万元）"]
    found = told(sheet_of(tmp_path / "in.xlsx", [headings, *lines]), Aid)
    assert values(found, "money") == [
        *("3000.00", "5000.00", "4000.00", "6000.00", "12000000.00", "2000.00"),
        *(None, None),
    ]


@pytest.mark.parametrize(
    "numbers",
    [
        (1, 2, 3),
        ("①", "②", "③"),
        ("甲", 1, 2),
        ("A", "B", "C"),
        ("甲", "乙", "1"),
        ("(1)", "(2)", "(3)"),
    ],
)
def test_the_numbers_of_columns_below_the_headings_are_no_firm(
    tmp_path: Path, numbers: tuple[object, ...]
) -> None:
    lines = [["单位名称", "职工人数", "会员人数"], list(numbers), ["甲", 3, 2], ["乙", 1, 2]]
    found = told(sheet_of(tmp_path / "in.xlsx", lines), Enterprise)
    assert values(found, "name") == ["甲", "乙"]
    assert [kind for _, kind, _ in found.skipped] == ["重复的列名"]


@pytest.mark.parametrize(
    ("kind", "heading", "field"),
    [
        (Person, "联系方式/手机号", "telephone"),
        (Person, "性别Sex", "sex"),
        (Person, "性別", "sex"),
        (Person, "聯繫電話", "telephone"),
        (Person, "手機號碼 Tel.", "telephone"),
        (Person, "家庭人口/收入", None),
        (Enterprise, "其中：女职工", "women"),
        (Enterprise, "其中农民工人数", "migrant_workers"),
    ],
)
def test_headings_in_two_languages_in_old_characters_and_of_parts(
    kind: type[Record], heading: str, field: str | None
) -> None:
    known = known_words(fields_of(kind))
    assert known.field_of(heading)[0] == (field or "")


def test_a_number_tells_a_person_better_than_a_name(tmp_path: Path) -> None:
    headings = ["姓名", "身份证号", "帮扶事项", "帮扶日期", "帮扶类型"]
    lines = [headings, ["张三", ID_A, "沙湾-帮2011-0001", "2011-9-1", "生活救助"]]
    found = told(sheet_of(tmp_path / "in.xlsx", lines), Aid)
    assert values(found, "person") == [ID_A]
    assert [one.text for one in found.reading.headings.left_out] == ["姓名"]


def test_of_two_words_for_one_thing_the_first_is_read_and_the_other_shown(tmp_path: Path) -> None:
    number = "13812345678"
    path = sheet_of(tmp_path / "in.xlsx", [[*NAMES, "手机", "电话"], ["张三", ID_A, number, "2"]])
    found = told(path)
    assert values(found, "telephone") == [number]
    assert [one.text for one in found.reading.headings.left_out] == ["电话"]


def test_two_columns_of_amounts_for_one_field_are_both_named(tmp_path: Path) -> None:
    headings = ["帮扶事项", "帮扶日期", "帮扶类型", "慰问金", "救助金额"]
    lines = [headings, ["沙湾-帮2011-0001", "2011-9-1", "生活救助", 500, 600]]
    refused = refusal(sheet_of(tmp_path / "in.xlsx", lines), Aid)
    assert refused.what == "D 列“慰问金”和 E 列“救助金额”都是“金额”。"


def test_nothing_fits_is_said_with_what_was_seen(tmp_path: Path) -> None:
    error = refusal(sheet_of(tmp_path / "in.xlsx", [["甲", "乙", "丙"], [1, 2, 3]]))
    assert error.code == "NO_HEADINGS"
    assert "“甲”、“乙”、“丙”" in error.why
    assert "姓名、身份证号" in error.remedy


def test_a_sheet_on_its_side_is_called_so(tmp_path: Path) -> None:
    lines = [["姓名", "张三", "李四"], ["身份证号", ID_A, ID_B], ["手机", "1", "2"]]
    error = refusal(sheet_of(tmp_path / "in.xlsx", lines))
    assert error.code == "SHEET_TRANSPOSED"
    assert "转置" in error.remedy


# -- hidden rows and sheets, merged cells, formulas


def test_hidden_rows_are_marked() -> None:
    found = sent("E01_hidden.xlsx")
    assert [row.hidden for row in found.rows] == [False, True]
    assert found.reading.hidden == (3,)


def test_only_a_hidden_sheet_is_called_so_and_may_be_chosen() -> None:
    error = refusal(SENT / "H14_hidden.xlsx")
    assert error.code == "SHEET_HIDDEN"
    assert "Sheet1" in error.what
    found = sent("H14_hidden.xlsx", choices=Choices(sheet="Sheet1"))
    assert values(found, "name") == ["巳五"]


def test_a_hidden_sheet_beside_is_named(tmp_path: Path) -> None:
    workbook = Workbook()
    for title, who, number in (("名册", "张三", ID_A), ("去年", "李四", ID_B)):
        sheet = workbook.create_sheet(title)
        sheet.append(NAMES)
        sheet.append([who, number])
    workbook["去年"].sheet_state = "hidden"
    workbook.save(tmp_path / "in.xlsx")
    found = told(tmp_path / "in.xlsx")
    assert values(found, "name") == ["张三"]
    assert found.reading.aside == ("去年",)


def test_formulas_without_a_result_are_refused_by_cell() -> None:
    found = sent("E04_formula.xlsx")
    assert [problem.address for problem in found.problems] == ["C2", "C3"]
    assert all("还没有算出结果" in problem.sentence for problem in found.problems)
    assert [one.address for one in sent("N16_11_text_again.xlsx", Visit).problems] == ["F2"]


def test_a_merged_amount_is_paid_to_nobody() -> None:
    found = sent("E10_aid_merged.xlsx", Aid)
    assert values(found, "money") == [None] * 3
    assert [problem.address for problem in found.problems] == ["D2", "D3", "D4"]
    assert "D2:D4 合并" in found.problems[0].sentence


def test_what_describes_is_filled_down_and_what_is_summed_is_not(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for line in (
        ["工作单位", *NAMES, "家庭人口", "建档日期"],
        ["甲厂", "张三", ID_A, 3, "2011-7-4"],
        [None, "李四", ID_B, None, None],
    ):
        sheet.append(line)
    for area in ("A2:A3", "D2:D3", "E2:E3"):
        sheet.merge_cells(area)
    workbook.save(tmp_path / "in.xlsx")
    found = told(tmp_path / "in.xlsx")
    assert values(found, "workplace") == ["甲厂", "甲厂"]
    assert values(found, "filed_on") == ["2011-07-04"] * 2
    assert [problem.address for problem in found.problems] == ["D2", "D3"]


# -- money, counts, ticks


def test_money_is_exact_or_refused() -> None:
    money = values(sent("E08_money.xlsx"), "monthly_income")
    assert money[:3] == [None] * 3
    assert money[3:7] == ["1234.50", "1234.50", "1234.00", "12000.00"]
    assert money[11:16] == [None] * 5
    assert money[16:18] == ["0.00", "0.00"]
    assert money[20] is None


@pytest.mark.parametrize(
    ("cell", "kept"), [(1234.1 + 0.2, "1234.30"), (0.1 + 0.2, "0.30"), (99.999, None)]
)
def test_what_a_sum_leaves_behind_the_comma_is_no_money(
    tmp_path: Path, cell: float, kept: str | None
) -> None:
    assert values(told(person_sheet(tmp_path, "月收入", [cell])), "monthly_income") == [kept]


def test_counts_with_noughts_and_units(tmp_path: Path) -> None:
    cells = [3, 3.0, "3", "3.0", "3 人", "３人", "3.00人", "3.5", "三人"]
    found = told(person_sheet(tmp_path, "家庭人口", cells))
    assert values(found, "household_size") == [3] * 7 + [None, None]


def test_a_comma_inside_a_count_parts_thousands_or_nothing(tmp_path: Path) -> None:
    cells = ["1,200", "12,345人", "1，200", "1,2", "60,5", "1,20,000", ",5", "5,"]
    lines = [["单位名称", "职工人数"], *([f"甲{n}厂", cell] for n, cell in enumerate(cells))]
    found = told(sheet_of(tmp_path / "in.xlsx", lines), Enterprise)
    assert values(found, "headcount") == [1200, 12345, 1200, *[None] * 5]


def test_counts_are_read_with_the_words_people_write_beside_them(tmp_path: Path) -> None:
    found = told(person_sheet(tmp_path, "家庭人口", ["3口", "3口人", "共3人", "3个人", "３口"]))
    assert values(found, "household_size") == [3] * 5
    found = told(person_sheet(tmp_path, "建筑面积", ["60㎡", "60m2", "60 m²", "60平米", "60平方"]))
    assert values(found, "floor_area") == [60] * 5


def test_the_mark_that_keeps_a_text_a_text_is_no_part_of_it(tmp_path: Path) -> None:
    """Excel keeps figures as text behind an apostrophe; copied elsewhere it is seen."""
    found = told(person_sheet(tmp_path, "银行卡号", ["'6222021234567890", "‘6222021234567890"]))
    assert values(found, "bank_card") == ["6222021234567890"] * 2
    found = told(person_sheet(tmp_path, "建档日期", ["'2011-7-4", "2011·7·4"]))
    assert values(found, "filed_on") == ["2011-07-04"] * 2


def test_a_day_with_its_hour_is_the_day(tmp_path: Path) -> None:
    cells = ["2011-07-04 08:30", "2011/7/4 8:30:15", "2011-07-04T08:30:00", "2011年7月4日 8:30"]
    found = told(person_sheet(tmp_path, "建档日期", cells))
    assert values(found, "filed_on") == ["2011-07-04"] * 4


def test_ticked_boxes_beside_both_words_are_an_answer(tmp_path: Path) -> None:
    cells = ["☑是 □否", "□是 ☑否", "■是□否", "是√ 否", "☑是 ☑否", "是/否", "□是 □否", "是。"]
    found = told(person_sheet(tmp_path, "是否单亲", cells))
    assert values(found, "single_parent") == [True, False, True, None, None, None, None, True]


def test_ticks_are_yes_and_empty_boxes_are_no(tmp_path: Path) -> None:
    cells = ["✓", "✔", "☑", "√", "V", "v", True, 1, "□", "☐", "×", "✗", False, 0, "也许"]
    found = told(person_sheet(tmp_path, "是否单亲", cells))
    assert values(found, "single_parent") == [True] * 8 + [False] * 6 + [None]


def test_a_ditto_in_a_cell_is_not_a_value(tmp_path: Path) -> None:
    found = told(person_sheet(tmp_path, "工作单位", ["甲厂", "同上", "〃"]))
    assert values(found, "workplace") == ["甲厂", None, None]
    assert [problem.address for problem in found.problems] == ["C3", "C4"]


# -- other programs' files


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("G01_gbk.csv", "卯一"),
        ("G02_utf8bom.csv", "卯一"),
        ("H00_badfill.xlsx", "辰零"),
        ("H03_strict.xlsx", "辰三"),
        ("H07_backslash.xlsx", "辰七"),
    ],
)
def test_files_of_other_programs_are_read(name: str, who: str) -> None:
    (row,) = sent(name).rows
    assert row.body["name"] == who
    assert len(row.body["resident_id"]) == 18


def test_a_row_outside_of_every_sheet_is_refused_at_once() -> None:
    error = refusal(SENT / "H25_row30m.xlsx")
    assert error.code == "WORKBOOK_LARGE"
    assert "30,000,000" in error.why


@pytest.mark.parametrize("mark", [",", "\t", ";", "，"])
@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_text_in_any_encoding_parted_by_any_mark(tmp_path: Path, encoding: str, mark: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    writer.writerows([[*NAMES, "家庭住址"], ["张三", f'="{ID_A}"', f'东街"1"号{mark}\n二楼']])
    path = tmp_path / "in.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    (row,) = told(path).rows
    assert row.body["resident_id"] == ID_A
    assert row.body["address"].startswith('东街"1"号')


def test_quotes_behind_a_blank_are_quotes(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f'姓名, 身份证号\n张三, "{ID_A}"\n', "utf-8")
    assert values(told(path), "resident_id") == [ID_A]


def test_quotes_that_do_not_close_are_told(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f'姓名,身份证号\n"张三,{ID_A}\n李四,{ID_B}\n', "utf-8")
    error = refusal(path)
    assert error.code == "WORKBOOK_DAMAGED"
    assert "引号" in error.why


def test_the_same_sheet_read_again_says_the_same(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "in.xlsx", [NAMES, ["张三", ID_A]])
    reading = read(path).reading
    first = [row.body for row in reading.rows(silent, Cancel())]
    assert [row.body for row in reading.rows(silent, Cancel())] == first
