"""Dates are typed; F7 opens a month to pick from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.kernel.errors import UserError
from app.ui.fields.calendar import Calendar
from app.ui.fields.line import Line, is_escape
from app.ui.fields.text import LineEditor
from app.ui.icons import icon

_DAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class DateLine(Line):
    """A line with a month under it: arrows, PgUp and PgDn move there, Enter takes, Esc closes.

    `month_wanted` asks the editor to open it, `chosen(day)` tells what was taken. Any
    other key types on, and the month closes.
    """

    month_wanted = Signal()
    chosen = Signal(object)
    _month: Calendar | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "date")
        self._mark = QAction(icon("calendar-blank"), "", self)
        self._mark.triggered.connect(self._toggle)
        self.textEdited.connect(lambda _: self.close_list())

    @property
    def month(self) -> Calendar:
        """The month, made when first needed."""
        if self._month is None:
            self._month = Calendar(self)
            self._month.chosen.connect(self._choose)
        return self._month

    @property
    def open(self) -> bool:
        """Whether the month is shown."""
        return self._month is not None and self._month.isVisible()

    def close_list(self) -> None:
        if self._month is not None:
            self._month.hide()

    def set_mark(self, shown: bool) -> None:
        """Show or hide the mark at the right end."""
        self.show_action(self._mark, shown)

    def event(self, event: QEvent) -> bool:
        if self.open and is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._handled(Qt.Key(event.key())):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _handled(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_F7 or (key == Qt.Key.Key_Down and not self.open):
            self.month_wanted.emit()
        elif not self.open:
            return False
        elif key in _DAYS:
            self.month.move_days(_DAYS[key])
        elif key in _MONTHS:
            self.month.move_months(_MONTHS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.month.day)
            return False
        elif key == Qt.Key.Key_Escape:
            self.close_list()
        else:
            return False
        return True

    def _choose(self, day: dt.date) -> None:
        self.close_list()
        self.chosen.emit(day)

    def _toggle(self) -> None:
        if self.open:
            self.close_list()
        else:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.month_wanted.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.close_list()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_list()
        super().hideEvent(event)


class DateEditor(LineEditor):
    """A day, typed in any usual way or picked from a month."""

    line: DateLine

    def _make_line(self) -> DateLine:
        return DateLine()

    def _connect(self) -> None:
        super()._connect()
        self.line.month_wanted.connect(self.show_choices)
        self.line.chosen.connect(self._choose)

    def show_choices(self) -> bool:
        if not (self.read_only or self.masked) and self.line.hasFocus():
            today = self.around.today()
            self.line.month.open_at(self._day() or today, today)
        return True

    def _day(self) -> dt.date | None:
        """The day that stands in the field, as far as it can be read."""
        try:
            value = self._read(self.text())
        except UserError:
            return None
        return dt.date.fromisoformat(value[:10]) if value else None

    def _choose(self, day: dt.date) -> None:
        self.line.setText(day.isoformat())

    def _restyle(self) -> None:
        super()._restyle()
        in_table = self.line.property("part") == "cell"
        self.line.set_mark(not (self.read_only or self.masked or in_table))


class TimeEditor(DateEditor):
    """A day and a time of day, shown as 2011-07-20 14:30; the month changes the day only."""

    def shown(self, value: Any) -> str:
        moment = dt.datetime.fromisoformat(value)
        clock = "%H:%M:%S" if moment.second else "%H:%M"
        return f"{moment.date().isoformat()} {moment.strftime(clock)}"

    def _choose(self, day: dt.date) -> None:
        _, _, clock = self.text().strip().partition(" ")
        self.line.setText(f"{day.isoformat()} {clock}")
