"""考评结果 of this office: its points by criterion, objected to by keys, printed (R43, R47)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.records import ScoreAppeal, ScoreSheet
from app.services.evaluating import result_sheets
from app.services.evaluating.result_sheets import SheetRow, SheetSeen, listed_sheets, seen_sheet
from app.services.evaluating.sheet_letter import points_words, standing_words
from app.services.office.office import Office
from app.ui.keys import UNDO, UP_DOWN, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.statistics.evaluation_cell import OBJECT
from app.ui.pages.statistics.result_cell import ResultCell
from app.ui.parts.card import Card
from app.ui.parts.choice import Choice
from app.ui.parts.key_button import KeyButton
from app.ui.parts.late_focus import focus_late
from app.ui.parts.loading import Awaited
from app.ui.parts.table import Cell, Column, Table
from app.ui.problems import Notice
from app.ui.theme import LIGHT
from app.ui.worker import Operation

_CELL, _CELL_NARROW = 340, 280
_COLUMNS = (
    Column("考评项目", 200),
    Column("满分", 64, right=True),
    Column("得分", 84, right=True),
    Column("申诉", 96),
    Column("依据", least=160),
)
Looked = tuple[Sequence[tuple[str, str]], SheetSeen | None]
"""The sheets to choose from (id, words), and the one chosen."""


class ResultsView(QWidget):
    """`looked(how many sheets)` when it is known what there is."""

    looked = Signal(int)

    def __init__(self, desk: PageContext, export: Action, print_it: Action) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = ""
        self._found: SheetSeen | None = None
        self._reading: Operation | None = None
        self.which = Choice("哪一次考评")
        self.table = Table("考评结果", _COLUMNS)
        self.cell = ResultCell(desk.office)
        self._object = Action(OBJECT, self.cell.go_in, self)
        self._withdraw = Action(UNDO("撤回申诉"), self._take_back, self)
        self._lay_out(export, print_it)
        self.which.taken.connect(lambda name: self.read())
        self.table.selectionModel().currentRowChanged.connect(lambda now, before: self._tell())
        self.table.entered_row.connect(lambda row: self.cell.go_in())
        self.cell.left.connect(self.table.setFocus)
        self.cell.wanted.connect(self._write)

    @property
    def shown(self) -> SheetSeen | None:
        """What stands there."""
        return self._found

    def open(self, record: str) -> None:
        """Show this one (its id)."""
        self._wanted = record
        self.read()

    def set_narrow(self, narrow: bool) -> None:
        """Less room for one criterion."""
        self.cell.setFixedWidth(_CELL_NARROW if narrow else _CELL)

    def outdated(self, changes: Changes) -> None:
        """Records were written."""
        if changes.types & {ScoreSheet.type_name, ScoreAppeal.type_name}:
            self.read()

    def read(self) -> None:
        """Look at what there is now."""
        if self._reading is not None:
            self._reading.cancel()
        job = partial(_look, self._desk.office, self._wanted or self.which.name)
        self._wanted = ""
        self._reading = reading = self._desk.worker.scan(job)
        reading.done.connect(partial(self._show, reading))
        self._awaited.wait(reading, at_once=False)

    # -- making

    def _lay_out(self, export: Action, print_it: Action) -> None:
        card = Card("考评结果", " ")
        card.head.addWidget(self.which)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(self.table)
        bar = card.add_bar()
        bar.addWidget(KeyButton(self._object))
        bar.addWidget(KeyButton(self._withdraw))
        bar.addStretch(1)
        bar.addWidget(KeyButton(print_it, primary=True))
        self._card = card
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(card, 1)
        row.addWidget(self.cell)
        self._awaited = Awaited(both, "正在读取")
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._awaited)
        self.set_narrow(False)
        keys = UP_DOWN("选项目"), Key("Enter", "写申诉")
        tell(self.table, *keys, self._withdraw.key, export.key("存为 Word"))

    # -- reading

    def _show(self, reading: Operation, looked: Looked) -> None:
        if reading is not self._reading:
            return
        choices, self._found = looked
        self.which.offer(choices)
        self.which.setVisible(len(choices) > 1)
        found = self._found
        if found is not None:
            self._card.title.setText(found.record.title)
            self._card.note.setText(f"{found.maker}：{standing_words(found)}")
            self.table.set_rows([_cells(row) for row in found.rows])
        self._tell()
        self._awaited.answer()
        self.looked.emit(len(choices))

    @property
    def _row(self) -> SheetRow | None:
        rows = self._found.rows if self._found is not None else ()
        return rows[self.table.row] if 0 <= self.table.row < len(rows) else None

    def _tell(self) -> None:
        found, row = self._found, self._row
        open_here = found is not None and row is not None and not found.issued
        self._object.setEnabled(open_here)
        self._withdraw.setEnabled(open_here and row is not None and row.waiting is not None)
        self.cell.show_row(found, row)

    # -- what is done

    def _write(self, job: Callable[[], object]) -> None:
        self._desk.worker.write(job).done.connect(
            lambda changes: self._say("申诉写好了，随下次报送交上去。")
        )

    def _take_back(self) -> None:
        found, row = self._found, self._row
        if found is not None and row is not None:
            job = partial(result_sheets.withdraw, self._desk.office, found.state.id, row.line.id)
            self._desk.worker.write(job).done.connect(lambda changes: self._say("申诉撤回了。"))

    def _say(self, words: str) -> None:
        focus_late(self, self.table)
        self._desk.problems.noticed.emit(Notice("ok", words))


def _look(office: Office, chosen: str) -> Looked:
    states = listed_sheets(office)
    choices = [(one.id, one.record.title) for one in states]
    if not states:
        return choices, None
    key = chosen if chosen in dict(choices) else states[0].id
    return choices, seen_sheet(office, key)


def _cells(row: SheetRow) -> list[Cell]:
    line = row.line
    told = "等答复" if row.waiting else "已答复" if row.answers else ""
    mark = " 改" if row.corrected else ""
    return [
        Cell(line.name, bold=True),
        Cell(points_words(line.full)),
        Cell(f"{points_words(line.points)}{mark}", bold=row.corrected),
        Cell(told, chip="warning" if row.waiting else "ok" if told else ""),
        Cell(line.evidence or (f"取数：{line.figure}" if line.figure else "")),
    ]
