"""ID numbers are read from paper, pasted, mistyped; each mistake has its own sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import codes
from app.domain.kernel.errors import UserError
from app.domain.values.resident_id import check_digit, mask, parse_resident_id

TODAY = date(2026, 9, 1)
BIRTHS = st.dates(date(1900, 1, 1), TODAY)
REGIONS = st.sampled_from(["511100", "511102", "511133", "510000", "810000", "830000", "999999"])


def number(region: str, birth: date, serial: int) -> str:
    first17 = f"{region}{birth:%Y%m%d}{serial:03d}"
    return first17 + check_digit(first17)


GOOD = number("511102", date(1955, 3, 8), 2)


def refused(text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        parse_resident_id(text, today=TODAY)
    return caught.value


def test_the_published_example_of_the_standard_is_right() -> None:
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


@given(REGIONS, BIRTHS, st.integers(0, 999))
def test_a_right_number_is_read_whatever_its_region_and_year(
    region: str, birth: date, serial: int
) -> None:
    read = parse_resident_id(number(region, birth, serial), today=TODAY)
    assert read.number18 == number(region, birth, serial)
    assert (read.birth, read.region, read.from_15) == (birth, region, False)
    assert codes.SEX.label_of(read.sex) == ("男" if serial % 2 else "女")


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999))
def test_an_old_number_of_15_becomes_18(birth: date, serial: int) -> None:
    read = parse_resident_id(f"511102{birth:%y%m%d}{serial:03d}")
    assert read.number18 == number("511102", birth, serial)
    assert read.from_15


@given(BIRTHS, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(
    birth: date, serial: int, place: int, shift: int
) -> None:
    right = number("511102", birth, serial)
    wrong = str((int(right[place]) + shift) % 10)
    problem = refused(right[:place] + wrong + right[place + 1 :])
    assert problem.code in {"ID_CHECK", "ID_DATE", "ID_FUTURE"}


@given(st.text(max_size=20))
def test_whatever_is_typed_gives_a_number_or_a_sentence(typed: str) -> None:
    assert refused(typed).what.endswith("。")


@pytest.mark.parametrize("region", ["511102", "511111", "511133", "511181"])
@pytest.mark.parametrize("year", [1955, 1965, 1975, 1980, 1984, 1985, 1989])
def test_older_workers_of_leshan_are_not_refused(region: str, year: int) -> None:
    assert parse_resident_id(number(region, date(year, 1, 1), 1)).birth.year == year


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_residence_permits_of_hong_kong_macau_and_taiwan_are_numbers_too(region: str) -> None:
    assert parse_resident_id(number(region, date(1980, 1, 1), 1)).region == region


def test_spaces_hyphens_width_and_small_x_do_not_matter() -> None:
    with_x = "11010519491231002X"
    for typed in (
        " 110105 19491231 002x ",
        "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "'11010519491231002X",
        "110105\u3000194912310\u200b02\u0425",
    ):
        assert parse_resident_id(typed).number18 == with_x


@pytest.mark.parametrize(
    ("typed", "code", "part"),
    [
        ("", "ID_EMPTY", "没有填"),
        (GOOD[:-1], "ID_LENGTH", "少了 1 位"),
        (GOOD + "12", "ID_LENGTH", "多了 2 位"),
        (GOOD[:6] + "O" + GOOD[7:], "ID_CHARACTER", "第 7 位“O”"),
        (GOOD[:3] + "X" + GOOD[4:], "ID_CHARACTER", "第 4 位“X”"),
        ("51110219801301001" + "0", "ID_DATE", "1980年13月01日"),
        ("511102180001010010", "ID_DATE", "1800年"),
        ("511102800230001", "ID_DATE", "1980年02月30日"),
        (number("511102", date(2030, 1, 1), 1), "ID_FUTURE", "2030年1月1日"),
        ("5.1110219800101e17", "ID_MANGLED", "无法还原"),
        ("5.1110219800101E+17", "ID_MANGLED", "文本格式"),
    ],
)
def test_each_mistake_has_its_sentence(typed: str, code: str, part: str) -> None:
    problem = refused(typed)
    assert problem.code == code
    assert part in str(problem)


def test_the_right_check_digit_is_not_given_away() -> None:
    wrong = "0" if GOOD[-1] != "0" else "1"
    problem = refused(GOOD[:-1] + wrong)
    assert problem.code == "ID_CHECK"
    assert not any(char.isdigit() or char == "X" for char in str(problem))


def test_lists_show_first_six_and_last_two_only() -> None:
    assert mask("511102195503080026") == "511102**********26"
    assert mask("511102550308002") == "511102**********02"
    assert mask("51110") == "**********"


def test_a_number_does_not_slip_into_a_report_by_its_repr() -> None:
    read = parse_resident_id(GOOD)
    assert GOOD not in repr(read)
    assert "1955" not in repr(read)
