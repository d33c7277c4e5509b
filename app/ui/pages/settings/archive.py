"""年度归档: one campaign into a folder that is kept and read without this program."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox

from app.services.archiving.archive import Archived, archive
from app.services.archiving.archive_order import ArchiveOrder
from app.services.archiving.archive_units import Unit, units_below
from app.services.figures.statistics import Choice, campaigns
from app.services.letters.report_letters import campaign_of_today
from app.services.office.office import Office
from app.ui.keys import SAVE_NEXT, Action, key
from app.ui.page_context import PageContext
from app.ui.pages.settings.form import PlaceField
from app.ui.pages.settings.panel import Panel
from app.ui.pages.settings.subject import Subject
from app.ui.parts.combo import Combo

OPEN_FOLDER = key("Alt+1", "打开文件夹")
_PLACE = "archive/folder"
_NAMED = 8
"""Papers left out that are named; the others are counted."""


class ArchiveSubject(Subject):
    """One panel: what is archived, and where to."""

    action = "print"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk, "年度归档", "登记表、总结、报送单、回复装成一卷")
        self.making = ArchivePanel(desk)
        self.add_panel(self.making)

    def load(self) -> None:
        self.making.load()


class ArchivePanel(Panel):
    """The campaign, the unit at the city, the folder; 归档."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.made: Archived | None = None
        self.campaigns, self.units = Combo(), Combo()
        self.scans = QCheckBox("把扫描件和照片也印进卷内")
        self.scans.setChecked(True)
        self.place = PlaceField("放到哪个文件夹", "优盘、移动硬盘或电脑上的文件夹")
        self.place.set_path(desk.memory.text(_PLACE))
        self.form.add("活动", self.campaigns, width=420)
        self.form.add("单位", self.units, width=420)
        self.form.add("放到", self.place, needed=True)
        self.form.add("", self.scans)
        self.column.addWidget(self.form)
        self.explain(
            "做成一个 PDF（封面、卷内目录、登记表、总结、报送单、回复，编好页号）、各种台账和附件，"
            "另有每个文件的校验值。不用这个程序也能打开。"
        )
        self.left_out = self.explain("")
        self.column.addStretch(1)
        self.open = Action(OPEN_FOLDER, self._open, self, icon="folder-open")
        self.open.setEnabled(False)
        self.begin = Action(SAVE_NEXT("归档"), self._begin, self)
        self.add_bar([self.open], self.begin)

    def load(self) -> None:
        """Look which campaigns and units there are."""
        reading = self.desk.worker.read(partial(_known, self.desk.office))
        self.await_first(reading).done.connect(self._offer)

    def _offer(self, known: tuple[Sequence[Choice], str, Sequence[Unit]]) -> None:
        chosen = self.campaigns.currentData() or known[1]
        self.campaigns.clear()
        for one in known[0]:
            self.campaigns.addItem(one.title, one.code)
        self.campaigns.setCurrentIndex(max(self.campaigns.findData(chosen), 0))
        self.units.clear()
        self.units.addItem("全部", "")
        for unit in known[2]:
            self.units.addItem(unit.name, unit.code)
        self.form.show_row(self.units, bool(known[2]))

    def _begin(self) -> None:
        place = self.place.path
        if self.missing((self.place.line, "还没有选择放到哪个文件夹。")) or place is None:
            return
        self.desk.memory.keep(_PLACE, str(place))
        order = ArchiveOrder(
            self.campaigns.currentData() or "",
            self.units.currentData() or "",
            self.scans.isChecked(),
        )
        self.left_out.setText("")
        job = partial(archive, self.desk.office, order, place)
        working = self.watch(
            self.desk.worker.read(job, long=True), "正在归档", "停止后什么都不留下。"
        )
        working.done.connect(self._done)

    def _done(self, made: Archived) -> None:
        self.made = made
        self.open.setEnabled(True)
        self.say(
            "ok" if not made.warning else "warning",
            f"已归档：登记表 {made.forms:,} 张，共 {made.pages:,} 页，在 {made.folder}。"
            f"{made.warning}",
        )
        named = "；".join(made.left_out[:_NAMED])
        more = f"等 {len(made.left_out)} 件" if len(made.left_out) > _NAMED else ""
        self.left_out.setText(f"没有放进卷内的：{named}{more}。" if made.left_out else "")

    def _open(self) -> None:
        if self.made is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self.made.folder))))


def _known(office: Office) -> tuple[Sequence[Choice], str, Sequence[Unit]]:
    """The campaigns there are, the code of today's, the offices below."""
    return campaigns(office), campaign_of_today(office), units_below(office)
