"""Where Chinese lines may end."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from app.documents.drawing.linebreak import (
    CLOSING,
    OPENING,
    PIECE,
    SPACES,
    break_text,
    groups,
    spread,
)

SIZE = 12.0


def measure(text: str) -> float:
    return sum(SIZE if ord(char) > 0x2000 else SIZE / 2 for char in text)


def broken(text: str, characters: int, indent: float = 0) -> list[str]:
    return [line.text for line in break_text(text, characters * SIZE, measure, indent=indent)]


WORDS = st.sampled_from("2011 3,250.50 12 QQ zhang@union.cn …… —— 阿尔·日古 《 》 “ ”".split())
SINGLE = st.sampled_from("企业工会职工的建议一二三，。、；：？！（）‘’【】·% \u3000")
TEXTS = st.lists(WORDS | SINGLE, max_size=60).map("".join)
LONG_TEXTS = st.lists(st.sampled_from("走访企业，。（）“”A1…\n 　"), max_size=200).map("".join)


@given(text=TEXTS, characters=st.integers(8, 30))
@example(text="201120112011《 2011", characters=8)
def test_no_mark_stands_where_it_must_not(text: str, characters: int) -> None:
    width = characters * SIZE
    if any(measure(group) > width for group in groups(text)):
        return
    lines = broken(text, characters)
    assert not [line for line in lines[1:] if line[0] in CLOSING]
    assert not [line for line in lines[:-1] if line[-1] in OPENING]


@given(text=TEXTS, characters=st.integers(8, 30))
def test_numbers_words_and_double_marks_stay_whole(text: str, characters: int) -> None:
    width = characters * SIZE
    if any(measure(group) > width for group in groups(text)):
        return
    pieces = [piece for piece in PIECE.findall(text) if piece not in SPACES]
    kept = [
        piece
        for line in broken(text, characters)
        for piece in PIECE.findall(line)
        if piece not in SPACES
    ]
    assert kept == pieces


@given(text=LONG_TEXTS, characters=st.integers(3, 12))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, characters: int) -> None:
    lines = break_text(text, characters * SIZE, measure, indent=2 * SIZE)
    assert "".join("".join(line.text for line in lines).split()) == "".join(text.split())
    for line in lines:
        assert line.indent + line.width <= characters * SIZE + 0.01


@given(text=TEXTS, characters=st.integers(8, 30))
def test_a_spread_line_fills_its_width_and_keeps_its_text(text: str, characters: int) -> None:
    width = characters * SIZE
    for line in break_text(text, width, measure, indent=2 * SIZE):
        spans = spread(line, width, SIZE, measure)
        assert "".join(span.text for span in spans) == line.text
        last = spans[-1]
        end = last.x + measure(last.text) + last.gap * (len(last.text) - 1)
        assert end <= width + 0.01
        assert line.last or end > width - 0.01 or len({span.gap for span in spans}) == 1


def test_only_the_first_line_of_a_paragraph_is_indented() -> None:
    lines = break_text("一是用工短缺。\n\n　　二是班车", 4 * SIZE, measure, indent=2 * SIZE)
    assert [(line.text, line.indent, line.last) for line in lines] == [
        ("一是", 2 * SIZE, False),
        ("用工短", 0, False),
        ("缺。", 0, True),
        ("二是", 2 * SIZE, False),
        ("班车", 0, True),
    ]


def test_a_code_longer_than_a_line_is_cut_rather_than_lost() -> None:
    assert broken("编号A23456789012345", 4) == ["编号", "A2345678", "9012345"]


def test_a_name_is_broken_after_its_dot_only() -> None:
    assert broken("阿尔·日古", 3) == ["阿尔·", "日古"]
    assert not re.search(r"^·", "\n".join(broken("吉克曲一·阿木" * 5, 5)), re.MULTILINE)


def test_a_number_of_a_record_stays_whole_and_ends_a_narrow_line_at_its_dash() -> None:
    told = "沙湾-困2012-0137、五通桥-2012-0008"
    assert broken(told, 10) == ["沙湾-困2012-0137、", "五通桥-2012-0008"]
    assert broken("沙湾-2012-0137", 5) == ["沙湾-", "2012-0137"]
