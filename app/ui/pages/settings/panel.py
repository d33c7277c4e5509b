"""One sheet of a subject: what scrolls, what became of it, long work, and the buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.kernel.errors import Cancelled, Problem
from app.ui.keys import Action
from app.ui.page_context import PageContext
from app.ui.pages.settings.form import Form
from app.ui.parts.button_bar import ButtonBar
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.parts.refusal_bar import Refusal, RefusalBar
from app.ui.parts.table import Table
from app.ui.parts.work_bar import WorkBar
from app.ui.problems import notice_of
from app.ui.start.passphrase import PassphraseField
from app.ui.theme import LIGHT, code_style
from app.ui.worker import Operation


class Panel(QWidget):
    """`column` and `form` scroll; the buttons stay. `settled` when an operation has ended.

    `heading` is what the card is called while this panel stands in it, where that is not
    the name of the subject.
    """

    heading = ""
    settled = Signal()

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self.desk = desk
        self.form = Form()
        self.message = MessageLine()
        self.refusal = RefusalBar()
        self.work = WorkBar()
        self._actions: list[Action] = []
        self._were: list[bool] = []
        self._focused: QWidget | None = None
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(LIGHT.margin, LIGHT.gap, LIGHT.margin, LIGHT.gap)
        self.column.setSpacing(8)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        said = QHBoxLayout()
        said.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 4)
        said.addWidget(self.message)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)
        self._scroll = scroll
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._awaited = Awaited(scroll)
        self._awaited.answer()
        self._known = False
        self._whole.addWidget(self.refusal)
        self._whole.addWidget(self._awaited, 1)
        self._whole.addLayout(said)
        self._whole.addWidget(self.work)

    def add_bar(self, left: Sequence[Action], primary: Action | None, note: str = "") -> None:
        """The buttons: what is less often wanted at the left, the one thing to do at the right."""
        bar = ButtonBar()
        row = bar.row
        row.setSpacing(8)
        if note:
            row.addWidget(label(note, "note"))
        for action in left:
            row.addWidget(KeyButton(action))
        row.addStretch(1)
        if primary is not None:
            row.addWidget(KeyButton(primary, primary=True))
        self._actions = [*left, *([primary] if primary else [])]
        self._whole.addWidget(bar)

    def await_first(self, reading: Operation) -> Operation:
        """Show nothing of the panel before this is read, the first time that it is."""
        if not self._known:
            self._awaited.wait(reading)
            reading.done.connect(self._answer)
        return reading

    def _answer(self, _: object) -> None:
        self._known = True
        self._awaited.answer()

    def activate(self) -> None:
        """The panel is shown: the focus goes to its first field."""
        self.form.first.setFocus()

    def say(self, kind: str, words: str) -> None:
        """Say what became of it, in the colour of its kind; a refusal cannot be missed."""
        self.message.say(kind, words)
        self.message.setVisible(kind != "error")
        if kind == "error" and self.isVisible():
            self.refusal.tell(Refusal("没有做成", words))
            if isinstance(here := self.focusWidget(), QLineEdit):
                here.selectAll()
        else:
            self.refusal.lower()

    def _unsay(self) -> None:
        self.message.clear()
        self.refusal.lower()

    def explain(self, words: str) -> QLabel:
        """A sentence of its own."""
        note = label(words, "note")
        note.setWordWrap(True)
        self.column.addWidget(note)
        return note

    def watch(self, operation: Operation, words: str, on_stop: str = "") -> Operation:
        """Wait for it in place: nothing can be pressed meanwhile but 停止, if it can be stopped."""
        self._unsay()
        if on_stop:
            self.work.watch(operation, words, on_stop)
        else:
            self.say("info", f"{words}…")
        self._set_busy(True)
        # First of all, so that whoever listens after this finds everything as it was.
        for ending in (operation.done, operation.failed):
            ending.connect(lambda _: self._rest())
        operation.cancelled.connect(self._rest)
        operation.failed.connect(self.refuse)
        operation.cancelled.connect(lambda: self.say("info", "已停止，没有改动。"))
        operation.ended.connect(self.settled)
        return operation

    def refuse(self, error: Exception) -> None:
        """Say in words why it was not done; a fault of the program is shown elsewhere."""
        if isinstance(error, Problem):
            self.say(notice_of(error).kind, str(error))
        elif not isinstance(error, Cancelled):
            self._unsay()
            self.desk.problems.show(error)

    def missing(self, *asked: tuple[QLineEdit, str]) -> bool:
        """Go to the first of these fields that is empty and say what is wanted there."""
        for field, words in asked:
            if not field.isHidden() and not field.text().strip():
                field.setFocus()
                self.say("error", words)
                return True
        return False

    def differs(self, one: QLineEdit, other: QLineEdit) -> bool:
        """Whether a passphrase typed twice was typed differently; says so."""
        if one.text() == other.text():
            return False
        other.setFocus()
        self.say("error", "两次输入的口令不一样，请再输入一次。")
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """No passphrase waits on a page that nobody looks at."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.forget_passphrases()

    def forget_passphrases(self) -> None:
        """Empty every hidden field."""
        for field in self.findChildren(PassphraseField):
            field.clear()

    def watch_caps_lock(self) -> None:
        """Say when letters of a passphrase seem to be typed with Caps Lock on."""
        for field in self.findChildren(PassphraseField):
            field.caps_lock.connect(self._note_caps_lock)

    def show_whole(self, part: QWidget) -> None:
        """Give the room below what scrolls to one part."""
        self._awaited.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._awaited.setMaximumHeight(LIGHT.field + 2 * LIGHT.gap)
        self._whole.insertWidget(2, part, 1)

    def _note_caps_lock(self, on: bool) -> None:
        if on:
            self.say("warning", "大写锁定开着（Caps Lock）")
        elif "Caps Lock" in self.message.text():
            self._unsay()

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        """Whatever is typed in can be seen."""
        if now is not None and self._scroll.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now, 0, LIGHT.field)

    def _set_busy(self, busy: bool) -> None:
        if busy:
            self._focused = self.focusWidget()
        self.form.setEnabled(not busy)
        if busy:
            self._were = [action.isEnabled() for action in self._actions]
        for action, was in zip(self._actions, self._were, strict=True):
            action.setEnabled(was and not busy)

    def _rest(self) -> None:
        self._set_busy(False)
        self._unsay()
        if self._focused is not None and self.isVisible():
            self._focused.setFocus()


def big_text(name: str) -> QLabel:
    """A code large enough to be read out on the telephone; it can be copied."""
    shown = label()
    shown.setAccessibleName(name)
    shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    shown.setStyleSheet(
        f"background: {LIGHT.sub}; border: 1px solid {LIGHT.line}; border-radius: 4px;"
        f"font-weight: bold; padding: 8px; {code_style(LIGHT.figure)}"
    )
    return shown


def fit_height(table: Table, rows: int, most: int) -> None:
    """Make a table as high as its rows, or as `most` of them."""
    table.setFixedHeight((max(1, min(rows, most)) + 1) * LIGHT.row + 2)
