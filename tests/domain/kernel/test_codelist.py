"""A clerk picks from a list, or writes the word in a workbook, in many spellings."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import codes
from app.domain.kernel.codelist import Code, CodeList
from app.domain.kernel.text import lookup_key

LISTS = [pytest.param(one, id=one.name) for one in codes.ALL]
ANY_CODE = st.sampled_from([(one, code) for one in codes.ALL for code in one])
SAME_NAME_AS_SECTION = {"房地产业", "教育", "国际组织"}


@pytest.mark.parametrize("codelist", LISTS)
def test_values_are_short_and_plain_for_they_travel(codelist: CodeList) -> None:
    for code in codelist:
        assert code.value.isascii()
        assert 0 < len(code.value) <= 20
        assert code.label


@pytest.mark.parametrize("codelist", LISTS)
def test_no_spelling_means_two_things(codelist: CodeList) -> None:
    meanings = Counter(
        key
        for code in codelist
        for key in {lookup_key(text) for text in (code.value, code.label, *code.aliases)}
    )
    doubled = {key for key, times in meanings.items() if times > 1}
    assert doubled <= SAME_NAME_AS_SECTION


def test_every_list_has_its_own_name() -> None:
    assert len({one.name for one in codes.ALL}) == len(codes.ALL)
    assert [one.name for one in codes.ALL] == sorted(one.name for one in codes.ALL)


@given(ANY_CODE, st.sampled_from(["", " ", "\u3000", "\u200b"]))
def test_value_label_and_alias_are_found_with_stray_spaces(
    pair: tuple[CodeList, Code], stray: str
) -> None:
    codelist, code = pair
    for text in (code.value, code.label, *code.aliases):
        found = codelist.find(stray + text + stray)
        assert found is not None
        assert found == code or code.label in SAME_NAME_AS_SECTION
    assert code.value in codelist
    assert codelist.label_of(code.value) == code.label


@pytest.mark.parametrize(
    ("codelist", "written", "value"),
    [
        (codes.SEX, "女", "2"),
        (codes.SEX, "２", "2"),
        (codes.NATIONALITY, "彝", "07"),
        (codes.NATIONALITY, "yi", "07"),
        (codes.UNIT_KIND, "县(市、区)总工会", "county"),
        (codes.AREA_KIND, "开发区 (园区)", "zone"),
        (codes.SIX_ITEMS, "走访慰问到位", "visit"),
        (codes.WARNING_LEVEL, "橙", "major"),
        (codes.MARRIAGE, "离婚", "40"),
        (codes.INDICATOR_UNIT, "％", "percent"),
        (codes.INDICATOR_UNIT, "\u200b%", "percent"),
        (codes.INDUSTRY, "房地产业", "70"),
        (codes.PROGRAMME, "进千户企业，访万名职工", "thousand_visits"),
    ],
)
def test_what_clerks_write_is_understood(codelist: CodeList, written: str, value: str) -> None:
    found = codelist.find(written)
    assert found is not None
    assert found.value == value


def test_what_is_not_in_the_list_is_not_guessed() -> None:
    assert codes.SEX.find("不详") is None
    assert codes.SEX.find("") is None
    assert "3" not in codes.SEX


def test_a_value_of_a_newer_list_is_shown_as_it_is() -> None:
    assert codes.CASE_STAGE.label_of("reopened") == "reopened"


def test_a_doubled_value_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        CodeList.of("x", "某", "1 甲\n1 乙")


def test_the_standards_are_complete() -> None:
    assert [code.value for code in codes.NATIONALITY][:56] == [f"{n:02d}" for n in range(1, 57)]
    values = [code.value for code in codes.INDUSTRY]
    assert [value for value in values if value.isdigit()] == [f"{n:02d}" for n in range(1, 98)]
    assert [value for value in values if value.isalpha()] == list("ABCDEFGHIJKLMNOPQRST")


@pytest.mark.parametrize(
    ("industry", "section"), [("C", "C"), ("13", "C"), ("43", "C"), ("97", "T"), ("??", "")]
)
def test_a_division_knows_its_section(industry: str, section: str) -> None:
    assert codes.section_of(industry) == section


def test_the_six_items_and_the_four_are_as_the_document_has_them() -> None:
    assert [code.label for code in codes.SIX_ITEMS] == [
        "走访慰问",
        "政策宣传",
        "调查研究",
        "指导服务",
        "困难帮扶",
        "心理疏导",
    ]
    assert len(codes.FOUR_FRONT) == 4
    assert [code.label for code in codes.PRIORITY] == [
        "宣传政策法规",
        "倾听职工诉求",
        "协调解决困难",
        "推动工作发展",
    ]
