"""Paper and pen: the measures every document shares, and what draws on the page.

All lengths are points (1/72 inch), counted from the lower left corner of the sheet; text stands on
its baseline. Everything is black but 报头. Sizes are the Chinese ones (小四 = 12 pt), the printed
area is 156 mm wide as in GB/T 9704.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from app.documents.drawing.fonts import Fonts, Role, printable
from app.documents.drawing.linebreak import CLOSING, OPENING, Line, break_text, spread

rl_config.useA85 = 0  # plain binary streams: a fifth smaller, and written in half the time

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
AREA_WIDTH = 156 * MM
LEFT = (PAGE_WIDTH - AREA_WIDTH) / 2
RIGHT = LEFT + AREA_WIDTH
TOP = PAGE_HEIGHT - 37 * MM
BOTTOM = 24 * MM
FOOT = 12 * MM
"""The baseline of the page footer; below it nothing is drawn, so any printer reaches it."""

SIZE_2, SIZE_SMALL_2, SIZE_3, SIZE_SMALL_3 = 22.0, 18.0, 16.0, 15.0
SIZE_4, SIZE_SMALL_4, SIZE_5, SIZE_SMALL_5 = 14.0, 12.0, 10.5, 9.0
OUTER_RULE, INNER_RULE = 1.0, 0.5
LEADING = 1.35
"""Line distance of short texts, in parts of the size."""

_RED = (0.84, 0.0, 0.0)
DATE_BY_HAND = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
BASELINE = 0.38
"""How far below the middle of a line its baseline lies, in parts of the size."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page by its left and upper edge."""

    x: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top - self.height

    @property
    def right(self) -> float:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: role, size, distance of lines, and 0 left, 0.5 centred, 1 right."""

    role: Role = Role.BODY
    size: float = SIZE_SMALL_4
    leading: float = 0
    align: float = 0

    @property
    def pitch(self) -> float:
        """The distance from one baseline to the next."""
        return self.leading or self.size * LEADING


BODY = Style()
LABEL = Style(align=0.5)
NOTE = Style(size=SIZE_SMALL_5)


class Pen:
    """Draws text and rules on the pages of one document, all of one `size`.

    Widths come from the fonts; the finished bytes are the same for the same content.
    """

    def __init__(
        self, fonts: Fonts, title: str, size: tuple[float, float] = (PAGE_WIDTH, PAGE_HEIGHT)
    ) -> None:
        self.fonts = fonts
        self._bytes = BytesIO()
        self.canvas = Canvas(self._bytes, pagesize=size, invariant=1, pageCompression=1)
        self.canvas.setTitle(title)
        self.canvas.setAuthor("")
        self.canvas.setCreator("")
        self.canvas.setProducer("")
        self.canvas.setSubject("")

    def measure(self, style: Style, text: str) -> float:
        """The width of `text` in one line."""
        return self.fonts[style.role].width(text, style.size)

    def text(self, x: float, y: float, text: str, style: Style = BODY) -> None:
        """Put one line on the baseline `y`; `x` is its left, middle or right by `style.align`."""
        shown = printable(text)
        if style.align:
            x -= self.measure(style, shown) * style.align
        self._spans([(x, y, shown, 0.0)], style)

    def _spans(self, spans: Sequence[tuple[float, float, str, float]], style: Style) -> None:
        chain = self.fonts[style.role]
        writer = self.canvas.beginText()
        current, spacing = "", 0.0
        for x, y, text, gap in spans:
            writer.setTextOrigin(x, y)
            if gap != spacing:
                writer.setCharSpace(gap)
                spacing = gap
            for font, piece in chain.runs(text):
                if font != current:
                    writer.setFont(font, style.size)
                    current = font
                writer.textOut(piece)
        if spacing:
            writer.setCharSpace(0)
        self.canvas.drawText(writer)

    def lines(self, text: str, width: float, style: Style = BODY, indent: float = 0) -> list[Line]:
        """`text` cut into lines of `width`; `indent` points before each paragraph."""
        measure = self.fonts[style.role].measure(style.size)
        return break_text(printable(text), width, measure, indent=indent)

    def balanced(self, text: str, width: float, style: Style) -> list[str]:
        """`text` in as few lines of `width` as it needs, the lines about equally long."""
        lines = self.lines(text, width, style)
        if len(lines) > 1 and "\n" not in text:
            narrow = sum(line.width for line in lines) / len(lines)
            while narrow < width and len(self.lines(text, narrow, style)) > len(lines):
                narrow += style.size / 2
            lines = self.lines(text, min(narrow, width), style)
        return [line.text for line in lines]

    def by_sense(self, text: str, width: float, style: Style) -> list[str]:
        """As `balanced`, but two lines part by their sense (GB/T 9704-2012).

        That is before 关于, or where a quotation begins or ends.
        """
        lines = self.balanced(text, width, style)
        places = [
            n
            for n in range(1, len(text))
            if (text[n] in OPENING or text[n - 1] in "”》」』" or text.startswith("关于", n))
            and text[n] not in CLOSING
        ]
        widths = {n: [self.measure(style, part) for part in (text[:n], text[n:])] for n in places}
        fitting = [n for n in places if max(widths[n]) <= width]
        if len(lines) != 2 or not fitting:
            return lines
        best = min(fitting, key=lambda n: abs(widths[n][0] - widths[n][1]))
        return [text[:best], text[best:]]

    def paragraph(self, box: Box, lines: Sequence[Line], style: Style = BODY) -> float:
        """Set `lines` from the top of `box`, both ends aligned; answer where the next begins."""
        measure = self.fonts[style.role].measure(style.size)
        y = box.top - style.pitch / 2 - style.size * BASELINE
        spans: list[tuple[float, float, str, float]] = []
        for line in lines:
            placed = spread(line, box.width, style.size, measure)
            spans += [(box.x + span.x, y, span.text, span.gap) for span in placed]
            y -= style.pitch
        self._spans(spans, style)
        return box.top - style.pitch * len(lines)

    def centred(self, box: Box, lines: Sequence[str], style: Style) -> None:
        """Set `lines` in the middle of the height of `box`, aligned by `style`."""
        y = box.top - (box.height - style.pitch * len(lines)) / 2
        y -= style.pitch / 2 + style.size * BASELINE
        spans: list[tuple[float, float, str, float]] = []
        for line in map(printable, lines):
            free = box.width - self.measure(style, line) if style.align else 0
            spans.append((box.x + free * style.align, y, line, 0.0))
            y -= style.pitch
        if spans:
            self._spans(spans, style)

    def frame(self, box: Box, rule: float = OUTER_RULE) -> None:
        """Draw the outline of `box`."""
        self.canvas.setLineWidth(rule)
        self.canvas.rect(box.x, box.bottom, box.width, box.height)

    def frames(self, boxes: Sequence[Box], rule: float = INNER_RULE) -> None:
        """Draw the outlines of many boxes at once."""
        shapes = " ".join(
            f"{box.x:.2f} {box.bottom:.2f} {box.width:.2f} {box.height:.2f} re" for box in boxes
        )
        self.canvas.addLiteral(f"{rule} w {shapes} S")

    def rules(self, lines: Sequence[tuple[float, float, float, float]]) -> None:
        """Draw thin straight lines given as x1, y1, x2, y2."""
        self.canvas.setLineWidth(INNER_RULE)
        self.canvas.lines(list(lines))

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float) -> None:
        """Draw one straight line so thick."""
        self.canvas.setLineWidth(width)
        self.canvas.line(x1, y1, x2, y2)

    @contextmanager
    def red(self) -> Iterator[None]:
        """What is drawn meanwhile is red, as 报头 is."""
        self.canvas.saveState()
        self.canvas.setFillColorRGB(*_RED)
        self.canvas.setStrokeColorRGB(*_RED)
        yield
        self.canvas.restoreState()

    def stamp(self, name: str, draw: Callable[[], None]) -> None:
        """Put what `draw` draws on this page; under one name it is drawn and stored only once."""
        if not self.canvas.hasForm(name):
            self.canvas.beginForm(name)
            draw()
            self.canvas.endForm()
        self.canvas.doForm(name)

    def next_page(self) -> None:
        """End this page."""
        self.canvas.showPage()

    def finish(self) -> bytes:
        """End the document and answer its bytes."""
        self.canvas.save()
        return self._bytes.getvalue()


def written_date(day: date | None) -> str:
    """2011年12月10日, or the same with room to write by hand."""
    return f"{day.year}年{day.month}月{day.day}日" if day else DATE_BY_HAND
