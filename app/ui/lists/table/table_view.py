"""A list as a table: a cell is walked to with the arrows, a column moved, widened, ordered by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.services.lists.table_columns import TableColumn
from app.ui.keys import COPY, Key, tell
from app.ui.lists.table.table_delegate import TableDelegate
from app.ui.lists.table.table_model import Index, TableModel
from app.ui.theme import LIGHT

_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_SIDES = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_STEP = 16
_LEAST = 40

OPEN = Key("Enter", "打开这一条")
ORDER = Key("Alt+↑ ↓", "按这一栏排序")
MOVE = Key("Ctrl+Shift+← →", "移动这一栏")
WIDEN = Key("Ctrl+← →", "变窄变宽")


class TableView(QTableView):
    """Emits `opened` (Enter, double click), `ordered(column, falling)`, `asked(column)`.

    `falling` is None where the heading was clicked: up, then down, then not at all.
    `left` on Esc, `arranged` when columns were moved or widened, `copied` on Ctrl+C and
    `pasted` on Ctrl+V.
    """

    opened = Signal()
    left = Signal()
    ordered = Signal(str, object)
    arranged = Signal()
    copied = Signal()
    pasted = Signal()

    def __init__(self, model: TableModel) -> None:
        super().__init__()
        self._table = model
        self._quiet = False
        self._fills: dict[int, int] = {}
        self._deeds = self._make_deeds()
        self._arranged_soon = QTimer(self)
        self._arranged_soon.setSingleShot(True)
        self._arranged_soon.setInterval(0)
        self._arranged_soon.timeout.connect(self.arranged)
        self.setModel(model)
        self.setItemDelegate(TableDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("表格")
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(LIGHT.table_row)
        rows.setDefaultSectionSize(LIGHT.table_row)
        self._make_head()
        self.doubleClicked.connect(lambda index: self.opened.emit())
        tell(self, OPEN, Key("← →", "选栏"), ORDER, MOVE, WIDEN, COPY, Key("Shift+↓", "选多条"))

    def _make_head(self) -> None:
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setFixedHeight(LIGHT.row)
        head.setMinimumSectionSize(_LEAST)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.sectionClicked.connect(lambda at: self._order_by(at, None))
        head.sectionMoved.connect(self._say_arranged)
        head.sectionResized.connect(self._say_arranged)

    # -- columns

    def show_columns(self, columns: Sequence[TableColumn], widths: Mapping[str, int]) -> None:
        """Show these from left to right; without widths the table fills what room there is."""
        here, record = self.column_here, self.currentIndex().row()
        self._quiet = True
        self._table.show_columns(columns)
        head = self.horizontalHeader()
        for at in range(head.count()):
            head.moveSection(head.visualIndex(at), at)
        for at, column in enumerate(columns):
            head.resizeSection(at, widths.get(column.name, column.width))
        self._quiet = False
        self._fills = {} if widths else {at: c.width for at, c in enumerate(columns)}
        self._fill()
        names = [column.name for column in columns]
        if record >= 0:
            self.go_to(record, names.index(here) if here in names else 0)

    def _fill(self) -> None:
        """What is left over goes to the widest column, a name, while nobody chose widths."""
        if not self._fills:
            return
        widest = max(self._fills, key=self._fills.__getitem__)
        rest = self.viewport().width() - sum(self._fills.values())
        self._quiet = True
        self.horizontalHeader().resizeSection(widest, self._fills[widest] + max(rest, 0))
        self._quiet = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    @property
    def names(self) -> tuple[str, ...]:
        """The columns from left to right."""
        head = self.horizontalHeader()
        return tuple(self._table.columns[head.logicalIndex(at)].name for at in range(head.count()))

    @property
    def widths(self) -> dict[str, int]:
        """How wide each column is."""
        head = self.horizontalHeader()
        return {c.name: head.sectionSize(at) for at, c in enumerate(self._table.columns)}

    @property
    def column_here(self) -> str:
        """The column of the cell that is walked to, "" without one."""
        at = self.currentIndex().column()
        return self._table.columns[at].name if 0 <= at < len(self._table.columns) else ""

    # -- rows

    def go_to(self, row: int, column: int | None = None) -> None:
        """Walk to a row, in the same column."""
        at = max(self.currentIndex().column(), 0) if column is None else column
        if 0 <= row < self._table.rowCount():
            self.setCurrentIndex(self._table.index(row, at))

    @property
    def rows_chosen(self) -> list[int]:
        """The rows selected, from top to bottom."""
        chosen = self.selectionModel().selection()
        parts = (chosen.at(n) for n in range(chosen.count()))
        return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})

    def sizeHintForColumn(self, column: int) -> int:
        """Never measured over all rows: a column has its width, a double click its usual one."""
        return self._table.columns[column].width

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        deed = self._deeds.get((held, Qt.Key(event.key())))
        if deed is not None:
            deed()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)

    def _make_deeds(self) -> dict[tuple[Qt.KeyboardModifier, Qt.Key], Callable[[], object]]:
        left, right = Qt.Key.Key_Left, Qt.Key.Key_Right
        return {
            (_NONE, Qt.Key.Key_Return): self.opened.emit,
            (_NONE, Qt.Key.Key_Enter): self.opened.emit,
            (_NONE, Qt.Key.Key_Escape): self.left.emit,
            (_NONE, Qt.Key.Key_Home): lambda: self.go_to(0),
            (_NONE, Qt.Key.Key_End): lambda: self.go_to(self._table.rowCount() - 1),
            (_ALT, Qt.Key.Key_Up): lambda: self._order_here(falling=False),
            (_ALT, Qt.Key.Key_Down): lambda: self._order_here(falling=True),
            (_CTRL | _SHIFT, left): lambda: self._move(-1),
            (_CTRL | _SHIFT, right): lambda: self._move(1),
            (_CTRL, left): lambda: self._widen(-_STEP),
            (_CTRL, right): lambda: self._widen(_STEP),
        }

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click below the last row leaves what is selected."""
        if self.indexAt(event.position().toPoint()).isValid():
            super().mousePressEvent(event)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Walking from column to column keeps the rows selected."""
        if isinstance(event, QKeyEvent) and Qt.Key(event.key()) in _SIDES:
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    def _order_here(self, *, falling: bool) -> None:
        self._order_by(self.currentIndex().column(), falling)

    def _order_by(self, at: int, falling: bool | None) -> None:
        if 0 <= at < len(self._table.columns):
            self.ordered.emit(self._table.columns[at].name, falling)

    def _move(self, by: int) -> None:
        head = self.horizontalHeader()
        here = head.visualIndex(self.currentIndex().column())
        if here >= 0 and 0 <= here + by < head.count():
            head.moveSection(here, here + by)
            self.scrollTo(self.currentIndex())

    def _widen(self, by: int) -> None:
        head, at = self.horizontalHeader(), self.currentIndex().column()
        if at >= 0:
            head.resizeSection(at, max(head.sectionSize(at) + by, _LEAST))

    def _say_arranged(self) -> None:
        """Told when the hand is off: what hears it may arrange the columns anew."""
        if not self._quiet:
            self._fills = {}
            self._arranged_soon.start()
