"""What a package holds, drawn: six figures, the totals against the cover, what is to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.parts.chip import chip_width, paint_chip
from app.ui.parts.label import tip
from app.ui.theme import CHIPS, LIGHT, text_font

_CELL_HEIGHT = 59
_NUMBER = 88
_VERDICT = 72


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts; of a kind of `CHIPS` once it is not 0."""

    number: int
    words: str
    kind: str = ""


class Figures(QWidget):
    """Figures in rows of three."""

    def __init__(self) -> None:
        super().__init__()
        self._figures: Sequence[Figure] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these."""
        self._figures = figures
        self.setAccessibleName("，".join(f"{one.words} {one.number:,}" for one in figures))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, _CELL_HEIGHT * ((len(self._figures) + 2) // 3))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            width = self.width() // 3
            for place, one in enumerate(self._figures):
                row, column = divmod(place, 3)
                box = QRect(column * width, row * _CELL_HEIGHT, width, _CELL_HEIGHT)
                self._draw(painter, box, one, last=column == 2)

    def _draw(self, painter: QPainter, box: QRect, one: Figure, *, last: bool) -> None:
        line = QColor(LIGHT.line)
        painter.fillRect(QRect(box.left(), box.bottom(), self.width(), 1), line)
        if not last:
            painter.fillRect(QRect(box.right(), box.top(), 1, box.height()), line)
        tone = CHIPS[one.kind].text if one.kind and one.number else LIGHT.text
        painter.setPen(QColor(tone))
        painter.setFont(text_font(LIGHT.figure, bold=True))
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(box.adjusted(0, 6, 0, -22), centre, f"{one.number:,}")
        painter.setPen(QColor(LIGHT.text2))
        painter.setFont(text_font(LIGHT.small))
        painter.drawText(box.adjusted(0, 34, 0, -4), centre, one.words)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum as the cover says it and as the file holds it."""

    words: str
    cover: str
    inside: str

    @property
    def agrees(self) -> bool:
        """Whether both are the same."""
        return self.cover == self.inside


class Totals(QWidget):
    """The totals in a table."""

    def __init__(self) -> None:
        super().__init__()
        self._totals: Sequence[Total] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_totals(self, totals: Sequence[Total]) -> None:
        """Show these; nothing hides the table."""
        self._totals = totals
        told = (f"{t.words} 封面{t.cover} 文件内{t.inside}" for t in totals)
        self.setAccessibleName("；".join(told))
        self.setVisible(bool(totals))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, LIGHT.row * (len(self._totals) + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            head = QRect(0, 0, self.width(), LIGHT.row)
            painter.fillRect(head, QColor(LIGHT.sub))
            painter.fillRect(QRect(0, head.bottom(), self.width(), 1), QColor(LIGHT.line))
            self._row(painter, head, ("合计", "封面", "文件内"), LIGHT.small, LIGHT.text2)
            for place, one in enumerate(self._totals, 1):
                box = QRect(0, place * LIGHT.row, self.width(), LIGHT.row)
                painter.fillRect(QRect(0, box.bottom(), self.width(), 1), QColor(LIGHT.row_line))
                self._row(
                    painter, box, (one.words, one.cover, one.inside), LIGHT.normal, LIGHT.text
                )
                words, kind = ("相符", "ok") if one.agrees else ("不符", "error")
                left = box.right() - _VERDICT + 12
                paint_chip(painter, QRect(left, box.top(), 60, box.height()), words, kind)

    def _row(
        self, painter: QPainter, box: QRect, texts: tuple[str, str, str], size: int, tone: str
    ) -> None:
        painter.setFont(text_font(size))
        painter.setPen(QColor(tone))
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        first, cover, inside = texts
        end = box.right() - _VERDICT
        painter.drawText(box.adjusted(LIGHT.margin, 0, 0, 0), int(middle), first)
        for at, text in ((end - _NUMBER, cover), (end, inside)):
            painter.drawText(
                QRect(at - _NUMBER, box.top(), _NUMBER, box.height()), int(middle | right), text
            )


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to be decided: a chip, and what it is about."""

    words: str
    kind: str
    text: str


class Matters(QWidget):
    """What a person has to decide, one under the other, below a heading."""

    def __init__(self) -> None:
        super().__init__()
        self._heading = ""
        self._matters: Sequence[Matter] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_matters(self, heading: str, matters: Sequence[Matter]) -> None:
        """Show these; nothing hides the list."""
        self._heading, self._matters = heading, matters
        told = "；".join(f"{one.words} {one.text}" for one in matters)
        self.setAccessibleName(f"{heading}：{told}")
        self.setToolTip(tip("\n".join(one.text for one in matters)))
        self.setVisible(bool(matters))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, LIGHT.row * (len(self._matters) + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            head = QRect(0, 0, self.width(), LIGHT.row)
            painter.fillRect(head, QColor(LIGHT.sub))
            painter.fillRect(QRect(0, head.bottom(), self.width(), 1), QColor(LIGHT.line))
            painter.setFont(text_font(LIGHT.small))
            painter.setPen(QColor(LIGHT.text2))
            middle = int(Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(head.adjusted(LIGHT.margin, 0, 0, 0), middle, self._heading)
            for place, one in enumerate(self._matters, 1):
                self._matter(painter, QRect(0, place * LIGHT.row, self.width(), LIGHT.row), one)

    def _matter(self, painter: QPainter, box: QRect, one: Matter) -> None:
        painter.fillRect(QRect(0, box.bottom(), self.width(), 1), QColor(LIGHT.row_line))
        paint_chip(painter, box.adjusted(LIGHT.margin, 0, 0, 0), one.words, one.kind)
        room = box.adjusted(LIGHT.margin + chip_width(one.words) + 8, 0, -LIGHT.margin, 0)
        font = text_font(LIGHT.normal)
        painter.setFont(font)
        painter.setPen(QColor(LIGHT.text))
        shown = QFontMetrics(font).elidedText(one.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
