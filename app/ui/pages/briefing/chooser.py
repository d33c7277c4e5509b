"""What can be put into an issue of 简报: pieces of 信息, or 定稿; Enter takes one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.services.figures.issued_totals import Issued
from app.services.letters.briefing_items import Item
from app.ui.keys import ENTER, ESCAPE, UP_DOWN, tell
from app.ui.parts.card import Card
from app.ui.parts.label import label
from app.ui.parts.table import Cell, Column, Table

_NO_ITEMS = "没有可选的信息：本单位和下级报来的都已采用、退回，或者已经在这一期里。"
_NO_ISSUED = "这个活动还没有定稿：请先在“统计”的“汇总表”按 Ctrl+J 定稿。"
_ITEMS = (Column("信息", 0, least=160), Column("单位", 150), Column("类别", 88), Column("日期", 96))
_ISSUED = (Column("定稿", 0, least=160), Column("数字截至", 110))


class Chooser(Card):
    """`chosen(key)` on Enter."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("选信息", " ")
        self._keys: list[str] = []
        self.table = Table("选", _ITEMS)
        self.empty = label(role="note")
        self.empty.setWordWrap(True)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty)
        self.empty.setContentsMargins(16, 8, 16, 8)
        self.table.entered_row.connect(self._take)

    def show_items(self, items: Sequence[Item]) -> None:
        """Offer these pieces of 信息."""
        rows = [
            [one.title, one.office, one.kind, one.dated.isoformat() if one.dated else ""]
            for one in items
        ]
        self._show("选信息", _ITEMS, [one.id for one in items], rows, _NO_ITEMS)

    def show_issued(self, issued: Sequence[Issued]) -> None:
        """Offer these 定稿."""
        rows = [[f"{one.table.title}　{one.words}", str(one.table.as_of)] for one in issued]
        self._show("取定稿的数", _ISSUED, [str(one.n) for one in issued], rows, _NO_ISSUED)

    def _show(
        self,
        title: str,
        columns: Sequence[Column],
        keys: list[str],
        rows: Sequence[Sequence[Cell | str]],
        none: str,
    ) -> None:
        self._keys = keys
        self.title.setText(title)
        self.note.setText("选中的按 Enter 放进简报" if keys else "")
        self.table.set_columns(columns)
        self.table.set_rows(rows)
        take = (UP_DOWN, ENTER("放进简报")) if keys else ()
        tell(self.table, *take, ESCAPE("选好了"))
        self.empty.setText("" if keys else none)
        self.empty.setVisible(not keys)
        self.table.setFocus()

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._keys):
            self.chosen.emit(self._keys[row])
