"""Record names sort by the time they were made and never meet."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kernel.uuid7 import is_uuid7, uuid7

TIMES = st.integers(0, (1 << 48) - 1)
CHANCE = st.binary(min_size=10, max_size=10)


@given(TIMES, CHANCE)
def test_it_is_a_uuid_of_version_7_and_carries_its_time(now_ms: int, chance: bytes) -> None:
    name = uuid7(now_ms, chance)
    assert is_uuid7(name)
    read = uuid.UUID(name)
    assert (str(read), read.version, read.variant) == (name, 7, uuid.RFC_4122)
    assert read.int >> 80 == now_ms


@given(TIMES, TIMES, CHANCE, CHANCE)
def test_names_sort_as_their_times(one: int, other: int, first: bytes, second: bytes) -> None:
    if one < other:
        assert uuid7(one, first) < uuid7(other, second)


@given(CHANCE)
def test_74_bits_of_chance_are_kept(chance: bytes) -> None:
    number = uuid.UUID(uuid7(0, chance)).int
    kept = (number >> 64 & 0xFFF) << 62 | number & (1 << 62) - 1
    assert kept == int.from_bytes(chance, "big") & (1 << 74) - 1


def test_the_example_of_the_rfc() -> None:
    chance = (0xCC3 << 62 | 0x18C4DC0C0C07398F).to_bytes(10, "big")
    assert uuid7(0x017F22E279B0, chance) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
        "017f22e279b07cc398c4dc0c0c07398f",
        "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-18c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n",
    ],
)
def test_other_spellings_are_not_record_names(text: str) -> None:
    assert not is_uuid7(text)


@pytest.mark.parametrize(("now_ms", "chance"), [(-1, bytes(10)), (1 << 48, bytes(10)), (0, b"")])
def test_a_wrong_clock_or_too_little_chance_is_a_bug(now_ms: int, chance: bytes) -> None:
    with pytest.raises(ValueError, match=r"48 bits|random bytes"):
        uuid7(now_ms, chance)
