"""A letter as a PDF by GB/T 9704-2012.

No 仿宋 or 楷体 may be shipped: the text is set in 宋体, 标题 and 二级标题 in its bold, 一级标题 in
黑体, all on the grid of the standard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from app.documents.drawing.fonts import Role, shipped
from app.documents.drawing.layout import BASELINE, PAGE_HEIGHT, Box, Pen, Style, written_date
from app.documents.drawing.linebreak import Line
from app.documents.drawing.strips import SIDE, Cell, Strip, lay
from app.documents.drawing.target import Out, write_whole
from app.documents.letters.briefing_pieces import colophon, masthead
from app.documents.letters.letter import Grid, Heading, Letter, Paragraph
from app.documents.letters.letter_measures import (
    CAPTION_SIZE,
    CHARACTER,
    DATE_FROM_RIGHT,
    HEIGHT,
    LEADING,
    LEFT,
    MM,
    NUMBER_BELOW,
    NUMBER_SIZE,
    TABLE_SIZE,
    TEXT_WIDTH,
    TITLE_LEADING,
    TITLE_SIZE,
    TOP,
    WIDTH,
    columns_of,
)
from app.documents.letters.letter_piece import Piece
from app.domain.kernel.progress import Cancel, Progress, Step, silent

BODY = Style(size=CHARACTER, leading=LEADING)
TITLE = Style(Role.TITLE, TITLE_SIZE, TITLE_LEADING, align=0.5)
CAPTION = Style(Role.HEADING, CAPTION_SIZE, LEADING, align=0.5)
NUMBER = Style(size=NUMBER_SIZE)
HEADINGS = {
    1: Style(Role.HEADING, CHARACTER, LEADING),
    2: Style(Role.TITLE, CHARACTER, LEADING),
    3: BODY,
}
CELL = Style(size=TABLE_SIZE)
COLUMN_TITLE = Style(Role.HEADING, TABLE_SIZE, align=0.5)
START, END = PAGE_HEIGHT - TOP, PAGE_HEIGHT - TOP - HEIGHT
SLACK = 0.5
"""Points by which rounding may push the last line below the 版心."""


def letter_pdf(
    letter: Letter, out: Out, *, progress: Progress = silent, cancel: Cancel | None = None
) -> int:
    """Write the letter to `out` and answer its pages.

    Raises `EnvironmentProblem`, `Cancelled`.
    """
    fonts = shipped()
    lacking = fonts.lacking(letter.texts())
    pen = Pen(fonts, letter.name)
    setting = _Setting(pen)
    pages = list(_pages(list(setting.pieces(letter))))
    for number, page in enumerate(pages, 1):
        if cancel is not None:
            cancel.check()
        progress(Step(f"正在生成{letter.name}", number - 1, len(pages)))
        _draw_page(pen, page, number)
    write_whole(out, pen.finish(), lacking)
    progress(Step(f"正在生成{letter.name}", len(pages), len(pages)))
    return len(pages)


def _pages(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces by page; a page does not end with one that holds the next."""
    start = 0
    while start < len(pieces):
        first = pieces[start]
        if first.air:
            start += 1
            continue
        lead = [first.head] if first.head is not None else []
        stop = _last_that_fits(pieces, start, HEIGHT - sum(one.height for one in lead))
        yield [*lead, *pieces[start:stop]]
        start = stop


def _last_that_fits(pieces: Sequence[Piece], start: int, room: float) -> int:
    """Where the next page begins; at least one piece comes before it."""
    stop = start
    while stop < len(pieces) and (stop == start or pieces[stop].height <= room + SLACK):
        room -= pieces[stop].height
        stop += 1
    if stop == len(pieces):
        return stop
    whole = stop
    while stop > start + 1 and pieces[stop - 1].holds:
        stop -= 1
    return stop if not pieces[stop - 1].holds else whole


def _draw_page(pen: Pen, page: Iterable[Piece], number: int) -> None:
    top = START
    for piece in page:
        piece.draw(min(top, END + piece.height) if piece.low else top)
        top -= piece.height
    y = END - NUMBER_BELOW - NUMBER_SIZE
    odd = number % 2 == 1
    x = LEFT + WIDTH - NUMBER_SIZE if odd else LEFT + NUMBER_SIZE
    pen.text(x, y, f"— {number} —", replace(NUMBER, align=1 if odd else 0))
    pen.next_page()


