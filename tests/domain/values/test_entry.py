"""What people type, paste or keep in Excel is understood, or refused with a sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import ExtraField, FieldSpec, Kind, fields_of
from app.domain.records import TYPES, Campaign
from app.domain.values.entry import read_body, read_value

TODAY = dt.date(2011, 12, 1)


def spec(type_name: str, name: str) -> FieldSpec:
    return next(one for one in fields_of(TYPES[type_name]) if one.name == name)


@pytest.mark.parametrize(
    ("type_name", "name", "typed", "value"),
    [
        ("visit", "headcount", "1250人", 1250),
        ("visit", "headcount", "１，２５０", 1250),
        ("visit", "headcount", 1250.0, 1250),
        ("visit", "visited_on", "2011.7.20", "2011-07-20"),
        ("visit", "visited_on", "20110720", "2011-07-20"),
        ("visit", "visited_on", "七月二十日", "2011-07-20"),
        ("visit", "visited_on", dt.date(2011, 7, 20), "2011-07-20"),
        ("visit", "leaders", "李明书、付志勇", ["李明书", "付志勇"]),
        ("visit", "leaders", ["刘  勇"], ["刘勇"]),
        ("visit", "methods", "座谈会；问卷调查", ["meeting", "questionnaire"]),
        ("visit", "discipline", "是", True),
        ("visit", "discipline", "×", False),
        ("visit", "opinions", "一、\r\n二、", "一、\n二、"),
        ("person", "name", " 阿尔•日古 ", "阿尔·日古"),
        ("person", "name", "䶮", "䶮"),
        ("person", "resident_id", "５１１１０２ 19800101 0014", None),
        ("person", "sex", "女", "2"),
        ("aid", "money", "1,000.50", "1000.50"),
        ("aid", "money", "1.5万元", "15000.00"),
        ("aid", "money", 300.5, "300.50"),
        ("hazard", "found_at", "2011-07-20 14:30", "2011-07-20T14:30:00+08:00"),
        ("hazard", "found_at", "2011-07-20T14:30:00+08:00", "2011-07-20T14:30:00+08:00"),
        ("hazard", "found_at", "2011年7月20日 9时5分", "2011-07-20T09:05:00+08:00"),
    ],
)
def test_forgiving_entry(type_name: str, name: str, typed: object, value: Any) -> None:
    field = spec(type_name, name)
    if value is None:
        with pytest.raises(UserError, match="身份证号"):
            read_value(field, typed, TODAY)
    else:
        assert read_value(field, typed, TODAY) == value


@pytest.mark.parametrize(
    ("type_name", "name", "typed"),
    [
        ("visit", "headcount", "一千多"),
        ("visit", "headcount", True),
        ("visit", "headcount", "12.5"),
        ("visit", "visited_on", "2011-02-30"),
        ("visit", "discipline", "也许"),
        ("visit", "methods", "打电话聊天"),
        ("visit", "enterprise_name", ["甲", "乙"]),
        ("person", "resident_id", 5.1110219800101e17),
        ("person", "family", "妻子"),
        ("person", "family", ["妻子"]),
        ("aid", "money", "-5"),
        ("aid", "money", "很多"),
        ("hazard", "found_at", "2011-07-20 25:99"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_the_field_named(
    type_name: str, name: str, typed: object
) -> None:
    field = spec(type_name, name)
    with pytest.raises(UserError) as refusal:
        read_value(field, typed, TODAY)
    assert refusal.value.code == "ENTRY"
    assert field.label in refusal.value.what


@pytest.mark.parametrize("nothing", [None, "", "   ", [], {}])
def test_empty_is_absent(nothing: object) -> None:
    assert read_value(spec("visit", "headcount"), nothing, TODAY) is None


def test_a_body_is_read_by_names_or_labels_and_rows_get_an_id() -> None:
    body = read_body(
        fields_of(TYPES["person"]),
        {"姓名": "甲", "family": [{"姓名": "乙", "关系": "配偶"}, {"name": "丙", "关系": "子"}]},
        TODAY,
    )
    assert body["name"] == "甲"
    assert [row["id"] for row in body["family"]] == ["r1", "r2"]
    assert body["family"][0]["name"] == "乙"


def test_a_misspelt_heading_is_never_lost() -> None:
    with pytest.raises(UserError, match="身份证号码") as refusal:
        read_body(fields_of(TYPES["person"]), {"身份证号码": "x"}, TODAY)
    assert refusal.value.code == "UNKNOWN_FIELD"


@pytest.mark.parametrize(
    ("type_name", "name", "typed", "what", "remedy"),
    [
        ("visit", "headcount", True, "应填写整数。", ""),
        ("visit", "headcount", "一千多", "“一千多”不是整数。", "请只填写数字。"),
        ("visit", "discipline", "也许", "“也许”看不出是还是否。", "请填写“是”或“否”。"),
        ("visit", "enterprise_name", ["甲", "乙"], "这里只能填一个值。", ""),
        (
            "person",
            "resident_id",
            5.1e17,
            "这一格被存成了数字，可能已经变样。",
            "请把单元格改为文本格式后重新填写。",
        ),
        ("person", "sex", "猫", "没有“猫”这个选项。", "可以填写：男、女、未说明。"),
        ("person", "family", "妻子", "应是若干行。", ""),
        ("person", "family", [{"name": "乙"}, "妻子"], "第2行的内容不完整。", ""),
        ("hazard", "found_at", "2011-07-20 25:99", "“25:99”不是时间。", "请写成 14:30。"),
        ("hazard", "found_at", "2011-07-20 14点半", "“14点半”不是时间。", "请写成 14:30。"),
        ("hazard", "found_at", "2011-07-20 1:2:3:4", "“1:2:3:4”不是时间。", "请写成 14:30。"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_write(
    type_name: str, name: str, typed: object, what: str, remedy: str
) -> None:
    field = spec(type_name, name)
    with pytest.raises(UserError) as refusal:
        read_value(field, typed, TODAY)
    assert refusal.value.what == f"“{field.label}”：{what}"
    assert refusal.value.remedy == remedy


def test_a_long_list_of_choices_is_cut() -> None:
    with pytest.raises(UserError) as refusal:
        read_value(spec("person", "nationality"), "火星", TODAY)
    shown = refusal.value.remedy.removeprefix("可以填写：").removesuffix("。")
    assert shown.endswith("……")
    assert len(shown.removesuffix("……")) == 80


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2011-07-20 9时5分7秒", "2011-07-20T09:05:07+08:00"),
        ("2011-07-20 9点", "2011-07-20T09:00:00+08:00"),
        ("7月20日 14:30", "2011-07-20T14:30:00+08:00"),
        ("7月20日", "2011-07-20T00:00:00+08:00"),
        ("7月20日 14: 30", "2011-07-20T14:30:00+08:00"),
        (dt.datetime.fromisoformat("2011-07-20T09:05"), "2011-07-20T09:05:00+08:00"),
    ],
)
def test_a_moment_is_read_to_the_second(typed: object, value: str) -> None:
    assert read_value(spec("hazard", "found_at"), typed, TODAY) == value


def test_money_is_never_written_with_an_exponent() -> None:
    assert read_value(spec("aid", "money"), "0.00", TODAY) == "0.00"
    assert read_value(spec("aid", "money"), 1e6, TODAY) == "1000000.00"
    assert read_value(spec("aid", "money"), 0.1 + 0.2, TODAY) == "0.30"


def test_a_flag_is_read_in_capitals_and_full_width_too() -> None:
    for typed, value in [("Ｙ", True), ("YES", True), ("N", False), ("０", False)]:
        assert read_value(spec("visit", "discipline"), typed, TODAY) is value


def test_a_label_with_a_mark_of_its_own_stays_one() -> None:
    codes = spec("visit", "programmes").field.codes
    assert codes is not None
    marked = [code for code in codes if "、" in code.label]
    plain = next(code for code in codes if "、" not in code.label)
    assert marked
    for code in marked:
        typed = f"{plain.label}、{code.label}；{plain.label}"
        assert read_value(spec("visit", "programmes"), typed, TODAY) == [plain.value, code.value]


def test_the_parts_of_a_list_are_taken_one_by_one() -> None:
    """Only in one typed text may a mark belong to a label."""
    codes = spec("visit", "programmes").field.codes
    assert codes is not None
    halves = next(code.label.split("、") for code in codes if "、" in code.label)
    with pytest.raises(UserError) as refusal:
        read_value(spec("visit", "programmes"), halves, TODAY)
    assert f"没有“{halves[0]}”这个选项。" in refusal.value.what


def test_a_day_in_a_row_is_of_this_year_as_everywhere() -> None:
    rows = read_value(spec("campaign", "phases"), [{"title": "走访", "ends": "7月20日"}], TODAY)
    assert rows == [{"id": "r1", "title": "走访", "ends": "2011-07-20"}]


def test_what_a_campaign_adds_goes_into_extra() -> None:
    added = ExtraField(type="visit", name="season", label="季节", kind=Kind.TEXT)
    other = ExtraField(type="visit", name="weather", label="天气", kind=Kind.TEXT)
    specs = fields_of(TYPES["visit"], Campaign(code="c", extra_fields=(added, other)))
    assert read_body(specs, {"季节": "夏"}, TODAY) == {"extra": {"season": "夏"}}
    assert read_body(specs, {"opinions": "无"}, TODAY) == {"opinions": "无"}
    both = {"extra": {"season": "春"}, "天气": "晴", "weather": "晴"}
    assert read_body(specs, both, TODAY)["extra"] == {"season": "春", "weather": "晴"}


def test_a_name_that_is_no_field_says_where_to_look() -> None:
    with pytest.raises(UserError) as refusal:
        read_body(fields_of(TYPES["person"]), {"身份证号码": "x"}, TODAY)
    assert refusal.value.what == "没有“身份证号码”这一项。"
    assert refusal.value.remedy == "请对照模板检查名称。"
