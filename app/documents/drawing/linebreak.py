"""Chinese line breaking: where a line may end, and how its rest is spread so that both ends align.

No closing mark begins a line and no opening mark ends one (避头尾); a number or Latin word, a 编号
(沙湾-2011-0137), “……” and “——” stay whole. A piece wider than a whole line (a long code, a row of
marks) is the one exception: it is cut where the line ends, a 编号 after its dash, since nothing may
be lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

CLOSING = frozenset("，。、；：？！）》〉」』】〕〗］｝”’…—–～－／·•％‰℃°,.;:?!)]}%/»›﹚﹜﹞")
"""Marks that must not begin a line; “……” and “——” hang on the word before them."""
OPENING = frozenset("（《〈「『【〔〖［｛“‘([{￥＄$¥№«‹﹙﹛﹝")
"""Marks that must not end a line."""
SPACES = " \u3000\xa0"
_PLAIN = re.compile(r"[A-Za-z0-9À-ɏ]+(?:[.,:/_@'+\-~&][A-Za-z0-9À-ɏ]+)*|…+|—+|[^\n]")
PIECE = re.compile(rf"[一-鿿]{{1,4}}-[一-鿿]{{0,2}}[0-9]{{4}}-[0-9]{{4,}}|{_PLAIN.pattern}")
STRETCH = 0.09
"""How far two characters may be spread, in parts of the size.

Readers take a wider gap for a space, and the copied text would be full of them.
"""
SLACK = 0.001
"""Points by which a sum of widths may be off through rounding."""

Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its text, the indent before it, and its width without the indent.

    `last` marks the end of a paragraph, which is not spread.
    """

    text: str
    indent: float
    width: float
    last: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a spread line: where it starts, and the gap after each of its characters."""

    x: float
    text: str
    gap: float


def break_text(text: str, width: float, measure: Measure, *, indent: float = 0) -> list[Line]:
    """Cut `text` into lines no wider than `width`; each of its paragraphs starts with `indent`.

    Spaces at the end of a line and empty paragraphs are dropped; every other character is kept.
    """
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        stripped = paragraph.strip(SPACES)
        if stripped:
            lines.extend(_break_paragraph(stripped, width, measure, indent))
    return lines


def _break_paragraph(text: str, width: float, measure: Measure, indent: float) -> Iterator[Line]:
    line, used, before = "", 0.0, indent
    for group, wide in _fitting(text, width - indent, measure):
        shown = measure(group.rstrip(SPACES)) if group[-1] in SPACES else wide
        if line and used + shown > width - before + SLACK:
            yield _line(line, before, measure, last=False)
            line, used, before = "", 0.0, 0.0
        line += group
        used += wide
    yield _line(line, before, measure, last=True)


def _line(text: str, indent: float, measure: Measure, *, last: bool) -> Line:
    shown = text.rstrip(SPACES)
    return Line(shown, indent, measure(shown), last)


def _fitting(text: str, width: float, measure: Measure) -> Iterator[tuple[str, float]]:
    """The groups of `text` and their widths, those wider than a line cut into pieces that fit."""
    for group in groups(text):
        wide = measure(group)
        if wide <= width + SLACK:
            yield group, wide
            continue
        for part in groups(group, _PLAIN):
            yield from _cut(part, width, measure)


def _cut(group: str, width: float, measure: Measure) -> Iterator[tuple[str, float]]:
    piece = ""
    for char in group:
        if piece and measure(piece + char) > width + SLACK:
            yield piece, measure(piece)
            piece = ""
        piece += char
    yield piece, measure(piece)


def groups(text: str, pieces: re.Pattern[str] = PIECE) -> Iterator[str]:
    """The smallest pieces of a paragraph between which a line may end."""
    group, open_end = "", True
    for match in pieces.finditer(text):
        piece = match.group()
        joins = open_end or piece[0] in CLOSING or piece[0] in SPACES
        if group and not joins:
            yield group
            group = ""
        group += piece
        if piece[0] not in SPACES:
            open_end = piece[-1] in OPENING
    if group:
        yield group


def spread(line: Line, width: float, size: float, measure: Measure) -> list[Span]:
    """Place the pieces of `line` so that it fills `width`, at letter size `size`.

    Only the gaps between Chinese characters and words grow; a line that would need gaps wider
    than `STRETCH` stays as it is.
    """
    pieces = PIECE.findall(line.text)
    gap = (width - line.indent - line.width) / max(1, len(pieces) - 1)
    if line.last or gap > size * STRETCH or gap <= 0:
        return [Span(line.indent, line.text, 0)]
    return list(_spans(pieces, line.indent, gap, measure))


def _spans(pieces: list[str], x: float, gap: float, measure: Measure) -> Iterator[Span]:
    """Single characters that follow each other make one span; a word is one by itself."""
    run = ""
    for piece in pieces:
        if len(piece) == 1:
            run += piece
            continue
        if run:
            yield Span(x, run, gap)
            x += measure(run) + gap * len(run)
            run = ""
        yield Span(x, piece, 0)
        x += measure(piece) + gap
    if run:
        yield Span(x, run, gap)
