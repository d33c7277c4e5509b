"""Lines above the form: what the office above asks or proposes, and 采用."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.services.lists.record_sheet import Opened
from app.services.reviewing.open_reviews import Offer
from app.services.reviewing.passed_up import REPLIED_ON, REPLY
from app.ui.keys import Action
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.theme import CHIPS, LIGHT


class ReviewLines(QFrame):
    """Hidden when nothing is said; `adopt` takes over the values that are proposed."""

    def __init__(self, adopt: Action) -> None:
        super().__init__()
        tone = CHIPS["warning"]
        self.setStyleSheet(f"Said {{ background: {tone.ground}; }}")
        self.words = label(role="note")
        self.words.setWordWrap(True)
        self.words.setStyleSheet(f"color: {tone.text};")
        self._adopt = adopt
        row = QHBoxLayout(self)
        row.setContentsMargins(LIGHT.margin, 4, LIGHT.margin, 4)
        column = QVBoxLayout()
        column.addWidget(self.words)
        row.addLayout(column, 1)
        row.addWidget(KeyButton(adopt), 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_opened(self, opened: Opened) -> None:
        """Say what stands against this record."""
        asked = opened.questions.get("")
        lines = [f"退回：{asked}"] if asked else []
        if opened.questions and not asked:
            lines.append("退回待改：问题写在下面的栏目旁边，改好保存，再报送一次。")
        mine = _of_first_review(opened.offers)
        lines += [_line(offer) for offer in mine if offer.field != REPLIED_ON]
        self.words.setText("\n".join(lines))
        self._adopt.setVisible(bool(mine) and opened.ours and not opened.void)
        self.setVisible(bool(lines))


def _of_first_review(offers: Sequence[Offer]) -> list[Offer]:
    """One review is adopted at a time; the next is said after it."""
    return [offer for offer in offers if offer.review == offers[0].review]


def _line(offer: Offer) -> str:
    when = f" {offer.said_on:%m-%d}" if offer.said_on else ""
    if offer.field == REPLY:
        return f"{offer.by}答复（{offer.said_by}{when}）：{offer.new}"
    told = f"（{offer.said_by}{when} 告知）" if offer.said_by else ""
    return f"{offer.by}建议更正：{offer.label} {offer.old or '（空）'} → {offer.new}{told}"
