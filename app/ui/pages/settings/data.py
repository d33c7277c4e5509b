"""数据: where it lies, how much it is, whether it is whole, what may be cleared away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from app.services.backup import data_folder
from app.services.backup.data_folder import Facts, Leftover
from app.services.backup.integrity import BREAKS, Examination, examine_store
from app.ui.keys import ESCAPE, SAVE, SAVE_NEXT, Action, key
from app.ui.page_context import PageContext
from app.ui.pages.settings.kept_files import KeptPanel
from app.ui.pages.settings.panel import Panel
from app.ui.pages.settings.server import ServerPanel
from app.ui.pages.settings.subject import Subject
from app.ui.parts.label import label
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

OPEN_FOLDER = key("Alt+1", "打开文件夹")
CLEAR = key("Alt+2", "清理旧副本")
KEPT = key("Alt+3", "报送文件")
MENDED = key("Alt+4", "补录好了")
MOVE = key("Alt+5", "搬到服务器")


def size_words(size: int) -> str:
    """A size as people say it: 820 KB, 12.4 MB, 1.2 GB."""
    for unit, bytes_of in (("GB", 1 << 30), ("MB", 1 << 20)):
        if size >= bytes_of:
            return f"{size / bytes_of:,.1f} {unit}"
    return f"{max(1, -(-size // 1024)) if size else 0:,} KB"


class DataSubject(Subject):
    """Facts and the examination; what may be cleared away."""

    def __init__(self, desk: PageContext) -> None:
        place = "在服务器上" if desk.office.store.server else "在这台电脑上，已加密"
        super().__init__(desk, "数据", place)
        self.facts = FactsPanel(desk)
        self.clearing = ClearPanel(desk)
        self.kept = KeptPanel(desk)
        self.server = ServerPanel(desk)
        for panel in (self.facts, self.clearing, self.kept, self.server):
            self.add_panel(panel)
        self.facts.clear.triggered.connect(self._ask_clear)
        self.facts.kept.triggered.connect(self._show_kept)
        self.kept.given_up.triggered.connect(lambda: self.show_panel(self.facts))
        self.facts.to_server.triggered.connect(lambda: self.show_panel(self.server))
        self.server.given_up.triggered.connect(lambda: self.show_panel(self.facts))
        self.clearing.given_up.triggered.connect(lambda: self.show_panel(self.facts))
        self.clearing.finished.connect(self._back)

    def load(self) -> None:
        self.facts.load()

    def _ask_clear(self) -> None:
        if self.facts.known is not None:
            self.clearing.show_leftovers(self.facts.known.leftovers)
            self.show_panel(self.clearing)

    def _show_kept(self) -> None:
        self.show_panel(self.kept)
        self.kept.load()

    def _back(self, freed: int) -> None:
        self.show_panel(self.facts)
        self.facts.load()
        self.facts.say("ok", f"已清理，腾出{size_words(freed)}。")


class FactsPanel(Panel):
    """Folder, sizes and counts; 检查数据."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.known: Facts | None = None
        self.folder, self.totals, self.left, self.place = label(), label(), label(), label()
        self.form.add_text("数据文件夹", self.folder)
        self.form.add_text("怎样保护", self.place)
        self.form.add_text("一共", self.totals)
        self.form.add_text("旧副本", self.left)
        self.parts = Table("文件", (Column("文件"), Column("大小", 110, right=True)))
        self.records = Table(
            "记录", (Column("记录"), Column("条数", 90, right=True), Column("作废", 70, right=True))
        )
        self.faults = Table("检查结果", (Column("检查结果"), Column("", 110)))
        row = QHBoxLayout()
        row.setSpacing(LIGHT.margin)
        for table in (self.parts, self.records):
            table.setMinimumHeight(6 * LIGHT.row)
            row.addWidget(table, 1)
        self.column.addWidget(self.form)
        self.column.addLayout(row, 1)
        self.column.addWidget(self.faults)
        self.faults.setMinimumHeight(4 * LIGHT.row)
        self.faults.hide()
        self.open = Action(OPEN_FOLDER, self._open, self, icon="folder-open")
        self.clear = Action(CLEAR, lambda: None, self)
        self.kept = Action(KEPT, lambda: None, self)
        self.check = Action(SAVE_NEXT("检查数据"), self._check, self)
        self.mended = Action(MENDED, partial(self._check, rebuild=True), self)
        self.mended.setVisible(False)
        self.to_server = Action(MOVE, lambda: None, self)
        self.to_server.setVisible(desk.office.store.server is None)
        self.add_bar([self.open, self.clear, self.kept, self.mended, self.to_server], self.check)

    def activate(self) -> None:
        self.parts.setFocus()

    def load(self) -> None:
        """Count again."""
        job = partial(data_folder.facts, self.desk.office)
        reading = self.await_first(self.desk.worker.read(job, long=True))
        reading.done.connect(self.show_facts)

    def show_facts(self, found: Facts) -> None:
        """Show what was counted."""
        self.known = found
        self.folder.setText(found.folder)
        self.place.setText(found.protection)
        size = sum(one.size for one in found.parts)
        self.totals.setText(
            f"{size_words(size)}，保存过{found.revisions:,}次，附件{found.attachments:,}份；"
            f"磁盘还有{size_words(found.free)}"
        )
        old = sum(one.size for one in found.leftovers)
        count = len(found.leftovers)
        self.left.setText(f"{count}份，{size_words(old)}" if count else "没有")
        self.clear.setEnabled(bool(count))
        self.parts.set_rows([[one.title, size_words(one.size)] for one in found.parts])
        self.records.set_rows(
            [[o.label, f"{o.count:,}", f"{o.void:,}" if o.void else ""] for o in found.records]
        )

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.text()))

    def _check(self, *, rebuild: bool = False) -> None:
        self.faults.hide()
        job = partial(examine_store, self.desk.office, rebuild=rebuild)
        checking = self.watch(
            self.desk.worker.write(job, long=True), "正在检查数据", "停止后什么都没有改动。"
        )
        checking.done.connect(self._checked)

    def _checked(self, found: Examination) -> None:
        self.faults.set_rows(
            [[one.sentence, Cell(*_kind(found, one.kind))] for one in found.faults]
        )
        self.faults.setVisible(bool(found.faults))
        self.mended.setVisible(any(one.kind == "lost" for one in found.faults))
        looked = f"检查了{found.records:,}条记录、{found.revisions:,}次保存"
        broken = [one for one in found.faults if one.kind in BREAKS]
        if broken and all(one.kind == "lost" for one in broken):
            self.say("error", broken[0].sentence)
        elif not found.sound:
            self.say("error", f"{looked}，数据有损坏。请不要再填写，用最近的备份恢复。")
        elif found.faults:
            self.say("warning", f"{looked}，数据完好；有{len(found.faults)}处要留意，列在下面。")
        else:
            self.say("ok", f"{looked}，数据完好。")


