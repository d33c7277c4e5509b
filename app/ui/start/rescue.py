"""少了文件: what the data folder lacks, and the ways back; nothing is made in the meantime."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from app.domain.kernel.errors import Problem
from app.services.backup import rescue
from app.services.backup.rescue import Lack, Rescued
from app.services.office.folder import Folder
from app.services.office.keyring import Keyring
from app.services.starting import first_start
from app.ui.help.topics import about
from app.ui.keys import AGAIN, Action, Key, key
from app.ui.problems import Problems, notice_of
from app.ui.start.wizard.choosing import BackupStep
from app.ui.start.wizard.frame import Frame
from app.ui.worker import Operation, Worker

LOOK = AGAIN("再看一次")
WITHOUT = key("Alt+1", "没有备份，不要了")
GO = Key("Enter", "从备份补上", ("Return", "Enter"))
QUIT = Key("Alt+F4", "退出")
_HEIGHT = 350


class RescueStep(BackupStep):
    """The backup to take it from, and the passphrase of one who can open it."""

    title = "数据文件夹里少了文件"
    why = "·"
    how = "按 Enter 查看"

    def tell(self, found: Lack) -> None:
        """What is lost, what that means, and where the last backup is."""
        where = found.backup or "没有记下在哪里，请找优盘和移动硬盘"
        self.explain(
            f"少了{found.files}。没有新建任何文件，其余的都还在。\n{found.meaning}\n"
            f"只是被移走的，放回原处后按 F5。\n最近的备份：{where}。"
        )


class RescuePage(Frame):
    """`rescued(words)` comes when the data is whole again; `quit_asked` when one gives up."""

    rescued = Signal(str)
    quit_asked = Signal()

    def __init__(self, folder: Path, worker: Worker, problems: Problems) -> None:
        super().__init__()
        about(self, "backup")
        self._folder, self._worker, self._problems = folder, worker, problems
        self.step = RescueStep()
        self.go_action = Action(GO, self._go, self)
        self.look_action = Action(LOOK, self.look_again, self)
        self.without_action = Action(WITHOUT, self._without, self)
        self.quit_action = Action(QUIT, self.quit_asked.emit, self)
        self.lay_out(
            [self.step],
            [self.quit_action, self.without_action, self.look_action],
            [self.go_action],
            title="数据打不开",
        )
        self.stack.setFixedHeight(_HEIGHT)
        self.card.title.setText(self.step.title)
        self.card.note.setText("按 F1 看说明")
        self.setFocusProxy(self.step.file)
        self.look_again()

    def look_again(self) -> None:
        """Say what is missing now; nothing any more is told at once."""
        found = rescue.lack(self._folder)
        if found is None:
            self.rescued.emit("文件都在了，请用口令打开。")
            return
        self.step.tell(found)
        self.without_action.setVisible(found.can_begin_anew)
        if found.can_begin_anew:
            self._offer_people()

    def may_close(self) -> bool:
        """Not while files are being brought."""
        return not self.progress.isVisible()

    def _offer_people(self) -> None:
        """Whose passphrase says that the rest is to be used without what is lost."""
        try:
            people = Keyring.open(Folder(self._folder).keyring).operators
        except Problem:
            return
        self.step.offer([(one.id, one.name) for one in people])

    def _go(self) -> None:
        step = self.step
        if gap := step.gap():
            self._ask_for(gap[1])
        elif step.seen is None:
            file = Path(step.file.text().strip())
            looking = self._await(
                self._worker.read(partial(first_start.look_at_backup, self._folder, file)),
                "正在查看备份…",
            )
            looking.done.connect(step.show_backup)
        elif not step.secret.text():
            self._ask_for("请输入他的口令，或恢复码。")
        else:
            secret = step.secret.text()
            job = partial(first_start.bring_missing, self._folder, step.seen, step.operator, secret)
            bringing = self._await(self._worker.write(job, long=True), "正在从备份补上…")
            bringing.done.connect(self._end)

    def _end(self, done: Rescued) -> None:
        more = "记录是备份那天的，再报送以前请到设置里换钥匙。" if done.restored else ""
        self.rescued.emit(f"已从备份补上。{more}请用口令打开。")

    def _without(self) -> None:
        if self.step.person.count() == 0:
            self._offer_people()
        if not self.step.secret.text():
            self.step.secret.setFocus()
            self._say("warning", "少了的以后找不回来。确认不要它们，请输入口令后再按一次 Alt+1。")
            return
        job = partial(rescue.begin_anew, self._folder, self.step.operator, self.step.secret.text())
        making = self._await(self._worker.write(job, long=True), "正在另建空的…")
        making.done.connect(lambda _: self.rescued.emit("已另建空的。请用口令打开。"))

    def _await(self, operation: Operation, words: str) -> Operation:
        self._set_busy(True)
        self._say("info", words)
        operation.progressed.connect(lambda at: self._say("info", at.label))
        operation.done.connect(lambda _: self._set_busy(False))
        operation.failed.connect(self._refuse)
        return operation

    def _refuse(self, error: Exception) -> None:
        self._set_busy(False)
        self.message.clear()
        if isinstance(error, Problem):
            self._say(notice_of(error).kind, str(error))
        else:
            self._problems.show(error)
        self.step.first.setFocus()

    def _ask_for(self, words: str) -> None:
        self._say("error", words)
        self.step.first.setFocus()

    def _say(self, kind: str, words: str) -> None:
        self.message.say(kind, words)

    def _set_busy(self, busy: bool) -> None:
        if not busy:
            self.message.clear()
        self.stack.setEnabled(not busy)
        self.progress.setVisible(busy)
        for action in (self.go_action, self.look_action, self.without_action, self.quit_action):
            action.setEnabled(not busy)
