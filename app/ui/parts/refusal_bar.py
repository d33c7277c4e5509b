"""A refusal that cannot be missed: a sound, a bar across the card, and no key goes anywhere else.

Somebody who keys looking at the paper does not see that a save was refused. So the bar takes the
keyboard: what is keyed on goes into no field, makes the sound again and is counted, until Esc (or
Enter, as the first key) says that it was read. F2, as the first key, answers what only asks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.icons import icon
from app.ui.keys import Key, tell
from app.ui.parts.held_keys import MODIFIERS, QUIETLY, takes_key
from app.ui.parts.keycap import Keycap
from app.ui.parts.label import label
from app.ui.theme import CHIPS, LIGHT

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_F2 = (Qt.Key.Key_F2,)


def sound() -> None:
    """The sound of the system for what is refused."""
    QApplication.beep()


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was not done, why, and what to press then."""

    what: str
    why: str
    remedy: str = ""


class RefusalBar(QFrame):
    """Hidden until `refuse`; `read` when somebody has acknowledged it."""

    read = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._go_back: Callable[[], object] = lambda: None
        self._accept: Callable[[], object] | None = None
        self.keyed_on = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("refusal")
        self.what, self.why, self.rest = label(role="strong"), label(), label()
        for part in (self.what, self.why, self.rest):
            part.setWordWrap(True)
            part.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        tell(self, Key("Esc", "回去改"))
        self.hide()

    @property
    def is_up(self) -> bool:
        """Whether a refusal waits to be read."""
        return not self.isHidden()

    @property
    def text(self) -> str:
        """What it says."""
        parts = (self.what, self.why, self.rest)
        return "" if not self.is_up else "".join(part.text() for part in parts)

    def refuse(
        self,
        refusal: Refusal,
        go_back: Callable[[], object],
        accept: Callable[[], object] | None = None,
        *,
        keyed_on: int = 0,
    ) -> None:
        """Say it and take the keyboard; `go_back` goes where it is put right.

        `accept` asks there for the reason why it may stand; None where it may not.
        `keyed_on` keys were pressed already and went nowhere.
        """
        self._go_back, self._accept = go_back, accept
        self.keyed_on = keyed_on
        self.what.setText(refusal.what)
        self.why.setText(f"{refusal.why}{refusal.remedy}")
        self._tell_of_keys()
        self.setAccessibleName("".join((refusal.what, refusal.why, refusal.remedy)))
        self.show()
        self.setFocus(QUIETLY)
        sound()

    def tell(self, refusal: Refusal) -> None:
        """As `refuse`, and leave the keyboard where it is: for panels on which one looks."""
        self.what.setText(refusal.what)
        self.why.setText(f"{refusal.why}{refusal.remedy}")
        self.rest.hide()
        self._keys.hide()
        self.show()
        sound()

    def lower(self) -> None:
        """Take it away, as when another record is shown."""
        self.hide()

    def acknowledge(self) -> None:
        """It was read: go where it is put right."""
        if self.is_up:
            self.hide()
            self._go_back()
            self.read.emit()

    # -- keys

    def event(self, event: QEvent) -> bool:
        return takes_key(self, event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        if event.key() in MODIFIERS:
            return
        if event.key() == Qt.Key.Key_Escape or self._is_first(event, _ENTER):
            self.acknowledge()
        elif self._accept is not None and self._is_first(event, _F2):
            self.acknowledge()
            self._accept()
        else:
            self._count()

    def _is_first(self, event: QKeyEvent, keys: Collection[int]) -> bool:
        """Enter and F2 answer as the first key: later they belong to what is keyed on unseen."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return event.key() in keys and plain and not self.keyed_on

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        event.accept()
        if event.commitString():
            self._count()

    def _count(self) -> None:
        self.keyed_on += 1
        self._tell_of_keys()
        sound()

    def _tell_of_keys(self) -> None:
        told = f"接着敲的 {self.keyed_on} 个键没有记到任何地方，后面的请重新敲。请按 Esc。"
        self.rest.setText(told if self.keyed_on else "")
        self.rest.setVisible(bool(self.keyed_on))
        self._enter.setVisible(not self.keyed_on)
        for part in self.reason:
            part.setVisible(self._accept is not None and not self.keyed_on)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever clicks somewhere else has seen it."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason and self.is_up:
            self.hide()
            self.read.emit()

    def _lay_out(self) -> None:
        tone = CHIPS["error"].text
        self.setStyleSheet(
            f"#refusal {{ background: {tone}; }}"
            f"#refusal QLabel {{ color: {LIGHT.card}; font-size: {LIGHT.normal}px; }}"
        )
        sign = QLabel()
        sign.setPixmap(icon("warning-circle", LIGHT.card).pixmap(24, 24))
        words = QVBoxLayout()
        words.setSpacing(2)
        for part in (self.what, self.why, self.rest):
            words.addWidget(part)
        self._keys = self._make_keys()
        words.addWidget(self._keys)
        row = QHBoxLayout(self)
        row.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        row.setSpacing(LIGHT.gap)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def _make_keys(self) -> QWidget:
        keys = QWidget()
        row = QHBoxLayout(keys)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        self._enter = Keycap("Enter", light=True)
        self.reason = (Keycap("F2", light=True), label("就是这样，写明原因"))
        for part in (self._enter, Keycap("Esc", light=True), label("回去改"), *self.reason):
            row.addWidget(part)
        row.addStretch(1)
        return keys
