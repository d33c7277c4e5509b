"""加急报送 of one hazard, and handing records to the other PC of the office."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.services.reporting.open_hazards import OpenHazard
from app.ui.keys import ESCAPE, SAVE_NEXT, UP_DOWN, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.submit.rows import form_row
from app.ui.pages.submit.target import TargetPicker
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.panel import Panel
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

_SHARE = Key("Alt+S", "写交换文件", ("Alt+S",))
_COLUMNS = (
    Column("编号", 160),
    Column("", 76),
    Column("隐患"),
    Column("发现", 76),
)
_SHARED = (
    "本单位有两台电脑时，把这台电脑登记的记录交给另一台。"
    "在另一台电脑上打开“报送”，按 Ctrl+O 接收；两边都交换一次，内容就一样了。"
)
_NONE = "没有没处理完的隐患。"


class AsidePanel(Panel):
    """`urgent_asked(hazard, folder)`, `share_asked(folder)`, `closed` on Esc."""

    urgent_asked = Signal(str, object)
    share_asked = Signal(object)
    closed = Signal()

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._hazards: Sequence[OpenHazard] = ()
        self._busy = False
        self.table = Table("没处理完的隐患", _COLUMNS)
        self.nothing = label(_NONE, "note")
        self.target = TargetPicker(desk, "文件存到哪里")
        self.urgent = Action(SAVE_NEXT("生成加急报送文件"), self._urgent, self)
        self.share = Action(_SHARE, self._share, self)
        self.back = Action(ESCAPE("返回"), self.closed.emit, self)
        self.table.chosen_row.connect(self._settle)
        tell(self.table, UP_DOWN("选隐患"))
        self._lay_out()

    def show_hazards(self, hazards: Sequence[OpenHazard]) -> None:
        """Show these to choose from."""
        self._hazards = hazards
        self.table.set_rows([_row(one) for one in hazards])
        self.table.setVisible(bool(hazards))
        self.nothing.setVisible(not hazards)
        self._settle()

    def go_in(self) -> None:
        (self.table if self._hazards else self.target).setFocus()

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._settle()

    def _settle(self) -> None:
        chosen = 0 <= self.table.row < len(self._hazards)
        self.urgent.setEnabled(not self._busy and chosen)
        self.share.setEnabled(not self._busy)
        self.back.setEnabled(not self._busy)

    def _urgent(self) -> None:
        chosen = 0 <= self.table.row < len(self._hazards)
        if chosen and (folder := self.target.wanted()) is not None:
            self.urgent_asked.emit(self._hazards[self.table.row].id, folder)

    def _share(self) -> None:
        if (folder := self.target.wanted()) is not None:
            self.share_asked.emit(folder)

    def _lay_out(self) -> None:
        where = Card()
        where.body.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        where.body.addLayout(form_row("存到", self.target))
        cards = QHBoxLayout()
        cards.setSpacing(LIGHT.gap)
        cards.addWidget(self._hazard_card(), 3)
        cards.addWidget(self._share_card(), 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(LIGHT.gap)
        column.addWidget(where)
        column.addLayout(cards, 1)

    def _hazard_card(self) -> Card:
        card = Card("加急报送", "一条隐患单独报，不等下一次，不用审签")
        card.body.setContentsMargins(0, 0, 0, 0)
        self.nothing.setMargin(LIGHT.margin)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        bar = card.add_bar()
        bar.addWidget(KeyButton(self.back))
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.urgent, primary=True))
        return card

    def _share_card(self) -> Card:
        card = Card("与本单位另一台电脑交换")
        words = label(_SHARED)
        words.setWordWrap(True)
        card.body.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)
        bar = card.add_bar()
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.share))
        return card


def _row(one: OpenHazard) -> list[Cell | str]:
    chip = Cell("没报过", chip="warning") if one.unsent else Cell("已报过", chip="neutral")
    day = one.found_on.strftime("%m-%d") if one.found_on else ""
    return [one.number, chip, Cell(one.subject, note=one.nature), day]
