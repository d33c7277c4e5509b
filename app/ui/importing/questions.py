"""What only a person can decide about the rows of a sheet: once for all rows of a kind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.services.workbooks.import_account import QUESTIONS, ImportAccount, Question
from app.ui.keys import SIDEWAYS, SPACE, Action, key, tell
from app.ui.parts.keycap import Keycap
from app.ui.parts.label import label
from app.ui.theme import LIGHT

ANSWER = key("F4", "回答要您定的")
_WORDS, _COUNT = 300, 72
"""Pixels for what is asked, and for how many rows."""


class Questions(QWidget):
    """A line for each question: its words, how many rows, and the answers; `decided` on a choice.

    Hidden where there is nothing to decide; `counted` is what is counted (行, 份). F4 goes there,
    and from one question to the next.
    """

    decided = Signal()

    def __init__(self, counted: str = "行") -> None:
        super().__init__()
        self._counted = counted
        self.answers: dict[str, str] = {}
        self.lines: dict[str, QuestionLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        self._column.setSpacing(4)
        Action(ANSWER, self.go_on, self)
        self.hide()

    def begin(self) -> None:
        """Another sheet: nothing is decided yet."""
        self.answers = {}

    def show_account(self, account: ImportAccount) -> None:
        """Ask what is to be asked about these rows; once they came in, nothing any more."""
        asked = account.questions if account.dry_run else {}
        for code in self.lines.keys() - asked.keys():
            gone = self.lines.pop(code)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for code, count in asked.items():
            if code not in self.lines:
                self.lines[code] = QuestionLine(QUESTIONS[code], self._decide, self._counted)
                self._column.addWidget(self.lines[code])
            self.lines[code].say(count, self.answers.get(code, ""))
        self.setVisible(bool(asked))

    def go_on(self) -> None:
        """Go to the first question, and from one to the next."""
        lines = list(self.lines.values())
        here = next((n for n, line in enumerate(lines) if line.has_focus), -1)
        if lines:
            lines[(here + 1) % len(lines)].go_to()

    def _decide(self, code: str, answer: str) -> None:
        if self.answers.get(code, "") != answer:
            self.answers = {**self.answers, code: answer}
            self.decided.emit()


class QuestionLine(QWidget):
    """One question; `chosen(code, answer)` when a person answers it."""

    def __init__(
        self, question: Question, chosen: Callable[[str, str], None], counted: str
    ) -> None:
        super().__init__()
        self._counted = counted
        self.group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        words, self._count = label(question.words, "label"), label(role="note")
        words.setFixedWidth(_WORDS)
        self._count.setFixedWidth(_COUNT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.margin)
        row.addWidget(Keycap(ANSWER.shown))
        row.addWidget(words)
        row.addWidget(self._count)
        for answer, meaning in {"": question.otherwise, **question.answers}.items():
            button = self.buttons[answer] = QRadioButton(meaning)
            button.setAccessibleName(f"{question.words}：{meaning}")
            button.clicked.connect(lambda _=False, way=answer: chosen(question.code, way))
            tell(button, SIDEWAYS("换一个答法"), SPACE("这一类的都这样办"))
            self.group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)

    def say(self, count: int, answer: str) -> None:
        """So many rows, and what was decided."""
        self._count.setText(f"{count:,} {self._counted}")
        self.buttons[answer].setChecked(True)

    @property
    def has_focus(self) -> bool:
        """Whether one is at this question."""
        return any(button.hasFocus() for button in self.buttons.values())

    def go_to(self) -> None:
        """Stand on the answer that holds now; ← and → give another."""
        self.group.checkedButton().setFocus(Qt.FocusReason.ShortcutFocusReason)
