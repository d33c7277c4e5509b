"""还没有安排: the enterprises nobody is sent to yet, those that need it most first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import overload

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget

from app.domain.campaign.plan_board import BoardUnit
from app.domain.naming.search_pieces import Sought
from app.ui.keys import SPACE, UP_DOWN, Key, tell
from app.ui.pages.plans import drag
from app.ui.pages.plans.board_grid import ARROWS
from app.ui.pages.plans.words import others_words
from app.ui.parts.card import Card
from app.ui.parts.label import label
from app.ui.parts.table import Cell, Column, Table
from app.ui.parts.tabs import Tabs
from app.ui.theme import CHIPS, LIGHT

VIEWS = (
    ("all", "还没有安排"),
    ("roster", "这一组名单里的"),
    ("large", "规上"),
    ("open", "有诉求、隐患的"),
)
_COLUMNS = (
    Column("单位", 280),
    Column("所在地", 110),
    Column("规上", 56),
    Column("职工", 72, right=True),
    Column("未办结诉求", 92, right=True),
    Column("未化解隐患", 92, right=True),
    Column("别的单位去不去"),
)
_PLACE, _PEOPLE = 1, 3
_TICKED, _UNTICKED = "check-square", "square"
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NONE, _CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class _Lines(Sequence[Sequence[Cell]]):
    """The cells of each unit, made when they are seen."""

    def __init__(self, units: Sequence[BoardUnit], ticked: set[str]) -> None:
        self.units, self._ticked = units, ticked

    def __len__(self) -> int:
        return len(self.units)

    @overload
    def __getitem__(self, place: int) -> Sequence[Cell]: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[Cell]]: ...

    def __getitem__(self, place: int | slice) -> Sequence[Cell] | Sequence[Sequence[Cell]]:
        if isinstance(place, slice):
            return [self._cells(unit) for unit in self.units[place]]
        return self._cells(self.units[place])

    def _cells(self, unit: BoardUnit) -> Sequence[Cell]:
        ticked = unit.id in self._ticked
        tint = LIGHT.focus if ticked else LIGHT.text3
        warned = CHIPS["warning"].text
        others = others_words(unit)
        return (
            Cell(unit.name, sign=_TICKED if ticked else _UNTICKED, tint=tint, bold=ticked),
            Cell(note=unit.place or "没有填"),
            Cell("规上" if unit.large else "", chip="neutral"),
            Cell(f"{unit.headcount:,}" if unit.headcount is not None else ""),
            Cell(f"{unit.demands:,}" if unit.demands else ""),
            Cell(f"{unit.hazards:,}" if unit.hazards else ""),
            Cell(others, sign="warning", tint=warned) if unit.flagged else Cell(note=others),
        )


class UnitTable(Table):
    """`placing(spread)` on Enter, with Shift one a week; `spot_stepped(rows, weeks)` for an arrow.

    `ticking(row)` for the space bar or a click on the box; `sideways(step)` for ← and →.
    """

    placing = Signal(bool)
    spot_stepped = Signal(int, int)
    ticking = Signal(int)
    sideways = Signal(int)
    dragging = Signal()

    def __init__(self) -> None:
        super().__init__("还没有安排的单位", _COLUMNS, row_height=LIGHT.table_row)
        self._pressed: QPoint | None = None
        tell(
            self,
            UP_DOWN("选单位"),
            SPACE("选上"),
            Key("Enter", "排到选定的组和周"),
            Key("Shift+Enter", "从这一周起一周一家"),
            Key("Ctrl+↑↓←→", "换组、换周"),
            Key("← →", "换一类"),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in ARROWS and held == _CTRL:
            self.spot_stepped.emit(*ARROWS[key])
        elif key in _SIDES and held == _NONE:
            self.sideways.emit(_SIDES[key])
        elif key in _ENTER and held in (_NONE, _SHIFT):
            self.placing.emit(held == _SHIFT)
        elif key == Qt.Key.Key_Space and self.row >= 0:
            self.ticking.emit(self.row)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        where = event.position().toPoint()
        self._pressed = where if self.indexAt(where).isValid() else None
        if self._pressed is not None and where.x() < 2 * LIGHT.margin + 4:
            self._pressed = None
            self.ticking.emit(self.indexAt(where).row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if drag.is_far(self._pressed, event.position().toPoint()):
            self._pressed = None
            self.dragging.emit()
        elif self._pressed is None:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseReleaseEvent(event)


class WaitingList(Card):
    """`placing(units, spread)` when those ticked, else the chosen one, are to be placed."""

    placing = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__(" ", " ")
        self._waiting: Sequence[BoardUnit] = ()
        self._shown: Sequence[BoardUnit] = ()
        self._ticked: set[str] = set()
        self._group = self._text = ""
        self.tabs = Tabs(VIEWS, underlined=False)
        for button in self.tabs.findChildren(QPushButton):
            # ← and → choose a view from within the list; Tab goes between list and board.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table = UnitTable()
        self.spot = label("", "note")
        self._empty = label("这一类里的单位都安排好了。", "note")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        for part in (self.table, self._empty):
            self._stack.addWidget(part)
        self.title.hide()
        self.head.insertWidget(0, self.tabs)
        self.head.addWidget(self.spot)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._stack)
        self.tabs.chosen.connect(lambda name: self._show())
        self.table.sideways.connect(self.tabs.step)
        self.table.ticking.connect(self._tick)
        self.table.placing.connect(self._place)
        self.table.dragging.connect(self._drag)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The units ticked, in the order of the list; without any the one chosen."""
        ticked = tuple(unit.id for unit in self._waiting if unit.id in self._ticked)
        row = self.table.row
        current = (self._shown[row].id,) if 0 <= row < len(self._shown) else ()
        return ticked or current

    @property
    def shown(self) -> Sequence[BoardUnit]:
        """The units of the list as it is narrowed now."""
        return self._shown

    def show_units(self, waiting: Sequence[BoardUnit]) -> None:
        """Show these, as far as the view and the search box let them through."""
        self._waiting = waiting
        self._ticked &= {unit.id for unit in waiting}
        self._show()

    def follow(self, group: str, words: str) -> None:
        """The spot is of this group; `words` say where it is."""
        self.spot.setText(f"排到：{words}")
        if group != self._group:
            self._group = group
            self._show()

    def search(self, text: str) -> None:
        """Show only units whose name or place has this; characters or initials of pinyin."""
        self._text = text.strip()
        self._show()

    def of_roster(self, group: str) -> tuple[str, ...]:
        """The units of a group's roster that wait, in the order of need."""
        return tuple(unit.id for unit in self._waiting if group in unit.rosters)

    def set_narrow(self, narrow: bool) -> None:
        """Names get less room, places and headcounts none."""
        self.table.setColumnWidth(0, 200 if narrow else 280)
        self.table.setColumnHidden(_PLACE, narrow)
        self.table.setColumnHidden(_PEOPLE, narrow)

    def _show(self) -> None:
        for name, _ in VIEWS:
            self.tabs.count(name, sum(map(self._test(name), self._waiting)))
        shown: Iterable[BoardUnit] = filter(self._test(self.tabs.current), self._waiting)
        if self._text:
            sought = Sought(self._text)
            shown = (unit for unit in shown if sought.meets([unit.name, unit.place]))
        self._shown = list(shown)
        if self.tabs.current == "open":
            self._shown.sort(key=lambda unit: (unit.flagged, -unit.hazards, -unit.demands))
        self.table.set_rows(_Lines(self._shown, self._ticked))
        self._stack.setCurrentWidget(self.table if self._shown else self._empty)
        self._say_ticked()

    def _test(self, name: str) -> Callable[[BoardUnit], bool]:
        tests: dict[str, Callable[[BoardUnit], bool]] = {
            "roster": lambda unit: self._group in unit.rosters,
            "large": lambda unit: unit.large,
            "open": lambda unit: unit.open > 0,
        }
        return tests.get(name, lambda unit: True)

    def _tick(self, row: int) -> None:
        """Tick a unit or take the tick away, and go on to the next."""
        self._ticked ^= {self._shown[row].id}
        self.table.viewport().update()
        if row + 1 < len(self._shown):
            self.table.setCurrentIndex(self.table.model().index(row + 1, 0))
        self._say_ticked()

    def _say_ticked(self) -> None:
        self.note.setText(f"选上 {len(self._ticked)} 家" if self._ticked else "")

    def _place(self, spread: bool) -> None:
        if self.chosen:
            self.placing.emit(list(self.chosen), spread)

    def _drag(self) -> None:
        if self.chosen:
            drag.begin(self.table, drag.UNITS, self.chosen)
