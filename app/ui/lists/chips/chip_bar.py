"""Above a list: its chips, and where one more is made (Ctrl+G)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.records import Record
from app.services.lists.chips import Chip
from app.services.lists.table_columns import Titles
from app.ui.fields.suggestion import Surroundings
from app.ui.help.topics import about
from app.ui.keys import ESCAPE, SHOW_ALL, Action, tell
from app.ui.lists.chips.chip_form import ChipForm
from app.ui.lists.chips.chip_row import ChipRow
from app.ui.lists.chips.narrowing import Narrowing
from app.ui.parts.key_button import KeyButton
from app.ui.theme import LIGHT


class ChipBar(QFrame):
    """Hidden while there is no chip and none is made; `left` when the list is gone on with.

    `upright` is for a narrow list: the parts of a new condition stand below each other.
    """

    left = Signal()

    def __init__(
        self,
        record_type: type[Record],
        titles: Titles,
        around: Surroundings,
        narrowing: Narrowing,
        *,
        upright: bool,
    ) -> None:
        super().__init__()
        about(self, "tables")
        self.setProperty("role", "bar")
        self._narrowing = narrowing
        self._changing: Chip | None = None
        self.row = ChipRow(record_type, titles)
        self.form = ChipForm(record_type, titles, around, upright=upright)
        self._asking = QWidget()
        self._give_up = Action(ESCAPE("不加"), self._leave, self._asking)
        self.clear = Action(SHOW_ALL, self._clear, self.row)
        self._lay_out(upright=upright)
        self.row.dropped.connect(narrowing.drop)
        self.row.changing.connect(self._change)
        self.row.left.connect(self.left)
        self.form.made.connect(self._take)
        narrowing.changed.connect(self._show)
        narrowing.learned.connect(self._learn)
        self._asking.hide()
        tell(self._asking, self._give_up.key)
        self._learn()

    def begin(self, field: str = "") -> None:
        """Make a condition, of this field if one is named."""
        self._changing = None
        self._ask()
        self.form.begin(field)

    @property
    def asks(self) -> bool:
        """Whether a condition is being made."""
        return not self._asking.isHidden()

    def _lay_out(self, *, upright: bool) -> None:
        beside = QVBoxLayout(self._asking) if upright else QHBoxLayout(self._asking)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self.form, 1)
        beside.addWidget(KeyButton(self._give_up))
        chips = QHBoxLayout()
        chips.setContentsMargins(0, 0, 0, 0)
        chips.addWidget(self.row, 1)
        if not upright:
            chips.addWidget(KeyButton(self.clear, quiet=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        column.setSpacing(6)
        column.addLayout(chips)
        column.addWidget(self._asking)

    def _learn(self) -> None:
        """The fields that campaigns add may be asked too."""
        added = self._narrowing.added or ()
        self.row.added = added
        self.form.learn(added)
        self._show()

    def _show(self) -> None:
        chips = self._narrowing.chips
        self.clear.setVisible(bool(chips))
        self.row.show_chips(chips)
        self.setVisible(bool(chips) or self.asks)

    def _ask(self) -> None:
        self._asking.show()
        self.show()

    def _change(self, chip: Chip) -> None:
        self._ask()
        self._changing = chip
        self.form.begin_with(chip)

    def _take(self, chip: Chip) -> None:
        changed, self._changing = self._changing, None
        self._asking.hide()
        self._narrowing.put(chip, changed)
        self.left.emit()

    def give_up(self) -> None:
        """Make no condition after all."""
        self._changing = None
        self._asking.hide()
        self._show()

    def _leave(self) -> None:
        self.give_up()
        self.left.emit()

    def _clear(self) -> None:
        self._narrowing.clear()
        self.left.emit()
