"""关于: versions, where the data lies, licences, and a report without personal data."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit

from app.services.backup import about
from app.services.backup.about import About, Part
from app.ui.keys import ESCAPE, SAVE, UP_DOWN, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.settings.data import OPEN_FOLDER
from app.ui.pages.settings.panel import Panel
from app.ui.pages.settings.subject import Subject
from app.ui.parts.label import label
from app.ui.parts.table import Column, Table
from app.ui.theme import LIGHT

READ = Key("Enter", "看许可")
_COLUMNS = (Column("由这些组成"), Column("版本", 132), Column("许可", 280))
_REPORT = "走访帮扶登记系统-报告.txt"


class AboutSubject(Subject):
    """What the program is made of; the words of one licence."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk, "关于", "走访帮扶登记系统")
        self.facts = AboutPanel(desk)
        self.licence = LicencePanel(desk)
        for panel in (self.facts, self.licence):
            self.add_panel(panel)
        self.facts.table.entered_row.connect(self._read)
        self.licence.back.triggered.connect(lambda: self.show_panel(self.facts))

    def load(self) -> None:
        self.facts.load()

    def _read(self, row: int) -> None:
        self.licence.show_part(self.facts.parts[row])
        self.show_panel(self.licence)


class AboutPanel(Panel):
    """Versions, the folder, and the parts with their licences."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.parts: Sequence[Part] = ()
        self._folder = Path()
        self.versions, self.folder, self.kept = label(), label(), label()
        self.form.add_text("版本", self.versions)
        self.form.add_text("数据在", self.folder)
        self.form.add_text("怎样保护", self.kept)
        self.form.add_text("报告问题", label("报告里只有版本和出错的位置，没有任何人的资料。"))
        self.table = Table("由这些组成", _COLUMNS)
        self.table.setMinimumHeight(6 * LIGHT.row)
        tell(self.table, UP_DOWN("选一项"), READ)
        self.column.addWidget(self.form)
        self.column.addWidget(self.table, 1)
        self.open = Action(OPEN_FOLDER, self._open, self, icon="folder-open")
        self.save = Action(SAVE("保存报告"), self._ask_where, self)
        self.add_bar([self.open], self.save)

    def activate(self) -> None:
        self.table.setFocus()

    def load(self) -> None:
        """Look what is there; it does not change while the program runs."""
        if not self.parts:
            job = partial(about.about, self.desk.office)
            self.await_first(self.desk.worker.read(job, long=True)).done.connect(self._show)

    def save_to(self, target: Path) -> None:
        """Write the report there."""
        job = partial(about.save_report, self.desk.office, self._seen(), target)
        saving = self.watch(self.desk.worker.read(job), "正在保存报告")
        saving.done.connect(lambda _: self.say("ok", f"已保存：{target}。请发给维护人员。"))

    def _show(self, found: About) -> None:
        self.parts, self._folder = found.parts, found.folder
        versions = {**found.versions, "Qt": str(qVersion())}
        self.versions.setText("　".join(f"{name} {value}" for name, value in versions.items()))
        self.folder.setText(str(found.folder))
        self.kept.setText(found.protection)
        self.table.set_rows([[one.name, one.version, one.licence] for one in found.parts])

    def _seen(self) -> dict[str, str]:
        window = self.window()
        size = f"{window.width()}×{window.height()}，缩放 {window.devicePixelRatioF():.2f}"
        return {"Qt": str(qVersion()), "窗口": f"{size}，{sys.platform}"}

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _ask_where(self) -> None:
        wanted = str(Path.home() / _REPORT)
        chosen, _ = QFileDialog.getSaveFileName(self, "保存报告", wanted, "文本 (*.txt)")
        if chosen:
            self.save_to(Path(chosen))


class LicencePanel(Panel):
    """The words of one part's licences."""

    heading = "许可"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.name = label(role="strong")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("许可")
        tell(self.text, UP_DOWN("翻看"))
        self.column.addWidget(self.name)
        self.column.addWidget(self.text, 1)
        self.back = Action(ESCAPE("返回"), lambda: None, self)
        self.add_bar([self.back], None)

    def activate(self) -> None:
        self.text.setFocus()

    def show_part(self, part: Part) -> None:
        """Show the licences of this part."""
        self.name.setText(f"{part.name} {part.version}　{part.licence}")
        self.text.setPlainText("")
        reading = self.desk.worker.read(partial(about.licence_text, part))
        reading.done.connect(self.text.setPlainText)
