"""What taking files in and taking them back is alike for all of them, whatever the files are."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.errors import Problem
from app.domain.kernel.file_names import shown_name
from app.domain.records import Record
from app.services.workbooks.import_undo import TakenBack
from app.ui.importing.last_import import LastImport, told
from app.ui.keys import Key, tell
from app.ui.page_context import PageContext
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.message_line import MessageLine
from app.ui.parts.work_bar import WorkBar
from app.ui.theme import LIGHT
from app.ui.worker import Operation


class TakingPanel(QWidget):
    """Stands in the place of a page's content; `closed` when the page may be shown again.

    `seen` when it is known what becomes of everything, `imported(ImportAccount)` when it came
    in, `taken_back(TakenBack)` when it went again, `refused` when it could not be done.
    """

    closed = Signal()
    seen = Signal()
    imported = Signal(object)
    taken_back = Signal(object)
    refused = Signal()

    def __init__(self, desk: PageContext, record_type: type[Record]) -> None:
        super().__init__()
        self._desk = desk
        self._done = False
        self.last = LastImport(desk, record_type, self)
        self.work, self.said = WorkBar(), MessageLine()
        self.setAcceptDrops(True)
        self.last.known.connect(self._tell_last)
        self.last.looked.connect(self._ask_to_undo)
        self.last.failed.connect(self._refuse)
        desk.worker.closed.connect(self._forget)

    # -- what each panel says for itself

    @property
    @abstractmethod
    def _shows_file(self) -> bool:
        """Whether a file was read and stands there."""

    @abstractmethod
    def _forget(self) -> None:
        """Let go what was read and decided."""

    @abstractmethod
    def _set_enabled(self) -> None:
        """Show and enable what can be done now."""

    # -- beginning

    def begin(self) -> None:
        """Ask for files."""
        self._forget()
        self._stack.setCurrentWidget(self._empty)
        self._card.note.setText("")
        self._say("")
        self._set_enabled()
        self._empty.setFocus()
        self.last.ask()

    def activate(self) -> None:
        """Put the focus where it was."""
        (self.focusWidget() or self._empty).setFocus()

    def _make_card(self, title: str, empty: EmptyState, *keys: Key) -> None:
        """The card with what asks for files; `keys` are those that are told there."""
        self._card, self._empty = Card(title, " "), empty
        empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tell(empty, *keys)
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[LIGHT.margin] * 4)
        column.addWidget(self._card)

    def _fill_card(self, *above: QWidget) -> None:
        """These parts over what is shown, then long work and what is said."""
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        below.addWidget(self.said)
        body = self._card.body
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        for part in above:
            body.addWidget(part)
        body.addWidget(self._stack, 1)
        body.addWidget(self.work)
        body.addWidget(self._below)

    # -- taking back

    def take_back(self) -> None:
        """Say what taking back would do; pressed once more, do it."""
        if not self.last.is_looked_at:
            self.last.look()
            return
        taking = self.last.take_back()
        taking.done.connect(self._say_taken)
        self._watch(taking, "正在撤销导入", "停止后什么都不会改变。")

    @property
    def _undoable(self) -> bool:
        """Whether there is an import to take back, and nothing else looked at."""
        return self.last.row is not None and (self._done or not self._shows_file)

    def _tell_last(self) -> None:
        if not self._shows_file and self.work.isHidden() and self.last.words:
            self._say(self.last.words)
        self._set_enabled()

    def _ask_to_undo(self, found: TakenBack) -> None:
        self._say(f"撤销“{shown_name(found.file)}”的导入：{told(found)}。再按一次 Ctrl+Z 撤销。")

    def _say_taken(self, found: TakenBack) -> None:
        self.begin()
        self._say(f"已撤销“{shown_name(found.file)}”的导入：{told(found)}。", "ok")
        self.taken_back.emit(found)

    # -- what is said

    def _watch(self, operation: Operation, words: str, on_stop: str) -> None:
        self._say("")
        operation.failed.connect(self._refuse)
        self.work.watch(operation, words, on_stop)
        operation.ended.connect(self._set_enabled)
        self._set_enabled()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, Problem):
            self._say(str(error), "error")
        else:
            self._desk.problems.show(error)
        self.refused.emit()

    def _say(self, words: str, kind: str = "info") -> None:
        if words:
            self.said.say(kind, words)
        self._below.setVisible(bool(words))
