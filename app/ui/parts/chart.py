"""Bars with a line of what is due: a picture where people would rather look than read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.parts.label import label
from app.ui.theme import LIGHT, text_font

_BAR, _WIDEST = 0.5, 64
"""How wide a bar is, of the room each label has, and in pixels at most."""
_ROOM_INSIDE = 26
"""A bar at least so many pixels high has its figure inside."""
_GAP, _DOT = 8, 2.5
FRAME = 3
"""Kept free above a bar for the frame around the one that is chosen, in pixels."""
_HEADROOM = 1.12
_MOST_LABELS = 13


@dataclass(frozen=True, slots=True)
class Picture:
    """One bar per label; None where there is nothing yet.

    `line` is drawn through what is due. `part` is the part of each bar that is
    drawn darker (closed of all). `what` names the picture to who cannot see it.
    """

    what: str
    labels: tuple[str, ...]
    bars: tuple[int | None, ...]
    line: tuple[int, ...] = ()
    part: tuple[int, ...] = ()

    @property
    def highest(self) -> int:
        """The highest of everything that is drawn."""
        return max([bar or 0 for bar in self.bars] + list(self.line), default=0)

    @property
    def words(self) -> str:
        """The picture as a sentence."""
        told = (f"{name} {bar:,}" for name, bar in zip(self.labels, self.bars, strict=True) if bar)
        return f"{self.what}：{'，'.join(told) or '还没有'}"


class Chart(QWidget):
    """Shows a `Picture`, or words in its place. It never takes the focus (`OpenChart` does)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._words = label("", "note")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 4)
        column.addWidget(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 96)

    @property
    def picture(self) -> Picture | None:
        """What is shown; None while words stand in its place."""
        return self._picture

    def say(self, words: str) -> None:
        """Show words in place of a picture."""
        self._picture = None
        self._words.setText(words)
        self._words.show()
        self.setAccessibleName(words)
        self.update()

    def show_picture(self, picture: Picture) -> None:
        """Draw this in place of what stood here."""
        self._picture = picture
        self._words.hide()
        self.setAccessibleName(picture.words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(text_font(LIGHT.small))
            drawing = Drawing(painter, self._picture, QRectF(self.contentsRect()))
            drawing.draw()
            self.mark(painter, drawing)

    def mark(self, painter: QPainter, drawing: Drawing) -> None:
        """Draw over the picture what somebody chose of it; nothing here."""


class Legend(QWidget):
    """What the colours of a picture mean: (words, `bar` | `pale` | `line`) each."""

    def __init__(self, *entries: tuple[str, str]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.labels: list[QLabel] = []
        for words, kind in entries:
            row.addWidget(_Sample(kind))
            self.labels.append(label(words, "note"))
            row.addWidget(self.labels[-1])
            row.addSpacing(8)


class _Sample(QWidget):
    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(16 if kind == "line" else 9, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self._kind == "line":
                painter.setPen(QPen(QColor(LIGHT.input), 1.5, Qt.PenStyle.DashLine))
                painter.drawLine(0, 8, self.width(), 8)
            else:
                colour = LIGHT.slate if self._kind == "bar" else LIGHT.slate2
                painter.fillRect(QRect(0, 4, 9, 9), QColor(colour))


class Drawing:
    """One picture on its way onto a painter: where the axes stand, then what stands on them."""

    def __init__(self, painter: QPainter, picture: Picture, area: QRectF) -> None:
        self._painter = painter
        self._picture = picture
        self._font = QFontMetricsF(painter.font())
        self._top = max(_round(picture.highest), 1)
        high = self._font.height()
        room = area.height() - 4 - high - _GAP
        self._ticks = _ticks(self._top) if room >= 3 * high else [0, self._top]
        left = max(self._font.horizontalAdvance(f"{n:,}") for n in self._ticks) + 2 * _GAP
        self._plot = area.adjusted(left, 4, -4, -high - _GAP)
        inside = room - high > _ROOM_INSIDE and not picture.part
        self._scale = min(room / _HEADROOM, room if inside else room - high - FRAME) / self._top
        self._room = self._plot.width() / max(len(picture.labels), 1)
        self._figures_shown = len(picture.labels) <= _MOST_LABELS
        self._wide = self._width_of_bars()

    def draw(self) -> None:
        """Rules first, then bars, the line over them, and the figures on top."""
        self._rules()
        self._labels()
        self._bars(self._picture.bars, LIGHT.slate2 if self._picture.part else LIGHT.slate)
        self._bars(self._picture.part, LIGHT.slate)
        if any(self._picture.line):
            self._due()
        if self._figures_shown:
            self._figures()

    def bar_at(self, place: int, amount: int) -> QRectF:
        """Where a bar of this height stands, or its darker part."""
        top = self._y(amount)
        left = self._x(place) - self._wide / 2
        return QRectF(left, top, self._wide, self._plot.bottom() - top)

    def point_at(self, place: int) -> QPointF:
        """Where the line goes through."""
        return QPointF(self._x(place), self._y(self._picture.line[place]))

    def room_at(self, place: int) -> QRectF:
        """All the room of a label, from top to bottom."""
        left = self._plot.left() + place * self._room
        return QRectF(left, self._plot.top(), self._room, self._plot.height())

    def figure_at(self, place: int, amount: int) -> QRectF:
        """Where the figure of a bar stands: in it, or over it and the frame it may get."""
        high, top = self._font.height(), self._y(amount)
        y = top + FRAME if self._is_inside(amount) else top - FRAME - high
        return QRectF(self._x(place) - self._room / 2, y, self._room, high)

    def _is_inside(self, amount: int) -> bool:
        return amount * self._scale > _ROOM_INSIDE and not self._picture.part

    def _width_of_bars(self) -> float:
        """Half of the room, or as much more as the widest figure in a bar takes."""
        figures = (f"{amount:,}" for _, amount in _standing(self._picture.bars))
        widest = max(map(self._font.horizontalAdvance, figures), default=0) + 2 * _GAP
        wanted = max(_BAR * self._room, widest if self._figures_shown else 0)
        return min(wanted, self._room - 2, _WIDEST)

    def _x(self, place: int) -> float:
        """The middle of a label's room."""
        return self._plot.left() + (place + 0.5) * self._room

    def _y(self, amount: float) -> float:
        return self._plot.bottom() - amount * self._scale

    def _rules(self) -> None:
        for tick in self._ticks:
            y = round(self._y(tick)) + 0.5
            self._painter.setPen(QColor(LIGHT.line if tick else LIGHT.control))
            self._painter.drawLine(QPointF(self._plot.left(), y), QPointF(self._plot.right(), y))
            beside = QRectF(0, y - self._font.height(), self._plot.left() - _GAP, 0)
            beside.setHeight(2 * self._font.height())
            self._write(beside, Qt.AlignmentFlag.AlignRight, f"{tick:,}", LIGHT.text2)

    def _labels(self) -> None:
        room, shown = self._plot.width(), _sparse(self._picture.labels)
        fits = room / max(len(shown), 1) - _GAP
        for place, whole in shown:
            text = self._font.elidedText(whole, Qt.TextElideMode.ElideRight, fits)
            below = QRectF(self._x(place) - room / 2, self._plot.bottom() + _GAP / 2, room, 0)
            below.setHeight(self._font.height())
            self._write(below, Qt.AlignmentFlag.AlignHCenter, text, LIGHT.text2)

    def _bars(self, bars: Sequence[int | None], colour: str) -> None:
        for place, amount in _standing(bars):
            self._painter.fillRect(self.bar_at(place, amount), QColor(colour))

    def _due(self) -> None:
        points = [self.point_at(n) for n in range(len(self._picture.line))]
        self._painter.setPen(QPen(QColor(LIGHT.input), 1.5, Qt.PenStyle.DashLine))
        self._painter.drawPolyline(QPolygonF(points))
        if len(points) <= _MOST_LABELS:
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(QColor(LIGHT.input))
            for point in points:
                self._painter.drawEllipse(point, _DOT, _DOT)

    def _figures(self) -> None:
        for place, amount in _standing(self._picture.bars):
            at = self.figure_at(place, amount)
            inside = self._is_inside(amount)
            ground, colour = (LIGHT.slate, LIGHT.card) if inside else (LIGHT.card, LIGHT.text)
            self._clear_behind(at, f"{amount:,}", ground)
            self._write(at, Qt.AlignmentFlag.AlignHCenter, f"{amount:,}", colour)

    def _clear_behind(self, at: QRectF, text: str, ground: str) -> None:
        """Take the lines out from behind a figure, so that it is not struck through."""
        wide = min(self._font.horizontalAdvance(text) + 4, self._wide)
        behind = QRectF(0, 0, wide, at.height())
        behind.moveCenter(at.center())
        self._painter.fillRect(behind, QColor(ground))

    def _write(self, at: QRectF, side: Qt.AlignmentFlag, text: str, colour: str) -> None:
        self._painter.setPen(QColor(colour))
        never_cut = Qt.AlignmentFlag.AlignVCenter | side | Qt.TextFlag.TextDontClip
        self._painter.drawText(at, never_cut, text)


def _standing(bars: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """The bars that have a height, with their places."""
    return ((place, bar) for place, bar in enumerate(bars) if bar)


def _ticks(top: int) -> list[int]:
    return [0, top // 2, top] if top > 1 else [0, top]


def _round(highest: int) -> int:
    """An even number, so that its half can be written at the axis too."""
    return highest + highest % 2


def _sparse(labels: Sequence[str]) -> list[tuple[int, str]]:
    step = -(-len(labels) // _MOST_LABELS) or 1
    return [(place, text) for place, text in enumerate(labels) if place % step == 0]
