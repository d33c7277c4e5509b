"""A map of tiles on paper: counties roughly where they lie, darker the farther they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.documents.drawing.fonts import Role, shipped
from app.documents.drawing.layout import (
    AREA_WIDTH,
    BOTTOM,
    LEFT,
    MM,
    NOTE,
    RIGHT,
    SIZE_3,
    SIZE_SMALL_4,
    SIZE_SMALL_5,
    TOP,
    Box,
    Pen,
    Style,
    written_date,
)
from app.documents.drawing.target import Out, write_whole

_TITLE = Style(Role.TITLE, SIZE_3, align=0.5)
_NAME = Style(size=SIZE_SMALL_4, align=0.5)
_VALUE = Style(size=SIZE_SMALL_5, align=0.5)
_LIGHTEST, _DARKEST = 1.0, 0.72
"""Of grey: the numbers on the darkest ground are read with ease, also on a poor printer."""
_GAP = 3 * MM
_HIGHEST = 30 * MM


@dataclass(frozen=True, slots=True)
class TileShown:
    """One tile: its name, its place, the number and a note to it; `shade` 0 to 1, None unknown."""

    name: str
    row: int
    column: int
    value: str
    note: str
    shade: float | None


@dataclass(frozen=True, slots=True)
class TilePaper:
    """A page: what it shows, how the whole stands, whose it is, as of when, and its tiles."""

    title: str
    standing: str
    office: str
    made_on: dt.date
    tiles: tuple[TileShown, ...]


def print_tiles(paper: TilePaper, out: Out) -> int:
    """Write the page to `out` and answer how many there are: one; raises `EnvironmentProblem`."""
    fonts = shipped()
    pen = Pen(fonts, paper.title)
    top = TOP - 10 * MM
    pen.text(LEFT + AREA_WIDTH / 2, TOP, paper.title, _TITLE)
    pen.text(LEFT, top, f"填报单位：{paper.office}", NOTE)
    as_of = Style(size=SIZE_SMALL_5, align=1)
    pen.text(RIGHT, top, f"截至 {written_date(paper.made_on)}", as_of)
    if paper.tiles:
        _map(pen, paper, top - 6 * MM)
    told = f"{paper.standing}。颜色越深，数越大；空白的还没有报数。"
    pen.text(LEFT, BOTTOM, told, NOTE)
    data = pen.finish()
    write_whole(out, data)
    return 1


def _map(pen: Pen, paper: TilePaper, top: float) -> None:
    rows = max(tile.row for tile in paper.tiles) + 1
    columns = max(tile.column for tile in paper.tiles) + 1
    width = (AREA_WIDTH - _GAP * (columns - 1)) / columns
    height = min(_HIGHEST, (top - BOTTOM - 10 * MM) / rows - _GAP)
    for tile in paper.tiles:
        left, upper = LEFT + tile.column * (width + _GAP), top - tile.row * (height + _GAP)
        _tile(pen, tile, Box(left, upper, width, height))


def _tile(pen: Pen, tile: TileShown, box: Box) -> None:
    if tile.shade is not None:
        pen.canvas.setFillGray(_LIGHTEST - (_LIGHTEST - _DARKEST) * tile.shade)
        pen.canvas.rect(box.x, box.bottom, box.width, box.height, stroke=0, fill=1)
        pen.canvas.setFillGray(0)
    pen.frame(box, 0.5)
    third = box.height / 3
    for place, (text, style) in enumerate(
        ((tile.name, _NAME), (tile.value, _VALUE), (tile.note, _VALUE))
    ):
        part = Box(box.x + 2, box.top - place * third, box.width - 4, third)
        pen.centred(part, pen.balanced(text, part.width, style)[:2] if text else [], style)
