"""Rows inside a record (family members, phases): a table, or a form of each row."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec
from app.ui.fields.carried import carries_files
from app.ui.fields.editor import FieldEditor, State
from app.ui.fields.line import cells_of, has_focus_within, stays
from app.ui.fields.row import Row, columns_for
from app.ui.fields.rows_sheet import RowsSheet
from app.ui.fields.suggestion import Surroundings
from app.ui.icons import icon

MakeEditor = Callable[[FieldSpec, Surroundings], FieldEditor]

_FOOT = 36


class RowsEditor(FieldEditor):
    """A table to type in: Insert adds a row, Ctrl+Delete takes one out.

    `shown` names the columns to begin with; the others follow in their own order.
    """

    block = True

    def __init__(
        self,
        spec: FieldSpec,
        around: Surroundings,
        make: MakeEditor,
        *,
        first: Sequence[str] = (),
    ) -> None:
        super().__init__(spec, around)
        self._make = make
        visible = {one.name: one for one in spec.columns if not one.field.hidden}
        ahead = [visible[name] for name in first if name in visible]
        self.columns = [*ahead, *(one for one in visible.values() if one not in ahead)]
        self.rows: list[Row] = []
        self._spare: list[Row] = []
        self._loaded: Any = None
        self._quiet = False
        self._build()

    def _build(self) -> None:
        self._sheet = RowsSheet(self.columns)
        self._add_button = QPushButton(icon("plus"), f"添加{self.spec.label}（Ins）")
        self._add_button.setProperty("flat", "true")
        self._add_button.setAutoDefault(False)
        self._add_button.clicked.connect(self.add_row)
        self._add_button.installEventFilter(self)
        foot = QHBoxLayout()
        foot.addWidget(self._add_button)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._sheet)
        layout.addLayout(foot)
        self.setFocusProxy(self._add_button)

    # -- rows

    def add_row(self) -> None:
        """Add an empty row and go to its first field."""
        if not self.read_only:
            row = self._append()
            self._on_change()
            self._fit_cells()
            next(iter(row.cells.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def delete_row(self, place: int) -> None:
        """Take a row out; the focus goes to the row in its place."""
        if self.read_only or not 0 <= place < len(self.rows):
            return
        self._take_out(place)
        for number, row in enumerate(self.rows, 1):
            self._sheet.place(row, number)
        self._on_change()
        self._fit_cells()
        left = min(place, len(self.rows) - 1)
        target = next(iter(self.rows[left].cells.values())) if self.rows else self._add_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self) -> Row:
        """Add an empty row at the end, in the widgets of one that was taken out if there are."""
        row = self._spare.pop() if self._spare else self._new_row()
        self.rows.append(row)
        self._sheet.place(row, len(self.rows))
        for cell in row.cells.values():
            cell.set_read_only(self.read_only)
        return row

    def _new_row(self) -> Row:
        return Row({}, {spec.name: self._cell(spec) for spec in self.columns})

    def _take_out(self, place: int) -> None:
        row = self.rows.pop(place)
        self._sheet.take(row)
        row.clear()
        self._spare.append(row)

    def _cell(self, spec: FieldSpec) -> FieldEditor:
        cell = self._make(spec, self.around)
        cell.changed.connect(self._on_change)
        cell.entered.connect(self.entered)
        cell.left.connect(self._leave)
        cell.next_wanted.connect(lambda: self._next(cell))
        cell.reveal_wanted.connect(self.reveal_wanted)
        cell.add_wanted.connect(self.add_wanted)
        cell.height_changed.connect(self._fit_cells)
        cell.block_pasted.connect(lambda cells: self._paste(cell, cells))
        for widget in (cell, *cell.findChildren(QWidget)):
            widget.installEventFilter(self)
        return cell

    def _fit_cells(self) -> None:
        if not self._quiet:
            self._sheet.fit()
            self.height_changed.emit()

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._handled(watched, event)
        if watched is self._add_button and isinstance(event, QFocusEvent) and not stays(event):
            if event.type() == QEvent.Type.FocusIn:
                self.entered.emit()
            else:
                self._leave()
        return super().eventFilter(watched, event)

    def _handled(self, watched: QObject, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Insert and not event.modifiers():
            self.add_row()
        elif event.key() == Qt.Key.Key_Delete and control:
            self.delete_row(self._row_of(watched))
        elif watched is self._add_button and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            if control:
                return False
            self.next_wanted.emit()
        elif watched is self._add_button and event.matches(QKeySequence.StandardKey.Paste):
            return self._paste_below()
        else:
            return False
        return True

    def _row_of(self, widget: QObject) -> int:
        for place, row in enumerate(self.rows):
            for cell in row.cells.values():
                if cell is widget or (isinstance(widget, QWidget) and cell.isAncestorOf(widget)):
                    return place
        return -1

    def _cells(self) -> list[FieldEditor]:
        return [row.cells[spec.name] for row in self.rows for spec in self.columns]

    def show_choices(self) -> bool:
        here = (cell for cell in self._cells() if has_focus_within(cell))
        return any(cell.show_choices() for cell in here)

    def stops(self) -> list[QWidget]:
        cells = [stop for cell in self._cells() for stop in cell.stops()]
        return cells if self.read_only else [*cells, self._add_button]

    def _next(self, cell: FieldEditor) -> None:
        cells = self._cells()
        place = cells.index(cell) + 1
        target = cells[place] if place < len(cells) else self._add_button
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _leave(self) -> None:
        self._mark()
        if not has_focus_within(self):
            self.left.emit()

    def _mark(self) -> None:
        """Colour the cells that cannot be understood, and say why in their row."""
        for row in self.rows:
            self._sheet.tell(row, row.mark())
        self._fit_cells()

    def go_to(self, row: int, column: str) -> None:
        self._mark()
        unread = (cell for cell in self._cells() if cell.state is State.ERROR)
        named = self.rows[row - 1].cells.get(column) if 0 < row <= len(self.rows) else None
        cell = named or next(unread, None)
        if cell is not None:
            cell.set_state(State.ERROR)
            cell.setFocus(Qt.FocusReason.OtherFocusReason)

    def _paste(self, cell: FieldEditor, block: list[list[str]]) -> None:
        """Fill the table from this cell on."""
        row = self._row_of(cell)
        self._fill(row, list(self.rows[row].cells.values()).index(cell), block)

    def _paste_below(self) -> bool:
        """Add what was copied below the rows there are; files are for the form."""
        if carries_files(QApplication.clipboard().mimeData()):
            return False
        if not self.read_only:
            self._fill(len(self.rows), 0, cells_of(QApplication.clipboard().text()))
        return True

    def _fill(self, first: int, column: int, block: list[list[str]]) -> None:
        """Put a block in, adding rows; one with more columns than are left is offered on."""
        found = columns_for(block, self.columns, column)
        if found is None:
            self.block_pasted.emit(block)
            return
        columns, lines = found
        for place, texts in enumerate(lines, first):
            if place >= len(self.rows):
                self._append()
            for spec, text in zip(columns, texts, strict=False):
                self.rows[place].cells[spec.name].put(text.strip() or None)
        self._mark()
        self._on_change()
        self._fit_cells()

    # -- values

    def load(self, value: Any) -> None:
        self._loaded = value
        self._replace(value, load=True)

    def put(self, typed: Any) -> None:
        rows = typed if isinstance(typed, list | tuple) else []
        self._replace([row for row in rows if isinstance(row, Mapping)], load=False)

    def _replace(self, rows: Sequence[Mapping[str, Any]] | None, *, load: bool) -> None:
        """Show these rows, in the widgets of the rows there are as far as they reach."""
        self._quiet = True
        wanted = list(rows or ())
        while len(self.rows) > len(wanted):
            self._take_out(-1)
        names = {spec.name for spec in self.columns}
        for place, values in enumerate(wanted):
            row = self.rows[place] if place < len(self.rows) else self._append()
            row.unmark()
            row.kept = {name: value for name, value in values.items() if name not in names}
            for name, cell in row.cells.items():
                (cell.load if load else cell.put)(values.get(name))
        self._quiet = False
        self._fit_cells()
        self.set_masked(self.masked)
        self._on_change()

    def value(self) -> Any:
        rows: list[dict[str, Any]] = []
        for number, row in enumerate(self.rows, 1):
            try:
                values = row.values()
            except UserError as error:
                what = f"{self.spec.label}第{number}行的{error.what}"
                raise UserError("ENTRY", what, why=error.why, remedy=error.remedy) from error
            self._keep(rows, row, values)
        if self._loaded is not None and rows == [dict(row) for row in self._loaded]:
            return self._loaded
        return rows or None

    def typed(self) -> Any:
        rows: list[dict[str, Any]] = []
        for row in self.rows:
            self._keep(rows, row, row.typed())
        return rows or None

    def raw(self) -> Any:
        return self.typed()

    def _keep(self, rows: list[dict[str, Any]], row: Row, values: dict[str, Any]) -> None:
        """An empty new row is no row; a row added to known ones gets an id of its own."""
        if not values and not row.kept:
            return
        if "id" not in row.kept:
            known = bool(self._loaded)
            row.kept = {"id": os.urandom(4).hex()} if known else row.kept
        kept = row.kept or {"id": f"r{len(rows) + 1}"}
        rows.append({**kept, **values})

    def commit(self) -> None:
        for cell in self._cells():
            cell.commit()

    def note(self) -> str:
        return f"{len(self.rows)} 行" if self.rows else ""

    def _on_change(self) -> None:
        if not self._quiet:
            self.note_changed.emit(self.note())
            self.changed.emit()

    def height_for(self, width: int) -> int:
        self._sheet.setVisible(bool(self.rows))
        return _FOOT + (self._sheet.height_for(width) if self.rows else 0)

    def sizeHint(self) -> QSize:
        return QSize(400, self.height_for(400))

    def set_read_only(self, locked: bool) -> None:
        super().set_read_only(locked)
        for cell in self._cells():
            cell.set_read_only(locked)
        self._add_button.setVisible(not locked)

    def set_masked(self, hide: bool) -> None:
        """Hide the sensitive columns of the rows there are now."""
        super().set_masked(hide)
        for row in self.rows:
            for spec in self.columns:
                cell = row.cells[spec.name]
                if spec.field.sensitive:
                    cell.set_masked(hide and cell.typed() not in (None, "", []))
