"""The contents of the help at the left: groups of pages, narrowed by what is looked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.ui.help.book import Book
from app.ui.keys import ENTER, UP_DOWN, tell
from app.ui.theme import LIGHT, text_font

_NAME = Qt.ItemDataRole.UserRole
_HEADING = 30


class ContentsList(QListWidget):
    """`gone_to(name)` when a page is come to; `entered` when it is to be read."""

    gone_to = Signal(str)
    entered = Signal()

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book
        self.setAccessibleName("帮助的目录")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(
            "QListWidget { border: none; background: transparent; }"
            "QListWidget::item { padding-left: 12px; border-left: 3px solid transparent; }"
            f"QListWidget::item:selected {{ border-left: 3px solid {LIGHT.focus}; }}"
        )
        tell(self, UP_DOWN("选一页"), ENTER("看这一页"))
        self.currentItemChanged.connect(self._tell)
        self.itemClicked.connect(lambda item: self.entered.emit())

    @property
    def names(self) -> list[str]:
        """The pages listed now."""
        return [str(item.data(_NAME)) for item in self._items() if item.data(_NAME)]

    def show_found(self, words: str) -> None:
        """List what answers to these words, or all pages in their groups."""
        self.blockSignals(True)
        self.clear()
        if words.strip():
            found = self._book.find(words)
            self._add_heading(f"找到 {len(found)} 页" if found else "没有找到，换一个词试试")
            self._add_pages(found)
        else:
            for heading, names in self._book.groups:
                self._add_heading(heading)
                self._add_pages(names)
        self.blockSignals(False)

    def go(self, name: str) -> None:
        """Mark a page without telling of it."""
        self.blockSignals(True)
        for item in self._items():
            if item.data(_NAME) == name:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def go_to_first(self) -> None:
        """Come to the first page listed."""
        first = next((item for item in self._items() if item.data(_NAME)), None)
        if first is not None:
            self.setCurrentItem(first)
            self._tell(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        into = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right)
        if event.key() in into:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(text_font(LIGHT.small))
        item.setForeground(QColor(LIGHT.text2))
        item.setSizeHint(QSize(0, _HEADING))
        item.setTextAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)

    def _add_pages(self, names: Sequence[str]) -> None:
        for name in names:
            item = QListWidgetItem(self._book.topics[name].title, self)
            item.setData(_NAME, name)
            item.setSizeHint(QSize(0, LIGHT.row))

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_NAME):
            self.gone_to.emit(str(item.data(_NAME)))
