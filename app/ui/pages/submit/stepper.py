"""The five steps in a row: what is done, by whom and when, and which one is next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.reporting.reporting_steps import Name, Step
from app.ui.icons import paint_icon
from app.ui.parts.label import tip
from app.ui.theme import CHIPS, LIGHT, text_font

_HEIGHT, _HEIGHT_NARROW = 66, 52
_CIRCLE = 28
_LEFT = 14
_GAP = 10
_RADIUS = 6


class Stepper(QWidget):
    """Painted; says the same in its accessible name. Never takes the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._steps: Sequence[Step] = ()
        self._current: Name = "check"
        self.set_narrow(False)

    def show_steps(self, steps: Sequence[Step], current: Name) -> None:
        """Show these; `current` is to be done next."""
        self._steps, self._current = steps, current
        self.setAccessibleName("；".join(map(self._in_words, steps)))
        self.setToolTip(tip("\n".join(map(self._in_words, steps))))
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Lower it where the window is small."""
        self.setFixedHeight(_HEIGHT_NARROW if narrow else _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(LIGHT.line), 1))
            painter.setBrush(QColor(LIGHT.card))
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            count = max(len(self._steps), 1)
            for place, step in enumerate(self._steps):
                left, right = (self.width() * n // count for n in (place, place + 1))
                cell = QRect(left, 1, right - left, self.height() - 2)
                self._paint_step(painter, cell, place, step)

    def _paint_step(self, painter: QPainter, cell: QRect, place: int, step: Step) -> None:
        is_current = step.name == self._current
        if is_current:
            painter.fillRect(cell.adjusted(1, 0, -1, 0), QColor(LIGHT.sel))
            bar = QRect(cell.left() + 1, cell.bottom() - 2, cell.width() - 2, 3)
            painter.fillRect(bar, QColor(LIGHT.focus))
        if place:
            line = QRect(cell.left(), cell.top(), 1, cell.height())
            painter.fillRect(line, QColor(LIGHT.line))
        top = cell.center().y() - _CIRCLE // 2
        circle = QRect(cell.left() + _LEFT, top, _CIRCLE, _CIRCLE)
        self._paint_circle(painter, circle, place, step, is_current)
        left = circle.right() + _GAP
        words = cell.adjusted(left - cell.left(), 0, -10, 0)
        self._paint_words(painter, words, step)

    def _paint_circle(
        self, painter: QPainter, where: QRect, place: int, step: Step, is_current: bool
    ) -> None:
        kind = CHIPS["ok"] if step.done else CHIPS["neutral"]
        ground = LIGHT.focus if is_current and not step.done else kind.ground
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawEllipse(where)
        if step.done:
            paint_icon(painter, where.adjusted(7, 7, -7, -7), "check", kind.text)
        else:
            painter.setFont(text_font(LIGHT.normal, bold=True))
            painter.setPen(QColor(LIGHT.card if is_current else LIGHT.text2))
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, str(place + 1))
        painter.restore()

    def _paint_words(self, painter: QPainter, where: QRect, step: Step) -> None:
        title, small = text_font(LIGHT.normal, bold=True), text_font(LIGHT.small)
        middle = where.center().y()
        upper = QRect(where.left(), middle - 20, where.width(), 20)
        lower = QRect(where.left(), middle + 2, where.width(), 18)
        used = _draw(painter, upper, step.title, title, LIGHT.text)
        rest = upper.adjusted(used + 8, 0, 0, 0)
        if QFontMetrics(small).horizontalAdvance(step.when) <= rest.width():
            _draw(painter, rest, step.when, small, LIGHT.text2, side=Qt.AlignmentFlag.AlignRight)
        below = "　".join(filter(None, (step.note, step.who)))
        _draw(painter, lower, below, small, LIGHT.text2)

    def _in_words(self, step: Step) -> str:
        here = "，现在这一步" if step.name == self._current else ""
        told = "，".join(filter(None, (step.note, step.when, step.who)))
        return f"{step.title}{'，已完成' if step.done else here}{'，' if told else ''}{told}"


def _draw(
    painter: QPainter,
    where: QRect,
    text: str,
    font: QFont,
    colour: str,
    *,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> int:
    """Returns how wide it came out."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, where.width())
    painter.drawText(where, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)
