"""A reason of several lines, with its limit told below: Enter makes a line, Tab goes on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.kernel.text import length
from app.ui.fields.prose import Prose
from app.ui.keys import ESCAPE, SAVE, TAB, Key, tell
from app.ui.parts.label import label
from app.ui.theme import CHIPS

LONGEST_SAID = 500
"""Characters of an 申诉 and of its answer."""
_LINES, _EDGES = 3, 18


class ReasonField(QWidget):
    """`next_wanted` on Ctrl+↓; what is too long is told, and nothing of it is dropped."""

    next_wanted = Signal()

    def __init__(self, words: str, longest: int) -> None:
        super().__init__()
        self._longest = longest
        self.prose = _Short()
        self.prose.setAccessibleName(words)
        self.count = label(role="note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.prose)
        column.addWidget(self.count)
        self.setFocusProxy(self.prose)
        self.prose.next_wanted.connect(self.next_wanted)
        self.prose.textChanged.connect(self._count)
        tell(self.prose, TAB, Key("Enter", "换行"), SAVE("存好"), ESCAPE("不改了"))
        self._count()

    def text(self) -> str:
        """What is typed."""
        return self.prose.toPlainText()

    def setText(self, text: str) -> None:
        """Show a text, from its beginning."""
        self.prose.setPlainText(text)

    def clear(self) -> None:
        """Nothing is typed."""
        self.prose.clear()

    def selectAll(self) -> None:
        """Select all of it."""
        self.prose.selectAll()

    def _count(self) -> None:
        said = length(self.text())
        over = said - self._longest
        told = f"多 {over} 字，" if over > 0 else f"{said} 字，" if said else ""
        self.count.setText(f"{told}最多 {self._longest} 字")
        self.count.setStyleSheet(f"color: {CHIPS['error'].text};" if over > 0 else "")


class _Short(Prose):
    """As many lines as fit beside a list."""

    def sizeHint(self) -> QSize:
        height = _LINES * self.fontMetrics().lineSpacing() + _EDGES
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())
