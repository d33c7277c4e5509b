"""目标看板: all targets on one screen, who lags where, and one of them as a map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.campaign.target_pace import Pace
from app.services.figures import target_board
from app.services.figures.indicators import IndicatorView, UnitLine
from app.services.figures.target_board import BoardLine, TargetBoard
from app.services.figures.target_board_files import BOARD, MAP, TARGETS, UNITS, BoardSheet, lagging
from app.ui.keys import TABLE, TURN, UP_DOWN, Action, Key, tell
from app.ui.pages.statistics.tile_map import TileMap
from app.ui.parts.card import Card
from app.ui.parts.choice import Choice
from app.ui.parts.column_widths import wide_enough
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.table import Cell, Column, Table
from app.ui.parts.tabs import Tabs
from app.ui.theme import LIGHT

PAIR = "pair"
_VIEWS = (
    (PAIR, "各单位"),
    (BOARD, "看板"),
    (TARGETS, "指标的落后单位"),
    (UNITS, "单位的落后指标"),
    (MAP, "地图"),
)
_BOARD_ROW, _LOW_ROW = 27, 22
"""Pixels: all sixteen targets of 2012 stand on one screen, also on a narrow one."""
_TREND = "趋势"
_BOARD = (
    Column("指标", least=150),
    Column("目标", 136, right=True),
    Column("完成", 148, right=True),
    Column("完成率", 76, right=True),
    Column("差额", 138, right=True),
    Column(_TREND, 176),
    Column("情况", 92),
)
_WIDEST = 280
"""For the name of a group of lines that lag."""
_LAGGING = (
    Column("", 216),
    Column("", least=150),
    Column("完成", 148, right=True),
    Column("目标", 96, right=True),
    Column("完成率", 84, right=True),
    Column("差额", 148, right=True),
)
_CHIPS = {
    Pace.REACHED: "ok",
    Pace.ON: "info",
    Pace.BEHIND: "warning",
    Pace.UNSAID: "neutral",
    Pace.NONE: "",
}
_NONE_LAG = (
    "check-circle",
    "没有落后的",
    "数量都跟得上时间进度，率都达到了目标。\n还没有报数的不算。",
)
_TURN = TURN("看板、地图")
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class _Numbers(Table):
    """Its columns of numbers are as wide as declared, or as the widest that stands there.

    In a narrow window they are no wider than that, so that names keep their room.
    """

    def __init__(self, name: str, columns: Sequence[Column], height: int = LIGHT.row) -> None:
        super().__init__(name, columns, row_height=height)
        self._declared, self._shown = columns, tuple[Sequence[Cell | str], ...]()
        self._narrow = False

    def set_columns(self, columns: Sequence[Column]) -> None:
        """As `Table`."""
        self._declared, self._shown = columns, ()
        super().set_columns(columns)

    def set_rows(self, rows: Sequence[Sequence[Cell | str]]) -> None:
        """As `Table`."""
        self._shown = tuple(rows)
        super().set_rows(rows)
        self._widen()

    def set_narrow(self, narrow: bool) -> None:
        """The window is small."""
        self._narrow = narrow
        self._widen()

    def _widen(self) -> None:
        for place, column in enumerate(self._declared if self._shown else ()):
            cells = [row[place] for row in self._shown]
            told = [one if isinstance(one, Cell) else Cell(one) for one in cells]
            if column.right or column.title == _TREND:
                texts, bold = [one.text for one in told], any(one.bold for one in told)
                wide = wide_enough(column.title, texts, bold=bold)
                self.setColumnWidth(place, wide if self._narrow else max(column.width, wide))
        self._give_way()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """The trend, which the months beside the units tell too, is left away before a name."""
        heads = [column.title for column in self._declared]
        if _TREND not in heads or not self._shown:
            return
        at, places = heads.index(_TREND), range(1, len(heads))
        self.setColumnHidden(at, False)
        others = sum(self.columnWidth(place) for place in places)
        names = wide_enough(heads[0], [row[0] for row in self.texts]) + LIGHT.margin
        self.setColumnHidden(at, self._narrow and self.viewport().width() - others < names)


class _Rows(_Numbers):
    """← and → go to the view beside."""

    def __init__(self, name: str, columns: Sequence[Column], tabs: Tabs, height: int) -> None:
        super().__init__(name, columns, height)
        self._tabs = tabs

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not event.modifiers() and key in _SIDES:
            self._tabs.step(_SIDES[key])
        else:
            super().keyPressEvent(event)


class TargetViews(QWidget):
    """The pair of tables it is given and the board beside; `opened(indicator, line)` on Enter."""

    opened = Signal(object, object)

    def __init__(self, pair: QWidget, export: Action, print_it: Action) -> None:
        super().__init__()
        self._board: TargetBoard | None = None
        self._lines: Sequence[tuple[IndicatorView, UnitLine]] = ()
        self._pair = pair
        self.tabs = Tabs(_VIEWS, underlined=False)
        self.board = _Rows("目标看板", _BOARD, self.tabs, _BOARD_ROW)
        self.lagging = _Rows("落后的", _LAGGING, self.tabs, LIGHT.row)
        self.map, self.figure = TileMap(), Choice("地图上的指标")
        self.as_table = _Numbers("各县的数", _LAGGING[1:])
        self.note, self.foot = label(role="note"), label(role="note")
        self._buttons = [KeyButton(export), KeyButton(print_it)]
        self._turn = Action(_TURN, self.tabs.turn, self)
        self._chart = Action(TABLE("图或表"), self._turn_chart, self)
        self._lay_out()
        self._listen()

    @property
    def sheet(self) -> BoardSheet | None:
        """What stands there beside the pair."""
        if self._board is None or self.tabs.current == PAIR:
            return None
        return BoardSheet(self._board, self.tabs.current, self.figure.name)

    def activate(self) -> None:
        """Put the focus on what is shown; says nothing of the pair."""
        if self.tabs.current == BOARD:
            self.board.setFocus()
        elif self.tabs.current == MAP:
            (self.as_table if self._map.currentIndex() else self.map).setFocus()
        elif self.tabs.current != PAIR:
            (self.lagging if self._lines else self).setFocus()

    def show_board(self, board: TargetBoard) -> None:
        """Show what was counted."""
        self._board = board
        self.note.setText(f"{board.over_words}，截至 {board.seen.as_of}")
        self.board.set_rows([_board_cells(one) for one in board.lines])
        self.figure.offer(target_board.figures(board.seen))
        self._show()

    def set_narrow(self, narrow: bool) -> None:
        """Numbers stand whole, names get what is left."""
        self.note.setVisible(not narrow)
        self.board.verticalHeader().setMinimumSectionSize(_LOW_ROW if narrow else _BOARD_ROW)
        self.board.verticalHeader().setDefaultSectionSize(_LOW_ROW if narrow else _BOARD_ROW)
        for table in (self.board, self.lagging, self.as_table):
            table.set_narrow(narrow)

    # -- making

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._empty = Card()
        self._empty.body.addWidget(EmptyState(*_NONE_LAG))
        self._cards = {name: self._card(name) for name in (BOARD, TARGETS, MAP)}
        for one in (self._pair, *self._cards.values(), self._empty):
            self._stack.addWidget(one)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.tabs)
        head.addStretch(1)
        head.addWidget(self.note)
        for button in self._buttons:
            button.hide()
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        told = (UP_DOWN("选一行"), Key("Enter", "看是哪些记录"), Key("← →", "换一种看法"), _TURN)
        tell(self.board, *told)
        tell(self.lagging, *told)
        tell(self.map, Key("↑ ↓ ← →", "换一个县"), told[1], TABLE("图或表"), _TURN)
        tell(self.as_table, *told[:2], TABLE("图或表"), _TURN)

    def _card(self, name: str) -> Card:
        card = Card()
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.setSpacing(0)
        if name == MAP:
            card.body.addWidget(self._made_map())
        else:
            card.body.addWidget(self.board if name == BOARD else self.lagging)
        return card

    def _made_map(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 0, 8)
        row = QHBoxLayout()
        row.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 0)
        row.addWidget(label("看哪个指标", "label"))
        row.addWidget(self.figure, 1)
        row.addWidget(KeyButton(self._chart))
        self._map = QStackedWidget()
        self._map.addWidget(self.map)
        self._map.addWidget(self.as_table)
        self.foot.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 0)
        self.foot.setWordWrap(True)
        column.addLayout(row)
        column.addWidget(self._map, 1)
        column.addWidget(self.foot)
        return inside

    def _listen(self) -> None:
        self.tabs.chosen.connect(lambda name: self._turned())
        self.board.entered_row.connect(self._open_target)
        self.lagging.entered_row.connect(lambda row: self.opened.emit(*self._lines[row]))
        self.map.opened.connect(self._open_tile)
        self.map.moved.connect(lambda place: self._tell_tile())
        self.as_table.entered_row.connect(self._open_tile)
        self.figure.taken.connect(lambda name: self._show_map())

    # -- what is shown

    def _turned(self) -> None:
        self._show()
        self.activate()

    def _show(self) -> None:
        now = self.tabs.current
        self._chart.setEnabled(now == MAP)
        for button in self._buttons:
            button.setVisible(now != PAIR)
        if now == PAIR:
            self._stack.setCurrentWidget(self._pair)
        elif now == BOARD:
            self._stack.setCurrentWidget(self._cards[BOARD])
        elif now == MAP:
            self._show_map()
        else:
            self._show_lagging()

    def _show_lagging(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        rows = list(lagging(sheet))
        views = {f"{one.code} {one.title}": one for one in sheet.board.seen.indicators}
        self._lines = [(views[first if sheet.what == TARGETS else then], line)
                       for first, then, line in rows]  # fmt: skip
        heads = ("单位", "指标") if sheet.what == UNITS else ("指标", "单位")
        firsts = [first for first, *_ in rows]
        wide = wide_enough(heads[0], firsts, bold=True)
        named = (Column(heads[0], min(wide, _WIDEST)), Column(heads[1], least=150))
        self.lagging.set_columns((*named, *_LAGGING[2:]))
        self.lagging.set_rows(
            [
                (
                    Cell("" if n and firsts[n - 1] == first else first, bold=True),
                    Cell(then),
                    *map(Cell, (line.value, line.target, line.completion, line.gap)),
                )
                for n, (first, then, line) in enumerate(rows)
            ]
        )
        self._stack.setCurrentWidget(self._cards[TARGETS] if rows else self._empty)

    def _show_map(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        self.map.show_tiles(sheet.tiles)
        self.as_table.set_rows(
            [
                tuple(
                    map(
                        Cell,
                        (
                            one.line.name,
                            one.value,
                            one.line.target,
                            one.line.completion,
                            one.line.gap,
                        ),
                    )
                )
                for one in sheet.tiles
            ]
        )
        self._stack.setCurrentWidget(self._cards[MAP])
        self._tell_tile()

    def _tell_tile(self) -> None:
        view = self.sheet.view if self.sheet is not None else None
        whole = f"全市：{view.standing}。颜色越深，数越大；白的还没有报数。" if view else ""
        self.foot.setText(whole)

    def _turn_chart(self) -> None:
        if self.tabs.current == MAP:
            self._map.setCurrentIndex(1 - self._map.currentIndex())
            self.activate()

    # -- what is opened

    def _open_target(self, row: int) -> None:
        if self._board is not None:
            view = self._board.lines[row].view
            self.opened.emit(view, view.total)

    def _open_tile(self, place: int) -> None:
        sheet = self.sheet
        if sheet is not None and sheet.view is not None:
            self.opened.emit(sheet.view, sheet.tiles[place].line)


def _board_cells(one: BoardLine) -> list[Cell]:
    view, total = one.view, one.view.total
    asked = view.asked if view.rate or total.target == "—" else f"{view.asked} {view.unit}"
    word = one.pace.value if one.pace is not Pace.NONE else "—"
    lag = f"，{len(one.lagging)} 家" if one.lagging else ""
    return [
        Cell(f"{view.code} {view.title}"),
        Cell(asked),
        Cell(total.value),
        Cell(total.completion),
        Cell(total.gap),
        Cell(one.trend or "—"),
        Cell(f"{word}{lag}" if one.pace is Pace.BEHIND else word, chip=_CHIPS[one.pace]),
    ]
