"""重复交叉: whom two levels both met, or are to meet (R37); what can still be put right first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.codes import GROUP_LEVEL
from app.domain.records import Aid, Case, Enterprise, Group, Notice, Person, Plan, Visit
from app.services.figures.coverage import OverlapView, StopView
from app.services.figures.statistics import Statistics
from app.ui.keys import UP_DOWN, Key, tell
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.table import Cell, Column, Table
from app.ui.parts.tabs import Tabs
from app.ui.theme import LIGHT

_COLUMNS = (Column("单位或职工", 300), Column("情况", 120), Column("哪几级、哪一天"))
_SIGNS = {Enterprise.type_name: "buildings", Person.type_name: "identification-card"}
_VIEWS = (("flagged", "市、县两级"), ("beside", "乡镇（街道）等也去过"))
_NOTHING = {
    "flagged": (
        "没有重复交叉",
        "市、县两级没有去过、也没有安排去同一个单位，\n没有帮扶同一个人。",
    ),
    "beside": ("没有几级都去过的", "乡镇（街道）和别的各级没有去过同一个单位。"),
}
_LEVELS = ["city", "county", "township", "enterprise", ""]
_WHAT = {
    Plan.type_name: "安排",
    Group.type_name: "工作组名单",
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
        self._shown: Sequence[OverlapView] = ()
        self.tabs = Tabs(_VIEWS, underlined=False)
        self.tabs.chosen.connect(lambda name: self._show())
        self.table = Table("重复交叉", _COLUMNS, row_height=LIGHT.icon_row)
        self.table.entered_row.connect(self._open)
        tell(self.table, UP_DOWN("选一个"), Key("Enter", "打开"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._empty = {name: EmptyState("check-circle", *words) for name, words in _NOTHING.items()}
        for empty in self._empty.values():
            self._stack.addWidget(empty)
        self.card = Card(" ", " ")
        self.card.title.hide()
        self.card.head.insertWidget(0, self.tabs)
        self.card.body.setContentsMargins(0, 0, 0, 0)
        self.card.body.addWidget(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)

    def activate(self) -> None:
        """Put the focus where one begins to look."""
        (self.table if self._shown else self).setFocus()

    def set_narrow(self, narrow: bool) -> None:
        """Names get less room."""
        self.table.setColumnWidth(0, 220 if narrow else 300)

    def show_statistics(self, seen: Statistics) -> None:
        """Show what was found."""
        self._overlaps = seen.overlaps
        flagged = [one for one in seen.overlaps if one.flagged]
        self.tabs.count("flagged", len(flagged))
        self.tabs.count("beside", len(seen.overlaps) - len(flagged))
        ahead = sum(one.ahead for one in flagged)
        self.card.note.setText(f"{ahead} 处还来得及改，排在最前面" if ahead else "")
        self._show()

    def _show(self) -> None:
        wanted = self.tabs.current == "flagged"
        self._shown = [one for one in self._overlaps if one.flagged == wanted]
        self.table.set_rows([_cells(one) for one in self._shown])
        self._stack.setCurrentWidget(self.table if self._shown else self._empty[self.tabs.current])

    def _open(self, row: int) -> None:
        one = self._shown[row]
        self.opened.emit(one.type, one.id)


def _cells(one: OverlapView) -> list[Cell]:
    if one.flagged:
        day = f"{one.next[5:]} 前" if one.next else ""
        state = (
            Cell(f"{day}来得及改", chip="error") if one.ahead else Cell("已经去过", chip="neutral")
        )
    else:
        state = Cell("几级都去", chip="neutral")
    return [Cell(one.name, sign=_SIGNS[one.type], bold=True), state, Cell(_met(one))]


def _what(one: OverlapView, stop: StopView) -> str:
    """What was, or is to be, done; a notice of the city says it of what it tells of."""
    if stop.type == Notice.type_name:
        return _WHAT[Visit.type_name if one.type == Enterprise.type_name else Case.type_name]
    return _WHAT[stop.type]


def _met(one: OverlapView) -> str:
    """市级 乐山市总工会 09-21 安排；县级 沙湾区总工会 07-14、10-13 走访."""
    days: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for stop in sorted(one.stops, key=lambda stop: _LEVELS.index(stop.level)):
        days[stop.level, stop.unit_name, _what(one, stop)].append(stop.day[5:])
    told = (
        (GROUP_LEVEL.label_of(level), unit, "、".join(filter(None, when)), what)
        for (level, unit, what), when in days.items()
    )
    return "；".join(" ".join(filter(None, parts)) for parts in told)
