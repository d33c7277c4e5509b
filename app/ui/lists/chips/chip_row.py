"""Chips in lines: each is gone to with the arrows and taken away with Delete."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from app.domain.kernel.fields import FieldSpec
from app.domain.records import Record
from app.services.lists.chips import Chip, said
from app.services.lists.table_columns import Titles
from app.ui.keys import Key, tell
from app.ui.parts.label import label, tip

_HEIGHT = 26
_GAP = 6
_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class ConditionChip(QFrame):
    """One condition in words, with a cross; `dropped` and `changing` ask for it."""

    dropped = Signal()
    changing = Signal()
    stepped = Signal(int)

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
        self.setObjectName("chip")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName(words)
        self.setToolTip(tip(words))
        self._label = label(words)
        cross = QToolButton()
        cross.setText("×")
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cross.setAutoRaise(True)
        cross.setAccessibleName(f"去掉“{words}”")
        cross.clicked.connect(self.dropped)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 2, 0)
        row.setSpacing(0)
        row.addWidget(self._label, 1)
        row.addWidget(cross)
        tell(self, Key("Del", "去掉这个条件"), Key("Enter", "改这个条件"), Key("← →", "另一个条件"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _DELETE:
            self.dropped.emit()
        elif key in _ENTER:
            self.changing.emit()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        else:
            super().keyPressEvent(event)


class ChipRow(QWidget):
    """The chips of a list; `dropped(chip)`, `changing(chip)`, and `left` beyond the last."""

    dropped = Signal(object)
    changing = Signal(object)
    left = Signal()

    def __init__(self, record_type: type[Record], titles: Titles) -> None:
        super().__init__()
        self._type, self._titles = record_type, titles
        self.added: Sequence[FieldSpec] = ()
        self.chips: list[ConditionChip] = []

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show these; who stood on one that is gone stands on its neighbour."""
        held = next((n for n, one in enumerate(self.chips) if one.hasFocus()), -1)
        for old in self.chips:
            old.hide()
            old.deleteLater()
        self.chips = [self._made(chip) for chip in chips]
        self.setVisible(bool(chips))
        self._arrange()
        if held >= 0:
            self._go(min(held, len(self.chips) - 1))

    def focus_last(self) -> bool:
        """Go to the last chip, if there is one."""
        self._go(len(self.chips) - 1)
        return bool(self.chips)

    def _made(self, chip: Chip) -> ConditionChip:
        made = ConditionChip(said(self._type, chip, self._titles, self.added))
        made.setParent(self)
        made.dropped.connect(lambda: self.dropped.emit(chip))
        made.changing.connect(lambda: self.changing.emit(chip))
        made.stepped.connect(lambda by: self._go(self.chips.index(made) + by))
        made.show()
        return made

    def _go(self, place: int) -> None:
        if 0 <= place < len(self.chips):
            self.chips[place].setFocus()
        else:
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Lay the chips out in lines as wide as there is room."""
        x = y = 0
        for chip in self.chips:
            wide = min(chip.sizeHint().width(), self.width())
            if x and x + wide > self.width():
                x, y = 0, y + _HEIGHT + _GAP
            chip.setGeometry(x, y, wide, _HEIGHT)
            x += wide + _GAP
        self.setFixedHeight(y + _HEIGHT)
