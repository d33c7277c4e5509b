"""Ctrl+F anywhere: as one types, what answers is shown, and Enter opens it in its place."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from app.services.lists import searching
from app.services.lists.searching import Found
from app.services.office.office import Office
from app.ui.keys import ENTER, ESCAPE, TAB, UP_DOWN, tell
from app.ui.searching.panel import ResultsPanel
from app.ui.searching.results_model import More, Result
from app.ui.shell.shell import Shell
from app.ui.worker import Operation, Worker

EACH = 6
"""Records shown of a type; the rest is in its list."""

_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 5,
    Qt.Key.Key_PageUp: -5,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ELSEWHERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class Finder(QObject):
    """Listens to the search box of the frame; `answered` when an answer to its text is shown.

    The list of the page shown is narrowed at the same time; that is the frame's work.
    """

    answered = Signal()

    def __init__(self, office: Office, worker: Worker, shell: Shell) -> None:
        super().__init__(shell)
        self._office, self._worker, self._shell = office, worker, shell
        self._box = shell.header.search
        self._turn = 0
        self._waiting: Operation | None = None
        self._enter_pressed = False
        self.panel = ResultsPanel(shell)
        self.panel.chosen.connect(self._take)
        self._box.sought.connect(self._seek)
        self._box.installEventFilter(self)
        tell(self._box, UP_DOWN, ENTER("打开"), TAB("到本页"), ESCAPE("回到原处"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            return self._pressed(cast(QKeyEvent, event).key())
        if event.type() == QEvent.Type.FocusOut:
            if cast(QFocusEvent, event).reason() not in _ELSEWHERE:
                self.panel.hide()
        elif event.type() == QEvent.Type.FocusIn and self._box.text():
            self._seek(self._box.text())
        return False

    def _pressed(self, key: int) -> bool:
        """Do what a key means while something is sought; says whether it meant anything."""
        if key in _STEPS and self.panel.isVisible():
            self.panel.move_by(_STEPS[Qt.Key(key)])
        elif key in _ENTER and self._waiting is not None:
            self._enter_pressed = True
        elif key in _ENTER and self.panel.current is not None:
            self._take(self.panel.current)
        elif key in _ENTER and self.panel.isVisible():
            pass  # Nothing was found: one goes on typing.
        elif key == Qt.Key.Key_Tab:
            self._shell.page.activate()
        else:
            return False
        return True

    def _seek(self, text: str) -> None:
        """Ask for what answers; an earlier question is not answered any more."""
        self._turn += 1
        self._enter_pressed = False
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        if not text.strip():
            self.panel.hide()
            return
        job = partial(searching.search, self._office, text, EACH)
        self._waiting = self._worker.find(job)
        self._waiting.done.connect(partial(self._show, self._turn))
        self._waiting.ended.connect(partial(self._forget, self._turn))

    def _forget(self, turn: int) -> None:
        if turn == self._turn:
            self._waiting = None

    def _show(self, turn: int, found: Found) -> None:
        if turn != self._turn or not self._box.hasFocus():
            return
        self._waiting = None
        self.panel.show_found(found, self._shell.held_here, self._box)
        self.answered.emit()
        if self._enter_pressed and self.panel.current is not None:
            self._take(self.panel.current)

    def _take(self, row: Result | More) -> None:
        """Go to the record, or to the list that holds more like it."""
        text = self._box.text()
        self._box.clear()
        record = row.line.id if isinstance(row, Result) else row.first
        if self._shell.open(row.type_name, record) and isinstance(row, More):
            self._shell.narrow_list(text)
