"""报头 and 版记 of 简报 as pieces of a PDF: the name and a rule in red above, thin rules below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.documents.drawing.fonts import Role
from app.documents.drawing.layout import BASELINE, Box, Pen, Style, written_date
from app.documents.letters.letter import Masthead
from app.documents.letters.letter_measures import (
    CHARACTER,
    LEADING,
    LEFT,
    MM,
    NAME_SIZE,
    NUMBER_SIZE,
    RED_RULE,
    TEXT_WIDTH,
    WIDTH,
)
from app.documents.letters.letter_piece import Piece

_BODY = Style(size=CHARACTER, leading=LEADING)
_NAME = Style(Role.TITLE, NAME_SIZE, align=0.5)
_SMALL = Style(size=NUMBER_SIZE)
_NAME_ROWS = 3
_THICK, _THIN = 0.35 * MM, 0.25 * MM


def masthead(pen: Pen, told: Masthead) -> Piece:
    """报头: six lines of the grid, the last of them empty."""

    def draw(top: float) -> None:
        with pen.red():
            size = min(NAME_SIZE, NAME_SIZE * WIDTH / max(pen.measure(_NAME, told.name), 1))
            box = Box(LEFT, top, WIDTH, _NAME_ROWS * LEADING)
            pen.centred(box, [told.name], replace(_NAME, size=size))
            y = top - (_NAME_ROWS + 2) * LEADING - 4
            pen.rule(LEFT, y, LEFT + WIDTH, y, RED_RULE)
        line = Box(LEFT, top - _NAME_ROWS * LEADING, WIDTH, LEADING)
        pen.centred(line, [told.number], replace(_BODY, align=0.5))
        y = line.bottom - LEADING / 2 - CHARACTER * BASELINE
        pen.text(LEFT + CHARACTER, y, told.editor, _BODY)
        right = LEFT + WIDTH - CHARACTER
        pen.text(right, y, written_date(told.day), replace(_BODY, align=1))

    return Piece((_NAME_ROWS + 3) * LEADING, draw, holds=True)


def colophon(pen: Pen, lines: Sequence[str]) -> Piece:
    """版记 in 四号 at the foot of the last page, with the rules of GB/T 9704-2012 (7.4).

    首条 and 末条 are thicker than the one above the last line; between 主送 and 抄送 is none.
    """
    width = TEXT_WIDTH - 2 * NUMBER_SIZE
    cut = [pen.lines(line, width, _SMALL) for line in lines]
    pitch = _SMALL.pitch
    heights = [pitch * len(one) + 6 for one in cut]

    def draw(top: float) -> None:
        y = top - LEADING / 2
        pen.rule(LEFT, y, LEFT + WIDTH, y, _THICK)
        for place, (text, height) in enumerate(zip(cut, heights, strict=True)):
            if 0 < place == len(cut) - 1:
                pen.rule(LEFT, y, LEFT + WIDTH, y, _THIN)
            pen.paragraph(Box(LEFT + NUMBER_SIZE, y - 3, width, height), text, _SMALL)
            y -= height
        pen.rule(LEFT, y, LEFT + WIDTH, y, _THICK)

    return Piece(sum(heights) + LEADING / 2, draw, low=True)
