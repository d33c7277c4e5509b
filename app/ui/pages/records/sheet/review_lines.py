"""Lines above the form: what the office above asks or proposes, and 采用 or 不采用."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.services.lists.record_sheet import Opened
from app.services.reviewing.open_reviews import Offer, Refused
from app.services.reviewing.passed_up import REPLIED_ON, REPLY
from app.ui.keys import REFUSE, Action
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.theme import CHIPS, LIGHT


class ReviewLines(QFrame):
    """Hidden when nothing is said; `adopt` takes over the values that are proposed.

    `refuse` says why not, and takes that back where nothing else waits.
    """

    def __init__(self, adopt: Action, refuse: Action) -> None:
        super().__init__()
        tone = CHIPS["warning"]
        self.setStyleSheet(f"Said {{ background: {tone.ground}; }}")
        self.words = label(role="note")
        self.words.setWordWrap(True)
        self.words.setStyleSheet(f"color: {tone.text};")
        self._adopt, self._refuse = adopt, refuse
        row = QHBoxLayout(self)
        row.setContentsMargins(LIGHT.margin, 4, LIGHT.margin, 4)
        column = QVBoxLayout()
        column.addWidget(self.words)
        row.addLayout(column, 1)
        answers = QVBoxLayout()
        answers.setSpacing(4)
        for action in (adopt, refuse):
            answers.addWidget(KeyButton(action), 0, Qt.AlignmentFlag.AlignRight)
        answers.addStretch(1)
        row.addLayout(answers)
        self.hide()

    def show_opened(self, opened: Opened) -> None:
        """Say what stands against this record."""
        asked = opened.questions.get("")
        lines = [f"退回：{asked}"] if asked else []
        if opened.questions and not asked:
            lines.append("退回待改：问题写在下面的栏目旁边，改好保存，再报送一次。")
        mine = _of_first_review(opened.offers)
        lines += [_line(offer) for offer in mine if offer.field != REPLIED_ON]
        lines += [_refused(one) for one in opened.refused]
        self.words.setText("\n".join(lines))
        free = opened.ours and not opened.void
        self._adopt.setVisible(bool(mine) and free)
        self._refuse.setVisible(bool(mine or opened.refused) and free)
        self._refuse.setText(REFUSE.words if mine else "收回不采用")
        self.setVisible(bool(lines))


def _refused(one: Refused) -> str:
    return f"已写明不采用 {one.what}（{one.by} {one.on[5:]}）：{one.reason}"


def _of_first_review(offers: Sequence[Offer]) -> list[Offer]:
    """One review is adopted at a time; the next is said after it."""
    return [offer for offer in offers if offer.review == offers[0].review]


def _line(offer: Offer) -> str:
    when = f" {offer.said_on:%m-%d}" if offer.said_on else ""
    if offer.field == REPLY:
        return f"{offer.by}答复（{offer.said_by}{when}）：{offer.new}"
    told = f"（{offer.said_by}{when} 告知）" if offer.said_by else ""
    return f"{offer.by}建议更正：{offer.label} {offer.old or '（空）'} → {offer.new}{told}"
