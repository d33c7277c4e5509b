"""列名对应: which field each column of a sheet holds, and which columns do not come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.documents.workbooks.workbook import SheetColumn, template_specs
from app.domain.kernel.fields import FieldSpec, fields_of
from app.domain.records import Record
from app.ui.keys import UP_DOWN, tell
from app.ui.parts.combo import Combo
from app.ui.parts.label import label, tip
from app.ui.theme import LIGHT

_NOT = "（不导入）"
_LETTER, _TEXT, _CHOICE = 40, 320, 300
"""Pixels of the three columns."""


class ColumnsView(QScrollArea):
    """A line for each column: its letter, what stands over it, and the field it is read as."""

    def __init__(self, record_type: type[Record]) -> None:
        super().__init__()
        self._type = record_type
        self.learn(())
        self.choices: dict[str, _Choice] = {}
        self._begun: dict[str, str] = {}
        self._bare: set[str] = set()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def learn(self, added: Sequence[FieldSpec]) -> None:
        """Offer these fields too, which campaigns add."""
        specs = template_specs((*fields_of(self._type), *added))
        self._labels = {spec.name: spec.label for spec in specs}

    def show_columns(self, columns: Sequence[SheetColumn], chosen: dict[str, str]) -> None:
        """Show these columns; `chosen` is what a person said of them before."""
        count = Counter(column.text for column in columns)
        shown = [column for column in columns if not column.ignored]
        keys = [one.letter if one.bare or count[one.text] > 1 else one.text for one in shown]
        self._begun = {key: one.field for key, one in zip(keys, shown, strict=True)}
        self._bare = {one.letter for one in shown if one.bare}
        self._begun |= {key: name for key, name in chosen.items() if key in self._begun}
        inside = QWidget()
        grid = QGridLayout()
        grid.setContentsMargins(LIGHT.margin, LIGHT.margin, LIGHT.margin, LIGHT.margin)
        grid.setHorizontalSpacing(LIGHT.margin)
        grid.setVerticalSpacing(8)
        self.choices = {}
        for place, words in enumerate(("列", "表格里的列名", "读作")):
            grid.addWidget(label(words, "note"), 0, place)
        for line, (key, column) in enumerate(zip(keys, shown, strict=True), 1):
            self._add(grid, line, key, column)
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(grid)
        outer.addStretch(1)
        self.setWidget(inside)
        for shows_the_card in (self.viewport(), inside):
            shows_the_card.setAutoFillBackground(False)

    @property
    def chosen(self) -> dict[str, str]:
        """What was said of columns other than the program read them."""
        now = {key: choice.field for key, choice in self.choices.items()}
        return {
            key: name for key, name in now.items() if name != self._begun[key] or key in self._bare
        }

    def begin(self) -> None:
        """Put the focus on the first column that does not come in, else on the first."""
        left = [one for one in self.choices.values() if not one.field]
        for choice in [*left, *self.choices.values()][:1]:
            choice.setFocus()
            self.ensureWidgetVisible(choice)

    def _add(self, grid: QGridLayout, line: int, key: str, column: SheetColumn) -> None:
        letter, text = label(column.letter, "note"), label(column.text)
        letter.setFixedWidth(_LETTER)
        text.setFixedWidth(_TEXT)
        text.setToolTip(tip(column.text))
        choice = self.choices[key] = _Choice(self._labels, self._begun[key])
        choice.setFixedWidth(_CHOICE)
        choice.setAccessibleName(f"{column.letter} 列“{column.text}”")
        tell(choice, UP_DOWN("选这一列是哪一项"))
        words = "隐藏的列" if column.hidden else ""
        if not column.field and column.close:
            words = f"是不是“{column.close}”？"
        if column.times > 1:
            words = f"数字都乘以 {column.times:,}"
        grid.addWidget(letter, line, 0)
        grid.addWidget(text, line, 1)
        grid.addWidget(choice, line, 2)
        grid.addWidget(label(words, "note"), line, 3)
        grid.setColumnStretch(3, 1)


class _Choice(Combo):
    """The field of one column; the wheel changes nothing."""

    def __init__(self, labels: dict[str, str], field: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItem(_NOT, "")
        for name, words in labels.items():
            self.addItem(words, name)
        self.setCurrentIndex(max(self.findData(field), 0))

    @property
    def field(self) -> str:
        """The name of the field, "" for none."""
        return str(self.currentData() or "")

    def choose(self, field: str) -> None:
        """Choose this field."""
        self.setCurrentIndex(max(self.findData(field), 0))
