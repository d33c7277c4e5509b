"""What the chosen findings say and what to do about them, and what was done last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.deciding.findings import Line
from app.ui.parts.card import Card, card_around
from app.ui.parts.elided import Elided
from app.ui.parts.empty import EmptyState
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.theme import LIGHT

_NOTHING = (
    "check-circle",
    "没有检查出问题",
    "收到的每一条记录都逐条检查过，\n有问题的会列在这里。",
)
_NONE_HERE = ("check-circle", "这里没有了", "按 ← → 看待办、已退回、已认可、已说明。")


def nothing_found() -> Card:
    """What stands in the place of groups and list, with the keyboard, where there is neither."""
    card = card_around(EmptyState(*_NOTHING))
    card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return card


def none_here() -> EmptyState:
    """What stands in the place of the list where none stands as was asked."""
    return EmptyState(*_NONE_HERE)


class FindingSaid(QWidget):
    """Stands below the list."""

    def __init__(self) -> None:
        super().__init__()
        self.what, self.how, self.done = Elided(), label(role="note"), MessageLine()
        self.how.setWordWrap(True)
        self.done.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        column.setSpacing(4)
        for part in (self.what, self.how, self.done):
            column.addWidget(part)

    def show_lines(self, chosen: Sequence[Line]) -> None:
        """Tell of one, or how many there are."""
        if not chosen:
            self.what.say("")
            self.how.setText("")
            return
        one, several = chosen[0], len(chosen) > 1
        records = len({line.record.id for line in chosen})
        alone = f"{one.record.type.label}　{one.record.number}　{one.owner_name}"
        self.what.say(f"选中 {len(chosen):,} 处，{records:,} 条记录" if several else alone)
        self.how.setText("" if several else _said(one))

    def say(self, words: str) -> None:
        """Tell what was done."""
        self.done.show()
        self.done.say("ok", words)


def _said(one: Line) -> str:
    told = f"{one.finding.sentence}{one.finding.remedy}"
    return f"{told}　{one.standing.value}：{one.reason}" if one.reason else told
