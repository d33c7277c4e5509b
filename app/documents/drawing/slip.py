"""Slips of a few pages from ready-made parts: pairs, tables, a code, places for seals.

A slip is a title and a row of blocks. Every text is checked before anything is drawn; a table
that does not fit goes on overleaf under its heading, its last rows with the places for seals
below it; everything else stays in one piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, zip_longest
from typing import Protocol

from app.documents.drawing import qr
from app.documents.drawing.fonts import Role, shipped
from app.documents.drawing.layout import (
    AREA_WIDTH,
    BOTTOM,
    FOOT,
    LEFT,
    MM,
    NOTE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    SIZE_2,
    SIZE_5,
    SIZE_SMALL_4,
    Box,
    Pen,
    Style,
)
from app.documents.drawing.target import Out, write_whole
from app.domain.kernel.progress import Cancel, Progress, Step, silent

TITLE = Style(Role.TITLE, SIZE_2, 34, align=0.5)
HEADING = Style(Role.HEADING, SIZE_SMALL_4)
COLUMN_TITLE = Style(Role.HEADING, SIZE_5, align=0.5)
CELL = Style(size=SIZE_5)
CODE = Style(Role.HEADING, SIZE_2, 26)
HINT = Style(size=SIZE_5, leading=16)

START = PAGE_HEIGHT - 28 * MM
PAD = 1.6 * MM
PAD_ABOVE = 0.8 * MM
GAP = 4 * MM
ROW = 6.6 * MM
SEAL = 46 * MM
"""Height of a place for signature and seal; a county union's seal is 42 mm across."""

CODE_HEIGHT = 33 * MM
_TOGETHER = 2
"""Rows at the end of a table that stay on one page."""

Texts = Iterator[tuple[str, str]]


class Flow:
    """Where the next block goes; begins a new page when one does not fit."""

    def __init__(self, pen: Pen, foot: str, pages: int = 0) -> None:
        self.pen = pen
        self.foot = foot
        self.pages = pages
        self.page = 1
        self.y = START
        self.below = 0.0
        """What must stand on the same page as the end of a table."""

    def take(self, height: float) -> Box:
        """The next `height` points over the whole width, on this page or a new one."""
        if not self.fits(height):
            self.turn()
        box = Box(LEFT, self.y, AREA_WIDTH, height)
        self.y -= height
        return box

    def fits(self, height: float) -> bool:
        """Whether `height` points are left on this page."""
        return self.y - height >= BOTTOM

    def turn(self) -> None:
        """Go on overleaf."""
        self.close()
        self.pen.next_page()
        self.page += 1
        self.y = START

    def close(self) -> None:
        """Write the footer of this page."""
        self.pen.text(LEFT, FOOT, self.foot, NOTE)
        if self.pages > 1:
            words = f"第{self.page}页 共{self.pages}页"
            self.pen.text(RIGHT, FOOT, words, Style(size=NOTE.size, align=1))


