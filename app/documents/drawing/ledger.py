"""Lists over many pages: a title, a repeating head, ruled rows, 小计 and 合计, places to sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.documents.drawing.fonts import Role, shipped
from app.documents.drawing.layout import (
    FOOT,
    MM,
    NOTE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIZE_5,
    SIZE_SMALL_2,
    SIZE_SMALL_4,
    Box,
    Pen,
    Style,
)
from app.documents.drawing.strips import LABEL, LEAST, VALUE, Cell, Strip, lay, pages, unit_below
from app.documents.drawing.target import Out, write_whole
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.values.money import capital, format_money

TITLE = Style(Role.TITLE, SIZE_SMALL_2, 26, align=0.5)
INTRODUCTION = Style(size=SIZE_SMALL_4, leading=20)
SUM = Style(Role.HEADING, SIZE_5)
TOP = 16 * MM
"""From the upper edge of the sheet to the title."""

SIGN_LINE = 9 * MM
BOTTOM = 18 * MM
"""What stays free at the lower edge for the footer."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in mm, 0 left, 0.5 centred, 1 right."""

    title: str
    width: float
    align: float = 0


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of a row; `where` names it when a character cannot be printed.

    One that `heads` those below it is not the last of a page.
    """

    cells: tuple[str, ...]
    where: str = ""
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """A list; `above` stands left and right over the table, `signers` below it on every page.

    `introduction` is a text before the table, `closing` are lines after it, at the right, both
    once. `amounts` are yuan by row: with them every page has its 小计; `total` is the line after
    the last row, `last_row` one with a cell for each column. `empty_rows` are added for writing
    by hand. `height` is that of a row, `letters` the size of what stands in it, both in points.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    above: tuple[str, str] = ("", "")
    introduction: str = ""
    closing: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    amounts: tuple[Decimal, ...] = ()
    total: str = ""
    last_row: tuple[str, ...] = ()
    foot: str = ""
    landscape: bool = True
    empty_rows: int = 0
    height: float = LEAST
    letters: float = SIZE_5

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sheet."""
        return (PAGE_HEIGHT, PAGE_WIDTH) if self.landscape else (PAGE_WIDTH, PAGE_HEIGHT)

    @property
    def width(self) -> float:
        """The width of the table."""
        return sum(column.width for column in self.columns) * MM

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text with the place it stands at."""
        yield self.title, self.title + "".join(self.above) + self.introduction + self.foot
        yield self.title, "".join((*self.closing, *self.signers, self.total, *self.last_row))
        for column in self.columns:
            yield self.title, column.title
        for row in self.rows:
            for column, text in zip(self.columns, row.cells, strict=True):
                yield f"{row.where} {column.title}".strip(), text


def in_words(what: str, amount: Decimal) -> str:
    """The line of a sum, in capitals and in figures: 总计（人民币大写）：贰仟元整　¥2,000.00."""
    return f"{what}（人民币大写）：{capital(amount)}\u3000¥{format_money(amount)}"


def print_ledger(
    ledger: Ledger, out: Out, *, progress: Progress = silent, cancel: Cancel | None = None
) -> int:
    """Write the list to `out` and answer its pages.

    Raises `EnvironmentProblem`, `Cancelled`.
    """
    fonts = shipped()
    lacking = fonts.lacking(ledger.texts())
    printer = _Printer(ledger, Pen(fonts, ledger.title, ledger.size))
    strips = []
    for done, row in enumerate(ledger.rows):
        if cancel is not None:
            cancel.check()
        progress(Step(f"正在排版{ledger.title}", done, len(ledger.rows)))
        strips.append(replace(printer.row(row.cells), heads=row.heads))
    data, count = printer.print(strips, progress, cancel)
    write_whole(out, data, lacking)
    progress(Step(f"正在生成{ledger.title}", len(ledger.rows), len(ledger.rows)))
    return count


