"""The card of all pairs: what is listed, the list, and where in it one is."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView

from app.ui.pages.inbox.doubles.sieve import Sieve
from app.ui.pages.inbox.two_lines import TwoLineList
from app.ui.parts.card import Card
from app.ui.parts.label import label
from app.ui.parts.tabs import Tabs
from app.ui.theme import LIGHT

WIDTH = 296
_NARROW = 256


class PairList(Card):
    """`tabs` between what waits and what was decided, the `sieve`, and the `list` itself."""

    def __init__(self) -> None:
        super().__init__(" ")
        self.list = TwoLineList("疑似重复")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tabs = Tabs((("open", "待认定"), ("decided", "已认定")), underlined=False)
        self.sieve = Sieve()
        self.where, self.under_way = label(role="note"), label("正在比对…", "note")
        self.title.hide()
        self.note.hide()
        self.head.insertWidget(0, self.tabs)
        self.setFixedWidth(WIDTH)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.sieve)
        self.body.addWidget(self.list, 1)
        bar = self.add_bar()
        bar.parentWidget().setFixedHeight(LIGHT.row)
        bar.addWidget(self.where)
        bar.addStretch(1)
        bar.addWidget(self.under_way)
        self.under_way.hide()

    @property
    def places(self) -> list[int]:
        """The places of the selected rows, in order."""
        return sorted(index.row() for index in self.list.selectionModel().selectedRows())

    def set_narrow(self, narrow: bool) -> None:
        """Leave the comparison room."""
        self.setFixedWidth(_NARROW if narrow else WIDTH)

    def go_sideways(self, by: int) -> None:
        """← →: the kind beside, among the decided ones the view beside."""
        (self.sieve if self.tabs.current == "open" else self.tabs).step(by)
