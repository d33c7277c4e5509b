"""A table to look at and to choose a row from: icons, notes and chips in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui.icons import paint_icon
from app.ui.parts.chip import paint_chip
from app.ui.parts.label import tip
from app.ui.parts.row_ends import end_asked
from app.ui.theme import LIGHT, text_font

Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_CELL = Qt.ItemDataRole.UserRole
_PAD = 8
_ICON = 16
_EDGES = (
    f"QHeaderView::section:first {{ padding-left: {LIGHT.margin}px; }}"
    f" QHeaderView::section:last {{ padding-right: {LIGHT.margin}px; }}"
    f" QHeaderView::section:only-one {{ padding: 0 {LIGHT.margin}px; }}"
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: a text, a paler `note` after it, an icon `sign` before it.

    With `chip` (a kind of `theme.CHIPS`) the text stands on a coloured ground.
    """

    text: str = ""
    note: str = ""
    sign: str = ""
    tint: str = LIGHT.text2
    chip: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; `width` in pixels, 0 for what is left over; numbers stand at the `right`.

    What is left over is `least` pixels or more: a table too narrow for it is pushed sideways.
    """

    title: str
    width: int = 0
    right: bool = False
    least: int = 0


class Table(QTableView):
    """Shows rows of cells; `entered_row(row)` on Enter or a double click.

    `row_height` is that of every row; without `heads` only the rows are shown; a
    `quiet` one marks its chosen row only while it has the focus. With `by_cell` a single cell is
    chosen, `entered_cell(row, column)` is said too, and wide tables are pushed sideways.
    """

    entered_row = Signal(int)
    entered_cell = Signal(int, int)
    chosen_row = Signal(int)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        row_height: int = LIGHT.row,
        heads: bool = True,
        head_height: int = LIGHT.row,
        quiet: bool = False,
        by_cell: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._quiet, self._by_cell = quiet, by_cell
        self.setAccessibleName(name)
        self._rows = _Rows(columns, self)
        self._rows.stops = by_cell
        self.setModel(self._rows)
        self._painter = self.make_painter(columns)
        self.setItemDelegate(self._painter)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectItems if by_cell else behaviour.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if by_cell:
            self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        else:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(row_height)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self._set_widths(columns, head_height if heads else 0)
        self.doubleClicked.connect(lambda index: self._enter(index.row(), index.column()))
        self.selectionModel().currentRowChanged.connect(
            lambda now, before: self.chosen_row.emit(now.row())
        )

    def make_painter(self, columns: Sequence[Column]) -> CellPainter:
        """What paints its cells."""
        return CellPainter(columns, self)

    @property
    def row(self) -> int:
        """The row chosen, -1 without one."""
        return self.currentIndex().row()

    @property
    def texts(self) -> list[list[str]]:
        """What is shown, row by row."""
        rows = map(self._rows.row, range(self._rows.rowCount()))
        return [[f"{c.text}　{c.note}".strip("　") for c in row] for row in rows]

    def set_rows(self, rows: Sequence[Sequence[Cell | str]]) -> None:
        """Show these rows; the one chosen stays chosen by its place, the first one at first.

        A row is asked for when it is seen: a sequence may make a hundred thousand as they are.
        """
        before, beside = max(self.row, 0), max(self.currentIndex().column(), 0)
        column = beside if self._by_cell else 0
        self._rows.set_rows(rows)
        if rows:
            self.setCurrentIndex(self._rows.index(min(before, len(rows) - 1), column))
        if self._quiet and not self.hasFocus():
            self.clearSelection()

    def selectRow(self, row: int) -> None:
        if self._by_cell:
            column = max(self.currentIndex().column(), 0)
            self.setCurrentIndex(self._rows.index(row, column))
        else:
            super().selectRow(row)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; the rows come after."""
        self._rows.set_columns(columns)
        self._painter.columns = columns
        self._set_widths(columns, self.horizontalHeader().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.row >= 0 and not self._by_cell:
            self.selectRow(self.row)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._quiet:
            self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        end = None if self._by_cell else end_asked(event, self._rows.rowCount())
        if event.key() in _ENTER and self.row >= 0:
            self._enter(self.row, self.currentIndex().column())
        elif end is not None:
            self.setCurrentIndex(self._rows.index(end, 0))
        else:
            super().keyPressEvent(event)

    def _enter(self, row: int, column: int) -> None:
        self.entered_row.emit(row)
        self.entered_cell.emit(row, column)

    def sizeHintForColumn(self, column: int) -> int:
        """Never measured: a column has its width."""
        return 0

    def _set_widths(self, columns: Sequence[Column], height: int) -> None:
        head = self.horizontalHeader()
        head.setVisible(bool(height))
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setFixedHeight(height)
        head.setMinimumSectionSize(24)
        head.setStyleSheet(_EDGES)
        for place, column in enumerate(columns):
            fixed = QHeaderView.ResizeMode.Fixed
            mode = fixed if column.width else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(place, mode)
            if column.width:
                self.setColumnWidth(place, column.width)
        self._fit()

    def _fit(self) -> None:
        """Keep a column that gets what is left over from being less than it may be."""
        head = self.horizontalHeader()
        for place, column in enumerate(self._painter.columns):
            if column.least:
                others = head.length() - head.sectionSize(place)
                roomy = self.viewport().width() - others >= column.least
                mode = QHeaderView.ResizeMode
                head.setSectionResizeMode(place, mode.Stretch if roomy else mode.Fixed)
                if not roomy:
                    self.setColumnWidth(place, column.least)


class _Rows(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns
        self._rows: Sequence[Sequence[Cell | str]] = ()
        self.stops = False

    def set_columns(self, columns: Sequence[Column]) -> None:
        self.beginResetModel()
        self._columns, self._rows = columns, ()
        self.endResetModel()

    def set_rows(self, rows: Sequence[Sequence[Cell | str]]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, place: int) -> list[Cell]:
        return [cell if isinstance(cell, Cell) else Cell(cell) for cell in self._rows[place]]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A column without a heading only fills the room: the arrow keys do not stop there."""
        empty = index.isValid() and not self._columns[index.column()].title
        return Qt.ItemFlag.NoItemFlags if empty and self.stops else super().flags(index)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _align(self._columns[section])
        return self._columns[section].title if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row())
        cell = row[index.column()]
        if role == _CELL:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = f"{cell.text}　{cell.note}".strip("　")
            return words if role == Qt.ItemDataRole.DisplayRole else tip(words)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (part for one in row for part in (one.text, one.note))
            return "，".join(filter(None, parts))
        return None


class CellPainter(QStyledItemDelegate):
    """Paints the rows of a table; how a cell looks is `paint_cell`."""

    def __init__(self, columns: Sequence[Column], table: QTableView) -> None:
        super().__init__(table)
        self.columns, self._table = columns, table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, LIGHT.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        where: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        self._ground(painter, where, option.state, index.column())  # type: ignore[attr-defined]
        cell = index.data(_CELL)
        if isinstance(cell, Cell):
            left = LIGHT.margin if index.column() == 0 else _PAD
            last = self._is_last(index.column())
            inner = where.adjusted(left, 0, -(LIGHT.margin if last else _PAD), 0)
            self.paint_cell(painter, inner, cell, self.columns[index.column()])
        painter.restore()

    def paint_cell(self, painter: QPainter, where: QRect, cell: Cell, column: Column) -> None:
        """A text on one line, or a chip."""
        _paint_cell(painter, where, cell, column)

    def _is_last(self, column: int) -> bool:
        """Whether none of the columns behind it is shown."""
        hidden = self._table.isColumnHidden
        return all(hidden(n) for n in range(column + 1, len(self.columns)))

    def _ground(
        self, painter: QPainter, where: QRect, state: QStyle.StateFlag, column: int
    ) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, QColor(LIGHT.sel))
            if column == 0:
                bar = QRect(where.left(), where.top(), 3, where.height())
                painter.fillRect(bar, QColor(LIGHT.focus))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(where, QColor(LIGHT.hover))
        bottom = QRect(where.left(), where.bottom(), where.width(), 1)
        painter.fillRect(bottom, QColor(LIGHT.row_line))


def _align(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _paint_cell(painter: QPainter, where: QRect, cell: Cell, column: Column) -> None:
    if cell.chip and cell.text:
        paint_chip(painter, where, cell.text, cell.chip)
        return
    if cell.sign:
        top = where.center().y() - _ICON // 2 + 1
        paint_icon(painter, QRect(where.left(), top, _ICON, _ICON), cell.sign, cell.tint)
        where = where.adjusted(_ICON + 10, 0, 0, 0)
    font = text_font(LIGHT.normal, bold=cell.bold)
    used = _paint_text(painter, where, cell.text, column, LIGHT.text, bold=cell.bold)
    if cell.note:
        gap = QFontMetrics(font).horizontalAdvance("　") if cell.text else 0
        rest = where.adjusted(used + gap, 0, 0, 0)
        _paint_text(painter, rest, cell.note, column, LIGHT.text2)


def _paint_text(
    painter: QPainter, where: QRect, text: str, column: Column, colour: str, *, bold: bool = False
) -> int:
    """Returns how wide the text came out; figures are never cut short."""
    font = text_font(LIGHT.normal, bold=bold)
    metrics = QFontMetrics(font)
    elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, where.width())
    shown = text if column.right else elided
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(where, _align(column), shown)
    return metrics.horizontalAdvance(shown)
