"""A chart whose bars and points can be chosen and opened, by keyboard and by a click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.ui.keys import Key, tell
from app.ui.parts.chart import Chart, Drawing, Picture
from app.ui.theme import LIGHT

_REACH = 9.0
"""Pixels around a point of the line that are the point."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_TURNS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class Series(StrEnum):
    """What of a picture is chosen: a bar, its darker part, a point of the line."""

    BAR = "bar"
    PART = "part"
    LINE = "line"


Spot = tuple[Series, int]


class OpenChart(Chart):
    """`opened(series, place)` on Enter or a click; what is nought cannot be chosen.

    `names` say in words what the series are, for who cannot see them and over the picture.
    """

    opened = Signal(str, int)

    def __init__(self, names: Mapping[Series, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._chosen: Spot | None = None
        self._hits: list[tuple[QRectF, Spot]] = []
        keys = (Key("← →", "选一个"), Key("Enter", "看是哪些记录"))
        turn = (Key("↑ ↓", "换一种数"),) if len(names) > 1 else ()
        tell(self, keys[0], *turn, keys[1])

    @property
    def chosen(self) -> Spot | None:
        """The bar or point that Enter opens."""
        return self._chosen

    def show_picture(self, picture: Picture) -> None:
        super().show_picture(picture)
        if self._chosen not in self._spots():
            self._chosen = next(iter(self._spots()), None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._chosen else Qt.FocusPolicy.NoFocus)

    def say(self, words: str) -> None:
        super().say(words)
        self._chosen, self._hits = None, []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def choose(self, spot: Spot) -> None:
        """Choose one."""
        self._chosen = spot
        self.setAccessibleDescription(self.words)
        self.update()

    def open(self) -> None:
        """Open what is chosen."""
        if self._chosen is not None:
            self.opened.emit(*self._chosen)

    @property
    def words(self) -> str:
        """What is chosen, in words: 7月 已走访 12."""
        if self._chosen is None or self.picture is None:
            return ""
        series, place = self._chosen
        number = _numbers(self.picture, series)[place]
        said = (self.picture.labels[place], self._names[series], f"{number:,}")
        return " ".join(filter(None, said))

    def _spots(self) -> list[Spot]:
        """What can be chosen, one series after the other."""
        if self.picture is None:
            return []
        every = ((series, _numbers(self.picture, series)) for series in self._names)
        return [(one, n) for one, numbers in every for n, number in enumerate(numbers) if number]

    def _step(self, by: int) -> None:
        """The next one of the same series."""
        if self._chosen is None:
            return
        row = [spot for spot in self._spots() if spot[0] == self._chosen[0]]
        place = row.index(self._chosen) + by
        self.choose(row[min(max(place, 0), len(row) - 1)])

    def _turn(self, by: int) -> None:
        """The same place in the next series, or the nearest one that has a number."""
        if self._chosen is None:
            return
        spots = self._spots()
        there = list(dict.fromkeys(series for series, _ in spots))
        series, place = self._chosen
        wanted = there[(there.index(series) + by) % len(there)]
        row = [spot for spot in spots if spot[0] == wanted]
        self.choose(min(row, key=lambda spot: abs(spot[1] - place)))

    # -- what the person does, and what they see of it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = Qt.Key(event.key())
        if pressed in _ENTER:
            self.open()
        elif pressed in _STEPS:
            self._step(_STEPS[pressed])
        elif pressed in _TURNS:
            self._turn(_TURNS[pressed])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            at = event.position()
            spot = next((spot for where, spot in self._hits if where.contains(at)), None)
            if spot is not None:
                self.choose(spot)
                self.open()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._chosen is not None:
            self.choose(self._chosen)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mark(self, painter: QPainter, drawing: Drawing) -> None:
        """A frame around what is chosen, and what it is, while the focus is here."""
        self._hits = self._places(drawing)
        if self._chosen is None or self.picture is None or not self.hasFocus():
            return
        painter.setPen(QPen(QColor(LIGHT.focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        series, place = self._chosen
        if series is Series.LINE:
            painter.drawEllipse(drawing.point_at(place), _REACH - 3, _REACH - 3)
        else:
            amount = _numbers(self.picture, series)[place] or 0
            painter.drawRect(drawing.bar_at(place, amount).adjusted(-2, -2, 2, 1))
        self._write(painter, drawing)

    def _write(self, painter: QPainter, drawing: Drawing) -> None:
        """The words, at the top of the picture, away from what they speak of."""
        assert self.picture is not None
        assert self._chosen is not None
        first, last = drawing.room_at(0), drawing.room_at(len(self.picture.labels) - 1)
        whole = QRectF(first.topLeft(), QPointF(last.right(), first.top() + 18))
        left = self._chosen[1] * 2 >= len(self.picture.labels)
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        words = painter.fontMetrics().horizontalAdvance(self.words) + 8
        ground = QRectF(whole)
        ground.setWidth(words)
        if not left:
            ground.moveRight(whole.right())
        painter.fillRect(ground, QColor(LIGHT.card))
        painter.setPen(QColor(LIGHT.text))
        painter.drawText(
            whole.adjusted(4, 0, -4, 0), int(side | Qt.AlignmentFlag.AlignVCenter), self.words
        )

    def _places(self, drawing: Drawing) -> list[tuple[QRectF, Spot]]:
        """Where each can be hit: points first, then the parts, then all the room of a bar."""
        assert self.picture is not None
        found: dict[Series, list[tuple[QRectF, Spot]]] = {one: [] for one in Series}
        for series, place in self._spots():
            if series is Series.LINE:
                where = QRectF(0, 0, 2 * _REACH, 2 * _REACH)
                where.moveCenter(drawing.point_at(place))
            elif series is Series.PART:
                where = drawing.bar_at(place, self.picture.part[place])
            else:
                where = drawing.room_at(place)
            found[series].append((where, (series, place)))
        return [*found[Series.LINE], *found[Series.PART], *found[Series.BAR]]


def _numbers(picture: Picture, series: Series) -> Sequence[int | None]:
    if series is Series.BAR:
        return picture.bars
    return picture.part if series is Series.PART else picture.line
