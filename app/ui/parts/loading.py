"""What is not known yet: a part of a page that says nothing before its answer is there.

Nothing, 0 and 没有 are answers. Until one came, a page, a list, a card, a figure or a chart
stays blank for what comes at once, and shows that it is being read for what takes longer.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.kernel.progress import Step
from app.ui.keys import ESCAPE, Action
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.reading import Reading
from app.ui.theme import LIGHT
from app.ui.worker import Operation

PATIENCE = 500
"""Milliseconds within which nobody waits."""
READING = "正在读取"
_ELSEWHERE = "可以先做别的，读好就显示在这里。"
_NOT_READ = "没有读出来，请换到别的页再回来。"
_STOPPED = "已停止。换到别的页再回来，就再读一遍。"
_WIDTH = 240
_LOW, _HIGH = 100, 200
"""Pixels of height below which there is room for the words only, or for them and the bar."""


class Awaited(QStackedWidget):
    """Shows `content` once it is answered, and before that that it is being read.

    It waits from the beginning. `watch` follows the read under way: its steps, its 停止,
    and that it ended without an answer. `wait` begins anew when something else is asked.
    """

    def __init__(self, content: QWidget, words: str = READING) -> None:
        super().__init__()
        self.content, self.sign = content, _Sign(words)
        self._watched: Operation | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._turn_to_sign)
        self.addWidget(self.sign)
        self.addWidget(content)
        self.sign.begin()

    @property
    def waits(self) -> bool:
        """Whether what is shown is no answer."""
        return self.currentWidget() is self.sign

    @property
    def has_esc(self) -> bool:
        """Whether Esc means 停止 here, or what was stopped is still on its way out."""
        return self.waits and self.sign.stops

    def wait(self, operation: Operation, *, at_once: bool = True, stops: bool = False) -> None:
        """Another question was asked: what stands here answers it no longer.

        Without `at_once` it stays for what is answered before one notices.
        """
        if at_once:
            self._turn_to_sign()
        elif not self.waits and not self._late.isActive():
            self._late.start(PATIENCE)
        self.watch(operation, stops=stops)

    def follow(self, reading: Reading, *, stops: bool = False) -> None:
        """Watch this reading whenever it begins."""
        reading.begun.connect(partial(self._begun, reading, stops))
        self._begun(reading, stops)

    def _begun(self, reading: Reading, stops: bool) -> None:
        if reading.under_way is not None:
            self.watch(reading.under_way, stops=stops)

    def watch(self, operation: Operation, *, stops: bool = False) -> None:
        """Follow this read; one followed before no longer counts. `stops` offers 停止."""
        self._watched = operation
        self.sign.offer_stop(operation if stops else None)
        operation.progressed.connect(partial(self._step, operation))
        operation.ended.connect(partial(self._ended, operation))

    def answer(self) -> None:
        """Show what is known now."""
        had_focus = self.sign.hasFocus()
        self._late.stop()
        self.sign.end()
        self.setCurrentWidget(self.content)
        if had_focus:
            (self.content.focusWidget() or self.content).setFocus()

    def _turn_to_sign(self) -> None:
        self._late.stop()
        self.sign.begin()
        self.setCurrentWidget(self.sign)

    def _step(self, operation: Operation, step: Step) -> None:
        if self._watched is operation:
            self.sign.step(step)

    def _ended(self, operation: Operation) -> None:
        if self._watched is operation:
            self._watched = None
            self._late.stop()
            self.sign.offer_stop(None)
            if self.waits:
                self.sign.give_up()


class _Sign(QWidget):
    """A bar and a few words, after a while."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self._told = self._over = self._stopped = self.stops = False
        """`stops`: what is watched may be stopped, or was told to and has not ended."""
        self._stoppable: Operation | None = None
        self.said, self.note = label(role="note"), label(_ELSEWHERE, "note")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_WIDTH)
        self._stop = Action(ESCAPE("停止"), self._stop_reading, self)
        self._button = KeyButton(self._stop)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._tell)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        for part in (self.said, self.bar, self.note, self._button):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def begin(self) -> None:
        """Wait; say so when it takes longer than one notices."""
        self._told = self._over = False
        self.bar.setRange(0, 0)
        self.said.setText(f"{self._words}…")
        self._late.start(PATIENCE)
        self._arrange()

    def end(self) -> None:
        """It is answered."""
        self._late.stop()

    def offer_stop(self, operation: Operation | None) -> None:
        """Let this read be stopped from here, or none."""
        self._stoppable = operation
        self._stopped = self._stopped and operation is None
        self.stops = operation is not None
        self._stop.setEnabled(self.stops)
        self._arrange()

    def step(self, step: Step) -> None:
        """How far it is."""
        self.bar.setRange(0, step.total)
        self.bar.setValue(step.done)
        count = f"　{step.done:,} / {step.total:,}" if step.total else ""
        self.said.setText(f"{step.label or self._words}{count}")

    def give_up(self) -> None:
        """It ended without an answer; why was said elsewhere."""
        self._told = self._over = True
        self.said.setText(_STOPPED if self._stopped else _NOT_READ)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _tell(self) -> None:
        self._told = True
        self._arrange()

    def _arrange(self) -> None:
        more = self._told and not self._over and self.height() >= _LOW
        self.bar.setFixedWidth(max(min(_WIDTH, self.width() - 4 * LIGHT.margin), LIGHT.margin))
        self.said.setVisible(self._told)
        self.bar.setVisible(more)
        self.note.setVisible(more and self.height() >= _HIGH)
        self._stop.setVisible(more and self._stoppable is not None)

    def _stop_reading(self) -> None:
        operation, self._stoppable = self._stoppable, None
        if operation is not None and isValid(operation):
            operation.cancel()
            self._stopped = True
            self.said.setText("正在停止…")
        self._stop.setEnabled(False)
