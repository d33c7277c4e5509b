"""The card at the left of a record: how many there are, the list, and where one is in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget

from app.domain.kernel.idlist import IdList
from app.services.lists.listing import Counts, Line
from app.ui.keys import FILTER, Action
from app.ui.lists.filter_panel import FilterPanel
from app.ui.lists.record_list import RecordList
from app.ui.lists.record_model import RECORD, Fetch, RecordModel
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.theme import LIGHT

WIDTH = 248
_LONG = 9999
VIEWS = {
    "": "全部",
    "draft": "未填完",
    "returned": "退回",
    "unread": "未核对",
    "void": "作废",
}


class ListCard(Card):
    """Emits `chosen(record id)` for a row somebody went to, and `view_chosen(name)` (`VIEWS`).

    `filters` stand between the views and the list.
    """

    chosen = Signal(str)
    view_chosen = Signal(str)

    def __init__(self, fetch: Fetch, nothing: str, filters: FilterPanel) -> None:
        super().__init__(" ")
        self.setFixedWidth(WIDTH)
        self.title.hide()
        self.note.hide()
        self.model = RecordModel(fetch, self)
        self.list = RecordList(self.model)
        self._views = QButtonGroup(self)
        self._buttons = {name: self._view(name) for name in VIEWS}
        self._where = label(role="note")
        self._nothing = label(nothing, "note")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.list)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(filters)
        self.body.addWidget(self._stack, 1)
        self.filters = filters
        self._filter = Action(FILTER(""), self._toggle_filters, self, icon="funnel")
        filters.closed.connect(self.list.setFocus)
        self.list.sideways.connect(self._turn_view)
        bar = self.add_bar()
        bar.parentWidget().setFixedHeight(LIGHT.row)
        bar.addWidget(self._where)
        bar.addStretch(1)
        bar.addWidget(KeyButton(self._filter, quiet=True))
        bar.setContentsMargins(LIGHT.margin, 0, 0, 0)
        self._quiet = False
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.verticalScrollBar().valueChanged.connect(self._say_where)
        self.list.verticalScrollBar().rangeChanged.connect(self._say_where)

    def show_ids(self, ids: IdList, current: str) -> None:
        """Show these records; the current one stays chosen where it is among them."""
        top = self.list.verticalScrollBar().value()
        self.model.show_ids(ids)
        # A list that comes to be seen may be given the focus, and then goes to its first row.
        self._quiet = True
        self._stack.setCurrentIndex(1 if ids else 0)
        self._quiet = False
        self.list.verticalScrollBar().setValue(top)
        self.choose(current)
        self._say_where()

    def know(self, lines: Sequence[Line]) -> None:
        """Take lines that came with the first page."""
        self.model.know(lines)

    def choose(self, record: str) -> None:
        """Mark a record without opening it; an empty text marks none."""
        self._quiet = True
        row = self.model.row_of(record)
        self.list.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())
        if row < 0:
            self.list.clearSelection()
        self._quiet = False

    def set_counts(self, counts: Counts, unfinished: int) -> None:
        """Say how many there are of each; what there is none of is left away."""
        numbers = {"": counts.all, "draft": unfinished}
        numbers |= {name: getattr(counts, name) for name in ("returned", "unread", "void")}
        for name, words in VIEWS.items():
            button = self._buttons[name]
            button.setText(f"{words} {numbers[name]:,}")
            button.setVisible(not name or bool(numbers[name]) or button.isChecked())

    @property
    def selected(self) -> list[str]:
        """The records selected, from top to bottom."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.ids[row] for row in rows]

    def _toggle_filters(self) -> None:
        if self.filters.isHidden():
            self.filters.begin()
        else:
            self.filters.clear()

    def _turn_view(self, step: int) -> None:
        offered = [name for name in VIEWS if not self._buttons[name].isHidden()]
        here = next(i for i, name in enumerate(offered) if self._buttons[name].isChecked())
        name = offered[(here + step) % len(offered)]
        self._buttons[name].setChecked(True)
        self.view_chosen.emit(name)

    def _view(self, name: str) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setFlat(True)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setStyleSheet(
            f"QPushButton {{ padding: 0 3px; border: none; color: {LIGHT.text2}; }}"
            f"QPushButton:checked {{ color: {LIGHT.text}; font-weight: bold; }}"
        )
        button.setChecked(not name)
        button.clicked.connect(lambda: self.view_chosen.emit(name))
        self._views.addButton(button)
        self.head.insertWidget(self.head.count() - 1, button)
        return button

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.chosen.emit(current.data(RECORD))

    def _say_where(self) -> None:
        total = len(self.model.ids)
        height, top = self.list.viewport().height(), self.list.verticalScrollBar().value()
        first = top // LIGHT.two_line_row
        last = min(total, -(-(top + height) // LIGHT.two_line_row))
        here = f"第 {first + 1:,}–{last:,} 条"
        if last - first >= total:
            self._where.setText(f"共 {total:,} 条")
        else:
            # How many there are stands above as well, where the room ends.
            self._where.setText(here if total > _LONG else f"{here}，共 {total:,} 条")
