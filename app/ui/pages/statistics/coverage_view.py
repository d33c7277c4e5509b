"""覆盖: the figures, their rows, and whom nobody has visited yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.campaign.coverage_figures import Standing
from app.domain.records import Area, Enterprise, Visit
from app.services.figures.coverage import FigureView, ItemView, RowView
from app.services.figures.coverage_behind import AREAS, behind, uncounted, units_of_places
from app.services.figures.statistics import Statistics
from app.services.lists.chips import Chip, How, of_these
from app.ui.keys import UP_DOWN, Action, Key, key, tell
from app.ui.pages.statistics.tiles import Tiles
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

MOST = 1000
"""Uncovered ones listed; who has more of them goes by unit or township."""
_SMALL = 960
"""Pixels of width below which names are in want of room."""
_FIGURES = 4
_ROWS = (
    Column("单位"),
    Column("已走访", 68, right=True),
    Column("应走访", 68, right=True),
    Column("覆盖率", 76, right=True),
    Column("不明", 64, right=True),
)
_LEFT = (Column("名称"), Column("情况", 96), Column("为什么", 290))
_OPEN = (Standing.UNCOVERED, Standing.UNKNOWN)
_CHIPS = {Standing.UNCOVERED: "warning", Standing.UNKNOWN: "neutral"}
_ALL = "合计"
_VISITED, _UNKNOWN = 1, 4
_UNCOUNTED = key("Ctrl+O", "没有计入的走访")


class CoverageView(QWidget):
    """`opened(type name, record)` when one of the uncovered is to be looked at.

    `wanted(type name, chip)` when the list behind a number is.
    """

    opened = Signal(str, str)
    wanted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._figure: FigureView | None = None
        self._figures: Sequence[FigureView] = ()
        self._by_unit, self._narrow = True, False
        self._codes: list[str] = []
        self._items: list[ItemView] = []
        self.tiles = Tiles(_FIGURES)
        self.rows = Table("各单位覆盖情况", _ROWS, by_cell=True)
        self.left = Table("没有走访的和情况不明的", _LEFT)
        self.basis = label(role="note")
        self._uncounted = Action(_UNCOUNTED, self._open_uncounted, self)
        self.unplaced = KeyButton(self._uncounted, quiet=True)
        self.basis.setWordWrap(True)
        self.tiles.chosen.connect(self._choose)
        self.rows.chosen_row.connect(self._list)
        self.rows.entered_cell.connect(self._open_list)
        self.left.entered_row.connect(self._open)
        tell(self.rows, UP_DOWN("选单位"), Key("← →", "选一栏"), Key("Enter", "看是哪些单位"))
        tell(self.left, UP_DOWN("选一户"), Key("Enter", "打开"))
        self._lay_out()

    def activate(self) -> None:
        """Put the focus where one begins to look."""
        checked = (tile for tile in self.tiles.tiles if tile.isChecked())
        next(checked).setFocus()

    def show_statistics(self, seen: Statistics) -> None:
        """Show what was counted; the figure and row chosen stay chosen."""
        self.show_figures(seen.figures, by_unit=seen.by_unit)

    def show_figures(self, figures: Sequence[FigureView], *, by_unit: bool) -> None:
        """Show these; the first ones only, as long as the others are being counted."""
        if not self._figures:
            self.tiles.choose_first(figures)
        self._figures, self._by_unit = figures, by_unit
        self.tiles.show_figures(figures)
        places = [n for n, tile in enumerate(self.tiles.tiles) if tile.isChecked()]
        self._choose(places[0])

    def set_narrow(self, narrow: bool) -> None:
        """Less room for why; in the smallest window names need what is left of it."""
        self._narrow = narrow
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        small = self._narrow and self.width() < _SMALL
        upper, why = (404, 190) if small else (440, 236) if self._narrow else (500, 290)
        self.left.setColumnWidth(2, why)
        self._upper.setFixedWidth(upper)

    def _lay_out(self) -> None:
        self._upper, self._lower = Card(" "), Card("没有走访的和情况不明的", " ")
        self._upper.body.setContentsMargins(0, 0, 0, 0)
        self._upper.body.addWidget(self.rows)
        bar = self._upper.add_bar()
        bar.addWidget(self.basis, 1)
        self._lower.body.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.left)
        self._stack.addWidget(EmptyState("check-circle", "没有落下的", "应走访的都已经走访了。"))
        self._stack.addWidget(
            EmptyState(
                "buildings", "没有应走访的", "在单位名录里填好规模、职工人数和乡镇，这里就有。"
            )
        )
        self.listing = Awaited(self._stack, "正在列出")
        self._lower.body.addWidget(self.listing)
        self._lower.body.addWidget(self.unplaced)
        row = QHBoxLayout()
        row.setSpacing(LIGHT.gap)
        row.addWidget(self._upper)
        row.addWidget(self._lower, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(LIGHT.gap)
        column.addWidget(self.tiles)
        column.addLayout(row, 1)
        self.set_narrow(False)

    def _choose(self, place: int) -> None:
        if place >= len(self._figures):
            return
        figure = self._figure = self._figures[place]
        self._upper.title.setText(figure.title)
        self.basis.setText(figure.basis)
        rows = [figure.total, *figure.rows]
        self._codes = [row.code for row in rows]
        self.rows.set_rows([_cells(row, bold=not n) for n, row in enumerate(rows)])
        self._list(max(self.rows.row, 0))
        if figure.listed:
            self.listing.answer()
        self._uncounted.setText(f"没有计入的走访 {len(figure.unplaced):,} 次")
        self._uncounted.setVisible(bool(figure.uncounted))

    def _list(self, row: int) -> None:
        if self._figure is None or not self._figure.listed or not 0 <= row < len(self._codes):
            return
        items = [one for one in self._figure.items if one.standing in _OPEN]
        if row:
            code = self._codes[row]
            items = [one for one in items if (one.unit if self._by_unit else one.area) == code]
        items.sort(key=lambda one: one.standing != Standing.UNCOVERED)
        self._items = items[:MOST]
        self.left.set_rows([_left(one) for one in self._items])
        where = self.rows.texts[row][0] if row else "全部"
        cut = f"，只列前 {MOST:,} 户" if len(items) > MOST else ""
        self._lower.note.setText(f"{where}，{len(items):,} 户{cut}")
        total = self._figure.total
        nothing = 1 if total.denominator or total.unknown else 2
        self._stack.setCurrentIndex(0 if items else nothing)

    def _open_list(self, row: int, column: int) -> None:
        """What is behind 已走访, or behind 应走访; of places to be reached the units there.

        Those of whom it is not known stand beside it.
        """
        figure = self._figure
        if figure is None or not figure.listed or not 0 <= row < len(self._codes):
            return
        if column == _UNKNOWN:
            self.left.setFocus()
            return
        visited = column == _VISITED
        code = self._codes[row] if row else None
        if figure.code == AREAS and not visited:
            chip = units_of_places(figure, code, by_unit=self._by_unit)
            self.wanted.emit(Enterprise.type_name, chip)
            return
        record_type, ids = behind(figure, code, by_unit=self._by_unit, due=not visited)
        what = "已走访" if visited else "应走访"
        chip = of_these(ids, f"{figure.title} · {self.rows.texts[row][0]} · {what}")
        self.wanted.emit(record_type.type_name, chip)

    def _open_uncounted(self) -> None:
        if self._figure is not None:
            self.wanted.emit(Visit.type_name, uncounted(self._figure))

    def _open(self, row: int) -> None:
        """The unit; of a place the units there, whom one may visit."""
        one = self._items[row]
        if self._figure is not None and self._figure.code == AREAS:
            chip = Chip(Area.type_name, How.IS, (one.id,), one.name)
            self.wanted.emit(Enterprise.type_name, chip)
        else:
            self.opened.emit(Enterprise.type_name, one.id)


def _cells(row: RowView, *, bold: bool) -> list[Cell]:
    return [
        Cell(row.name, bold=bold),
        Cell(f"{row.numerator:,}", bold=bold),
        Cell(f"{row.denominator:,}", bold=bold),
        Cell(row.percent, bold=bold),
        Cell(f"{row.unknown:,}" if row.unknown else "", bold=bold),
    ]


def _left(one: ItemView) -> list[Cell]:
    where = one.area_name if one.area_name != one.name else one.unit_name
    standing = Standing(one.standing)
    return [Cell(one.name, where), Cell(standing, chip=_CHIPS[standing]), Cell("", one.why)]
