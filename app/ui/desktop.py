"""The desktop as a whole: unlocking, the pages, another operator, closing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import Problem
from app.ui.closing_backup import ClosingBackup
from app.ui.page_context import PageContext
from app.ui.problems import Notice, Problems, notice_of
from app.ui.shell.window import TITLE, Window
from app.ui.start.people import Person, remember, remembered
from app.ui.start.unlock import UnlockPage
from app.ui.start.working import WorkingPage
from app.ui.ui_memory import UiMemory
from app.ui.warming import Warming
from app.ui.wiring import Opened, Wiring
from app.ui.worker import Job, Worker

if TYPE_CHECKING:
    from app.services.lists.chips import Chip
    from app.services.office.office import Office
    from app.services.starting.setting_up import Founded
    from app.ui.others import Others
    from app.ui.shell.shell import Shell
    from app.ui.start.rescue import RescuePage
    from app.ui.start.wizard.wizard import Wizard

_AGAIN = 3000
"""Milliseconds until a server that could not be reached is asked again."""

_OFFICE = "office/name"
_LAST = "operator/last"
_COUNT = "operator/count"
_DEMO = Notice(
    "info",
    "这是演示数据，人和事都是虚构的，可以随便改。",
    remedy="看完退出；再打开就可以建立自己的数据。",
)


class Desktop(QObject):
    """Drives the one window; `close` ends what was begun.

    Its signals say how far it is: `painted` (the window can be seen), `listed` (the
    operators too), `refused` (not opened, and why is said), `opened` (the pages are there),
    `advised` (what to put right about the passphrase is said).
    """

    painted = Signal()
    listed = Signal()
    refused = Signal()
    opened = Signal()
    advised = Signal()

    def __init__(self, folder: Path, wiring: Wiring, application: QApplication) -> None:
        super().__init__(application)
        self._wiring = wiring
        self._application = application
        self.memory = UiMemory(folder)
        self.worker = Worker(self)
        self.warming = Warming(wiring.pages, self)
        self.window = Window(self.memory)
        self.problems = Problems(wiring.keep, self.window)
        self.window.paper_desk = self
        self.unlock: UnlockPage | None = None
        self.wizard: Wizard | None = None
        self.rescue: RescuePage | None = None
        self.shell: Shell | None = None
        self._office: Office | None = None
        self.others: Others | None = None
        self._again = QTimer(self, singleShot=True, interval=_AGAIN)
        self._unreached = False
        self._again.timeout.connect(self._list_people)
        self.parting = ClosingBackup(self.window, self.worker, self.problems)
        self.parting.begun.connect(self._forget_shell)
        self.worker.failed.connect(self.problems.show)
        self.worker.changed.connect(self._changed)
        self.problems.noticed.connect(self._notice)

    def run(self) -> int:
        """Stay until the window is closed; returns the exit status."""
        try:
            self.start()
            return self._application.exec()
        finally:
            self.close()
            # While everything its widgets may ask for still stands.
            delete(self.window)

    def start(self) -> None:
        """Show the window; the rest begins when it is painted."""
        first: UnlockPage | Wizard | RescuePage
        if self._wiring.is_new():
            first = self._found()
        else:
            first = self._rescue() if self._wiring.lacks() else self._ask_who()
        first.painted.connect(self.painted)
        self.window.show()

    def close(self) -> None:
        """Tell the pages nothing more, save what is being saved, then close the data."""
        self.warming.stop()
        self._again.stop()
        self.worker.hush()
        self._close_office()
        self.worker.close()
        self.memory.write()

    def _ask_who(self) -> UnlockPage:
        rows = int(self.memory.text(_COUNT, "1"))
        page = UnlockPage(self.memory.text(_OFFICE), rows, place=self._wiring.place())
        page.asked.connect(
            lambda *given: self._begin(partial(self._wiring.open, *given), given[-1])
        )
        page.recovery_asked.connect(
            lambda *given: self._begin(partial(self._wiring.recover, *given))
        )
        page.quit_asked.connect(self.window.close)
        page.update_asked.connect(self._update)
        page.painted.connect(self._load)
        self.unlock, self.rescue = page, None
        self.window.show_content(page)
        page.setFocus()
        if self._wiring.greeting:
            page.message.say("info", self._wiring.greeting)
        return page

    def _found(self) -> Wizard:
        """初次使用: the data folder is empty."""
        page = self._wiring.wizard(self.worker, self.problems)
        page.founded.connect(self._hold)
        page.finished.connect(self._welcome)
        page.quit_asked.connect(self.window.close)
        page.demo_made.connect(self._open_demo)
        page.restored.connect(self._ask_after_restore)
        page.joined.connect(self._ask_after_joining)
        self.wizard = page
        self.window.show_content(page, page.may_close)
        return page

    def _rescue(self) -> RescuePage:
        """少了文件: a part of the data is gone."""
        page = self._wiring.rescue(self.worker, self.problems)
        page.rescued.connect(partial(self._ask_again, "ok"))
        page.quit_asked.connect(self.window.close)
        self.unlock, self.rescue = None, page
        self.window.show_content(page, page.may_close)
        page.setFocus()
        return page

    def _ask_after_restore(self) -> None:
        self.wizard = None
        self._ask_again("ok", "已恢复。请用口令打开；再报送以前请到设置里换钥匙。")

    def _ask_after_joining(self) -> None:
        self.wizard = None
        self._ask_again("ok", "已加入服务器。请用口令打开。")

    def _open_demo(self, folder: Path) -> None:
        """The window goes over to the folder of the demonstration."""
        try:
            self._wiring = self._wiring.move_to(folder)
            self._wiring.hear_calls(self.window)
        except Problem as problem:
            page = self.wizard
            if page is not None:
                page.refuse(problem)
            return
        self.memory = UiMemory(folder)
        self._warm_up()
        self._begin(self._wiring.open_demo)

    def _hold(self, founded: Founded) -> None:
        self._office = founded.office

    def _welcome(self, office: Office) -> None:
        self._warm_up()
        self.worker.write(partial(self._wiring.welcome, office)).done.connect(self._show_office)

    def _load(self) -> None:
        """One thread loads everything, in one order, behind the page that is already there."""
        self._list_people()
        self._warm_up()

    def _list_people(self) -> None:
        found = self.worker.write(self._wiring.people)
        found.done.connect(self._show_people)
        found.failed.connect(self._refuse_people)

    def _refuse_people(self, error: Exception) -> None:
        """While the server of the data cannot be reached it is asked again and again."""
        self._refuse(error)
        if isinstance(error, Problem) and error.code == "SERVER_GONE":
            self._unreached = True
            self._again.start()

    def _warm_up(self) -> None:
        """The services beside the window, then what knows Qt on this thread."""
        self.worker.write(self._wiring.warm_up).done.connect(self.warming.start)

    def _show_people(self, people: Sequence[Person]) -> None:
        if self.unlock is not None:
            known = [remembered(self.memory, person) for person in people]
            if self._unreached:
                self.unlock.message.clear()
            self._unreached = False
            self.unlock.set_people(known, self.memory.text(_LAST))
            self.memory.keep(_COUNT, str(len(people)))
            self.listed.emit()

    def _begin(self, open_office: Callable[[], Opened], passphrase: str = "") -> None:
        opening = self.worker.write(open_office)
        opening.done.connect(self._show_office)
        if passphrase:
            opening.done.connect(partial(self._advise, passphrase))
        opening.failed.connect(self._refuse)

    def _advise(self, passphrase: str, opened: Opened) -> None:
        """What to put right about the passphrase is said behind the pages, and calmly."""
        judging = self.worker.read(partial(self._wiring.advice, opened.office, passphrase))
        judging.done.connect(partial(self._say_advice, opened.office))

    def _say_advice(self, office: Office, words: Sequence[str]) -> None:
        if words and self._office is office:
            self._notice(Notice("warning", "".join(words)))
        self.advised.emit()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, Problem) and error.code == "DATA_MISSING":
            self._rescue()
            self.refused.emit()
            return
        if self.unlock is None or not isinstance(error, Problem):
            self.problems.show(error)
        if self.unlock is not None:
            self.unlock.refuse(error if isinstance(error, Problem) else None)
            if isinstance(error, Problem) and error.code == "STORE_NEWER":
                self.worker.read(self._wiring.newer).done.connect(self._offer_update)
        self.refused.emit()

    def _offer_update(self, version: str) -> None:
        if version and self.unlock is not None:
            self.unlock.offer_update(version)

    def _update(self) -> None:
        page = self.unlock
        assert page is not None
        page.set_busy(True)
        page.message.say("info", "正在装入新版本…")
        installing = self.worker.write(self._wiring.install_newer)
        installing.done.connect(page.tell_updated)
        installing.failed.connect(self._refuse)

    def _show_office(self, opened: Opened) -> None:
        self._office = opened.office
        self.memory.keep(_OFFICE, f"{opened.who.office}　{opened.role}")
        self.memory.keep(_LAST, opened.office.operator)
        remember(self.memory, opened.office.operator, opened.who.duty)
        desk = PageContext(
            opened.office,
            self.worker,
            self.problems,
            self.memory,
            self._go,
            self._set_badge,
            self._open,
            self._start,
            self._reopen,
            show_list=self._show_list,
            show_view=self._show_view,
        )
        shell = self._wiring.frame(desk, opened.who)
        shell.switch_asked.connect(self._switch)
        shell.help_asked.connect(self.window.open_help)
        self.unlock, self.wizard, self.shell = None, None, shell
        self.window.show_content(shell, self._may_close)
        shell.start()
        if opened.office.store.server:
            # Loads what needs no start: the services, and the driver of the server.
            from app.ui.others import Others  # noqa: PLC0415

            self.others = Others(opened.office, self.worker, self.window)
        self.window.setWindowTitle(f"演示　{TITLE}" if opened.demo else TITLE)
        if opened.office.read_only:
            self.window.setWindowTitle(f"只能看　{TITLE}")
            self._notice(Notice("warning", opened.office.read_only))
        if opened.office.lost:
            self._notice(Notice("error", opened.office.lost.words))
        if opened.demo:
            self._notice(_DEMO)
        self.opened.emit()

    def _switch(self) -> None:
        """切换经办人: the data is closed behind what is still written, and asked for again."""
        if self.shell is not None and self.shell.can_close():
            self._leave_shell()
            self._ask_who()

    def _reopen(self, words: str, job: Job | None) -> bool:
        """Close the data, change it while it is closed, and ask again who is at work."""
        if self.shell is None or not self.shell.can_close():
            return False
        self._leave_shell()
        if job is None:
            self._ask_again("ok", words)
            return True
        page = WorkingPage("正在换下数据", "请不要关电脑。")
        self.window.show_content(page, _not_yet)
        changing = self.worker.write(job, long=True)
        page.watch(changing, "正在恢复", "停止后数据和原来一样。")
        changing.done.connect(lambda _: self._ask_again("ok", words))
        changing.cancelled.connect(lambda: self._ask_again("info", "已停止，数据和原来一样。"))
        changing.failed.connect(self._ask_after_failure)
        return True

    def _ask_again(self, kind: str, words: str) -> None:
        self._ask_who().message.say(kind, words)

    def _ask_after_failure(self, error: Exception) -> None:
        if isinstance(error, Problem):
            self._ask_again(notice_of(error).kind, str(error))
        else:
            self._ask_again("error", "没有恢复，数据和原来一样。")
            self.problems.show(error)

    def _may_close(self) -> bool:
        """Whether the window may close now; with a backup due it closes after that."""
        if self.shell is not None and not self.shell.can_close():
            return False
        office = self._office
        if office is None or self._application.isSavingSession():
            return True
        wiring = self._wiring
        return self.parting.may_leave(
            partial(wiring.backup_due, office), partial(wiring.back_up, office)
        )

    def _forget_shell(self) -> None:
        self.shell = None
        self._end_others()

    def _end_others(self) -> None:
        others, self.others = self.others, None
        if others is not None:
            others.end()

    def _leave_shell(self) -> None:
        """Its pages go; nothing they asked for may come back to them."""
        self.shell = None
        self.worker.hush()
        self._close_office()

    def _close_office(self) -> None:
        self._end_others()
        if self._office is not None:
            self.worker.write(self._office.close)
            self._office = None

    def _go(self, name: str) -> bool:
        return self.shell is not None and self.shell.go(name)

    def _open(self, type_name: str, record: str) -> bool:
        return self.shell is not None and self.shell.open(type_name, record)

    def _start(self, type_name: str, body: Mapping[str, Any]) -> bool:
        return self.shell is not None and self.shell.begin(type_name, body)

    def _show_list(self, type_name: str, chips: Sequence[Chip]) -> bool:
        return self.shell is not None and self.shell.show_list(type_name, chips)

    def _show_view(self, place: str, view: str) -> bool:
        return self.shell is not None and self.shell.show_view(place, view)

    def _set_badge(self, name: str, count: int) -> None:
        if self.shell is not None:
            self.shell.set_badge(name, count)

    def _changed(self, changes: Changes) -> None:
        if self.shell is not None:
            self.shell.changed(changes)

    def _notice(self, notice: Notice) -> None:
        if self.shell is not None:
            self.shell.messages.show_notice(notice)
        elif self.unlock is not None:
            self.unlock.message.say(notice.kind, "".join((notice.what, notice.why, notice.remedy)))
        elif self.wizard is not None:
            self.wizard.message.say(notice.kind, "".join((notice.what, notice.why, notice.remedy)))


def _not_yet() -> bool:
    """The window stays until the data is whole again."""
    return False
