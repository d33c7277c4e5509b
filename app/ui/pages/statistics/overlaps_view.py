"""重复交叉: whom two levels both met, or plan to meet (R37)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.codes import GROUP_LEVEL
from app.domain.records import Aid, Case, Enterprise, Person, Plan, Visit
from app.services.figures.coverage import OverlapView, StopView
from app.services.figures.statistics import Statistics
from app.ui.keys import UP_DOWN, Key, tell
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

_COLUMNS = (Column("单位或职工", 300), Column("情况", 120), Column("哪几级、哪一天"))
_SIGNS = {Enterprise.type_name: "buildings", Person.type_name: "identification-card"}
_LEVELS = ["city", "county", "township", "enterprise", ""]
_WHAT = {
    Plan.type_name: "安排",
    Visit.type_name: "走访",
    Case.type_name: "帮扶",
    Aid.type_name: "帮扶",
}


class OverlapsView(QWidget):
    """`opened(type name, record)` when one of them is to be looked at."""

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._overlaps: Sequence[OverlapView] = ()
        self.table = Table("重复交叉", _COLUMNS, row_height=LIGHT.icon_row)
        self.table.entered_row.connect(self._open)
        tell(self.table, UP_DOWN("选一个"), Key("Enter", "打开"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            EmptyState(
                "check-circle",
                "没有重复交叉",
                "市、县两级没有去过、也没有安排去同一个单位，\n没有帮扶同一个人。",
            )
        )
        self.card = Card("重复交叉", "只在安排里的，还来得及改")
        self.card.body.setContentsMargins(0, 0, 0, 0)
        self.card.body.addWidget(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)

    def activate(self) -> None:
        """Put the focus where one begins to look."""
        (self.table if self._overlaps else self).setFocus()

    def set_narrow(self, narrow: bool) -> None:
        """Names get less room."""
        self.table.setColumnWidth(0, 220 if narrow else 300)

    def show_statistics(self, seen: Statistics) -> None:
        """Show what was found."""
        self._overlaps = seen.overlaps
        self.table.set_rows([_cells(one) for one in seen.overlaps])
        self._stack.setCurrentIndex(0 if seen.overlaps else 1)

    def _open(self, row: int) -> None:
        one = self._overlaps[row]
        self.opened.emit(one.type, one.id)


def _cells(one: OverlapView) -> list[Cell]:
    if one.flagged:
        state = (
            Cell("还在安排", chip="warning") if one.planned_only else Cell("重复交叉", chip="error")
        )
    else:
        state = Cell("几级都去过", chip="neutral")
    return [Cell(one.name, sign=_SIGNS[one.type], bold=True), state, Cell(_met(one.stops))]


def _met(stops: Sequence[StopView]) -> str:
    """市级 乐山市总工会 09-21 安排；县级 沙湾区总工会 07-14、10-13 走访."""
    days: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for stop in sorted(stops, key=lambda stop: _LEVELS.index(stop.level)):
        days[stop.level, stop.unit_name, _WHAT[stop.type]].append(stop.day[5:])
    return "；".join(
        f"{GROUP_LEVEL.label_of(level)} {unit} {'、'.join(filter(None, when))} {what}"
        for (level, unit, what), when in days.items()
    )
