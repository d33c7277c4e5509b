"""全号查看记录: who saw or took along full numbers, and why; for 管理."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from app.domain.kernel.errors import Problem
from app.services.lists import looks
from app.services.lists.looks import Look
from app.ui.keys import EXPORT, UP_DOWN, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.settings.panel import Panel
from app.ui.pages.settings.subject import Subject
from app.ui.parts.label import label
from app.ui.parts.table import Column, Table
from app.ui.theme import LIGHT

_COLUMNS = (
    Column("时间", 156),
    Column("谁", 96),
    Column("看了什么", 216),
    Column("哪几项", 140),
    Column("原因"),
)


class LooksSubject(Subject):
    """One panel; who is not 管理 is told whose work it is."""

    action = "looks"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk, "全号查看记录", "谁看过、带走过全部号码，为什么")
        self.shown = LooksPanel(desk)
        self.add_panel(self.shown)

    def load(self) -> None:
        self.shown.load()


class LooksPanel(Panel):
    """The lines, narrowed by what is typed: a name, a reason, a day."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self._every: Sequence[Look] = ()
        self.lines: Sequence[Look] = ()
        self.sought = QLineEdit()
        self.sought.setAccessibleName("查找")
        self.sought.setPlaceholderText("查找：姓名、编号、原因、日期")
        self.sought.textChanged.connect(lambda text: self._narrow())
        self.said = label("", "note")
        self.table = Table("全号查看记录", _COLUMNS)
        self.table.setMinimumHeight(5 * LIGHT.row)
        tell(self.sought, Key("↓", "到表里"))
        tell(self.table, UP_DOWN("看一条"))
        for part in (self.sought, self.table, self.said):
            self.column.addWidget(part)
        self.column.setStretchFactor(self.table, 1)
        self.export = Action(EXPORT("存为 Excel"), self._ask_where, self)
        self.add_bar([], self.export)

    def activate(self) -> None:
        self.sought.setFocus()

    def load(self) -> None:
        """Read the log again."""
        reading = self.desk.worker.read(partial(looks.looks, self.desk.office))
        self.await_first(reading).done.connect(self._show)
        reading.failed.connect(self._refuse)

    def _show(self, known: Sequence[Look]) -> None:
        self._every = known
        self._narrow()

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            self.desk.problems.show(error)
        self._awaited.answer()
        self._show(())
        self.said.setText(str(error) if isinstance(error, Problem) else "")

    def _narrow(self) -> None:
        words = self.sought.text().casefold().split()
        self.lines = [one for one in self._every if _has(one, words)]
        self.table.set_rows([(o.at, o.who, o.what, o.fields, o.why) for o in self.lines])
        of = f"，全部 {len(self._every):,} 行" if len(self.lines) != len(self._every) else ""
        none = "还没有人看过全号。" if not self._every else "没有这样的记录。"
        self.said.setText(f"共 {len(self.lines):,} 行{of}" if self.lines else none)
        self.export.setEnabled(bool(self.lines))

    def _ask_where(self) -> None:
        target = Path.home() / f"全号查看记录 {self.desk.office.today()}.xlsx"
        dialog = QFileDialog(self, "存为 Excel", str(target), "Excel 表格 (*.xlsx)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.open()

    def save_to(self, target: Path) -> None:
        """Write the lines shown."""
        job = partial(looks.write_looks, self.desk.office, tuple(self.lines), target)
        writing = self.desk.worker.read(job, long=True)
        writing.done.connect(lambda path: self.say("ok", f"已存为 {path}。"))
        writing.failed.connect(self._not_written)

    def _not_written(self, error: Exception) -> None:
        if isinstance(error, Problem):
            self.say("error", str(error))
        else:
            self.desk.problems.show(error)


def _has(one: Look, words: Sequence[str]) -> bool:
    line = " ".join((one.at, one.who, one.what, one.fields, one.why)).casefold()
    return all(word in line for word in words)
