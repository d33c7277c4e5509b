"""A call that is written down: whom, what was said, the day promised; above it the calls before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.services.figures.reminders import Owed, Reminder
from app.ui.keys import ESCAPE, Action, Key, tell
from app.ui.parts.elided import Elided
from app.ui.parts.label import label
from app.ui.theme import LIGHT

_LAST = 3
"""So many of the calls before are shown."""


class CallRow(QWidget):
    """`promised` is what was said; Enter goes on, in the last field it writes (`remind`)."""

    def __init__(self, remind: Action, back: QWidget) -> None:
        super().__init__()
        self.before = [Elided() for _ in range(_LAST + 1)]
        self.spoke_with = _field("打给谁", "姓名，可不填", 128)
        self.promised = _field("对方怎么答应的", "可不填")
        self.until = _field("答应哪天", "如 12-22", 96)
        fields = (self.spoke_with, self.promised, self.until)
        for field, following in zip(fields, (*fields[1:], None), strict=True):
            told = Key("Enter", "下一栏" if following else "记下")
            tell(field, told, remind.key, ESCAPE("回到列表"))
            field.returnPressed.connect(following.setFocus if following else remind.trigger)
            leave = Action(ESCAPE("回到列表"), back.setFocus, field)
            leave.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._lay_out()

    def show_owed(self, one: Owed | None) -> None:
        """Say whom to ring up, and the calls before, the newest first."""
        lines = [_whom(one), *_calls(one.reminders)] if one is not None else []
        for line, words in zip(
            self.before, [*lines, *[""] * (_LAST + 1 - len(lines))], strict=True
        ):
            line.say(words)
            line.setVisible(bool(words))

    def clear(self) -> None:
        """Nothing is typed any more."""
        for field in (self.spoke_with, self.promised, self.until):
            field.clear()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        column.setSpacing(4)
        for line in self.before:
            line.setProperty("role", "note")
            column.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, field, stretch in (
            ("打给", self.spoke_with, 0), ("怎么答应的", self.promised, 1), ("哪天", self.until, 0),
        ):  # fmt: skip
            row.addWidget(label(words, "label"))
            row.addWidget(field, stretch)
        column.addLayout(row)


def _field(name: str, hint: str, width: int = 0) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    if width:
        field.setFixedWidth(width)
    return field


def _whom(one: Owed) -> str:
    standing = one.standing
    clerk = f"{standing.clerk or '联络人'} {standing.clerk_telephone}"
    numbers = [clerk if standing.clerk_telephone else "", standing.leader_telephone]
    told = "　单位负责人 ".join(numbers) if all(numbers) else "".join(numbers)
    return f"{standing.unit_name}　{told or '报送单位里没有登记电话'}"


def _calls(reminders: Sequence[Reminder]) -> Sequence[str]:
    return [one.words for one in reversed(reminders[-_LAST:])]
