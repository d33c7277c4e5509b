"""导出: what of a list is written, where to, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.kernel.errors import Problem
from app.domain.kernel.file_names import safe_file_name
from app.services.lists import list_files
from app.services.lists.table_query import TableQuery
from app.ui.exporting.export_choices import SHEET, ExportChoices, Wanted
from app.ui.help.topics import about
from app.ui.keys import ESCAPE, SAVE, Action, tell
from app.ui.page_context import PageContext
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.message_line import MessageLine
from app.ui.parts.work_bar import WorkBar
from app.ui.theme import LIGHT

_WIDTH = 540
_FOLDER = "export/folder"


class ExportPanel(QWidget):
    """Stands in the place of a page's content; `closed` when the page may be shown again.

    `written(path)` when a file was written.
    """

    closed = Signal()
    written = Signal(str)

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        about(self, "tables")
        # While a file is written nothing is chosen: the keys are those of the panel.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._desk = desk
        self.choices = ExportChoices()
        self.said = MessageLine()
        self.work = WorkBar()
        self.back = Action(ESCAPE("返回"), self._close, self)
        self.save = Action(SAVE("存到…"), self._ask_where, self)
        tell(self, self.save.key)
        self._lay_out()
        self.choices.changed.connect(self._set_enabled)

    def show_for(
        self,
        query: TableQuery,
        selected: Sequence[str],
        listed: Sequence[str],
    ) -> None:
        """Offer the rows selected, if there are several, and all that are listed."""
        scopes: list[tuple[str, Sequence[str]]] = []
        if len(selected) > 1:
            scopes.append((f"选中的 {len(selected):,} 条", selected))
        scopes.append((f"列表里的 {len(listed):,} 条", listed))
        self.choices.offer(query, scopes)
        self.said.clear()
        self.card.note.setText("；".join(query.narrowed_to))
        self._set_enabled()
        self.choices.first.setFocus()

    def activate(self) -> None:
        """Put the focus where it was."""
        (self.focusWidget() or self.choices.first).setFocus()

    def _lay_out(self) -> None:
        self.card = Card("导出", " ")
        self.card.setFixedWidth(_WIDTH)
        self.card.body.setContentsMargins(0, 0, 0, 0)
        self.card.body.setSpacing(0)
        said = QHBoxLayout()
        said.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 8)
        said.addWidget(self.said)
        for part in (self.choices, self.work):
            self.card.body.addWidget(part)
        self.card.body.addLayout(said)
        bar = self.card.add_bar()
        bar.addWidget(KeyButton(self.back))
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.save, primary=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[LIGHT.margin] * 4)
        column.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def _set_enabled(self) -> None:
        resting = self.work.isHidden()
        wanted = self.choices.wanted
        self.save.setEnabled(resting and bool(wanted.ids) and wanted.why != "")
        self.back.setEnabled(resting)
        self.choices.setEnabled(resting)

    # -- writing

    @property
    def proposed(self) -> Path:
        """Where the file would go: the folder used last, a name that says what and of when."""
        wanted = self.choices.wanted
        folder = self._desk.memory.text(_FOLDER, str(Path.home()))
        name = f"{wanted.title} {self._desk.office.today()}{wanted.suffix}"
        return Path(folder) / safe_file_name(name)

    def _ask_where(self) -> None:
        wanted = self.choices.wanted
        kind = "Excel 表格 (*.xlsx)" if wanted.suffix == SHEET else "PDF (*.pdf)"
        dialog = QFileDialog(self, "导出到", str(self.proposed), kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(wanted.suffix[1:])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # The dialog itself asks before a file is replaced.
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.open()

    def save_to(self, target: Path) -> None:
        """Write the file; says below whether it worked."""
        wanted = self.choices.wanted
        self._desk.memory.keep(_FOLDER, str(target.parent))
        worker = self._desk.worker
        # Who takes full numbers along is written down, which only the writer may do.
        begin = worker.read if wanted.why is None else worker.write
        writing = begin(_job(self._desk, wanted, target), long=True)
        writing.done.connect(partial(self._written, target, wanted))
        writing.failed.connect(self._not_written)
        writing.cancelled.connect(self._stopped)
        self.said.clear()
        self.setFocus()
        self.work.watch(writing, "正在导出", "停止后不会留下半个文件。")
        writing.ended.connect(self._set_enabled)
        self._set_enabled()

    def _written(self, target: Path, wanted: Wanted, count: int) -> None:
        care = "里面有全部号码，用完请删掉。" if wanted.why else ""
        self.said.say("ok", f"已存为 {target}，共 {len(wanted.ids):,} 条。{care}")
        self.written.emit(str(target))

    def _not_written(self, error: Exception) -> None:
        if isinstance(error, Problem):
            self.said.say("error", str(error))
        else:
            self._desk.problems.show(error)

    def _stopped(self) -> None:
        self.said.say("info", "已停止，没有写文件。")

    def _close(self) -> None:
        self.said.clear()
        self.closed.emit()


def _job(desk: PageContext, wanted: Wanted, target: Path) -> partial[int]:
    sheet = wanted.suffix == SHEET
    make = list_files.write_list_sheet if sheet else list_files.print_list_paper
    return partial(
        make,
        desk.office,
        target,
        wanted.query,
        wanted.ids,
        title=wanted.title,
        full_numbers_because=wanted.why,
    )
