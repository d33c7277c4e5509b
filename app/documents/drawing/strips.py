"""Ruled strips of cells: laid out once, cut where a page ends, drawn where they fit.

Everything tall and narrow about a form happens here: the letters of a crowded cell grow smaller
once, its lines make the strip higher, and a strip higher than a page goes on on the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.documents.drawing.fonts import Role, printable
from app.documents.drawing.layout import MM, SIZE_5, SIZE_SMALL_5, Box, Pen, Style
from app.documents.drawing.linebreak import Line

VALUE = Style(size=SIZE_5)
NUMBER = Style(size=SIZE_5, align=1)
LABEL = Style(Role.HEADING, SIZE_5, align=0.5)
PROSE = Style(size=SIZE_5, leading=16)

SIDE = 1.2 * MM
ABOVE = 0.9 * MM
LEAST = 7.2 * MM
"""The height of a strip whose cells hold one line each: room to write by hand."""

STEPS = (SIZE_5, SIZE_SMALL_5)
"""A text that needs more lines than it has is set in the next of these sizes."""

WORTH_CUTTING = 3
"""A strip is cut only where at least so many lines stay on the page."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in a box `width` points wide.

    `prose` is set from the top in paragraphs, both ends aligned, each begun `indent` characters
    in; `foot` are the lines at the bottom on the right, where one signs.
    """

    text: str
    width: float
    style: Style = VALUE
    prose: bool = False
    indent: int = 0
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell with its lines."""

    cell: Cell
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """What the lines need, with the white around them."""
        rows = len(self.lines) + 1.5 * len(self.cell.foot)
        return rows * self.cell.style.pitch + 2 * ABOVE

    def cut(self, height: float) -> tuple[Filled, Filled]:
        """The lines that fit into `height`, and the rest."""
        most = max(0, int((height - 2 * ABOVE) // self.cell.style.pitch))
        if len(self.lines) <= most:
            return self, replace(self, lines=())
        return replace(self, lines=self.lines[:most]), replace(self, lines=self.lines[most:])


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of cells, to be drawn `height` points high; one that `heads` others ends no page."""

    cells: tuple[Filled, ...]
    height: float
    heads: bool = False

    def cut(self, height: float) -> tuple[Strip, Strip] | None:
        """This strip in two, the first `height` high; None where that leaves too little of it."""
        pairs = [cell.cut(height) for cell in self.cells]
        most = max(len(first.lines) for first, _ in pairs)
        if most < WORTH_CUTTING or not any(rest.lines for _, rest in pairs):
            return None
        rest = tuple(rest for _, rest in pairs)
        return Strip(tuple(first for first, _ in pairs), height), Strip(rest, _height(rest))

    def stretched(self, height: float) -> Strip:
        """The same, at least `height` high."""
        return replace(self, height=max(self.height, height))

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Put the cells and their rules on the page."""
        boxes: list[Box] = []
        for filled in self.cells:
            boxes.append(Box(x, top, filled.cell.width, self.height))
            _write(pen, boxes[-1], filled)
            x = boxes[-1].right
        pen.frames(boxes)


def lay(pen: Pen, cells: Iterable[Cell], least: float = LEAST) -> Strip:
    """The strip of these cells, at least `least` points high."""
    filled = tuple(_fill(pen, cell) for cell in cells)
    return Strip(filled, max(least, _height(filled)))


def unit_below(pen: Pen, cell: Cell) -> Cell:
    """The cell of a title whose unit in brackets stands in a line of its own if both need two."""
    title, bracket, unit = cell.text.rpartition("（")
    if not title or "\n" in cell.text or _whole(pen, cell) is not None:
        return cell
    parted = replace(cell, text=f"{title}\n{bracket}{unit}")
    return cell if _whole(pen, parted) is None else parted


def _fill(pen: Pen, cell: Cell) -> Filled:
    if cell.prose:
        indent = cell.indent * cell.style.size
        lines = pen.lines(cell.text, cell.width - 2 * SIDE, cell.style, indent)
        return Filled(cell, tuple(lines))
    whole = _whole(pen, cell)
    if whole is not None:
        return Filled(cell, whole)
    size = next((step for step in STEPS if step < cell.style.size), cell.style.size)
    smaller = replace(cell, style=replace(cell.style, size=size))
    if not cell.style.align:
        return Filled(smaller, tuple(pen.lines(cell.text, cell.width - 2 * SIDE, smaller.style)))
    texts = pen.balanced(cell.text, cell.width - 2 * SIDE, smaller.style)
    return Filled(smaller, tuple(Line(text, 0, 0, last=True) for text in texts))


def _whole(pen: Pen, cell: Cell) -> tuple[Line, ...] | None:
    """The lines of a text as it was given, None when one of them is wider than the cell."""
    lines = [line.strip() for line in printable(cell.text).split("\n")]
    whole = [Line(line, 0, pen.measure(cell.style, line), last=True) for line in lines if line]
    fit = all(line.width <= cell.width - 2 * SIDE for line in whole)
    return tuple(whole) if fit else None


def _height(cells: Sequence[Filled]) -> float:
    return max(cell.height for cell in cells)


def _write(pen: Pen, box: Box, filled: Filled) -> None:
    cell = filled.cell
    inner = Box(box.x + SIDE, box.top - ABOVE, box.width - 2 * SIDE, box.height - 2 * ABOVE)
    if cell.prose:
        pen.paragraph(inner, filled.lines, cell.style)
    else:
        pen.centred(inner, [line.text for line in filled.lines], cell.style)
    for place, line in enumerate(reversed(cell.foot)):
        y = inner.bottom + 2 * ABOVE + place * 1.5 * cell.style.pitch
        pen.text(inner.right, y, line, replace(cell.style, align=1))


def fitting(strips: Sequence[Strip], room: float) -> tuple[list[Strip], list[Strip]]:
    """The strips that fit into `room` points, the last perhaps cut, and those that do not."""
    waiting = list(reversed(strips))
    here = _fill_page(waiting, room)
    return here, waiting[::-1]


def pages(strips: Sequence[Strip], first: float, rest: float) -> Iterator[list[Strip]]:
    """The strips by page: `first` points are free on the first, `rest` on each other.

    Strips of which not even a part fits on an empty page are put there all the same.
    """
    waiting = list(reversed(strips))
    yield _fill_page(waiting, first)
    while waiting:
        yield _fill_page(waiting, rest) or [waiting.pop()]


def _fill_page(waiting: list[Strip], room: float) -> list[Strip]:
    """Take from the end of those waiting what fits; the first that does not may be cut."""
    here: list[Strip] = []
    while waiting:
        strip = waiting[-1]
        if strip.height > room:
            parts = strip.cut(room)
            if parts is not None:
                here.append(parts[0])
                waiting[-1] = parts[1]
            break
        here.append(waiting.pop())
        room -= strip.height
    while waiting and len(here) > 1 and here[-1].heads:
        waiting.append(here.pop())
    return here
