"""How wide a column of numbers must be, so that none of them is cut."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QFontMetrics

from app.ui.theme import LIGHT, text_font

_BESIDE = 2 * 8 + 1
"""Pixels left and right of what stands in a cell."""


def wide_enough(
    heading: str, texts: Iterable[str], *, bold: bool = False, last: bool = False
) -> int:
    """The pixels in which a heading (of one line or more) and every text below it stand whole.

    `bold` where one of the texts is; the `last` column keeps more white at its right.
    """
    head = QFontMetrics(text_font(LIGHT.small)).horizontalAdvance
    body = QFontMetrics(text_font(LIGHT.normal, bold=bold)).horizontalAdvance
    widest = max((*map(head, heading.split("\n")), *map(body, texts)))
    return widest + _BESIDE + (LIGHT.margin - 8 if last else 0)
