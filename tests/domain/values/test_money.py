"""Money as clerks type it, and as the receipt has it in capitals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kernel.errors import UserError
from app.domain.values.money import LARGEST, capital, format_money, parse_money

AMOUNTS = st.integers(0, int(LARGEST * 100)).map(lambda fen: Decimal(fen) / 100)
ROUND_AMOUNTS = st.builds(
    lambda digit, zeros, rest: Decimal(digit * 10**zeros + rest) / 100,
    st.integers(1, 9),
    st.integers(0, 11),
    st.sampled_from([0, 1, 10, 100, 1000, 100000, 1000000]),
)


def read_capital(words: str) -> Decimal:
    """Read capitals the slow way: each unit multiplies what stands before it."""
    values = {word: value for value, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
    places = {"拾": 10, "佰": 100, "仟": 1000}
    total = section = digit = 0
    fen = 0
    for word in words.removesuffix("整"):
        if word in values:
            digit = values[word]
        elif word in places:
            section, digit = section + digit * places[word], 0
        elif word in {"亿", "万"}:
            total += (section + digit) * (10**8 if word == "亿" else 10**4)
            section = digit = 0
        elif word == "元":
            total, section, digit = total + section + digit, 0, 0
        else:
            fen, digit = fen + digit * (10 if word == "角" else 1), 0
    return Decimal(total) + Decimal(fen) / 100


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("1000", "1000.00"),
        ("'1000", "1000.00"),
        (" 1000’ ", "1000.00"),
        ("1,000.50", "1000.50"),
        ("１，０００．５", "1000.50"),
        ("￥500", "500.00"),
        ("¥ 500元", "500.00"),
        ("人民币500元整", "500.00"),
        ("1万", "10000.00"),
        ("1.5万元", "15000.00"),
        ("2.58 万", "25800.00"),
        ("0.5亿", "50000000.00"),
        ("3千", "3000.00"),
        ("1 000.50", "1000.50"),
        (".5", "0.50"),
        ("12.", "12.00"),
        ("0", "0.00"),
        ("9999999999.99", "9999999999.99"),
    ],
)
def test_what_clerks_type_is_understood(typed: str, yuan: str) -> None:
    assert str(parse_money(typed)) == yuan


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "MONEY_UNREADABLE"),
        ("元", "MONEY_UNREADABLE"),
        ("RMB", "MONEY_UNREADABLE"),
        ("X1000", "MONEY_UNREADABLE"),
        ("五百", "MONEY_UNREADABLE"),
        ("12,5", "MONEY_UNREADABLE"),
        ("1,0000", "MONEY_UNREADABLE"),
        ("100\t200", "MONEY_UNREADABLE"),
        ("1e5", "MONEY_UNREADABLE"),
        ("-5", "MONEY_NEGATIVE"),
        ("－5元", "MONEY_NEGATIVE"),
        ("1.005", "MONEY_TOO_FINE"),
        ("1.2345678万", "MONEY_TOO_FINE"),
        ("10000000000", "MONEY_TOO_LARGE"),
        ("100亿", "MONEY_TOO_LARGE"),
        ("9" * 40, "MONEY_TOO_LARGE"),
    ],
)
def test_what_is_unclear_is_refused_with_a_sentence(typed: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_money(typed)
    assert refused.value.code == code
    assert refused.value.what.endswith("。")


@given(AMOUNTS)
def test_what_is_shown_is_read_again(amount: Decimal) -> None:
    assert parse_money(format_money(amount)) == amount
    assert parse_money(f"￥{amount}元") == amount


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角"),
        ("2000", "贰仟元整"),
        ("10", "壹拾元整"),
        ("1.05", "壹元零伍分"),
        ("11000", "壹万壹仟元整"),
        ("110000000", "壹亿壹仟万元整"),
        ("10500.5", "壹万零伍佰元伍角"),
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("100010", "壹拾万零壹拾元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("100001000", "壹亿零壹仟元整"),
        ("100000001", "壹亿零壹元整"),
        ("1000000000", "壹拾亿元整"),
        ("9999999999.99", "玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_capitals_are_as_the_cashier_writes_them(yuan: str, words: str) -> None:
    assert capital(Decimal(yuan)) == words


@given(AMOUNTS | ROUND_AMOUNTS)
def test_capitals_say_the_same_amount(amount: Decimal) -> None:
    words = capital(amount)
    assert read_capital(words) == amount
    assert "零零" not in words
    assert amount == 0 or not words.startswith("零")


@pytest.mark.parametrize("yuan", ["-1", "0.001", "10000000000"])
def test_capitals_refuse_what_cannot_be_paid(yuan: str) -> None:
    with pytest.raises(UserError):
        capital(Decimal(yuan))
