"""The card of one entry: what the directory says of it, and what may be the same unit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.codes.enterprise import VERIFICATION
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import by_name
from app.domain.records import Enterprise, Visit
from app.services.deciding.to_verify import Card as Facts
from app.services.deciding.to_verify import Other
from app.ui.fields.line import has_focus_within
from app.ui.fields.links import LinkEditor
from app.ui.fields.suggestion import Surroundings
from app.ui.keys import ENTER, ESCAPE, UP_DOWN, Action, Key, tell
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

_JOIN = Key("Enter", "并入这一家")
_OTHERS = 5
"""So many rows of what may be the same are seen at once."""


class EntryCard(Card):
    """`meant(id)` when the entry was said to be the same as another one."""

    meant = Signal(str)

    def __init__(self, around: Surroundings, undo: Action, deciding: Sequence[Action]) -> None:
        super().__init__("单位")
        self._others: Sequence[Other] = ()
        self.facts = Table(
            "名录里怎么写", (Column("项目", 150), Column("内容")), heads=False, quiet=True
        )
        self.said = MessageLine()
        self.others = Table(
            "可能是同一家",
            (Column("可能是同一家", 260), Column("所在地、人数", 170), Column("为什么")),
            quiet=True,
        )
        tell(self.others, _JOIN, UP_DOWN("选一家"), ESCAPE("不并了"))
        self.others.entered_row.connect(lambda row: self.meant.emit(self._others[row].id))
        spec = by_name(Visit)["enterprise"]
        search = partial(around.lookups.find, Enterprise.type_name)
        self.other = LinkEditor(spec, around, search)
        tell(self.other, ENTER("并入这一家"), ESCAPE("不并了"))
        self.other.picked.connect(lambda one: self.other.setFocus())
        self.other.next_wanted.connect(self._typed)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.facts, 1)
        self.body.addWidget(self.others)
        self.body.addWidget(self._below())
        bar = self.add_bar()
        bar.setSpacing(8)
        bar.addWidget(KeyButton(undo))
        bar.addStretch(1)
        for action in deciding:
            bar.addWidget(KeyButton(action, primary=action is deciding[-1]))

    @property
    def is_choosing(self) -> bool:
        """Whether another entry is being chosen."""
        return self.others.hasFocus() or has_focus_within(self.other)

    def show_card(self, card: Facts) -> None:
        """Show one entry."""
        entry = card.entry
        self.title.setText(entry.name)
        self.note.setText("　".join(filter(None, (entry.number, entry.area))))
        visits = f"{card.visits} 次" if card.visits else "没有走访过"
        told = [*((fact.label, fact.words) for fact in card.facts), ("走访", visits)]
        self.facts.set_rows([[Cell(note=name), words] for name, words in told])
        self.other.left_out = entry.id
        self._others = card.others
        self.others.set_rows([[one.name, one.words, one.why] for one in card.others])
        shown = min(len(card.others), _OTHERS)
        self.others.setFixedHeight(LIGHT.row * (shown + 1) + 2)
        self.others.setVisible(bool(card.others))
        self._row.setVisible(entry.stands)
        if entry.open:
            alike = len(card.others)
            words = f"有 {alike} 家名称相近，是同一家请按 5。" if alike else ""
            self.said.say("warning" if alike else "info", words)
        else:
            word = VERIFICATION.label_of(entry.standing)
            how = f"（{card.how}）" if card.how and card.how != word else ""
            self.said.say("info", f"{word}{how}，{entry.by or '没有写核实人'}，{entry.on}。")

    def choose(self) -> None:
        """Ask of which it is a 重复: from the list, or by name."""
        if self._others:
            self.others.setFocus()
            self.others.selectRow(max(self.others.row, 0))
        else:
            self.other.setFocus()

    def stop_choosing(self) -> None:
        """Forget what was looked for."""
        self.other.load(None)

    def _below(self) -> QWidget:
        below = QWidget()
        column = QHBoxLayout(below)
        column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        column.setSpacing(LIGHT.gap)
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label("与别的一家重复：", "label"))
        self.other.setFixedWidth(320)
        row.addWidget(self.other)
        column.addWidget(self._row)
        column.addWidget(self.said, 1)
        return below

    def _typed(self) -> None:
        """Enter in the line: the unit found there is meant."""
        try:
            found = self.other.value()
        except UserError as error:
            self.said.say("error", str(error))
            return
        if found:
            self.meant.emit(str(found))
