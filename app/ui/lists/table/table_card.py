"""A list as a table, with its parts above, its conditions, and where one is in it below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.domain.kernel.idlist import IdList
from app.services.lists.table_columns import TableColumn
from app.ui.help.topics import about
from app.ui.keys import CARD, FILTER, Action
from app.ui.lists.chips.chip_bar import ChipBar
from app.ui.lists.table.arrangement import Arrangement
from app.ui.lists.table.columns_panel import ColumnsPanel
from app.ui.lists.table.table_model import Fetch, TableModel
from app.ui.lists.table.table_view import TableView
from app.ui.lists.view_buttons import RECORDS, ViewButtons
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.theme import LIGHT
from app.ui.worker import Operation

_COLUMNS = CARD("选栏")


class TableCard(QWidget):
    """`rearranged` when columns, widths or their order are others.

    Beside the table the columns are chosen (F6); `chips` stand between head and table.
    """

    rearranged = Signal()

    def __init__(
        self, columns: Mapping[str, TableColumn], fetch: Fetch, noun: str, chips: ChipBar
    ) -> None:
        super().__init__()
        about(self, "tables")
        self._every = columns
        self._total = 0
        self.chips = chips
        self.model = TableModel(fetch, self)
        self.view = TableView(self.model)
        self.views = ViewButtons(RECORDS)
        self.panel = ColumnsPanel(columns)
        self._filter = Action(FILTER, self._ask, self, icon="funnel")
        self._columns = Action(_COLUMNS, self._choose_columns, self, icon="columns")
        self._nothing, self._none = f"没有这样的{noun}", f"还没有{noun}"
        self._said = label("", "note")
        self._where = label(role="note")
        self._selected = label(role="note")
        self._stack = QStackedWidget()
        self.awaited = Awaited(self._stack)
        self._lay_out()
        self._listen()
        self.setFocusProxy(self.view)

    # -- what is shown

    def arrange(self, arranged: Arrangement) -> None:
        """Show these columns in this order."""
        self.view.show_columns([self._every[name] for name in arranged.columns], arranged.widths)
        self.model.show_order(arranged.order)

    def learn(self, columns: Mapping[str, TableColumn]) -> None:
        """Offer these columns: campaigns add some."""
        self._every = columns
        self.panel.learn(columns)

    def await_answer(self, reading: Operation) -> None:
        """Other rows, or another order, were asked for; those here stay for a moment."""
        self.awaited.wait(reading, at_once=not self.model.ids)
        if not self.model.ids:
            self._where.setText("")

    def show_ids(self, ids: IdList, total: int | None, record: str) -> None:
        """Show these records of `total`, standing on one of them; None: more are being read."""
        self._total = len(ids) if total is None else total
        column = max(self.view.currentIndex().column(), 0)
        self.model.show_ids(ids)
        if ids:
            self._stack.setCurrentWidget(self.view)
            self.awaited.answer()
            self.view.go_to(max(self.model.row_of(record), 0), column)
        elif total is not None:
            self._said.setText(self._nothing if total else self._none)
            self._stack.setCurrentWidget(self._said)
            self.awaited.answer()
        if total is not None:
            self._say_where()

    def offer(self, action: Action) -> None:
        """One thing more that is done with the list, in the head before the others."""
        self._head.insertWidget(self._head.count() - 2, KeyButton(action, quiet=True))

    @property
    def record(self) -> str:
        """The record that is walked to, "" without one."""
        row = self.view.currentIndex().row()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) else ""

    @property
    def selected(self) -> list[str]:
        """The records selected, from top to bottom."""
        return [self.model.ids[row] for row in self.view.rows_chosen]

    # -- making

    def _lay_out(self) -> None:
        card = Card(" ")
        card.title.hide()
        card.note.hide()
        card.head.insertWidget(1, self.views)
        self._head = card.head
        self.title = card.title
        for action in (self._filter, self._columns):
            card.head.addWidget(KeyButton(action, quiet=True))
        card.head.setContentsMargins(LIGHT.gap, 0, 4, 0)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.setSpacing(0)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self._said, self.view):
            self._stack.addWidget(part)
        card.body.addWidget(self.chips)
        card.body.addWidget(self.awaited, 1)
        bar = card.add_bar()
        bar.parentWidget().setFixedHeight(LIGHT.row)
        bar.addWidget(self._where)
        bar.addStretch(1)
        bar.addWidget(self._selected)
        row = QHBoxLayout(self)
        row.setContentsMargins(*[LIGHT.margin] * 4)
        row.setSpacing(LIGHT.gap)
        row.addWidget(card, 1)
        row.addWidget(self.panel)

    def _listen(self) -> None:
        self.chips.left.connect(self.view.setFocus)
        self.view.arranged.connect(self.rearranged)
        self.view.selectionModel().selectionChanged.connect(lambda *now: self._say_selected())
        self.view.verticalScrollBar().valueChanged.connect(lambda top: self._say_where())
        self.view.verticalScrollBar().rangeChanged.connect(lambda *ends: self._say_where())
        self.panel.closed.connect(self._close_columns)

    def _ask(self) -> None:
        """A condition on the column that one stands in; twice: to the chips that are there."""
        self.panel.hide()
        if not (self.chips.asks and self.chips.row.focus_last()):
            self.chips.begin(self.view.column_here)

    def _choose_columns(self) -> None:
        if self.panel.isHidden():
            self.chips.give_up()
            self.panel.begin(self.view.names)
        else:
            self._close_columns()

    def _close_columns(self) -> None:
        self.panel.hide()
        self.view.setFocus()

    # -- what is said

    def _say_selected(self) -> None:
        count = len(self.view.rows_chosen)
        self._selected.setText(f"已选 {count:,} 条" if count > 1 else "")

    def _say_where(self) -> None:
        """第 1–15 条，共 345 条（全部 92,039 条）."""
        found = len(self.model.ids)
        height, top = self.view.viewport().height(), self.view.verticalScrollBar().value()
        first = top // LIGHT.table_row
        last = min(found, -(-(top + height) // LIGHT.table_row))
        of = f"，全部 {self._total:,} 条" if self._total != found else ""
        here = "" if last - first >= found else f"第 {first + 1:,}–{last:,} 条，"
        self._where.setText(f"{here}{'符合条件的' if of else '共'} {found:,} 条{of}")

    @property
    def said(self) -> Sequence[str]:
        """What stands below: where one is, and what is selected."""
        return self._where.text(), self._selected.text()
