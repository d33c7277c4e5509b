"""月历: a month to pick a day from, Monday first, moved through with the keys of its field."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.fields.floating import Floating
from app.ui.icons import paint_icon
from app.ui.theme import LIGHT, colour, text_font

_CELL_WIDTH, _CELL_HEIGHT = 34, 28
_EDGE, _TITLE, _WEEKDAYS, _FOOT = 8, 32, 22, 22
_WIDTH = 7 * _CELL_WIDTH + 2 * _EDGE
_HEIGHT = _TITLE + _WEEKDAYS + 6 * _CELL_HEIGHT + _FOOT + _EDGE
_NAMES = "一二三四五六日"
_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class _Day:
    """A day and where it stands."""

    day: dt.date
    where: QRect


def weeks(month: dt.date) -> list[dt.date]:
    """The 42 days of six weeks around a month, from a Monday."""
    first = month.replace(day=1)
    start = first.toordinal() - first.weekday()
    return [dt.date.fromordinal(start + number) for number in range(42)]


def month_on(day: dt.date, months: int) -> dt.date:
    """The same day some months later; the last of the month where it has no such day."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


class Calendar(Floating):
    """Six weeks of a month; `chosen(day)` comes by mouse, `day` is the one Enter takes."""

    chosen = Signal(object)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self.day = self.today = _FIRST
        self._down = QPoint()

    def open_at(self, day: dt.date, today: dt.date) -> None:
        """Show the month of a day."""
        self.today = today
        self._go(day)
        self.place(_WIDTH, _HEIGHT, _HEIGHT)

    def move_days(self, days: int) -> None:
        """Go to a day later, or earlier."""
        self._go(self.day + dt.timedelta(days))

    def move_months(self, months: int) -> None:
        """Go to another month."""
        self._go(month_on(self.day, months))

    def _go(self, day: dt.date) -> None:
        self.day = max(_FIRST, min(_LAST, day))
        self.setAccessibleName(f"月历 {self.day.isoformat()}")
        self.update()

    # -- drawing

    def _days(self) -> list[_Day]:
        top = _TITLE + _WEEKDAYS
        return [
            _Day(
                day,
                QRect(
                    _EDGE + number % 7 * _CELL_WIDTH,
                    top + number // 7 * _CELL_HEIGHT,
                    _CELL_WIDTH,
                    _CELL_HEIGHT,
                ),
            )
            for number, day in enumerate(weeks(self.day))
        ]

    def _arrows(self) -> dict[int, QRect]:
        size = QRect(0, 8, 16, 16)
        return {-1: size.translated(_EDGE + 8, 0), 1: size.translated(_WIDTH - _EDGE - 24, 0)}

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(text_font(LIGHT.normal, bold=True))
            painter.setPen(QColor(LIGHT.text))
            title = f"{self.day.year}年{self.day.month}月"
            painter.drawText(QRect(0, 0, _WIDTH, _TITLE), _CENTRE, title)
            for step, where in self._arrows().items():
                paint_icon(painter, where, "caret-left" if step < 0 else "caret-right")
            painter.setFont(text_font(LIGHT.small))
            painter.setPen(QColor(LIGHT.text3))
            for place, name in enumerate(_NAMES):
                left = _EDGE + place * _CELL_WIDTH
                painter.drawText(QRect(left, _TITLE, _CELL_WIDTH, _WEEKDAYS), _CENTRE, name)
            foot = QRect(0, _HEIGHT - _FOOT - 4, _WIDTH, _FOOT)
            painter.drawText(foot, _CENTRE, "Enter 选定　PgUp PgDn 翻月")
            painter.setFont(text_font(LIGHT.normal))
            for one in self._days():
                self._paint_day(painter, one)

    def _paint_day(self, painter: QPainter, one: _Day) -> None:
        inner = one.where.adjusted(2, 1, -2, -1)
        here = one.day == self.day
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(LIGHT.focus) if here else Qt.BrushStyle.NoBrush)
        if one.day == self.today and not here:
            painter.setPen(QColor(LIGHT.focus))
        if here or one.day == self.today:
            painter.drawRoundedRect(inner, 4, 4)
        in_month = one.day.month == self.day.month
        words = LIGHT.card if here else LIGHT.text if in_month else LIGHT.disabled
        painter.setPen(QColor(words))
        painter.drawText(one.where, _CENTRE, str(one.day.day))

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._down = event.position().toPoint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        for step, where in self._arrows().items():
            if where.adjusted(-8, -8, 8, 8).contains(point):
                self.move_months(step)
        for one in self._days():
            if one.where.contains(point) and one.where.contains(self._down):
                self.chosen.emit(one.day)
