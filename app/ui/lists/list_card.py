"""The card at the left of a record: how many there are, the list, and where one is in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from app.domain.kernel.idlist import IdList
from app.services.lists.listing import Line
from app.ui.keys import FILTER, Action
from app.ui.lists.chips.chip_bar import ChipBar
from app.ui.lists.record_list import RecordList
from app.ui.lists.record_model import RECORD, Fetch, RecordModel
from app.ui.lists.view_buttons import ViewButtons
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.theme import LIGHT
from app.ui.worker import Operation

WIDTH = 248
_LONG = 999


class ListCard(Card):
    """Emits `chosen(record id)` for a row somebody went to, and `view_chosen(name)`.

    `filters` stand between the views and the list.
    """

    chosen = Signal(str)
    view_chosen = Signal(str)

    def __init__(self, fetch: Fetch, noun: str, filters: ChipBar) -> None:
        super().__init__(" ")
        self.setFixedWidth(WIDTH)
        self.title.hide()
        self.note.hide()
        self.model = RecordModel(fetch, self)
        self.list = RecordList(self.model)
        self.views = ViewButtons()
        self.views.chosen.connect(self.view_chosen)
        self.head.insertWidget(self.head.count() - 1, self.views)
        self._where = label(role="note")
        self._noun = noun
        self._nothing = label("", "note")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.list)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(filters)
        self.awaited = Awaited(self._stack)
        self.body.addWidget(self.awaited, 1)
        self.filters = filters
        self._filter = Action(FILTER(""), self._ask, self, icon="funnel")
        filters.left.connect(self.list.setFocus)
        self.list.sideways.connect(self.views.step)
        bar = self.add_bar()
        bar.parentWidget().setFixedHeight(LIGHT.row)
        bar.addWidget(self._where)
        bar.addStretch(1)
        bar.addWidget(KeyButton(self._filter, quiet=True))
        bar.setContentsMargins(LIGHT.margin, 0, 0, 0)
        self._quiet = False
        self._whole = False
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.verticalScrollBar().valueChanged.connect(self._say_where)
        self.list.verticalScrollBar().rangeChanged.connect(self._say_where)

    def await_answer(self, reading: Operation) -> None:
        """Another list was asked for; that nothing answers to the last one is no longer so."""
        self.awaited.wait(reading, at_once=not self.model.ids)

    def show_ids(
        self, ids: IdList, current: str, *, whole: bool = True, narrowed: bool = False
    ) -> None:
        """Show these records; the current one stays chosen where it is among them.

        Of a `narrowed` list there may be others. Not the `whole` list is the first page: how
        many there are is not known yet.
        """
        self._whole = whole
        self._nothing.setText(f"{'没有这样的' if narrowed else '还没有'}{self._noun}")
        top = self.list.verticalScrollBar().value()
        self.model.show_ids(ids)
        # A list that comes to be seen may be given the focus, and then goes to its first row.
        self._quiet = True
        self._stack.setCurrentIndex(1 if ids else 0)
        if ids or whole:
            self.awaited.answer()
        self._quiet = False
        self.list.verticalScrollBar().setValue(top)
        self.choose(current)
        self._say_where()

    def know(self, lines: Sequence[Line]) -> None:
        """Take lines that came with the first page."""
        self.model.know(lines)

    def choose(self, record: str) -> None:
        """Mark a record without opening it; an empty text marks none.

        Those selected together with it stay selected.
        """
        row = self.model.row_of(record)
        if row == self.list.currentIndex().row() and record in self.selected:
            return
        self._quiet = True
        self.list.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())
        if row < 0:
            self.list.clearSelection()
        self._quiet = False

    @property
    def selected(self) -> list[str]:
        """The records selected, from top to bottom."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.ids[row] for row in rows]

    def _ask(self) -> None:
        """The key goes to the chips that are there when a condition is already being made."""
        if not (self.filters.asks and self.filters.row.focus_last()):
            self.filters.begin()

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.chosen.emit(current.data(RECORD))

    def _say_where(self) -> None:
        total = len(self.model.ids)
        height, top = self.list.viewport().height(), self.list.verticalScrollBar().value()
        first = top // LIGHT.two_line_row
        last = min(total, -(-(top + height) // LIGHT.two_line_row))
        here = f"第 {first + 1:,}–{last:,} 条"
        if not self._whole:
            self._where.setText("")
        elif last - first >= total:
            self._where.setText(f"共 {total:,} 条")
        else:
            # How many there are stands above as well, where the room ends.
            self._where.setText(here if total > _LONG else f"{here}，共 {total:,} 条")
