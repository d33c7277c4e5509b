"""A clerk types initials and finds the person, whatever the reading of the surname."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.naming.pinyin import initials, initials_key, letters, matcher, matches

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("zq", "曾强"),
        ("sxx", "单雄信"),
        ("o", "区伯"),
        ("qy", "仇英"),
        ("zlj", "查良杰"),
        ("cyjt", "长药集团"),
        ("jf", "解放"),
        ("xj", "解晋"),
        ("qw", "犍为县"),
        ("qb", "荍坝镇"),
        ("yc", "漹城街道"),
        ("wtq", "乐山市五通桥区"),
        ("aysb", "阿衣·史布"),
        ("WTQ", "五通桥"),
        ("曾q", "曾强"),
        ("z强", "曾强"),
        ("曾强", "曾强"),
        ("abcg", "ABC公司"),
        ("38s", "三八38商场"),
        ("hx", "𬭎𫍯"),
        ("", "谁都行"),
    ],
)
def test_initials_find_the_name(query: str, name: str) -> None:
    assert matches(query, name)


@pytest.mark.parametrize(
    ("query", "name"), [("zz", "曾强"), ("zq", "曾小强"), ("qz", "曾强"), ("曾z", "曾强")]
)
def test_other_initials_do_not(query: str, name: str) -> None:
    assert not matches(query, name)


@given(HAN)
def test_every_string_of_initials_finds_its_own_name(name: str) -> None:
    key = initials_key(name)
    for one in initials(name):
        assert matcher(one)(key)
        assert len(one) == len(name)


@given(HAN, st.data())
def test_any_reading_of_any_stretch_finds_the_name(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    query = "".join(data.draw(st.sampled_from(letters(char) or char)) for char in name[start:end])
    assert matches(query, name)


@given(st.text(max_size=8), st.text(max_size=12))
def test_any_text_may_be_asked_for(query: str, name: str) -> None:
    assert isinstance(matches(query, name), bool)


def test_a_surname_keeps_its_readings_when_there_are_too_many() -> None:
    many = initials("单" * 12, limit=9)
    assert len(many) == 9
    assert {one[0] for one in many} == set(letters("单"))
