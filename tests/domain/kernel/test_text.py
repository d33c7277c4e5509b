"""Names and prose pasted from anywhere come out clean, and nothing is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kernel import text

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=6)
ANY = st.text(max_size=40)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("刘  勇", "刘勇"),
        (" 谢\u3000\u3000昆 ", "谢昆"),
        ("王 小 明", "王小明"),
        ("阿衣\u2022史布", "阿衣·史布"),
        ("阿衣 \u30fb 史布", "阿衣·史布"),
        ("阿衣\uff0e史布", "阿衣·史布"),
        ("⻢边", "马边"),
        ("⼯会", "工会"),
        ("\ufeff陈德生\u200b", "陈德生"),
        ("𬭎𫍯", "𬭎𫍯"),
        ("乐山电力（集团）公司", "乐山电力（集团）公司"),
        ("Nestle  China", "Nestle China"),
        ("阿尔  日落", "阿尔 日落"),
        ("杨建春\t", "杨建春"),
        ("", ""),
    ],
)
def test_a_name_is_kept_as_people_mean_it(typed: str, kept: str) -> None:
    assert text.clean_name(typed) == kept


@pytest.mark.parametrize("dot", "\u2022\u30fb\u2027\u2219\u22c5\uff0e\uff65\u00b7")
def test_every_middle_dot_is_the_one_of_the_rule(dot: str) -> None:
    assert text.clean_name(f"阿衣{dot}史布") == "阿衣\u00b7史布"


def test_prose_keeps_its_marks_and_loses_only_control_characters() -> None:
    pasted = "一、⾦⼝河（⻢边）：很好，\r\n第二行\x00\x07\t后\u2028末\x85尾\ud800\ufffe\uffff"
    assert text.clean_text(pasted) == "一、金口河（马边）：很好，\n第二行 后\n末\n尾"


def test_both_radical_blocks_are_mended_whole() -> None:
    supplement = [
        chr(point)
        for point in range(0x2E81, 0x2F00)
        if unicodedata.category(chr(point)) != "Cn" and point != 0x2E9A
    ]
    kangxi = [chr(point) for point in range(0x2F00, 0x2FD6)]
    for radical in supplement + kangxi:
        mended = text.clean_text(radical)
        assert len(mended) == 1
        assert unicodedata.name(mended).startswith("CJK UNIFIED IDEOGRAPH")
    assert len(supplement) == 114
    assert text.clean_text("⻢⻓⻔⻅⻋⻰⺠") == "马长门见车龙民"


@given(ANY)
def test_cleaning_twice_is_cleaning_once(typed: str) -> None:
    once = text.clean_name(typed)
    assert text.clean_name(once) == once
    prose = text.clean_text(typed)
    assert text.clean_text(prose) == prose
    assert text.fold_digits(text.fold_digits(typed)) == text.fold_digits(typed)


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], max_codepoint=0x2E7F)))
def test_ordinary_prose_is_not_touched(prose: str) -> None:
    assert text.clean_text(prose) == prose


def test_figures_of_any_width_are_plain() -> None:
    assert text.fold_digits("１２３．５－６　７：８") == "123.5-6 7:8"
    assert text.fold_digits("￥１，０００") == "¥1,000"


@pytest.mark.parametrize(
    "spelling",
    [
        "嘉华集团",
        "嘉华集团公司",
        "嘉华集团有限公司",
        "嘉华（集团）有限责任公司",
        " 嘉华 (集团) 股份有限公司",
        "嘉华公司",
        "嘉　华",
    ],
)
def test_the_same_enterprise_is_found_under_many_endings(spelling: str) -> None:
    assert text.match_key(spelling) == "嘉华"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中国电信乐山分公司", "中国电信乐山公司"),
        ("嘉阳集团", "嘉阳电力公司"),
        ("恒宇机械厂", "恒宇公司"),
    ],
)
def test_different_enterprises_stay_different(one: str, other: str) -> None:
    assert text.match_key(one) != text.match_key(other)


def test_an_electronics_company_is_no_branch() -> None:
    assert text.match_key("乐山电子公司") == text.match_key("乐山电子有限责任公司")


def test_a_bare_ending_is_a_name_too() -> None:
    assert text.match_key("公司") == "公司"
    assert text.match_key("（）") == "()"


def test_a_person_is_found_without_dots_and_spaces() -> None:
    assert text.match_key("阿衣\u2022史布") == text.match_key("阿衣史布")
    assert text.match_key("刘  勇") == text.match_key("刘勇")


def test_names_and_aliases_meet() -> None:
    assert text.match_keys(["五通桥区", "五通"]) & text.match_keys(["五通"])
    assert text.match_keys(["", " "]) == frozenset()


@given(HAN, st.sampled_from(["", "公司", "有限公司", "集团公司", "集团有限责任公司"]))
def test_a_match_key_is_its_own_match_key(name: str, ending: str) -> None:
    key = text.match_key(name + ending)
    assert text.match_key(key) == key
    assert key == text.match_key(name)


def test_length_counts_characters_as_people_do() -> None:
    assert text.length("𬭎𫍯𬭎") == 3


@given(st.text(st.sampled_from("刘勇齉乀Aa9（）()-·% 　Ⅷ㎏"), max_size=8))
def test_the_short_way_to_a_key_ends_where_the_long_one_does(name: str) -> None:
    # A narrow space sends the text the long way, and does not count.
    assert text.lookup_key(name) == text.lookup_key(f"{name}\u2009")
