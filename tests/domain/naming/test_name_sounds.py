from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.naming.name_sounds import fits, has_gap, rough_sounds, sounds

NAMES = st.text(alphabet="刘勇曾单石嬿仇阿约·试例Yan x□", max_size=8)


def alike(one: str, other: str) -> bool:
    return not set(sounds(one)).isdisjoint(sounds(other))


def roughly(one: str, other: str) -> bool:
    return not set(rough_sounds(one)).isdisjoint(rough_sounds(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("刘勇", "刘永"),
        ("曾勇", "增勇"),
        ("石嬿", "石yan"),
        ("阿约·试例", "阿约试例"),
        ("刘 勇", "刘勇"),
    ],
)
def test_the_same_sound_under_other_characters(one: str, other: str) -> None:
    assert alike(one, other)


@pytest.mark.parametrize(("one", "other"), [("陈兰", "程男"), ("沈英", "神音"), ("周军", "邹军")])
def test_local_speech_does_not_keep_these_apart(one: str, other: str) -> None:
    assert not alike(one, other)
    assert roughly(one, other)


def test_zhang_and_zhan_are_two_here_as_well() -> None:
    assert not roughly("张勇", "詹勇")


def test_a_character_that_could_not_be_typed_fits_any() -> None:
    assert has_gap("王□")
    assert has_gap("王？平")
    assert not has_gap("王平")
    assert fits("王□平", "王玥萍")
    assert not fits("王□平", "王平")
    assert not fits("王□平", "李玥平")


@given(NAMES)
def test_every_name_sounds_like_itself(name: str) -> None:
    assert alike(name, name)
    assert roughly(name, name)
    assert fits(name, name)


@given(NAMES, NAMES)
def test_what_sounds_alike_sounds_roughly_alike(one: str, other: str) -> None:
    if set(sounds(one, limit=99)) & set(sounds(other, limit=99)):
        assert set(rough_sounds(one, limit=99)) & set(rough_sounds(other, limit=99))
