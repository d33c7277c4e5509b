"""What every page of the first start is made of: a heading, labelled fields, who is asked first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.parts.label import label
from app.ui.theme import LIGHT

_LABEL = 96
_AGREE = "请先看清记录在服务器上怎样保存，勾选后再做。"


class Step(QWidget):
    """One page: `title`, one sentence `why`, then the fields.

    `needed` are the fields that must not stay empty, with the words to ask for them;
    Enter goes from one to the next; `agreed` is what has to be ticked. `changed` tells the
    frame that what may be pressed has changed.
    """

    title = ""
    why = ""
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.needed: list[tuple[QLineEdit, str]] = []
        self.agreed: QCheckBox | None = None
        self._row = 0
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(32, 16, 32, 0)
        self.column.setSpacing(8)
        self._why = label(self.why, "note")
        self._why.setWordWrap(True)
        self.column.addWidget(self._why)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(LIGHT.gap)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnMinimumWidth(0, _LABEL)
        self.grid.setColumnStretch(1, 1)

    @property
    def first(self) -> QWidget:
        """Where typing begins."""
        return self

    @property
    def ready(self) -> bool:
        """Whether 下一步 can be pressed."""
        return True

    def explain(self, why: str) -> None:
        """Say another sentence under the heading."""
        self._why.setText(why)

    def add_field(self, words: str, field: QWidget, *, top: bool = False) -> None:
        """A field with its label before it."""
        side = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
        name = label(words, "label")
        name.setContentsMargins(0, 6 if top else 0, 0, 0)
        name.setAlignment(Qt.AlignmentFlag.AlignRight | side)
        self.grid.addWidget(name, self._row, 0, side)
        self.grid.addWidget(field, self._row, 1)
        field.setAccessibleName(words)
        self._row += 1

    def add_note(self, note: QWidget) -> None:
        """A line under the field before it."""
        self.grid.addWidget(note, self._row, 1)
        self._row += 1

    def gap(self) -> tuple[QWidget, str] | None:
        """The first needed field that is shown and still empty, and what to ask."""
        for field, words in self.needed:
            if not field.isHidden() and not field.text().strip():
                return field, words
        box = self.agreed
        return None if box is None or box.isHidden() or box.isChecked() else (box, _AGREE)


class Steering(QObject):
    """Lets ↑ and ↓ in a line choose from the list below it."""

    def __init__(self, line: QLineEdit, target: QWidget) -> None:
        super().__init__(line)
        self._target = target
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        up_down = (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in up_down
        ):
            self._target.event(event)
            return True
        return super().eventFilter(watched, event)


def stretch(steps: Sequence[Step]) -> None:
    """Keep the fields of every page at its top."""
    for step in steps:
        step.column.addLayout(step.grid)
        step.column.addStretch(1)
