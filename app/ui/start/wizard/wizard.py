"""初次使用: one page after the other until the data folder is set up and its papers are out."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.domain.kernel.errors import Problem
from app.services.office.keyring import Cost
from app.services.office.server_place import VARIABLE
from app.services.registering import registration
from app.services.starting import first_start, server_start
from app.services.starting.first_start import Answers, Enable, Papers
from app.services.starting.setting_up import Founded
from app.ui.help.topics import about
from app.ui.keys import ESCAPE, Action, Key
from app.ui.problems import Problems, notice_of
from app.ui.start.wizard.asking import (
    CheckCodeStep,
    EnableStep,
    OperatorStep,
    UnitStep,
)
from app.ui.start.wizard.choosing import BackupStep, DemoStep, RoleStep, ServerStep
from app.ui.start.wizard.frame import Frame
from app.ui.start.wizard.giving import FinishStep, RecoveryStep
from app.ui.start.wizard.step import Step
from app.ui.worker import Job, Operation, Worker

NEXT = Key("Enter", "下一步", ("Return", "Enter"))
BEFORE = Key("Alt+←", "上一步", ("Alt+Left",))
QUIT = Key("Alt+F4", "退出")
_LAST = {"role": NEXT.words, "demo": "打开演示", "backup": "恢复", "server": "加入"}


class Wizard(Frame):
    """Walks through the steps over one data folder.

    `founded(Founded)` comes when the folder is set up, `finished(Office)` when the last
    page is done, `demo_made(folder)` when the demonstration is there, `restored` when a
    backup is, `joined` when a server was; `quit_asked` when one gives up. `painted` comes once.
    `demo(role, progress, cancel)` makes the demonstration.
    """

    founded = Signal(object)
    finished = Signal(object)
    moved = Signal(str)
    demo_made = Signal(object)
    restored = Signal()
    joined = Signal()
    quit_asked = Signal()

    def __init__(
        self,
        folder: Path,
        worker: Worker,
        problems: Problems,
        *,
        demo: Job,
        cost: Cost | None = None,
    ) -> None:
        super().__init__()
        about(self, "first-start")
        self._folder, self._worker, self._problems, self._cost = folder, worker, problems, cost
        self._make_demo = demo
        self._running: Operation | None = None
        self._warned = False
        self._busy = False
        self._enable: Enable | None = None
        self._founded: Founded | None = None
        self.name = "role"
        self.role, self.demo, self.backup = RoleStep(), DemoStep(), BackupStep()
        self.server, self.enable = ServerStep(), EnableStep()
        self.unit, self.check_code = UnitStep(first_start.units_for), CheckCodeStep()
        self.operator = OperatorStep()
        self.recovery, self.finish = RecoveryStep(), FinishStep()
        self.steps: dict[str, Step] = {
            "role": self.role,
            "backup": self.backup,
            "server": self.server,
            "demo": self.demo,
            "enable": self.enable,
            "unit": self.unit,
            "check_code": self.check_code,
            "operator": self.operator,
            "recovery": self.recovery,
            "finish": self.finish,
        }
        self.next_action = Action(NEXT, self._next, self)
        self.back_action = Action(BEFORE, self._back, self)
        self.quit_action = Action(QUIT, self.quit_asked.emit, self)
        self.stop_action = Action(ESCAPE("停止"), self._stop, self)
        self.lay_out(
            list(self.steps.values()),
            [self.quit_action, self.stop_action],
            [self.back_action, self.next_action],
        )
        self.finish.asked.connect(self._make_papers)
        for step in self.steps.values():
            step.changed.connect(self._show_actions)
        self._go("role")

    @property
    def order(self) -> list[str]:
        """The steps for what has been answered so far."""
        return list(first_start.steps_for(self.role.role, enabled=self._enable is not None))

    def _next(self) -> None:
        """Judge this page, and go on from it; what takes time goes on when it is done."""
        gap = self.steps[self.name].gap()
        if gap is not None:
            self._ask_for(*gap)
            return
        try:
            self._judge()
        except Problem as problem:
            self._refuse(problem)

    def _judge(self) -> None:
        match self.name:
            case "enable":
                self._read_enable()
                return
            case "unit":
                enabled = self._enable is not None
                first_start.require_station(self.role.role, self.unit.station, enabled=enabled)
            case "check_code" if self._enable is not None:
                first_start.require_check_code(self._enable, self.check_code.code.text())
            case "demo":
                self._show_demo()
                return
            case "backup":
                self._use_backup()
                return
            case "server":
                self._join()
                return
            case "operator":
                self._set_up()
                return
            case "finish":
                self._finish()
                return
        self._go_on()

    def _read_enable(self) -> None:
        self._enable = None
        if not self.enable.sources:
            self._go_on()
            return
        sources, code = self.enable.sources, self.enable.code.text().strip()
        reading = self._worker.read(partial(first_start.read_enable, sources, code))
        self._await(reading, "正在查看启用包…")
        reading.done.connect(self._take_enable)

    def _take_enable(self, found: Enable) -> None:
        if found.sealed and not self.enable.code.text().strip():
            self._ask_for(self.enable.code, "请输入启用函上的启用码。")
            return
        self._enable = found
        self._go_on()

    def _set_up(self) -> None:
        who = self.operator
        name, phrase = who.name.text(), who.passphrase.text()
        known = [self.unit.name_of(self.unit.station)]
        first_start.require_operator(name, phrase, who.again.text(), known)
        is_city = self.role.role == "city"
        if is_city:
            first_start.require_operator(name, who.root.text(), who.root_again.text(), known)
        answers = Answers(
            role=self.role.role,
            station=self.unit.station,
            operator=name,
            passphrase=phrase,
            root_passphrase=who.root.text() if is_city else "",
            enable=self._enable,
            enable_code=self.enable.code.text().strip(),
            check_code=self.check_code.code.text().strip() if self._enable else "",
            computer=self.unit.number,
        )
        job = partial(first_start.set_up, self._folder, answers, cost=self._cost)
        making = self._worker.write(job, long=True)
        self._await(making, "正在建立数据，大约半分钟…")
        making.done.connect(self._show_recovery)

    def _show_demo(self) -> None:
        making = self._worker.write(partial(self._make_demo, self.demo.role), long=True)
        self._await(making, "正在准备演示，十几秒钟…")
        making.progressed.connect(lambda step: self.message.say("info", step.label))
        making.done.connect(self._open_demo)

    def _open_demo(self, folder: Path) -> None:
        self._set_busy(True)
        self.message.say("info", "正在打开演示…")
        self.demo_made.emit(folder)

    def _use_backup(self) -> None:
        """The file is looked at first, then brought back with the passphrase."""
        step, seen = self.backup, self.backup.seen
        if seen is None:
            file = Path(step.file.text().strip())
            job = partial(first_start.look_at_backup, self._folder, file)
            looking = self._worker.read(job)
            self._await(looking, "正在查看备份…")
            looking.done.connect(step.show_backup)
        elif not step.secret.text():
            self._ask_for(step.secret, "请输入他的口令，或恢复码。")
        else:
            secret = step.secret.text()
            back = partial(first_start.bring_back, self._folder, seen, step.operator, secret)
            bringing = self._worker.write(back, long=True)
            self._await(bringing, "正在恢复…")
            bringing.progressed.connect(lambda at: self.message.say("info", at.label))
            bringing.done.connect(lambda _: self.restored.emit())

    def _join(self) -> None:
        step = self.server
        there = server_start.There(
            step.host.text(), step.database.text(), step.user.text(), step.password.text()
        )
        who, secret = step.person.text().strip(), step.secret.text()
        joining = self._worker.write(
            partial(server_start.join, self._folder, there, who, secret), long=True
        )
        self._await(joining, "正在连接服务器…")
        joining.done.connect(lambda _: self.joined.emit())

    def may_close(self) -> bool:
        """Whether the window may close now; not before the recovery code was seen to be kept."""
        if self._running is not None:
            self.message.say("warning", "正在建立数据。请等一下，或按 Esc 停止后再退出。")
            return False
        unkept = self._founded is not None and not self.recovery.ready
        if unkept and not self._warned:
            self._warned = True
            self.message.say(
                "warning",
                "恢复码还没有打印或抄下，退出后不会再显示。再按一次仍然退出，"
                "以后要到“设置”里换新的恢复码。",
            )
            return False
        return True

    def refuse(self, problem: Problem) -> None:
        """Say what kept the demonstration from being opened."""
        self._refuse(problem)

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self.stop_action.setEnabled(False)
            self.message.say("info", "正在停止…")

    def _show_recovery(self, founded: Founded) -> None:
        self._founded = founded
        office = founded.office
        name = self.operator.name.text().strip()
        for field in self.operator.findChildren(QLineEdit):
            field.clear()
        unit = self.unit.name_of(office.identity.station)
        day = office.today().isoformat()
        lines = first_start.recovery_sheet(unit, name, founded.recovery_code, day)
        self.recovery.show_code(founded.recovery_code, lines)
        self.finish.show_code(
            registration.own_check_code(office),
            is_city=office.is_city,
            enabled=self._enable is not None,
        )
        self.founded.emit(founded)
        self._go_on()

    def _make_papers(self, out: Path) -> None:
        assert self._founded is not None
        making = self._worker.write(partial(first_start.make_papers, self._founded.office, out))
        making.done.connect(self._show_papers)
        making.failed.connect(self._refuse_papers)

    def _show_papers(self, papers: Papers) -> None:
        names = f"{papers.request.name}、{papers.registration.name}"
        self.finish.tell("ok", f"已生成：{names}。登记表请打印盖章。")
        self.finish.show_paper(papers.registration)

    def _refuse_papers(self, error: Exception) -> None:
        if isinstance(error, Problem):
            self.finish.tell(notice_of(error).kind, str(error))
        else:
            self.finish.tell("error", "没有生成。")
            self._problems.show(error)

    def _finish(self) -> None:
        assert self._founded is not None
        self._set_busy(True)
        self.finished.emit(self._founded.office)

    def _go_on(self) -> None:
        order = self.order
        self._go(order[order.index(self.name) + 1])

    def _back(self) -> None:
        order = self.order
        self._go(order[order.index(self.name) - 1])

    def _go(self, name: str) -> None:
        self.name = name
        step = self.steps[name]
        if name == "unit":
            self.unit.show_role(self.role.role, self._enable.station if self._enable else "")
        if name == "operator":
            self.operator.show_root(self.role.role == "city")
            self.operator.show_agreement(bool(os.environ.get(VARIABLE)))
        order = self.order
        self.card.title.setText(step.title)
        self.card.note.setText(f"第{order.index(name) + 1}步，共{len(order)}步；按 F1 看说明")
        self.message.clear()
        self.stack.setCurrentWidget(step)
        self._show_actions()
        step.first.setFocus()
        self.moved.emit(name)

    def _await(self, operation: Operation, words: str) -> None:
        self._set_busy(True)
        self.message.say("info", words)
        self._running = operation if operation.long else None
        self._show_actions()
        operation.done.connect(lambda _: self._rest())
        operation.failed.connect(self._refuse)
        operation.cancelled.connect(self._stopped)

    def _stopped(self) -> None:
        self._rest()
        self.message.say("info", "已停止，什么都没有建立。")
        self.steps[self.name].first.setFocus()

    def _rest(self) -> None:
        self._set_busy(False)
        self.message.clear()

    def _refuse(self, error: Exception) -> None:
        self._set_busy(False)
        self.message.clear()
        if isinstance(error, Problem):
            self.message.say(notice_of(error).kind, str(error))
        else:
            self._problems.show(error)
        wrong_code = isinstance(error, Problem) and error.code == "ENABLE_CODE"
        if wrong_code and self.name == "enable":
            self.enable.code.setFocus()
            self.enable.code.selectAll()
        else:
            self.steps[self.name].first.setFocus()

    def _ask_for(self, field: QWidget, words: str) -> None:
        """Go to a field still empty; when one is there already, or it is to tick, ask for it."""
        if field.hasFocus() or isinstance(field, QCheckBox):
            self.message.say("error", words)
        field.setFocus()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        if not busy:
            self._running = None
        self.stack.setEnabled(not busy)
        self.progress.setVisible(busy)
        self._show_actions()

    def _show_actions(self) -> None:
        order = self.order
        done = self._founded is not None
        last = _LAST.get(self.name, "打开系统")
        self.next_action.setText(last if self.name == order[-1] else NEXT.words)
        self.stop_action.setVisible(self._running is not None)
        self.stop_action.setEnabled(self._running is not None)
        self.next_action.setEnabled(self.steps[self.name].ready and not self._busy)
        self.back_action.setVisible(not done and self.name != order[0])
        self.back_action.setEnabled(not self._busy)
        self.quit_action.setVisible(not done)
        self.quit_action.setEnabled(not self._busy)
