"""One line in which something gets a name, over the part of the window it belongs to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.fields.floating import Floating
from app.ui.fields.line import Line, is_escape
from app.ui.keys import ESCAPE, Key, tell
from app.ui.parts.label import label
from app.ui.theme import LIGHT

_WIDTH = 420


class NamingLine(Floating):
    """`named(str)` with Enter; Esc gives up. The keyboard goes back to where it was.

    No window of its own: a key pressed while a window is still coming goes to none.
    """

    named = Signal(str)

    def __init__(self, anchor: QWidget, accepts: str, gives_up: str) -> None:
        super().__init__(anchor)
        self._before: QWidget | None = None
        self.words = label("", "note")
        self.words.setWordWrap(True)
        self.line = _Line()
        tell(self.line, Key("Enter", accepts), ESCAPE(gives_up))
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 10, LIGHT.margin, LIGHT.margin)
        column.setSpacing(6)
        column.addWidget(self.words)
        column.addWidget(self.line)
        self.line.next_wanted.connect(self._take)
        self.line.given_up.connect(self._leave)
        self.line.left.connect(self.hide)

    def ask(self, words: str, proposed: str, at: QPoint) -> None:
        """Ask at this place of the screen; what is proposed is replaced by the first key."""
        self._before = self._anchor.window().focusWidget()
        self.words.setText(words)
        self.line.setAccessibleName(words)
        self.line.setText(proposed)
        self._lie(at)
        self.line.setFocus()
        self.line.selectAll()

    def _lie(self, at: QPoint) -> None:
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.resize(_WIDTH, self._column.totalHeightForWidth(_WIDTH))
        spare = window.size() - self.size()
        here = window.mapFromGlobal(at)
        self.move(min(here.x(), spare.width()), min(here.y(), spare.height()))
        self.show()
        self.raise_()

    def _take(self) -> None:
        name = self.line.text()
        self._leave()
        self.named.emit(name)

    def _leave(self) -> None:
        if self._before is not None:
            self._before.setFocus()
        self.hide()


class _Line(Line):
    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        if is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