def _kind(found: Examination, kind: str) -> tuple[str, str, str, str, str]:
    if kind == "lost":
        return ("少了", "", "", LIGHT.text2, "error")
    words = {"scan_missing": "附件待到", "number": "编号重复", "link": "关联待到"}
    words |= {"package": "按 Alt+3 找回", "kept": "报送文件"}
    chip = "warning" if kind in words else "error"
    return (words.get(kind, "损坏"), "", "", LIGHT.text2, chip)


class ClearPanel(Panel):
    """What is kept for safety only, ticked before it goes; `finished(bytes)`."""

    heading = "清理旧副本"

    finished = Signal(object)

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.explain(
            "勾选要删除的。更新以前的副本在备份以后会自动清理；恢复时换下的数据请先确认不再需要。"
        )
        self.boxes: dict[str, QCheckBox] = {}
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.given_up = Action(ESCAPE, lambda: None, self)
        self.save = Action(SAVE("删除勾选的"), self._clear, self)
        self.add_bar([self.given_up], self.save)

    def show_leftovers(self, found: tuple[Leftover, ...]) -> None:
        """A box for each."""
        for box in self.boxes.values():
            self.form.remove(box)
        self.boxes = {}
        for one in found:
            what = "恢复时换下的数据" if one.replaced else "程序更新以前的副本"
            box = QCheckBox(f"{what}　{one.day}　{size_words(one.size)}　{one.name}")
            box.setChecked(not one.replaced)
            self.boxes[one.name] = box
            self.form.add("", box)

    def _clear(self) -> None:
        names = [name for name, box in self.boxes.items() if box.isChecked()]
        if not names:
            self.say("error", "没有勾选要删除的。")
            return
        job = partial(data_folder.clear, self.desk.office, names)
        self.watch(self.desk.worker.write(job), "正在删除").done.connect(self.finished)
