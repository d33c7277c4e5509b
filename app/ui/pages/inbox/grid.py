"""A list with columns: rows of 32 px, one column of state chips, the chosen row marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.ui.parts.chip import paint_chip
from app.ui.theme import LIGHT, text_font

Index = QModelIndex | QPersistentModelIndex
_CELL = Qt.ItemDataRole.UserRole
_PAD = 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and its width in pixels; 0 takes what is left. `right` aligns figures."""

    title: str
    width: int
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, or a chip of a kind (`theme.CHIPS`); `quiet` ones are grey."""

    text: str
    chip: str = ""
    bold: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row by its key."""

    key: str
    cells: tuple[Cell, ...]


class GridModel(QAbstractTableModel):
    """The rows of a `Grid`."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = columns
        self.lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Put these in place of what stands here."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (as Qt calls it)
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.lines[index.row()].cells[index.column()]
        if role == _CELL:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(c.text for c in self.lines[index.row()].cells if c.text)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = self.columns[section].right
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _Painter(QStyledItemDelegate):
    """Draws a cell; the chosen row is blue with a bar at its left."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, LIGHT.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        where: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(where, QColor(LIGHT.sel))
            if index.column() == 0:
                bar = QRect(where.left(), where.top(), 3, where.height())
                painter.fillRect(bar, QColor(LIGHT.focus))
        bottom = QRect(where.left(), where.bottom(), where.width(), 1)
        painter.fillRect(bottom, QColor(LIGHT.row_line))
        cell = index.data(_CELL)
        if isinstance(cell, Cell) and cell.text:
            first = LIGHT.margin if index.column() == 0 else _PAD
            _draw(painter, where.adjusted(first, 0, -_PAD, 0), cell, _is_right(index))
        painter.restore()


def _is_right(index: Index) -> bool:
    model = index.model()
    return isinstance(model, GridModel) and model.columns[index.column()].right


def _draw(painter: QPainter, where: QRect, cell: Cell, right: bool) -> None:
    if cell.chip:
        paint_chip(painter, where, cell.text, cell.chip)
        return
    font = text_font(LIGHT.normal, bold=cell.bold)
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.text2 if cell.quiet else LIGHT.text))
    shown = QFontMetrics(font).elidedText(cell.text, Qt.TextElideMode.ElideRight, where.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(where, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


class Grid(QTableView):
    """`moved(key)` when another row is chosen; `entered_line(key)` for Enter or a double click.

    `sideways(step)` for ← and →, which choose no cell here.
    """

    moved = Signal(str)
    entered_line = Signal(str)
    sideways = Signal(int)

    def __init__(self, columns: Sequence[Column], name: str) -> None:
        super().__init__()
        self.lines = GridModel(columns)
        self.setModel(self.lines)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(LIGHT.row)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_heads(columns)
        self._quiet = False
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.doubleClicked.connect(lambda index: self.entered_line.emit(self.key))

    @property
    def key(self) -> str:
        """The key of the chosen row, "" when there is none."""
        row = self.currentIndex().row()
        return self.lines.lines[row].key if 0 <= row < len(self.lines.lines) else ""

    def show_lines(self, lines: Sequence[Line], chosen: str = "") -> None:
        """Show these; the chosen row stays, else the row at its place is chosen."""
        row, top = self.currentIndex().row(), self.verticalScrollBar().value()
        self._quiet = True
        self.lines.show_lines(lines)
        keys = [line.key for line in lines]
        target = keys.index(chosen) if chosen in keys else min(max(row, 0), len(keys) - 1)
        if keys:
            self.selectRow(target)
            self.setCurrentIndex(self.lines.index(target, 0))
        self.verticalScrollBar().setValue(top)
        self._quiet = False

    def choose(self, key: str) -> bool:
        """Go to a row; says whether it is here."""
        keys = [line.key for line in self.lines.lines]
        if key in keys:
            self.setCurrentIndex(self.lines.index(keys.index(key), 0))
        return key in keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and key in _ENTER and self.key:
            self.entered_line.emit(self.key)
        elif plain and key in _SIDES:
            self.sideways.emit(_SIDES[key])
        else:
            super().keyPressEvent(event)

    def _set_heads(self, columns: Sequence[Column]) -> None:
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setFixedHeight(LIGHT.row)
        heads.setMinimumSectionSize(20)
        heads.setStyleSheet(f"QHeaderView::section:first {{ padding-left: {LIGHT.margin}px; }}")
        for place, column in enumerate(columns):
            mode = QHeaderView.ResizeMode
            heads.setSectionResizeMode(place, mode.Fixed if column.width else mode.Stretch)
            heads.resizeSection(place, column.width or 100)

    def set_width(self, column: int, width: int) -> None:
        """Give a column of fixed width another one; 0 hides it."""
        self.setColumnHidden(column, width == 0)
        if width:
            self.horizontalHeader().resizeSection(column, width)

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        if not self._quiet and current.isValid():
            self.moved.emit(self.key)
