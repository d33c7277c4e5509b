"""From the first paint to the last save: unlock, the pages, another operator, the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.domain.changes import Changes
from app.domain.errors import Problem
from app.ui.desk import Desk
from app.ui.memory import Memory
from app.ui.problems import Keep, Notice, Problems
from app.ui.shell.page import Who
from app.ui.shell.window import Window
from app.ui.start.people import Person, remember, remembered
from app.ui.start.unlock import UnlockPage
from app.ui.worker import Worker

if TYPE_CHECKING:
    from app.services.office import Office
    from app.services.setting_up import Founded
    from app.ui.shell.shell import Shell
    from app.ui.start.wizard.wizard import Wizard

_OFFICE = "office/name"
_LAST = "operator/last"
_COUNT = "operator/count"


@dataclass(frozen=True)
class Opened:
    """An office with the passphrase given, and the words for its frame."""

    office: Office
    who: Who
    role: str


@dataclass(frozen=True)
class Wiring:
    """What the desktop needs from the rest of the program; the first five run beside it.

    `people` lists who can open the data, `warm_up` loads what `open` will need,
    `open(operator id, passphrase)` opens it, `recover(operator id, recovery code, new
    passphrase)` when the passphrase is forgotten; `welcome(office)` says whose it is after
    the first start. `frame` makes the shell with the pages of an office in it. `is_new`
    says whether the data folder is still to be set up, `wizard` makes the pages for that.
    """

    people: Callable[[], Sequence[Person]]
    warm_up: Callable[[], object]
    open: Callable[[str, str], Opened]
    recover: Callable[[str, str, str], Opened]
    welcome: Callable[[Office], Opened]
    frame: Callable[[Desk, Who], Shell]
    keep: Keep
    is_new: Callable[[], bool]
    wizard: Callable[[Worker, Problems], Wizard]


class Desktop(QObject):
    """Drives the one window; `close` ends what was begun.

    Its signals say how far it is: `painted` (the window can be seen), `listed` (the
    operators too), `refused` (not opened, and why is said), `opened` (the pages are there).
    """

    painted = Signal()
    listed = Signal()
    refused = Signal()
    opened = Signal()

    def __init__(self, folder: Path, wiring: Wiring, application: QApplication) -> None:
        super().__init__(application)
        self._wiring = wiring
        self._application = application
        self.memory = Memory(folder)
        self.worker = Worker(self)
        self.window = Window(self.memory)
        self.problems = Problems(wiring.keep, self.window)
        self.unlock: UnlockPage | None = None
        self.wizard: Wizard | None = None
        self.shell: Shell | None = None
        self._office: Office | None = None
        self.worker.failed.connect(self.problems.show)
        self.worker.changed.connect(self._changed)
        self.problems.noticed.connect(self._notice)

    def run(self) -> int:
        """Stay until the window is closed; returns the exit status."""
        self.start()
        status = self._application.exec()
        self.close()
        return status

    def start(self) -> None:
        """Show the window; the rest begins when it is painted."""
        first = self._found() if self._wiring.is_new() else self._ask_who()
        first.painted.connect(self.painted)
        self.window.show()

    def close(self) -> None:
        """Save what is being saved, then close the data."""
        self._close_office()
        self.worker.close()
        self.memory.write()

    def _ask_who(self) -> UnlockPage:
        page = UnlockPage(self.memory.text(_OFFICE), int(self.memory.text(_COUNT, "1")))
        page.asked.connect(lambda *given: self._begin(partial(self._wiring.open, *given)))
        page.recovery_asked.connect(
            lambda *given: self._begin(partial(self._wiring.recover, *given))
        )
        page.quit_asked.connect(self.window.close)
        page.painted.connect(self._load)
        self.unlock = page
        self.window.show_content(page)
        page.setFocus()
        return page

    def _found(self) -> Wizard:
        """初次使用: the data folder is empty."""
        page = self._wiring.wizard(self.worker, self.problems)
        page.founded.connect(self._hold)
        page.finished.connect(self._welcome)
        page.quit_asked.connect(self.window.close)
        self.wizard = page
        self.window.show_content(page)
        return page

    def _hold(self, founded: Founded) -> None:
        self._office = founded.office

    def _welcome(self, office: Office) -> None:
        self.worker.write(self._wiring.warm_up)
        self.worker.write(partial(self._wiring.welcome, office)).done.connect(self._show_office)

    def _load(self) -> None:
        """One thread loads everything, in one order, behind the page that is already there."""
        found = self.worker.write(self._wiring.people)
        found.done.connect(self._show_people)
        found.failed.connect(self._refuse)
        self.worker.write(self._wiring.warm_up)

    def _show_people(self, people: Sequence[Person]) -> None:
        if self.unlock is not None:
            known = [remembered(self.memory, person) for person in people]
            self.unlock.set_people(known, self.memory.text(_LAST))
            self.memory.keep(_COUNT, str(len(people)))
            self.listed.emit()

    def _begin(self, open_office: Callable[[], Opened]) -> None:
        opening = self.worker.write(open_office)
        opening.done.connect(self._show_office)
        opening.failed.connect(self._refuse)

    def _refuse(self, error: Exception) -> None:
        if self.unlock is None or not isinstance(error, Problem):
            self.problems.show(error)
        if self.unlock is not None:
            self.unlock.refuse(error if isinstance(error, Problem) else None)
        self.refused.emit()

    def _show_office(self, opened: Opened) -> None:
        self._office = opened.office
        self.memory.keep(_OFFICE, f"{opened.who.office}　{opened.role}")
        self.memory.keep(_LAST, opened.office.operator)
        remember(self.memory, opened.office.operator, opened.who.duty)
        desk = Desk(
            opened.office,
            self.worker,
            self.problems,
            self.memory,
            self._go,
            self._set_badge,
            self._open,
            self._start,
        )
        shell = self._wiring.frame(desk, opened.who)
        shell.switch_asked.connect(self._switch)
        self.unlock, self.wizard, self.shell = None, None, shell
        self.window.show_content(shell, shell.can_close)
        shell.start()
        self.opened.emit()

    def _switch(self) -> None:
        """切换经办人: the data is closed behind what is still written, and asked for again."""
        if self.shell is not None and self.shell.can_close():
            self.shell = None
            self._close_office()
            self._ask_who()

    def _close_office(self) -> None:
        if self._office is not None:
            self.worker.write(self._office.close)
            self._office = None

    def _go(self, name: str) -> bool:
        return self.shell is not None and self.shell.go(name)

    def _open(self, type_name: str, record: str) -> bool:
        return self.shell is not None and self.shell.open(type_name, record)

    def _start(self, type_name: str, body: Mapping[str, Any]) -> bool:
        return self.shell is not None and self.shell.begin(type_name, body)

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
