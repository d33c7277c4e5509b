"""How one sheet of 附件2 and its 续页 are drawn.

Three rows: three label and value pairs side by side; the advice of unit and workers; the note.
What does not fit runs on to 续页. 编号 and QR stand in the page footer only (R56).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from app.documents.drawing import qr as qr_code
from app.documents.drawing.fonts import Role
from app.documents.drawing.layout import (
    AREA_WIDTH,
    BODY,
    FOOT,
    LABEL,
    LEFT,
    MM,
    NOTE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    SIZE_2,
    SIZE_4,
    SIZE_5,
    SIZE_SMALL_4,
    SIZE_SMALL_5,
    Box,
    Pen,
    Style,
    written_date,
)
from app.documents.drawing.linebreak import Line
from app.documents.forms.registration_data import FormTexts, RegistrationForm
from app.domain.kernel.errors import UserError

TITLE = Style(Role.TITLE, SIZE_2, 34, align=0.5)
VOID = Style(Role.HEADING, SIZE_4, align=0.5)
ADVICE = Style(size=SIZE_SMALL_4, leading=20)
TABLE_TOP = PAGE_HEIGHT - 70 * MM
TABLE_BOTTOM = 72 * MM
CONTINUED_BOTTOM = 36 * MM
SIGN_Y = 55 * MM
"""The line 填报单位 … 年月日; the seal has 40 mm around it."""

DATE_ROOM = 45 * MM
COLUMNS = tuple(width * MM for width in (25, 24, 27.5, 35.5, 27.5, 16.5))
HEAD_HEIGHT = 20 * MM
CELL_STEPS = (
    (Style(size=SIZE_SMALL_4, align=0.5), HEAD_HEIGHT),
    (Style(size=11, align=0.5), HEAD_HEIGHT),
    (Style(size=SIZE_5, align=0.5), HEAD_HEIGHT * 1.5),
)
"""Row 1: the sizes a value is tried in, each with the height it may take; then `CELL_LAST`."""

CELL_LAST = Style(size=SIZE_SMALL_5, align=0.5)
NOTE_HEIGHT = 21 * MM
ADVICE_LEAST = 30 * MM
PAD = 1.4 * MM
ADVICE_PAD = (AREA_WIDTH - COLUMNS[0] - 30 * SIZE_SMALL_4) / 2
"""Leaves exactly thirty characters a line."""

QR_SIZE = 18 * MM
"""A module is 0.6 mm: still read from a photograph that was made small on the way."""


def justified_name(name: str) -> str:
    """A name of two characters set as wide as one of three: 刘勇 as 刘　勇 (O7)."""
    plain = "".join(name.split())
    two_characters = len(plain) == 2 and not plain.isascii()
    return "\u3000".join(plain) if two_characters else name.strip()


class Sheet:
    """Draws one form after the other with the same words."""

    def __init__(self, pen: Pen, texts: FormTexts, qr: bool) -> None:
        self.pen = pen
        self.texts = texts
        self.qr = qr

    def draw(self, form: RegistrationForm) -> int:
        """Draw `form` and its 续页; answer how many pages it took."""
        cells = self._head_cells(form)
        head = max(HEAD_HEIGHT, *(_height(style, lines) for style, lines in cells))
        first = _opinion_box(TABLE_TOP - head, TABLE_BOTTOM + NOTE_HEIGHT)
        if first.height < ADVICE_LEAST:
            raise UserError(
                "FORM_TOO_FULL",
                f"{form.number or form.enterprise}的领导姓名或单位名称太长，一页放不下。",
                remedy="请把走访领导减少一些，或把单位名称改短。",
            )
        rest = _opinion_box(TABLE_TOP, CONTINUED_BOTTOM)
        lines = self.pen.lines(form.opinions, _advice(first).width, ADVICE, 2 * ADVICE.size)
        parts = list(_portions(lines, _fits(first), _fits(rest)))
        self._first_page(form, cells, head, parts[0])
        self._close_page(form, 1, len(parts))
        for number, part in enumerate(parts[1:], start=2):
            self._continued_page(part)
            self._close_page(form, number, len(parts))
        return len(parts)

    def _head_cells(self, form: RegistrationForm) -> list[tuple[Style, list[str]]]:
        leaders = [justified_name(name) for name in form.leaders if name.strip()]
        headcount = [] if form.headcount is None else [f"{form.headcount}人"]
        return [
            self._fit("\n".join(leaders), COLUMNS[1], leaders),
            self._fit(form.enterprise, COLUMNS[3], []),
            self._fit("".join(headcount), COLUMNS[5], headcount),
        ]

    def _fit(self, text: str, width: float, whole: Sequence[str]) -> tuple[Style, list[str]]:
        """The largest size at which `text` suits a cell of row 1, and its lines there.

        `whole` are pieces (a name, a number) for which a smaller size is better than two lines.
        """
        inner = width - 2 * PAD
        for style, height in CELL_STEPS:
            lines = self.pen.balanced(text, inner, style)
            unbroken = all(self.pen.measure(style, piece) <= inner for piece in whole)
            if unbroken and _height(style, lines) <= height:
                return style, lines
        return CELL_LAST, self.pen.balanced(text, inner, CELL_LAST)

    def _first_page(
        self,
        form: RegistrationForm,
        cells: Sequence[tuple[Style, list[str]]],
        head: float,
        lines: Sequence[Line],
    ) -> None:
        self.pen.stamp(f"form-{head:.2f}", lambda: self._printed_words(head))
        for box, (style, value) in zip(_head_boxes(head)[1::2], cells, strict=True):
            self.pen.centred(box, value, style)
        box = _opinion_box(TABLE_TOP - head, TABLE_BOTTOM + NOTE_HEIGHT)
        self.pen.paragraph(_advice(box), lines, ADVICE)
        reporter = self.texts.reporter + form.reporter
        for row, line in enumerate(self.pen.lines(reporter, AREA_WIDTH - DATE_ROOM)):
            self.pen.text(LEFT + PAD, SIGN_Y - row * BODY.pitch, line.text)
        self.pen.text(RIGHT - PAD, SIGN_Y, written_date(form.filed_on), Style(align=1))

    def _printed_words(self, head: float) -> None:
        """The empty form whose first row is `head` points high."""
        pen, texts = self.pen, self.texts
        row_2, row_3 = TABLE_TOP - head, TABLE_BOTTOM + NOTE_HEIGHT
        boxes = _head_boxes(head)
        pen.frame(Box(LEFT, TABLE_TOP, AREA_WIDTH, TABLE_TOP - TABLE_BOTTOM))
        pen.rules(
            [(box.x, TABLE_TOP, box.x, row_2) for box in boxes[2:]]
            + [(boxes[1].x, TABLE_TOP, boxes[1].x, TABLE_BOTTOM)]
            + [(LEFT, y, RIGHT, y) for y in (row_2, row_3)]
        )
        self._title(texts.title_lines)
        labels = (texts.leaders, texts.enterprise, texts.headcount)
        for box, label in zip(boxes[::2], labels, strict=True):
            self._label(box, label, LABEL)
        self._opinions_label(_opinion_box(row_2, row_3))
        self._notes(Box(LEFT, row_3, COLUMNS[0], NOTE_HEIGHT))

    def _title(self, lines: Sequence[str]) -> None:
        bottom = TABLE_TOP + 7 * MM
        lines = self.pen.balanced("\n".join(lines), AREA_WIDTH, TITLE)
        height = TITLE.pitch * len(lines)
        self.pen.centred(Box(0, bottom + height, PAGE_WIDTH, height), lines, TITLE)

    def _opinions_label(self, box: Box) -> None:
        label = Box(LEFT, box.top, COLUMNS[0], box.height)
        self._label(label, self.texts.opinions, Style(leading=20, align=0.5))

    def _label(self, box: Box, lines: Sequence[str], style: Style) -> None:
        """The label as broken by hand, and once more where a line is wider than the cell."""
        self.pen.centred(box, self.pen.balanced("\n".join(lines), box.width - 4, style), style)

    def _notes(self, label: Box) -> None:
        self._label(label, self.texts.note, LABEL)
        body = Box(label.right, label.top, AREA_WIDTH - COLUMNS[0], label.height)
        style = Style(size=SIZE_SMALL_4, leading=19)
        lines = self.pen.lines("\n".join(self.texts.notes), _advice(body).width, style)
        inner = Box(body.x + ADVICE_PAD, body.top, body.width, body.height)
        self.pen.centred(inner, [line.text for line in lines], style)

    def _continued_page(self, lines: Sequence[Line]) -> None:
        self.pen.stamp("continued", self._continued_words)
        self.pen.paragraph(_advice(_opinion_box(TABLE_TOP, CONTINUED_BOTTOM)), lines, ADVICE)

    def _continued_words(self) -> None:
        *above, last = self.texts.title_lines
        self._title([*above, last + "（续页）"])
        box = _opinion_box(TABLE_TOP, CONTINUED_BOTTOM)
        self.pen.frame(Box(LEFT, box.top, AREA_WIDTH, box.height))
        self.pen.rules([(box.x, box.top, box.x, box.bottom)])
        self._opinions_label(box)

    def _close_page(self, form: RegistrationForm, number: int, total: int) -> None:
        """The footer: 编号, 已作废, page of pages, and the QR code."""
        words = [f"编号：{form.number}"] if form.number else []
        words += [f"第{number}页 共{total}页"] if total > 1 else []
        self.pen.text(LEFT, FOOT, "\u3000".join(words), NOTE)
        if form.void:
            self.pen.text(PAGE_WIDTH / 2, FOOT, "已作废", VOID)
        if self.qr and (code := form.code_of(number, total)):
            qr_code.draw(self.pen.canvas, RIGHT - QR_SIZE, FOOT - 2, QR_SIZE, code)
        self.pen.next_page()


def _height(style: Style, lines: Sequence[str]) -> float:
    return style.pitch * len(lines) + 2 * PAD


def _head_boxes(height: float) -> list[Box]:
    """The six cells of row 1: label, value, label, value, label, value."""
    edges = accumulate((LEFT, *COLUMNS[:-1]))
    return [Box(x, TABLE_TOP, width, height) for x, width in zip(edges, COLUMNS, strict=True)]


def _opinion_box(top: float, bottom: float) -> Box:
    return Box(LEFT + COLUMNS[0], top, AREA_WIDTH - COLUMNS[0], top - bottom)


def _advice(box: Box) -> Box:
    """The part of the advice cell that holds text."""
    return Box(box.x + ADVICE_PAD, box.top - PAD, box.width - 2 * ADVICE_PAD, box.height - 2 * PAD)


def _fits(box: Box) -> int:
    return int(_advice(box).height // ADVICE.pitch)


def _portions(lines: Sequence[Line], first: int, rest: int) -> Iterator[Sequence[Line]]:
    """`lines` by page: `first` on the form, `rest` on each 续页."""
    yield lines[:first]
    for start in range(first, len(lines), rest):
        yield lines[start : start + rest]
