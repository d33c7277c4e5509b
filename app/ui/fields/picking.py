"""A line with a list under it: type initials, characters or a code, and pick."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.fields.line import Line, is_escape
from app.ui.fields.popup import Popup
from app.ui.fields.suggestion import Suggestion
from app.ui.icons import icon
from app.ui.theme import LIGHT

_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 7,
    Qt.Key.Key_PageUp: -7,
}


class Taken(Enum):
    """What Enter or Tab took from the list: nothing, a row, or one that leads elsewhere (添加)."""

    NOTHING = auto()
    HERE = auto()
    ELSEWHERE = auto()


def _is_tab(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab


class PickingLine(Line):
    """A line that asks for suggestions while one types (`wanted`) and tells what was `chosen`.

    Down or F7 asks for the whole list. Enter and Tab take the highlighted row and go
    on, unless the line `stays` for another pick; Esc closes the list only.
    """

    wanted = Signal(str)
    list_wanted = Signal()
    chosen = Signal(object)
    _popup: Popup | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stays = False
        self._arrow = QAction(icon("caret-down"), "", self)
        self._arrow.triggered.connect(self._toggle)
        self.addAction(self._arrow, Line.ActionPosition.TrailingPosition)
        self.textEdited.connect(self.wanted)
        self.textEdited.connect(lambda text: self.wait(waits=False))

    @property
    def popup(self) -> Popup:
        """The list, made when first needed."""
        if self._popup is None:
            self._popup = Popup(self)
            self._popup.chosen.connect(self._choose)
        return self._popup

    @property
    def open(self) -> bool:
        """Whether the list is shown."""
        return self._popup is not None and self._popup.isVisible()

    def offer(self, suggestions: Sequence[Suggestion], *, highlight: int = -1) -> None:
        """Show suggestions under the line, as long as the focus is in it."""
        if self.hasFocus() and not self.isReadOnly():
            self.popup.offer(suggestions, highlight=highlight)

    def close_list(self) -> None:
        """Hide the list."""
        if self._popup is not None:
            self._popup.hide()

    def wait(self, *, waits: bool) -> None:
        """Show … as long as the name of what stands here is being read, never its code."""
        modes = QLineEdit.EchoMode
        self.setEchoMode(modes.NoEcho if waits else modes.Normal)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.echoMode() == QLineEdit.EchoMode.NoEcho:
            with QPainter(self) as painter:
                painter.setPen(QColor(LIGHT.text2))
                place = self.rect().adjusted(LIGHT.gap, 0, 0, 0)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, "…")

    def set_arrow(self, shown: bool) -> None:
        """Show or hide the mark at the right end."""
        self.show_action(self._arrow, shown)

    def event(self, event: QEvent) -> bool:
        if self.open and is_escape(event):
            event.accept()
            return True
        tab = event.type() == QEvent.Type.KeyPress and _is_tab(event)
        if tab and self._take_current() is Taken.ELSEWHERE:
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._handled(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _handled(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_F7 or (key == Qt.Key.Key_Down and not self.open):
            self.list_wanted.emit()
            return True
        if not self.open:
            return False
        if key == Qt.Key.Key_Escape:
            self.close_list()
            return True
        if key in _STEPS:
            self.popup.move_by(_STEPS[key])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            taken = self._take_current()
            return taken is Taken.ELSEWHERE or (taken is Taken.HERE and self.stays)
        return False

    def _take_current(self) -> Taken:
        current = self.popup.current() if self.open else None
        if current is None or self.composing:
            return Taken.NOTHING
        self._choose(current)
        return Taken.HERE if current.key else Taken.ELSEWHERE

    def _choose(self, suggestion: Suggestion) -> None:
        self.close_list()
        self.chosen.emit(suggestion)

    def _toggle(self) -> None:
        if self.open:
            self.close_list()
        else:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.list_wanted.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.close_list()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_list()
        super().hideEvent(event)