class _Setting:
    """Turns a letter into pieces."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen

    def pieces(self, letter: Letter) -> Iterator[Piece]:
        """All of it; the end of the text stays with the 落款."""
        *text, last = self._text_pieces(letter)
        yield from (*text, replace(last, holds=True))
        if letter.signer:
            yield self._signature(letter)
        if letter.colophon:
            yield colophon(self.pen, letter.colophon)

    def _text_pieces(self, letter: Letter) -> Iterator[Piece]:
        if letter.masthead is not None:
            yield masthead(self.pen, letter.masthead)
        if letter.title:
            yield from self._title(letter.title)
        if letter.addressee:
            yield from self._text(letter.addressee, BODY, indent=0, holds=True)
        for block in letter.blocks:
            if isinstance(block, Grid):
                yield from self._grid(block)
            elif isinstance(block, Heading):
                yield from self._text(block.text, HEADINGS[block.level], holds=True)
            else:
                yield from self._paragraph(block)

    def _title(self, title: str) -> Iterator[Piece]:
        lines = self.pen.by_sense(title, TEXT_WIDTH, TITLE)

        def draw(top: float) -> None:
            box = Box(LEFT, top, WIDTH, TITLE_LEADING * len(lines))
            self.pen.centred(box, lines, TITLE)

        # On the grid again after the title, with an empty line.
        rows = -(-TITLE_LEADING * len(lines) // LEADING) + 1
        yield Piece(rows * LEADING, draw, holds=True)

    def _paragraph(self, block: Paragraph) -> Iterator[Piece]:
        lines = list(self._text(block.text, BODY))
        # Neither the first nor the last line of a paragraph stands alone.
        for place, line in enumerate(lines):
            edge = place == 0 or place == len(lines) - 2
            yield replace(line, holds=edge and len(lines) > 1)

    def _text(
        self, text: str, style: Style, *, indent: int = 2, holds: bool = False
    ) -> Iterator[Piece]:
        for line in self.pen.lines(text, TEXT_WIDTH, style, indent * CHARACTER):
            yield Piece(LEADING, partial(self._line, line, style), holds=holds)

    def _line(self, line: Line, style: Style, top: float) -> None:
        self.pen.paragraph(Box(LEFT, top, TEXT_WIDTH, LEADING), [line], style)

    def _grid(self, grid: Grid) -> Iterator[Piece]:
        size, widths = columns_of(grid, SIDE)
        if grid.caption:
            caption = self.pen.balanced(grid.caption, TEXT_WIDTH, CAPTION)
            yield self._centred(caption, CAPTION)
        titles = [column.title for column in grid.columns]
        head = self._strip(titles, widths, [replace(COLUMN_TITLE, size=size)] * len(titles))
        yield replace(head, holds=True)
        used = head.height
        for row in grid.rows:
            styles = [replace(CELL, align=column.align) for column in grid.columns]
            for strip in self._cut(row, widths, styles):
                used += strip.height
                yield replace(strip, head=head)
        # The text below goes on on the grid, with a little air.
        rest = -used % LEADING
        yield Piece(rest if rest > 3 * MM else rest + LEADING / 2, lambda top: None, air=True)

    def _centred(self, lines: Sequence[str], style: Style) -> Piece:
        height = style.pitch * len(lines)

        def draw(top: float) -> None:
            self.pen.centred(Box(LEFT, top, WIDTH, height), lines, style)

        return Piece(height, draw, holds=True)

    def _strip(
        self, texts: Sequence[str], widths: Sequence[float], styles: Sequence[Style]
    ) -> Piece:
        return self._piece(self._laid(texts, widths, styles))

    def _cut(
        self, texts: Sequence[str], widths: Sequence[float], styles: Sequence[Style]
    ) -> Iterator[Piece]:
        """A row, in parts where it is higher than half a page."""
        strip = self._laid(texts, widths, styles)
        while strip.height > HEIGHT / 2 and (parts := strip.cut(HEIGHT / 2)):
            yield self._piece(parts[0])
            strip = parts[1]
        yield self._piece(strip)

    def _laid(
        self, texts: Sequence[str], widths: Sequence[float], styles: Sequence[Style]
    ) -> Strip:
        cells = zip(texts, widths, styles, strict=True)
        return lay(self.pen, [Cell(text, width, style) for text, width, style in cells])

    def _piece(self, strip: Strip) -> Piece:
        return Piece(strip.height, lambda top: strip.draw(self.pen, LEFT, top))

    def _signature(self, letter: Letter) -> Piece:
        """落款: the office centred over the day, with room above for the seal."""
        day = written_date(letter.day)
        right = LEFT + TEXT_WIDTH - DATE_FROM_RIGHT * CHARACTER
        middle = right - self.pen.measure(BODY, day) / 2
        half = self.pen.measure(BODY, letter.signer) / 2
        middle = min(middle, LEFT + TEXT_WIDTH - half)

        def draw(top: float) -> None:
            for row, text, x, align in (
                (2, letter.signer, middle, 0.5),
                (3, day, right, 1.0),
            ):
                y = top - row * LEADING - LEADING / 2 - CHARACTER * BASELINE
                self.pen.text(x, y, text, replace(BODY, align=align))

        return Piece(4 * LEADING, draw)
