"""The parts of a list: all, unfinished, returned, not read against paper, 作废; how many each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.services.lists.listing import Counts
from app.ui.theme import LIGHT

VIEWS = {
    "": "全部",
    "draft": "未填完",
    "returned": "退回",
    "unread": "未核对",
    "void": "作废",
}
RECORDS = tuple(name for name in VIEWS if name != "draft")
"""Those of records that are saved."""


class ViewButtons(QWidget):
    """Emits `chosen(name)` (`VIEWS`); what there is none of is left away."""

    chosen = Signal(str)

    def __init__(self, names: Sequence[str] = tuple(VIEWS)) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._buttons = {name: self._button(name) for name in names}
        self._buttons[""].setChecked(True)

    @property
    def current(self) -> str:
        """The part chosen."""
        return next(name for name, button in self._buttons.items() if button.isChecked())

    def show_view(self, name: str) -> None:
        """Mark a part without choosing it; one that is not offered leaves all as it is."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def set_counts(self, counts: Counts, unfinished: int) -> None:
        """Say how many there are of each."""
        numbers: Mapping[str, int] = {
            "": counts.all,
            "draft": unfinished,
            "returned": counts.returned,
            "unread": counts.unread,
            "void": counts.void,
        }
        for name, button in self._buttons.items():
            button.setText(f"{VIEWS[name]} {numbers[name]:,}")
            button.setVisible(not name or bool(numbers[name]) or button.isChecked())

    def step(self, by: int) -> None:
        """Choose the part beside, round and round."""
        offered = [name for name, button in self._buttons.items() if not button.isHidden()]
        name = offered[(offered.index(self.current) + by) % len(offered)]
        self._buttons[name].setChecked(True)
        self.chosen.emit(name)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setFlat(True)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setStyleSheet(
            f"QPushButton {{ padding: 0 3px; border: none; color: {LIGHT.text2}; }}"
            f"QPushButton:checked {{ color: {LIGHT.text}; font-weight: bold; }}"
        )
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(button)
        self._row.addWidget(button)
        return button