class _Printer:
    """Draws the pages of one list."""

    def __init__(self, ledger: Ledger, pen: Pen) -> None:
        self.ledger = ledger
        self.pen = pen
        self.left = (ledger.size[0] - ledger.width) / 2
        heads = [Cell(one.title, one.width * MM, LABEL) for one in ledger.columns]
        self.titles = lay(pen, [unit_below(pen, head) for head in heads], ledger.height)
        styles = [Style(Role.HEADING, ledger.letters, align=one.align) for one in ledger.columns]
        self.last_row = self._strip(ledger.last_row, styles) if ledger.last_row else None
        self.introduction = pen.lines(
            ledger.introduction, ledger.width, INTRODUCTION, 2 * INTRODUCTION.size
        )

    def row(self, texts: Sequence[str]) -> Strip:
        """A row of the table."""
        styles = [
            Style(size=self.ledger.letters, align=column.align) for column in self.ledger.columns
        ]
        return self._strip(texts, styles)

    def _strip(self, texts: Sequence[str], styles: Sequence[Style]) -> Strip:
        columns = zip(texts, self.ledger.columns, styles, strict=False)
        cells = [Cell(text, column.width * MM, style) for text, column, style in columns]
        return lay(self.pen, cells, self.ledger.height)

    def _sum(self, text: str) -> Strip:
        return lay(self.pen, [Cell(text, self.ledger.width, SUM)], LEAST)

    def print(
        self, rows: list[Strip], progress: Progress, cancel: Cancel | None
    ) -> tuple[bytes, int]:
        """The finished bytes and the number of pages."""
        empty = self.row([""] * len(self.ledger.columns))
        bodies = self._paged([*rows, *[empty] * self.ledger.empty_rows])
        start = 0
        for number, body in enumerate(bodies, 1):
            if cancel is not None:
                cancel.check()
            progress(Step(f"正在生成{self.ledger.title}（页）", number - 1, len(bodies)))
            last = number == len(bodies)
            begun = sum(1 for strip in body if strip.cells[0].lines)
            self._page(body, number, len(bodies), self._sums(start, start + begun, last))
            start += begun
        return self.pen.finish(), len(bodies)

    def _sums(self, start: int, stop: int, last: bool) -> list[Strip]:
        amounts = self.ledger.amounts
        texts = [in_words("本页小计", sum(amounts[start:stop], Decimal(0)))] if amounts else []
        texts += [self.ledger.total] if last and self.ledger.total else []
        return [*([self.last_row] if last and self.last_row else ()), *map(self._sum, texts)]

    def _paged(self, strips: Sequence[Strip]) -> list[list[Strip]]:
        """The strips by page; the last page has room for what comes once at the end."""
        bodies = list(pages(strips, self._room(first=True), self._room()))
        last = bodies[-1]
        needed = sum(strip.height for strip in last) + self._end_height()
        if needed > self._room(first=len(bodies) == 1):
            cut = len(last) - 1 or 1
            bodies[-1:] = [last[:cut], last[cut:]]
        return bodies

    def _room(self, *, first: bool = False) -> float:
        """The height free for rows between the column titles and the lines to sign on."""
        taken = TOP + TITLE.pitch + self._above_height() + self.titles.height + BOTTOM
        taken += SIGN_LINE * bool(self.ledger.signers)
        taken += LEAST * bool(self.ledger.amounts)
        taken += self._introduction_height() * first
        return self.ledger.size[1] - taken

    def _above_height(self) -> float:
        return 7 * MM if any(self.ledger.above) else 2 * MM

    def _introduction_height(self) -> float:
        return len(self.introduction) * INTRODUCTION.pitch + 4 * MM if self.introduction else 0

    def _end_height(self) -> float:
        closing = len(self.ledger.closing)
        height = self._sum(self.ledger.total).height if self.ledger.total else 0
        height += self.last_row.height if self.last_row else 0
        return height + (closing * INTRODUCTION.pitch + 10 * MM if closing else 0)

    def _page(self, body: list[Strip], number: int, total: int, sums: list[Strip]) -> None:
        ledger, pen = self.ledger, self.pen
        y = ledger.size[1] - TOP - TITLE.size
        pen.text(ledger.size[0] / 2, y, ledger.title + "（续）" * (number > 1), TITLE)
        y = ledger.size[1] - TOP - TITLE.pitch
        if number == 1 and self.introduction:
            box = Box(self.left, y - 2 * MM, ledger.width, 0)
            pen.paragraph(box, self.introduction, INTRODUCTION)
            y -= self._introduction_height()
        y -= self._above_height()
        self._above(y + 2 * MM)
        for strip in (self.titles, *body, *sums) if body or sums else ():
            strip.draw(pen, self.left, y)
            y -= strip.height
        if number == total:
            self._closing(y)
        self._signers(y)
        self._footer(number, total)
        pen.next_page()

    def _above(self, y: float) -> None:
        left, right = self.ledger.above
        self.pen.text(self.left, y, left, VALUE)
        self.pen.text(self.left + self.ledger.width, y, right, Style(size=SIZE_5, align=1))

    def _closing(self, y: float) -> None:
        y -= 10 * MM
        for line in self.ledger.closing:
            style = Style(size=INTRODUCTION.size, align=1)
            self.pen.text(self.left + self.ledger.width - 4 * INTRODUCTION.size, y, line, style)
            y -= INTRODUCTION.pitch

    def _signers(self, y: float) -> None:
        for place, who in enumerate(self.ledger.signers):
            x = self.left + self.ledger.width * place / len(self.ledger.signers)
            self.pen.text(x, y - 6 * MM, who, VALUE)

    def _footer(self, number: int, total: int) -> None:
        words = f"第{number}页 共{total}页"
        right = Style(size=NOTE.size, align=1)
        self.pen.text(self.left, FOOT, self.ledger.foot, NOTE)
        self.pen.text(self.left + self.ledger.width, FOOT, words, right)
