"""恢复: what a backup is, what would be lost, and the passphrase that lets it be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox

from app.domain.kernel.errors import Problem
from app.services.backup import restoring
from app.services.backup.backup import SUFFIX
from app.services.backup.restoring import Outlook
from app.services.office.duties import require
from app.services.office.office import Office
from app.ui.keys import ESCAPE, SAVE_NEXT, Action, key
from app.ui.page_context import PageContext
from app.ui.pages.settings.form import PlaceField, passphrase_field
from app.ui.pages.settings.panel import Panel
from app.ui.parts.combo import Combo
from app.ui.parts.label import label

LOOK = key("Alt+3", "查看这份备份")
_SHOWN = 12


class RestorePanel(Panel):
    """First looked at, then confirmed; the program goes back to the unlock page."""

    heading = "从备份恢复"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.outlook: Outlook | None = None
        self.explain(
            "恢复是用备份换下现在的数据。换下的数据不删除，另外放着。恢复以后要重新输入口令打开，"
            "再报送以前要换钥匙、重新办理登记。"
        )
        self.place = PlaceField("备份文件", "备份文件（.zfbackup）", suffix=SUFFIX)
        self.whose, self.lost = label(), label()
        self.sure = QCheckBox("我知道会少掉这些内容，仍然恢复")
        self.person = Combo()
        self.own = passphrase_field("您的口令")
        self.form.add("备份文件", self.place)
        self.form.add_text("这份备份", self.whose)
        self.form.add_text("会少掉", self.lost)
        self.form.add("", self.sure)
        self.form.add("经办人", self.person, width=300)
        self.form.add("您的口令", self.own, needed=True, width=300)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.given_up = Action(ESCAPE, lambda: None, self)
        self.look = Action(LOOK, self._look, self)
        self.save = Action(SAVE_NEXT("恢复"), self._restore, self)
        self.add_bar([self.given_up, self.look], self.save)
        self.watch_caps_lock()
        self.place.changed.connect(self._forget)
        self._forget()

    def begin(self, file: Path | None) -> None:
        """Begin with a file, which is looked at at once, or with none."""
        self.place.set_path(str(file) if file else "")
        self._forget()
        try:
            restoring.require_own_files(self.desk.office.folder)
        except Problem as problem:
            self.place.setEnabled(False)
            self.look.setEnabled(False)
            self.refuse(problem)
            return
        if file is not None:
            self._look()

    def activate(self) -> None:
        if self.work.isHidden():
            self.place.setFocus()

    def _forget(self) -> None:
        self.outlook = None
        self.whose.setText("还没有查看")
        for field in (self.lost, self.sure, self.person, self.own):
            self.form.show_row(field, False)
        self.save.setEnabled(False)

    def _look(self) -> None:
        if self.missing((self.place.line, "请选择备份文件。")):
            return
        office, file = self.desk.office, self.place.path
        assert file is not None
        assert office.store.key is not None
        job = partial(restoring.foresee, file, office.folder.root, office.store.key)
        # On the writer's thread: a backup works in the same place beside the data.
        looking = self.watch(
            self.desk.worker.write(job, long=True), "正在查看备份", "停止后什么都没有改动。"
        )
        looking.done.connect(self.show_outlook)
        looking.ended.connect(self._go_on)

    def show_outlook(self, found: Outlook) -> None:
        """Say whose backup it is and what would be lost."""
        self.outlook = found
        what = found.manifest
        visits = what.counts.get("state_visit", 0)
        when = what.at[:16].replace("T", " ")
        own = self.desk.office.identity.station
        station = "本单位" if what.station == own else what.station
        self.whose.setText(f"{station}（{what.writer}）{when}，走访登记{visits:,}条")
        self.lost.setText(_lost_words(found))
        self.form.show_row(self.lost, True)
        self.form.show_row(self.sure, not found.same or bool(found.saves))
        self.sure.setChecked(False)
        self.sure.setText(
            "我知道会少掉这些内容，仍然恢复"
            if found.same
            else "我知道这是另一份数据，仍然换下现在的"
        )
        self.form.show_row(self.person, not found.same)
        self.person.clear()
        for operator, name in found.people:
            self.person.addItem(name, operator)
        self.form.show_row(self.own, True)
        self.form.rename(self.own, "您的口令 *" if found.same else "他的口令 *")

    def _go_on(self) -> None:
        """The box to tick, where there is one, comes before the passphrase."""
        self.save.setEnabled(self.outlook is not None)
        if self.outlook is not None:
            (self.own if self.sure.isHidden() else self.sure).setFocus()

    def _restore(self) -> None:
        found = self.outlook
        if found is None:
            return
        if not self.sure.isHidden() and not self.sure.isChecked():
            self.say("error", "请先看清会少掉什么，勾选后再恢复。")
            self.sure.setFocus()
            return
        if self.missing((self.own, "请输入口令。")):
            return
        office, file = self.desk.office, self.place.path
        assert file is not None
        who = office.operator if found.same else str(self.person.currentData())
        job = partial(_allowed_key, office, file, who, self.own.text())
        checking = self.watch(self.desk.worker.read(job), "正在核对口令")
        checking.done.connect(partial(self._go, file, force=self.sure.isChecked()))

    def _go(self, file: Path, key: bytes, *, force: bool) -> None:
        self.forget_passphrases()
        root, clock = self.desk.office.folder.root, self.desk.office.clock
        job: Callable[..., Any] = partial(
            restoring.restore, file, root, key, force=force, clock=clock
        )
        self.desk.reopen("已恢复。请用口令打开；再报送以前请到设置里换钥匙。", job)


def _allowed_key(office: Office, file: Path, who: str, passphrase: str) -> bytes:
    require(office, "restore")
    return restoring.key_for(file, office.folder.root, who, passphrase)


def _lost_words(found: Outlook) -> str:
    if not found.same:
        return "它不是现在这份数据的备份。现在的数据会整个换下，另外放着。"
    if not found.saves:
        return "没有：现在的内容备份里都有。"
    shown = "、".join(found.records[:_SHOWN])
    more = f"等{len(found.records)}条" if len(found.records) > _SHOWN else ""
    return f"备份以后保存的{found.saves}次内容：{shown}{more}。"
