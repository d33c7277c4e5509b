"""The forms of all files, and the files that could not be read, one below the other."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.kernel.file_names import shown_name
from app.services.wordforms.filled_forms import FilledForm, FormFile, FormsRead
from app.services.wordforms.form_judging import Decided, open_doubts
from app.services.workbooks.import_account import ImportRow
from app.ui.keys import UP_DOWN, Key, tell
from app.ui.parts.table import Cell, Column, Table

_COLUMNS = (Column("份", 44, right=True), Column("单位"), Column("结果", 108))
_COMING = {
    "add": ("将新增", "ok"),
    "change": ("将改动", "info"),
    "same": ("相同", "neutral"),
    "asked": ("要您定", "warning"),
    "refused": ("不导入", "error"),
}
_DONE = {
    **_COMING,
    "add": ("已新增", "ok"),
    "change": ("已改动", "info"),
    "asked": ("没有定", "warning"),
}

Entry = FilledForm | FormFile


class FormList(QWidget):
    """`chosen(form or file)` when another one is looked at; `entered` on Enter."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.table = Table("登记表", _COLUMNS)
        self.table.chosen_row.connect(self._choose)
        self.table.entered_row.connect(lambda row: self.entered.emit())
        tell(self.table, UP_DOWN("选一份"), Key("Enter", "看这一份"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    @property
    def current(self) -> Entry | None:
        """The one looked at."""
        row = self.table.row
        return self.entries[row] if 0 <= row < len(self.entries) else None

    def show_read(self, read: FormsRead) -> None:
        """Show these; what cannot be read stands where its forms would."""
        self.entries = []
        for file in read.files:
            self.entries += file.forms
            if file.code or not file.forms:
                self.entries.append(file)

    def tell_outcomes(
        self, rows: Mapping[int, ImportRow], decided: Decided, *, dry_run: bool
    ) -> None:
        """Say of each what becomes of it, or how much of it is still to be looked at."""
        words = _COMING if dry_run else _DONE
        self.table.set_rows([_cells(one, rows, decided, words) for one in self.entries])

    def go_to(self, number: int) -> None:
        """Look at the form of this number."""
        for row, entry in enumerate(self.entries):
            if isinstance(entry, FilledForm) and entry.number == number:
                self.table.selectRow(row)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self.entries):
            self.chosen.emit(self.entries[row])


def _cells(
    entry: Entry,
    rows: Mapping[int, ImportRow],
    decided: Decided,
    words: Mapping[str, tuple[str, str]],
) -> list[Cell | str]:
    if isinstance(entry, FormFile):
        same = entry.code == "SAME_FILE"
        chip = ("同一个文件", "neutral") if same else ("读不出", "error")
        return ["", Cell(shown_name(entry.name)), Cell(chip[0], chip=chip[1])]
    title = decided.words(entry, "enterprise_name") or "（没有单位名称）"
    count = len(list(open_doubts(entry, decided)))
    row = rows.get(entry.number)
    if count:
        state = Cell(f"要看 {count} 处", chip="warning")
    elif row is None:
        state = Cell("正在核对", chip="neutral")
    else:
        state = Cell(words[row.outcome][0], chip=words[row.outcome][1])
    return [str(entry.number), Cell(title), state]
