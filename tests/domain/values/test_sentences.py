"""What is said of a value that cannot be taken: what happened, why, and what to write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.domain.kernel.errors import UserError
from app.domain.values.dates import parse_date
from app.domain.values.masking import masked
from app.domain.values.money import capital, parse_money
from app.domain.values.resident_id import check_digit, mask, parse_resident_id
from app.domain.values.uscc import parse_uscc

TODAY = date(2026, 9, 1)


def said(call: Callable[..., Any], *given: Any, **more: Any) -> tuple[str, str, str, str]:
    with pytest.raises(UserError) as refused:
        call(*given, **more)
    problem = refused.value
    return problem.code, problem.what, problem.why, problem.remedy


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2026.13.4", "没有 13 月。"),
        ("2026.0.4", "没有 0 月。"),
        ("2026-2-29", "2026年2月只有 28 天。"),
        ("2024-2-30", "2024年2月只有 29 天。"),
        ("2026.7.0", "没有 0 日。"),
        ("1899-12-31", "年份是 1899。"),
        ("2200-1-1", "年份是 2200。"),
        ("二十一月三日", "没有 21 月。"),
    ],
)
def test_a_date_that_is_none(typed: str, why: str) -> None:
    words = ("DATE_IMPOSSIBLE", f"“{typed}”这个日期不对。", why, "请改正日期。")
    assert said(parse_date, f" {typed} ", today=TODAY) == words


def test_a_date_that_cannot_be_read() -> None:
    assert said(parse_date, " 昨天 ", today=TODAY) == (
        "DATE_UNREADABLE",
        "“昨天”看不出是哪一天。",
        "",
        "请写成 2026-7-4 或 2026年7月4日 这样，年份写四位。",
    )
    assert said(parse_date, "7月4日") == (
        "DATE_NO_YEAR",
        "日期里没有年份。",
        "",
        "请写上四位的年份。",
    )


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1900-1-1", date(1900, 1, 1)),
        ("2199-12-31", date(2199, 12, 31)),
        ("2026-1-1", date(2026, 1, 1)),
        ("2026-7-4 00:00:00.0", date(2026, 7, 4)),
        ("2026-7-4T0:00", date(2026, 7, 4)),
        ("十月廿日", date(2026, 10, 20)),
        ("一月三十一日", date(2026, 1, 31)),
    ],
)
def test_the_first_and_last_days_are_days(typed: str, day: date) -> None:
    assert parse_date(typed, today=TODAY) == day


NEGATIVE = ("MONEY_NEGATIVE", "金额不能是负数。", "", "请填写大于或等于 0 的金额。")
FINE = ("MONEY_TOO_FINE", "金额最多到分。", "小数多于两位。", "请改成两位小数。")
LARGE = (
    "MONEY_TOO_LARGE",
    "金额太大。",
    "最多 9,999,999,999.99 元。",
    "请看看单位是不是多写了“万”。",
)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-5", NEGATIVE),
        ("1.005", FINE),
        ("10000000000", LARGE),
        (
            " 五百 ",
            (
                "MONEY_UNREADABLE",
                "“五百”看不出是多少钱。",
                "",
                "请写成 1000.50 或 1.5万 这样。",
            ),
        ),
    ],
)
def test_money_that_cannot_be_taken(typed: str, words: tuple[str, ...]) -> None:
    assert said(parse_money, typed) == words


def test_an_amount_that_has_no_capitals() -> None:
    assert said(capital, Decimal("-0.01")) == NEGATIVE
    assert said(capital, Decimal("0.001")) == FINE
    assert said(capital, Decimal("10000000000")) == LARGE
    assert capital(Decimal("9999999999.99")).startswith("玖拾玖亿")


def test_nothing_may_be_written_with_a_minus() -> None:
    assert parse_money("-0") == 0


def numbered(first17: str) -> str:
    return first17 + check_digit(first17)


GOOD = numbered("51110219900307001")
MANGLED = (
    "ID_MANGLED",
    "身份证号被表格存成了数字。",
    "后几位已经丢失，无法还原。",
    "请把这一列设为文本格式，再照证件重新填写。",
)
BIRTH = "请核对从第 7 位开始的年月日。"


def character(place: int, char: str) -> tuple[str, ...]:
    return (
        "ID_CHARACTER",
        f"身份证号第 {place} 位“{char}”不对。",
        "只能是数字，第 18 位还可以是 X。",
        "请改正这一位。",
    )


def length(count: int, why: str) -> tuple[str, ...]:
    return ("ID_LENGTH", f"身份证号应是 18 位，现在是 {count} 位。", why, "请照证件核对。")


def birth(why: str) -> tuple[str, ...]:
    return (
        "ID_DATE",
        "身份证号里的出生日期不对。",
        f"{why}不是可能的出生日期。",
        BIRTH,
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (" ", ("ID_EMPTY", "没有填身份证号。", "", "")),
        ("5.11102E+17", MANGLED),
        ("511102e17", MANGLED),
        ("511102199003070019.0", MANGLED),
        (GOOD[:17] + "A", character(18, "A")),
        ("X" + GOOD[1:], character(1, "X")),
        (GOOD[:16], length(16, "少了 2 位。")),
        (GOOD[:14], length(14, "少了 4 位。")),
        (GOOD + "9", length(19, "多了 1 位。")),
        (numbered("51110219900230001"), birth("1990年02月30日")),
        (numbered("51110218991231001"), birth("1899年12月31日")),
        ("511102900230001", birth("1990年02月30日")),
        (
            numbered("51110220260902001"),
            (
                "ID_FUTURE",
                "身份证号里的出生日期在今天之后。",
                "读到的是2026年9月2日。",
                BIRTH,
            ),
        ),
        (
            GOOD[:17] + ("0" if GOOD[17] != "0" else "1"),
            (
                "ID_CHECK",
                "身份证号不对。",
                "最后一位和前面的数字对不上，其中有一位写错了。",
                "请照证件逐位核对。",
            ),
        ),
    ],
)
def test_a_number_that_is_none(typed: str, words: tuple[str, ...]) -> None:
    assert said(parse_resident_id, typed, today=TODAY) == words


@pytest.mark.parametrize(
    ("typed", "born", "sex"),
    [
        (numbered("51110219000101001"), date(1900, 1, 1), "1"),
        (numbered("51110220260901002"), TODAY, "2"),
        ("'" + GOOD + "’", date(1990, 3, 7), "1"),
    ],
)
def test_a_number_that_is_one(typed: str, born: date, sex: str) -> None:
    found = parse_resident_id(typed, today=TODAY)
    assert (found.birth, found.sex, found.region, found.from_15) == (born, sex, "511102", False)
    assert found.number18 == typed.strip("'’")


def test_a_number_of_15_becomes_one_of_18() -> None:
    found = parse_resident_id("511102900307001")
    assert (found.number18, found.from_15, found.region) == (GOOD, True, "511102")
    assert parse_resident_id(numbered("51110220990101001")).birth == date(2099, 1, 1)


def credit_character(place: int, char: str, remedy: str) -> tuple[str, ...]:
    return (
        "USCC_CHARACTER",
        f"统一社会信用代码第 {place} 位“{char}”不对。",
        "代码只用数字和大写字母，没有 I、O、S、V、Z。",
        remedy,
    )


def credit_length(count: int, why: str) -> tuple[str, ...]:
    return (
        "USCC_LENGTH",
        f"统一社会信用代码应是 18 位，现在是 {count} 位。",
        why,
        "请照证照核对。",
    )


REGION = ("USCC_REGION", "统一社会信用代码第 3 到 8 位应是数字。")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("' ", ("USCC_EMPTY", "没有填统一社会信用代码。", "", "")),
        ("91350100M000100Y4I", credit_character(18, "I", "可能是数字 1。请改正这一位。")),
        (
            "91350100M0001O0Y43",
            credit_character(14, "O", "可能是数字 0 或字母 Q。请改正这一位。"),
        ),
        ("无1350100M000100Y43", credit_character(1, "无", "请改正这一位。")),
        ("91350100M000100Y4", credit_length(17, "少了 1 位。")),
        ("91350100M000100Y433", credit_length(19, "多了 1 位。")),
        ("511100000012345", credit_length(15, "这像是旧的营业执照注册号。")),
        ("51110000001234A", credit_length(15, "少了 3 位。")),
        ("20695123X", credit_length(9, "这像是旧的组织机构代码。")),
        ("91A50100M000100Y43", (*REGION, "现在是“A50100”。", "请照证照核对。")),
        ("9135010AM000100Y43", (*REGION, "现在是“35010A”。", "请照证照核对。")),
        (
            "91350100M000100Y44",
            (
                "USCC_CHECK",
                "统一社会信用代码不对。",
                "最后一位和前面的对不上，其中有一位写错了。",
                "请照证照逐位核对。",
            ),
        ),
    ],
)
def test_a_credit_code_that_is_none(typed: str, words: tuple[str, ...]) -> None:
    assert said(parse_uscc, typed) == words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("511102199003070019", "511102**********19"),
        ("51110219900307001X", "511102**********1X"),
        ("511102900307001", "511102*******01"),
        ("51110290030700", "******"),
        ("13900000007", "139******07"),
        ("139000000070", "******"),
        ("1390000000", "******"),
        ("5111021990030700XX", "******"),
        ("沙湾区某某路12345号", "******"),
        ("１３９００００００７７", "******"),
    ],
)
def test_long_numbers_keep_their_ends_and_all_else_is_stars(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_the_mask_of_a_list_has_one_width() -> None:
    assert mask(GOOD) == "511102**********" + GOOD[-2:]
    assert mask("511102900307001") == "511102**********01"
    assert mask("51110290030700") == mask("") == "*" * 10
