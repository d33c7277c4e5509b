"""备份与恢复: to a second place by key or every day, and back again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox

from app.domain.kernel.errors import Problem
from app.services.backup import backup_schedule
from app.services.backup.backup import LastBackup, Made
from app.services.backup.backup_plan import Plan
from app.services.backup.backup_schedule import Kept, Overview
from app.services.office.seen_base import CODE as CHANGED
from app.ui.keys import SAVE, SAVE_NEXT, UP_DOWN, Action, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.settings.data import size_words
from app.ui.pages.settings.form import PlaceField
from app.ui.pages.settings.panel import Panel
from app.ui.pages.settings.restoring import RestorePanel
from app.ui.pages.settings.subject import Subject
from app.ui.parts.label import label
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

ON_SERVER = (
    "数据在服务器上：备份文件照旧是加密的，能恢复到一个空的文件夹；"
    "服务器坏了要很快接着用，还请管服务器的人每天用 pg_dump 备份数据库。"
    "这里定的只管这台电脑；几台电脑里有一台每天备份就够了。"
)

RESTORE = key("Alt+1", "恢复选中的")
OTHER = key("Alt+2", "恢复另一份")

_COLUMNS = (
    Column("备份时间", 170),
    Column("文件"),
    Column("大小", 100, right=True),
    Column("走访登记", 90, right=True),
    Column("", 96),
)


class BackupSubject(Subject):
    """The plan with the backups there are; what a restore would do."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk, "备份与恢复", "电脑坏了，备份还在")
        self.plan = PlanPanel(desk)
        self.restoring = RestorePanel(desk)
        for panel in (self.plan, self.restoring):
            self.add_panel(panel)
        self.plan.restore.triggered.connect(self._restore_chosen)
        self.plan.other.triggered.connect(self._restore_other)
        self.restoring.given_up.triggered.connect(lambda: self.show_panel(self.plan))

    def load(self) -> None:
        self.plan.load()

    def _restore_chosen(self) -> None:
        chosen = self.plan.chosen
        if chosen is not None:
            self._show_restoring(chosen.file)

    def _restore_other(self) -> None:
        self._show_restoring(None)

    def _show_restoring(self, file: Path | None) -> None:
        """Shown first: what is refused at once is said on a panel that is seen."""
        self.show_panel(self.restoring)
        self.restoring.begin(file)


