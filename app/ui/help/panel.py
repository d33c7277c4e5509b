"""帮助: contents at the left, the page at the right, in place of what one was at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.ui.help.book import read_book
from app.ui.help.contents_list import ContentsList
from app.ui.help.key_table import all_keys
from app.ui.help.page_text import PageText
from app.ui.help.refusals import refusals
from app.ui.help.topics import FIRST
from app.ui.keys import ENTER, ESCAPE, FIND, PRINT, UP_DOWN, Action, Key, key, tell
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.keycap import Keycap
from app.ui.parts.label import label, surface
from app.ui.parts.message_line import MessageLine
from app.ui.shell.hint_bar import HintBar
from app.ui.theme import LIGHT, RESOURCES

if TYPE_CHECKING:
    from app.ui.page_context import PaperDesk
    from app.ui.printing.paper_panel import PaperPanel
    from app.ui.problems import Notice

BEFORE = Key("Alt+←", "刚才那一页", ("Alt+Left",))
CONTENTS = key("Alt+0", "回到目录")
_SHEET = PRINT("打印快速上手")
_WIDTH = 228
_DOWN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class HelpPanel(QWidget):
    """Shows one page at a time; `closed` on Esc. `text` is the page, `list` the contents.

    `paper` shows 快速上手 in their place, where there is a `desk` to print from.
    """

    closed = Signal()

    def __init__(self, desk: PaperDesk | None = None) -> None:
        super().__init__()
        self._desk = desk
        self.paper: PaperPanel | None = None
        self.book = read_book(RESOURCES / "help", {"keys": all_keys, "refusals": refusals})
        self.name = ""
        self._been: list[str] = []
        self._more = ("", "")
        self.search = _SearchLine()
        self.list = ContentsList(self.book)
        self.said = MessageLine()
        self.said.hide()
        self.text = PageText(self.book.folder)
        self.hints = HintBar(self)
        self._close = Action(ESCAPE("返回"), self._leave, self, icon="arrow-left")
        self._before = Action(BEFORE, self._go_back, self)
        self.print = Action(_SHEET, self.show_paper, self, icon="printer")
        self.print.setVisible(desk is not None)
        self._seek = Action(FIND("在帮助里查找"), self.seek, self)
        self._contents = Action(CONTENTS, self.list.setFocus, self)
        tell(
            self,
            BEFORE,
            CONTENTS,
            FIND("在帮助里查找"),
            *[_SHEET] * (desk is not None),
            ESCAPE("返回"),
        )
        tell(self.text, UP_DOWN("翻看"), Key("Tab", "下一个链接"), Key("Enter", "打开链接"))
        self._lay_out()
        self._listen()

    def open(self, name: str, keys: str = "") -> None:
        """Show the page for where one is; `keys` is a chapter on what can be pressed there."""
        self._turn(to_paper=False)
        known = name if name in self.book.topics else FIRST
        self._been = []
        self._more = (known, keys)
        self.search.clear()
        self.list.show_found("")
        self._show(known)
        self.list.go(known)
        self.text.setFocus()

    def seek(self) -> None:
        """Look for words in the help."""
        self.search.setFocus()
        self.search.selectAll()

    def show_paper(self) -> None:
        """快速上手 as it is printed, in the place of the help."""
        if self._desk is None:
            return
        # What prints is loaded when it is first wanted; the help may stand before there are data.
        from app.documents.booklets.quick_start import quick_start  # noqa: PLC0415
        from app.ui.printing.paper_panel import PaperPanel  # noqa: PLC0415

        if self.paper is None:
            self.paper = PaperPanel(self._desk)
            self.paper.closed.connect(self._leave_paper)
            self._desk.problems.noticed.connect(self._say)
            self._pages.addWidget(self.paper)
        self._turn(to_paper=True)
        self.paper.show_paper("快速上手", "两页 A4，黑白打印就行，双面最省纸。", quick_start)
        self.paper.go_in()

    def _tell(self) -> None:
        sheet = [_SHEET] if self._desk is not None else []
        tell(self, BEFORE, CONTENTS, FIND("在帮助里查找"), *sheet, ESCAPE("返回"))

    def _say(self, notice: Notice) -> None:
        """What becomes of the paper is said here: the page behind is not seen."""
        if self.paper is not None and self.paper.isVisible():
            self.said.say(notice.kind, f"{notice.what}{notice.remedy}")
            self.said.show()

    def _leave_paper(self) -> None:
        self._turn(to_paper=False)
        self.text.setFocus()

    def _turn(self, *, to_paper: bool) -> None:
        """On the paper its own keys work."""
        shown = self.paper if to_paper else None
        self.said.hide()
        if to_paper:
            tell(self)
        else:
            self._tell()
        self._pages.setCurrentWidget(shown or self._book)
        for action in (self._close, self._seek, self._contents, self.print):
            action.setEnabled(not to_paper)
        self.search.setEnabled(not to_paper)
        self._before.setEnabled(bool(self._been) and not to_paper)

    def _leave(self) -> None:
        """Esc gives up the search first."""
        if self.search.hasFocus() and self.search.text():
            self.search.clear()
        else:
            self.closed.emit()

    def _show(self, name: str) -> None:
        topic = self.book.topics[name]
        if name == self._more[0]:
            topic = replace(topic, text=topic.text + self._more[1])
        self.name = name
        self.text.show_topic(topic, self.search.text())
        self._before.setEnabled(bool(self._been))

    def _go_to(self, name: str) -> None:
        """A page was chosen: the one before can be gone back to."""
        if name != self.name and name in self.book.topics:
            self._been.append(self.name)
            self._show(name)
            self.list.go(name)

    def _go_back(self) -> None:
        if self._been:
            name = self._been.pop()
            self._show(name)
            self.list.go(name)
            self.text.setFocus()

    def _search(self, words: str) -> None:
        self.list.show_found(words)
        if self.name in self.list.names:
            self.list.go(self.name)
            self.text.mark(words)
        else:
            self.list.go_to_first()

    def _read(self) -> None:
        self.text.setFocus()

    def _listen(self) -> None:
        self.list.gone_to.connect(self._go_to)
        self.list.entered.connect(self._read)
        self.text.wanted.connect(self._go_to)
        self.search.textChanged.connect(self._search)
        self.search.left.connect(self.list.setFocus)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self._book, self._pages = QWidget(), QStackedWidget()
        row = QHBoxLayout(self._book)
        row.setContentsMargins(*[LIGHT.margin] * 4)
        row.setSpacing(LIGHT.gap)
        left, right = Card(), Card()
        left.setFixedWidth(_WIDTH)
        left.body.setContentsMargins(0, 4, 0, 8)
        left.body.addWidget(self.list)
        right.body.setContentsMargins(24, 20, 8, 1)
        right.body.addWidget(self.text)
        row.addWidget(left)
        row.addWidget(right, 1)
        self.said.setContentsMargins(LIGHT.margin, 4, LIGHT.margin, 0)
        column.addWidget(self.said)
        self._pages.addWidget(self._book)
        column.addWidget(self._pages, 1)
        column.addWidget(self.hints)

    def _head(self) -> QWidget:
        head = surface("head")
        head.setFixedHeight(LIGHT.header_narrow)
        head.setStyleSheet(f"QFrame[role='head'] {{ background: {LIGHT.card}; }}")
        row = QHBoxLayout(head)
        row.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 1)
        row.setSpacing(LIGHT.gap)
        row.addWidget(label("帮助", "title"))
        row.addSpacing(LIGHT.gap)
        row.addWidget(self.search)
        row.addStretch(1)
        row.addWidget(KeyButton(self.print))
        row.addWidget(KeyButton(self._before))
        row.addWidget(KeyButton(self._close))
        return head


class _SearchLine(QLineEdit):
    """Enter and ↓ go to what was found (`left`)."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(268)
        self.setPlaceholderText("在帮助里查找")
        self.setAccessibleName("在帮助里查找")
        tell(self, ENTER("到结果"))
        cap = Keycap(FIND.shown, self)
        self.setTextMargins(0, 0, cap.width() + 2, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 6, 0)
        row.addStretch(1)
        row.addWidget(cap)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _DOWN:
            self.left.emit()
        else:
            super().keyPressEvent(event)
