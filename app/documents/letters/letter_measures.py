"""The measures of GB/T 9704-2012 that the PDF and the .docx share; lengths in points.

版心 156 × 225 mm, 天头 37 mm, 订口 28 mm; 22 lines of 28 characters. Twenty-eight characters of
三号 (16 pt) are wider than the 版心, so their pitch is 15.75 pt.
"""

from __future__ import annotations

from app.documents.letters.letter import Grid

MM = 72 / 25.4
TOP, LEFT, WIDTH, HEIGHT = 37 * MM, 28 * MM, 156 * MM, 225 * MM
PER_LINE, LINES = 28, 22
CHARACTER = 15.75
"""The pitch of the characters, and in the PDF their size."""

TEXT_WIDTH = PER_LINE * CHARACTER
LEADING = HEIGHT / LINES
TITLE_SIZE, TITLE_LEADING = 22.0, 34.0
TABLE_SIZE, CAPTION_SIZE = 10.5, 14.0
NUMBER_SIZE = 14.0
NUMBER_BELOW = 7 * MM
"""From the lower edge of the 版心 to the page number."""

DATE_FROM_RIGHT = 4
"""成文日期 stands so many characters from the right."""

NAME_SIZE, RED_RULE = 48.0, 1.5
"""The name of 简报 over its red rule."""

HEADINGS = (TABLE_SIZE, 9.0, 8.0, 7.5)
"""Sizes of the headings of a table: the first at which none of their lines has to break."""

_NAME, _LONG = 5, 8
"""Characters: so narrow may a column of names be; a longer line of a heading may break."""
_DIGIT = 0.55


def wide(text: str, digit: float = 0.5) -> float:
    """The width of a text in Chinese characters; that of a `digit` depends on the font."""
    return sum(digit if char.isascii() else 1 for char in text)


def columns_of(grid: Grid, side: float) -> tuple[float, list[float]]:
    """The size of the headings and the width of each column, with `side` points beside a text.

    No number breaks, and no line of a heading, so that a unit stays in one piece; what is left
    is parted by the shares of the columns.
    """
    size, least = HEADINGS[-1], [0.0] * len(grid.columns)
    for size in HEADINGS:
        least = [_least(grid, place, size) + 2 * side for place in range(len(grid.columns))]
        if sum(least) <= WIDTH:
            break
    total = sum(column.share for column in grid.columns)
    wanted = [WIDTH * column.share / total for column in grid.columns]
    lacks = [max(0.0, want - has) for want, has in zip(wanted, least, strict=True)]
    spare, lacking = WIDTH - sum(least), sum(lacks)
    if spare < 0 or not lacking:
        return size, [has * WIDTH / sum(least) for has in least]
    return size, [has + spare * lack / lacking for has, lack in zip(least, lacks, strict=True)]


def _least(grid: Grid, place: int, size: float) -> float:
    """What the longest line of the heading takes, and the texts where they are numbers."""
    column = grid.columns[place]
    head = min(max(wide(line, _DIGIT) for line in column.title.split("\n")), _LONG) * size
    texts = max((wide(row[place], _DIGIT) for row in grid.rows), default=0.0)
    text = texts if column.align == 1 else min(texts, _NAME)
    return max(head, text * TABLE_SIZE)
