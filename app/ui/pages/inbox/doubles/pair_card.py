"""The card of one pair: why they may be one, both beside each other, and a reason to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.doubles.evidence import Kind
from app.services.deciding.doubles import KINDS, Comparison, Decided
from app.services.figures.possible_doubles import PairView
from app.ui.keys import ESCAPE, Action, Key, tell
from app.ui.pages.inbox.doubles.comparison import ComparisonArea, ComparisonHead
from app.ui.pages.inbox.doubles.reasons import Reasons, Word
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.theme import LIGHT

STRENGTHS = {"高": ("很像", "error"), "中": ("可能", "warning"), "低": ("不太像", "neutral")}
QUESTIONS: Mapping[str, tuple[str, str, str]] = {
    Kind.ENTERPRISE: ("是不是同一个单位？", "是同一单位", "不是同一单位"),
    Kind.PERSON: ("是不是同一个人？", "是同一人", "不是同一人"),
    Kind.HOUSEHOLD: ("是不是同一户？", "是同一户", "不是同一户"),
    Kind.VISIT: ("是不是同一次走访？", "是同一次", "不是同一次"),
    Kind.AID: ("是不是重复帮扶？", "是重复帮扶", "不是重复"),
}
_AFTER = (
    "两条记录都留着，统计只算一次，有关单位都会收到说明；以后改了比对的内容才再问。都可以改回。"
)


class PairCard(Card):
    """Shows a pair to decide on, or one that was decided."""

    def __init__(
        self, write: Action, looking: Sequence[Action], deciding: Sequence[Action]
    ) -> None:
        super().__init__("是不是同一个人？")
        self.reasons = Reasons()
        self.head_row = ComparisonHead()
        self.area = ComparisonArea(self.head_row)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("可不填，例如：电话问过市中区，原住沙湾，9 月调走")
        self.reason.setAccessibleName("理由")
        tell(self.reason, Key("Enter", "回到比较"), ESCAPE("清除"))
        self.said = MessageLine()
        self.said.say("info", _AFTER)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        for part in (self.reasons, self.head_row):
            self.body.addWidget(part)
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self._reason_row(write))
        bar = self.add_bar()
        bar.setSpacing(8)
        for action in looking:
            bar.addWidget(KeyButton(action))
        bar.addStretch(1)
        self._buttons = {a: KeyButton(a, primary=a is deciding[-1]) for a in deciding}
        for button in self._buttons.values():
            bar.addWidget(button)

    def button(self, action: Action) -> KeyButton:
        """The button of one of the actions that decide."""
        return self._buttons[action]

    def ask(self, pair: PairView, where: str) -> None:
        """Show a pair that nobody decided on."""
        self.title.setText(QUESTIONS[pair.kind][0])
        self.note.setText(where)
        kind = STRENGTHS.get(pair.strength, ("", "warning"))[1]
        words = [Word("像的理由"), *(Word(one.rstrip("。"), kind) for one in pair.reasons)]
        if pair.against:
            words += [Word("不像"), *(Word(one.rstrip("。"), "neutral") for one in pair.against)]
        if pair.before:
            told = pair.before.rstrip("。").split("，")
            words += [Word("从前"), *(Word(one, "neutral") for one in told)]
        self.reasons.show_words(words)
        self._line.show()

    def show_decided(self, one: Decided) -> None:
        """Show a pair that was decided, and why."""
        self.title.setText(f"已认定：{'' if one.same else '不是'}{KINDS[one.kind]}")
        self.note.setText(one.at[:10])
        self.reasons.show_words([Word("理由"), Word(one.reason, "ok" if one.same else "neutral")])
        self._line.hide()

    def compare(self, seen: Comparison) -> None:
        """Show both records."""
        self.area.show_comparison(seen)

    def _reason_row(self, write: Action) -> QFrame:
        frame = QFrame()
        column = QVBoxLayout(frame)
        column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 4)
        column.setSpacing(4)
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(label("理由", "label"))
        row.addWidget(self.reason, 1)
        row.addWidget(KeyButton(write, quiet=True))
        column.addWidget(self._line)
        column.addWidget(self.said)
        return frame