class Block(Protocol):
    """A part of a slip."""

    def texts(self) -> Texts:
        """Every text with the place it stands at, for the check before printing."""

    def draw(self, flow: Flow) -> None:
        """Put the block on the page."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, its width in mm, 0 left, 0.5 centred, 1 right."""

    title: str
    width: float
    align: float = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled list under a heading; `empty` is printed in place of rows that are not there."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "无"

    def texts(self) -> Texts:
        yield self.heading, self.heading + self.empty
        for column, *cells in zip(self.columns, *self.rows, strict=True):
            yield self.heading, column.title
            for text in cells:
                yield f"{self.heading} {column.title}", text

    def draw(self, flow: Flow) -> None:
        rows = self.rows or ((self.empty, *[""] * (len(self.columns) - 1)),)
        portions = [lines for row in rows for lines in self._portions(flow.pen, row)]
        heights = [_row_height(lines) for lines in portions]
        wanted = [*heights, flow.below]
        end = max(0, len(portions) - _TOGETHER)
        wanted[end] = sum(wanted[end:])
        if not flow.fits(GAP + 2 * ROW + wanted[0]):
            flow.turn()
        flow.take(GAP)
        self._head(flow, self.heading)
        for place, (lines, height) in enumerate(zip(portions, heights, strict=True)):
            if place and not flow.fits(wanted[place]):
                flow.turn()
                self._head(flow, self.heading + "（续）")
            self._row(flow, lines, [CELL] * len(lines), height)

    def _head(self, flow: Flow, heading: str) -> None:
        box = flow.take(ROW)
        flow.pen.text(LEFT, box.bottom + 1.6 * MM, heading, HEADING)
        titles = [[column.title] for column in self.columns]
        self._row(flow, titles, [COLUMN_TITLE] * len(titles), ROW)

    def _portions(self, pen: Pen, row: Sequence[str]) -> Iterator[list[list[str]]]:
        """The lines of each cell, cut where even a whole page is too short for them."""
        lines = [
            [line.text for line in pen.lines(text, column.width * MM - 2 * PAD, CELL)]
            for text, column in zip(row, self.columns, strict=True)
        ]
        most = int((START - BOTTOM - 3 * ROW) // CELL.pitch)
        for start in range(0, max(1, *map(len, lines)), most):
            yield [cell[start : start + most] for cell in lines]

    def _row(
        self, flow: Flow, cells: Sequence[Sequence[str]], styles: Sequence[Style], height: float
    ) -> None:
        band = flow.take(height)
        x = LEFT
        for cell, column, style in zip(cells, self.columns, styles, strict=True):
            box = Box(x, band.top, column.width * MM, height)
            inner = Box(x + PAD, band.top, box.width - 2 * PAD, height)
            align = style.align or column.align
            flow.pen.centred(inner, cell, Style(style.role, style.size, align=align))
            flow.pen.frame(box, 0.5)
            x = box.right


@dataclass(frozen=True, slots=True)
class Pairs:
    """A ruled grid of labels and values, one or two pairs to a row; labels take `label` mm."""

    rows: tuple[tuple[tuple[str, str], ...], ...]
    label: float = 28

    def texts(self) -> Texts:
        for row in self.rows:
            for label, value in row:
                yield label, label + value

    def draw(self, flow: Flow) -> None:
        for row in self.rows:
            width = AREA_WIDTH / len(row) - self.label * MM
            values = [flow.pen.lines(value, width - 2 * PAD, CELL) for _, value in row]
            cells = [[line.text for line in lines] for lines in values]
            room = self.label * MM - 2 * PAD
            labels = [flow.pen.balanced(label, room, COLUMN_TITLE) for label, _ in row]
            band = flow.take(_row_height([*cells, *labels]))
            x = LEFT
            for label, cell in zip(labels, cells, strict=True):
                name = Box(x, band.top, self.label * MM, band.height)
                value = Box(name.right, band.top, width, band.height)
                flow.pen.centred(name, label, COLUMN_TITLE)
                inner = Box(value.x + PAD, value.top, width - 2 * PAD, value.height)
                flow.pen.centred(inner, cell, CELL)
                for box in (name, value):
                    flow.pen.frame(box, 0.5)
                x = value.right


@dataclass(frozen=True, slots=True)
class CodePanel:
    """核对码 large enough to be read out on the telephone, and a QR code of `content` beside it."""

    label: str
    code: str
    content: str
    hint: str

    def texts(self) -> Texts:
        yield self.label, self.label + self.code + self.hint

    def draw(self, flow: Flow) -> None:
        flow.take(GAP)
        box = flow.take(CODE_HEIGHT)
        side = CODE_HEIGHT - 6 * MM
        flow.pen.frame(box)
        qr.draw(flow.pen.canvas, box.right - 3 * MM - side, box.bottom + 3 * MM, side, self.content)
        x, width = box.x + 4 * MM, AREA_WIDTH - side - 12 * MM
        flow.pen.text(x, box.top - 8 * MM, self.label, HEADING)
        flow.pen.text(x, box.top - 18 * MM, self.code, CODE)
        lines = flow.pen.lines(self.hint, width, HINT)
        flow.pen.paragraph(Box(x, box.top - 21 * MM, width, 0), lines, HINT)


@dataclass(frozen=True, slots=True)
class Seals:
    """Places side by side for a signature, a date and a seal: (who, what is signed) each."""

    places: tuple[tuple[str, tuple[str, ...]], ...]

    def texts(self) -> Texts:
        for who, lines in self.places:
            yield who, who + "".join(lines)

    def draw(self, flow: Flow) -> None:
        if not flow.fits(GAP + SEAL):
            flow.turn()
        flow.take(GAP)
        band = flow.take(SEAL)
        width = AREA_WIDTH / len(self.places)
        for edge, (who, lines) in zip(
            accumulate([LEFT] + [width] * (len(self.places) - 1)), self.places, strict=True
        ):
            box = Box(edge, band.top, width, SEAL)
            flow.pen.frame(box, 0.5)
            y = box.top - 7 * MM
            flow.pen.text(edge + PAD * 2, y, who, HEADING)
            for line in lines:
                y -= 8 * MM
                flow.pen.text(edge + PAD * 2, y, line, CELL)
            right = Style(size=CELL.size, align=1)
            flow.pen.text(
                box.right - PAD * 2, box.bottom + 5 * MM, "（盖章）　　年　　月　　日", right
            )


def _row_height(cells: Sequence[Sequence[str]]) -> float:
    return max(ROW, max(map(len, cells)) * CELL.pitch + 2 * PAD_ABOVE)


def print_slip(
    out: Out,
    title: str,
    blocks: Sequence[Block],
    *,
    foot: str = "",
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write the slip to `out` and answer its pages.

    Raises `EnvironmentProblem`, `Cancelled`.
    """
    return print_slips(out, title, ((blocks, foot),), progress=progress, cancel=cancel)


def print_slips(
    out: Out,
    title: str,
    slips: Sequence[tuple[Sequence[Block], str]],
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write several slips of one title, each from a new page on; its blocks and its foot.

    Answers the pages. Raises `EnvironmentProblem`, `Cancelled`.
    """
    fonts = shipped()
    texts = (text for blocks, _ in slips for block in blocks for text in block.texts())
    feet = "".join(foot for _, foot in slips)
    lacking = fonts.lacking([("标题", title), ("页脚", feet), *texts])
    progress(Step(f"正在生成{title}", 0, len(slips)))
    pages = [0] * len(slips)
    data = b""
    for _ in ("count the pages", "print them"):
        pen = Pen(fonts, title)
        for place, (blocks, foot) in enumerate(slips):
            pages[place] = _draw(pen, title, blocks, foot, pages[place])
            if cancel is not None:
                cancel.check()
        data = pen.finish()
    write_whole(out, data, lacking)
    progress(Step(f"正在生成{title}", len(slips), len(slips)))
    return sum(pages)


def _draw(pen: Pen, title: str, blocks: Sequence[Block], foot: str, pages: int) -> int:
    flow = Flow(pen, foot, pages)
    pen.text(PAGE_WIDTH / 2, START - SIZE_2, title, TITLE)
    flow.take(SIZE_2 + GAP)
    for block, after in zip_longest(blocks, blocks[1:]):
        flow.below = GAP + SEAL if isinstance(after, Seals) else 0
        block.draw(flow)
    flow.close()
    pen.next_page()
    return flow.page
