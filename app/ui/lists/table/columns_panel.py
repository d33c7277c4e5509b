"""Which columns a table has: ticked with the space bar, moved with Alt+↑ ↓ or the mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from app.services.lists.table_columns import TableColumn
from app.ui.keys import ESCAPE, SPACE, UP_DOWN, Action, Key, key, tell
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.theme import LIGHT

WIDTH = 232
_NAME = Qt.ItemDataRole.UserRole
_USUAL = key("Alt+D", "恢复原样")
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ColumnList(QListWidget):
    """The columns that may be shown; those ticked are."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("栏目")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tell(self, UP_DOWN, SPACE("显示或不显示"), Key("Alt+↑ ↓", "往前往后移"), ESCAPE("好了"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self._move(step)
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        here = self.currentRow()
        if here >= 0 and 0 <= here + step < self.count():
            taken = self.takeItem(here)
            self.insertItem(here + step, taken)
            self.setCurrentRow(here + step)
            self.moved.emit()


class ColumnsPanel(Card):
    """`chosen(names)` whenever other columns, or another order of them, are wanted; `closed`."""

    chosen = Signal(object)
    usual_wanted = Signal()
    closed = Signal()

    def __init__(self, columns: Mapping[str, TableColumn]) -> None:
        super().__init__("显示哪些栏")
        self._every = columns
        self._quiet = False
        self.note.hide()
        self.setFixedWidth(WIDTH)
        self.list = ColumnList()
        self.body.setContentsMargins(8, 4, 8, 4)
        self.body.addWidget(self.list)
        bar = self.add_bar()
        bar.setContentsMargins(LIGHT.gap, 0, LIGHT.gap, 0)
        bar.addWidget(KeyButton(Action(_USUAL, self.usual_wanted.emit, self), quiet=True))
        bar.addStretch(1)
        bar.addWidget(KeyButton(Action(ESCAPE("好了"), self.closed.emit, self)))
        self.list.itemChanged.connect(lambda item: self._say())
        self.list.moved.connect(self._say)
        self.list.model().rowsMoved.connect(lambda *moved: self._say())
        self.hide()

    def learn(self, columns: Mapping[str, TableColumn]) -> None:
        """Offer these columns from now on."""
        self._every = columns

    def begin(self, shown: Sequence[str]) -> None:
        """Show what is chosen, first those that are shown, in their order."""
        names = [*shown, *(name for name in self._every if name not in shown)]
        self._quiet = True
        self.list.clear()
        for name in names:
            item = QListWidgetItem(self._every[name].heading)
            item.setData(_NAME, name)
            item.setSizeHint(QSize(0, LIGHT.table_row))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_ticked(name in shown))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._quiet = False
        self.show()
        self.list.setFocus()

    @property
    def names(self) -> tuple[str, ...]:
        """The columns ticked, in order."""
        items = [self.list.item(n) for n in range(self.list.count())]
        return tuple(i.data(_NAME) for i in items if i.checkState() == Qt.CheckState.Checked)

    def _say(self) -> None:
        """Of a table something must be left to see."""
        if not self._quiet and self.names:
            self.chosen.emit(self.names)


def _ticked(shown: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked
