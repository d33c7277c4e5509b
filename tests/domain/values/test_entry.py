"""What people type, paste or keep in Excel is understood, or refused with a sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, fields_of
from app.domain.records import TYPES
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
