"""A line below the findings: why they are returned, or why they may stand."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from app.ui.keys import ENTER, ESCAPE, Action, tell
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.theme import LIGHT

BACK, STAND = "back", "stand"
_TITLES = {
    BACK: "退回 {count} 处（{records} 条记录）：每一处的问题照检查结果写给对方，附言可不填",
    STAND: "认可 {count} 处（{records} 条记录）：写明理由，记录改动以前不再问",
}
_HINTS = {BACK: "附言，例如：请在三天内改好", STAND: "理由，例如：电话核实过，确实如此"}
_DOES = {BACK: "退回", STAND: "认可"}


class DecisionLine(QFrame):
    """Hidden until something is decided; `decided(what, words)` on Enter, `closed` on Esc.

    It stands `instead_of` the buttons that ask it.
    """

    decided = Signal(str, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "head")
        self._what = BACK
        self.instead_of: tuple[KeyButton, ...] = ()
        self.title = label(role="strong")
        self.title.setWordWrap(True)
        self.words = QLineEdit()
        self.said = MessageLine()
        self.leave = Action(ESCAPE("不办了"), self.end, self)
        self.sure = Action(ENTER("退回"), self._go, self)
        self.words.returnPressed.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        column.setSpacing(6)
        column.addWidget(self.title)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(KeyButton(self.leave))
        row.addWidget(KeyButton(self.sure, primary=True))
        column.addLayout(row)
        column.addWidget(self.said)
        self.hide()

    def ask(self, what: str, count: int, records: int) -> None:
        """Ask for the words of so many findings."""
        self._what = what
        self.title.setText(_TITLES[what].format(count=f"{count:,}", records=f"{records:,}"))
        self.words.setPlaceholderText(_HINTS[what])
        self.words.setAccessibleName("附言" if what == BACK else "理由")
        self.words.clear()
        self.said.clear()
        self.said.hide()
        self.sure.setText(_DOES[what])
        tell(self.words, ENTER(_DOES[what]), ESCAPE("不办了"))
        self.show()
        self.words.setFocus()

    def setVisible(self, visible: bool) -> None:
        for button in self.instead_of:
            button.setVisible(not visible)
        super().setVisible(visible)

    def end(self) -> None:
        """Ask no longer."""
        self.hide()
        self.closed.emit()

    def _go(self) -> None:
        words = self.words.text().strip()
        if self._what == STAND and not words:
            self.said.show()
            self.said.say("error", "要写明理由。")
            return
        self.hide()
        self.decided.emit(self._what, words)