class PlanPanel(Panel):
    """Where to, how often, what is there."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self._kept: Sequence[Kept] = ()
        self._plan = Plan()
        self._base: Plan | None = None
        self.place = PlaceField("备份到的文件夹", "优盘、移动硬盘或另一台电脑上的文件夹")
        self.daily = QCheckBox("每天第一次退出程序时自动备份（按 Esc 可以跳过）")
        self.last = label()
        self.form.add("备份到", self.place)
        self.form.add("", self.daily)
        self.form.add_note(f"那里只留最近的{backup_schedule.MOST}份，更早的自动删除。")
        if desk.office.store.server:
            self.form.add_note(ON_SERVER)
        self.form.add_text("上次备份", self.last)
        self.table = Table("那里的备份", _COLUMNS)
        self.table.setMinimumHeight(4 * LIGHT.row)
        tell(self.table, UP_DOWN("选备份"))
        self.nothing = label("那里还没有备份。选好地方后按“立即备份”。", "note")
        self.column.addWidget(self.form)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.nothing)
        self.column.addStretch(0)
        self.table.hide()
        self.nothing.hide()
        self.restore = Action(RESTORE, lambda: None, self)
        self.other = Action(OTHER, lambda: None, self)
        self.save = Action(SAVE("保存设置"), self._save, self)
        self.now = Action(SAVE_NEXT("立即备份"), self._back_up, self)
        self.add_bar([self.restore, self.other, self.save], self.now)
        self.table.chosen_row.connect(self._enable)
        self._enable()

    @property
    def chosen(self) -> Kept | None:
        """The backup whose row is chosen, if it can be used."""
        row = self.table.row
        one = self._kept[row] if 0 <= row < len(self._kept) else None
        return one if one and one.manifest else None

    def activate(self) -> None:
        (self.table if self._kept else self.place).setFocus()

    def load(self) -> None:
        """Look again at the plan and at what is there."""
        job = partial(backup_schedule.overview, self.desk.office)
        self.await_first(self.desk.worker.read(job)).done.connect(self.show_overview)

    def show_overview(self, seen: Overview) -> None:
        """Show the plan, unless somebody is changing it."""
        if self._typed in (Plan(), self._base):
            self.place.set_path(seen.plan.folder)
            self.daily.setChecked(seen.plan.daily)
            self._base = seen.plan
        self._base = self._base or seen.plan
        self._plan = seen.plan
        self.last.setText(_last_words(seen))
        self._list()

    def _list(self) -> None:
        if not self._plan.folder:
            self.nothing.show()
            return
        job = partial(backup_schedule.kept, Path(self._plan.folder))
        self.desk.worker.read(job, long=True).done.connect(self._show_kept)

    def _show_kept(self, kept: Sequence[Kept]) -> None:
        self._kept = kept
        station = self.desk.office.identity.station
        self.table.set_rows([_row(one, station) for one in kept])
        self.table.setVisible(bool(kept))
        self.nothing.setVisible(not kept)
        self._enable()

    def _enable(self) -> None:
        self.restore.setEnabled(self.chosen is not None)

    @property
    def _typed(self) -> Plan:
        return Plan(self.place.line.text().strip(), self.daily.isChecked())

    def _job(self, job: Callable[..., Any]) -> Callable[..., Any]:
        """What is done with what stands here, over what was seen before it was typed."""
        plan = self._typed
        return partial(job, self.desk.office, plan.folder, daily=plan.daily, base=self._base)

    def _save(self) -> None:
        saving = self.desk.worker.write(self._job(backup_schedule.set_plan))
        self.watch(saving, "正在保存").done.connect(self._saved)
        saving.failed.connect(self._look_again)

    def _look_again(self, error: Exception) -> None:
        """What somebody else changed is seen now: the next time it is known."""
        if isinstance(error, Problem) and error.code == CHANGED:
            self._base = None
            self.load()

    def _saved(self, plan: Plan) -> None:
        self._plan = self._base = plan
        self.load()
        self.say("ok", "已保存。" if plan.folder else "已保存，现在没有备份的地方。")

    def _back_up(self) -> None:
        job = self._job(backup_schedule.back_up_to)
        making = self.watch(
            self.desk.worker.write(job, long=True), "正在备份", "停止后不留下半份备份。"
        )
        making.done.connect(self._made)
        making.failed.connect(self._look_again)

    def _made(self, made: Made) -> None:
        self._plan = self._base = self._typed
        self.load()
        size = size_words(made.file.stat().st_size)
        self.say("ok", f"已备份到{made.file}（{size}），并读回核对过。")


def moment_words(at: str) -> str:
    """A time of RFC 3339 in minutes: 2011-07-21 09:00."""
    return dt.datetime.fromisoformat(at).strftime("%Y-%m-%d %H:%M")


def _last_words(seen: Overview) -> str:
    own = f"{_when(seen.last)}　{Path(seen.last.file).name}" if seen.last else "还没有备份过"
    return f"{own}\n另一台电脑 {_when(seen.elsewhere)} 备份过" if seen.elsewhere else own


def _when(last: LastBackup) -> str:
    return last.at[:16].replace("T", " ")


def _row(one: Kept, station: str) -> list[Cell | str]:
    if one.manifest is None:
        return ["", one.file.name, size_words(one.size), "", Cell("不能用", chip="error")]
    other = one.manifest.station != station
    state = Cell("别的单位", chip="warning") if other else Cell("可用", chip="ok")
    visits = one.manifest.counts.get("state_visit", 0)
    when = moment_words(one.manifest.at)
    return [Cell(when, bold=True), one.file.name, size_words(one.size), f"{visits:,}", state]
