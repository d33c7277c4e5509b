"""Long work in its place on the page: a bar, a count, and 停止."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.kernel.progress import Step
from app.ui.keys import ESCAPE, Action
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.theme import LIGHT
from app.ui.worker import Operation

_PARTS = 100
"""Of several things in a row, the steps of the bar that each of them takes."""


class WorkBar(QWidget):
    """Hidden at rest; `watch` shows one operation until it ends. Esc stops it.

    Of several things in a row the bar is the whole row, and the count that of this one.

    Nothing else is blocked: the page stays as it is, other pages can be used.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watched: Operation | None = None
        self._words = ""
        self._in_row = False
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.said = label()
        # A long name of a file must not make the window wider.
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.note = label(role="note")
        self.stop = Action(ESCAPE("停止"), self._stop, self)
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(KeyButton(self.stop))
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        column.setSpacing(4)
        column.addWidget(self.said)
        column.addLayout(row)
        column.addWidget(self.note)
        self.hide()

    def watch(self, operation: Operation, words: str, on_stop: str) -> None:
        """Show it as `words` (正在打印); `on_stop` says what stopping does."""
        self._forget()
        self._watched = operation
        self._words = words
        self._in_row = False
        self.note.setText(on_stop)
        self.stop.setEnabled(True)
        self._show_step(Step(""))
        operation.progressed.connect(self._show_step)
        operation.ended.connect(self.hide)
        self.show()

    def _forget(self) -> None:
        """What is watched no longer does not hide the bar when it ends."""
        if self._watched is not None and isValid(self._watched):
            self._watched.progressed.disconnect(self._show_step)
            self._watched.ended.disconnect(self.hide)

    def _show_step(self, step: Step) -> None:
        done, total = _of_the_whole(step)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if self._in_row and not step.label:
            return
        self._in_row = bool(step.several)
        count = f"　{step.done:,} / {step.total:,}" if step.total else ""
        self.said.setText(f"{step.label or self._words}{count}")
        self.bar.setAccessibleName(self.said.text())

    def _stop(self) -> None:
        if self._watched is not None:
            self.stop.setEnabled(False)
            self.said.setText("正在停止…")
            if isValid(self._watched):
                self._watched.cancel()


def _of_the_whole(step: Step) -> tuple[int, int]:
    """Where the bar stands, and its end."""
    if not step.several:
        return step.done, step.total
    part = _PARTS * step.done // step.total if step.total else 0
    return (step.place - 1) * _PARTS + part, step.several * _PARTS
