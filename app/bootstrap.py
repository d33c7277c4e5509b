"""The only place that wires the program together: folders, the office, the window.

The window is painted before anything but Qt is loaded; that is why imports
stand inside the functions here.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app import opening
from app.domain.kernel.errors import EnvironmentProblem
from app.exchange.files import words_for

if TYPE_CHECKING:
    from app.domain.kernel.progress import Cancel, Progress
    from app.services.office.folder_lock import FolderLock
    from app.services.office.office import Office
    from app.ui.desktop import Desktop
    from app.ui.given_files import GivenFiles
    from app.ui.page_context import PageContext
    from app.ui.problems import Problems
    from app.ui.shell.page import Who
    from app.ui.shell.shell import Shell
    from app.ui.shell.window import Window
    from app.ui.start.rescue import RescuePage
    from app.ui.start.wizard.wizard import Wizard
    from app.ui.wiring import Opened, Wiring
    from app.ui.worker import Worker

PAGES = (
    "app.ui.forms.record_form",
    "app.ui.pages.home.page",
    "app.ui.importing.import_panel",
    "app.ui.printing.print_panel",
    "app.ui.pages.records.page",
    "app.ui.pages.visits.sheet_view",
    "app.ui.pages.submit.page",
    "app.ui.pages.inbox.page",
    "app.ui.pages.statistics.page",
    "app.ui.pages.settings.page",
    "app.ui.pages.places",
    "app.ui.shell.shell",
    "app.ui.nav_status",
    "app.ui.searching.finder",
    "app.ui.searching.upkeep",
    "app.ui.dropping",
    "app.ui.looking_ahead",
)
"""What the frame is made of, in pieces that load in a moment each, each without the later ones."""

SHARED = Path("/var/lib/zoufang")
"""What all accounts in the group of that name share on Linux; the package makes it."""


def data_folder(given: Path | None) -> Path:
    """Where the data lies: as given, `ZOUFANG_DATA`, or one folder for the whole computer."""
    if given is not None:
        return given
    if named := os.environ.get("ZOUFANG_DATA"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", "C:/ProgramData")) / "zoufang" / "data"
    return SHARED / "data" if os.access(SHARED, os.W_OK) else _own_data()


def is_shut_out(folder: Path, shared: Path = SHARED) -> bool:
    """Whether an account would begin data of its own beside those that it may not use yet."""
    if folder != _own_data() or folder.exists():
        return False
    return shared.is_dir() and not os.access(shared, os.W_OK)


def _own_data() -> Path:
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    return home / "zoufang" / "data"


def run_desktop(data: Path | None = None, files: Sequence[Path] = ()) -> int:
    """Open the window on a data folder; returns the exit status when it is closed.

    A folder in use by the same account's window brings that forward; any other use says whose.
    `files` are handed to the place where they belong as soon as the data is open.
    """
    from app.services.office.folder import tidy
    from app.services.office.folder_lock import FolderLock
    from app.ui.application import ask_for_own_data, make_application, say_and_end
    from app.ui.desktop import Desktop
    from app.ui.given_files import GivenFiles

    folder = data_folder(data)
    application = make_application(sys.argv, os.environ)
    if is_shut_out(folder) and not ask_for_own_data(getpass.getuser()):
        return 3
    try:
        with words_for(folder):
            folder.mkdir(parents=True, exist_ok=True)
        lock = FolderLock(folder)
        if not lock.take_patiently():
            return _second_start(folder, lock, files)
        tidy(folder)
    except EnvironmentProblem as problem:
        return say_and_end(problem)
    try:
        given = GivenFiles(application)
        wiring = wiring_for(folder, given)
        desktop = Desktop(folder, wiring, application)
        desktop.painted.connect(partial(_after_paint, desktop, wiring))
        desktop.painted.connect(partial(_tell_of_given, desktop, given))
        desktop.opened.connect(given.came)
        given.put(files)
        sys.excepthook = desktop.problems.hook
        return desktop.run()
    finally:
        sys.excepthook = sys.__excepthook__
        lock.leave()


def wiring_for(folder: Path, given: GivenFiles | None = None) -> Wiring:
    """What joins the window to the rest of the program; `given` holds files opened with it."""
    from app.cli.frame.kept_bugs import keep
    from app.services.office.program_versions import words_of_fall
    from app.ui.wiring import Wiring

    return Wiring(
        people=partial(opening.people_in, folder),
        warm_up=_warm_up,
        pages=PAGES,
        open=partial(opening.open_office_at, folder),
        recover=partial(opening.recover_office_at, folder),
        welcome=opening.opened,
        frame=partial(_frame, given),
        keep=keep,
        place=partial(_place, folder),
        is_new=partial(is_new, folder),
        hear_calls=partial(_hear_calls, folder, given),
        wizard=partial(_wizard, folder),
        lacks=partial(_lacks, folder),
        rescue=partial(_rescue, folder),
        advice=_advice,
        backup_due=_backup_due,
        back_up=_back_up,
        move_to=partial(_move_to, given),
        open_demo=partial(_open_demo, folder),
        newer=partial(_newer, folder),
        install_newer=partial(_install_newer, folder),
        greeting=words_of_fall(),
    )


def is_new(folder: Path) -> bool:
    """Whether nobody's data lies here, not even in part; asked before anything is loaded."""
    from app.services.office.folder import Folder

    return Folder(folder).is_new


def _place(folder: Path) -> str:
    """Where the data is, in words; nothing is loaded for it."""
    from app.services.office.folder import Folder
    from database.store.server_note import server_of

    server = server_of(Folder(folder).store)
    return f"数据在服务器“{server.words}”上" if server else "数据在这台电脑上，已加密"


def _lacks(folder: Path) -> bool:
    """Whether a part of the data is gone; while a restore is to be finished, that comes first."""
    from app.services.office.folder import NOTE, Folder

    return not (folder / NOTE).exists() and bool(Folder(folder).missing)


def _rescue(folder: Path, worker: Worker, problems: Problems) -> RescuePage:
    from app.ui.start.rescue import RescuePage

    return RescuePage(folder, worker, problems)


def _wizard(folder: Path, worker: Worker, problems: Problems) -> Wizard:
    from app.ui.start.wizard.wizard import Wizard

    return Wizard(folder, worker, problems, demo=partial(_make_demo, folder))


def _make_demo(folder: Path, role: str, progress: Progress, cancel: Cancel) -> Path:
    from app.services.starting.demonstration import make

    return make(folder, role, progress, cancel)


def _move_to(given: GivenFiles | None, folder: Path) -> Wiring:
    """What joins the window to a folder of the demonstration, which is ours from now on.

    Raises `EnvironmentProblem` IN_USE, FILE_GONE, NO_LOCKS.
    """
    from app.services.office.folder_lock import FolderLock
    from app.services.starting.demonstration import passphrase

    lock = FolderLock(folder)
    if not lock.take_patiently():
        raise lock.holder()
    greeting = f"演示数据，口令都是 {passphrase()}"
    return replace(wiring_for(folder, given), hold=lock, greeting=greeting)


def _hear_calls(folder: Path, given: GivenFiles | None, window: Window) -> None:
    """A second start on this folder brings the window forward and hands over its files."""
    from app.ui.shell.bring_forward import BringForward

    calls = BringForward(folder, window)
    calls.called.connect(window.come_forward)
    if given is not None:
        calls.brought.connect(given.put)


def _open_demo(folder: Path) -> Opened:
    from app.services.starting.demonstration import passphrase

    (first, *_) = opening.people_in(folder)
    return opening.open_office_at(folder, first.id, passphrase())


def _advice(office: Office, passphrase: str) -> Sequence[str]:
    from app.services.starting.passphrase_advice import advice

    return advice(office, passphrase)


def _newer(folder: Path) -> str:
    """The sound version beside the data that somebody else here updated to, if there is one."""
    from app.domain.kernel.errors import Problem
    from app.services.updating import looking, office_updates

    ready = office_updates.ready(folder)
    try:
        return looking.look(ready, looking.kept_signers()).header.version if ready else ""
    except Problem:
        return ""


def _install_newer(folder: Path) -> str:
    from app.services.updating import installing, looking, office_updates

    ready = office_updates.ready(folder)
    assert ready is not None
    return installing.install(ready, looking.kept_signers()).header.version


def _backup_due(office: Office) -> Path | None:
    from app.services.backup.backup_schedule import due_place

    return due_place(office)


def _back_up(office: Office, progress: Progress, cancel: Cancel) -> object:
    from app.services.backup.backup_schedule import back_up_now

    return back_up_now(office, progress=progress, cancel=cancel)


def _second_start(folder: Path, lock: FolderLock, files: Sequence[Path]) -> int:
    from app.ui.application import say_and_end
    from app.ui.shell.bring_forward import call_forward

    return 0 if call_forward(folder, files) else say_and_end(lock.holder())


def _after_paint(desktop: Desktop, wiring: Wiring) -> None:
    """What the first look at the window need not wait for."""
    from app.services.office import faults, program_versions, run_mark
    from app.ui.application import speak_chinese

    program_versions.painted()
    speak_chinese(desktop)
    wiring.hear_calls(desktop.window)
    if run_mark.unended():
        desktop.problems.tell_of_last_time(faults.log_file())


def _tell_of_given(desktop: Desktop, given: GivenFiles) -> None:
    """Before the data is open its files wait, and the first page says so."""
    from app.ui.problems import Notice

    if given.names:
        what, remedy = f"要打开的文件：{given.names}。", "打开数据以后就到它该去的地方。"
        desktop.problems.noticed.emit(Notice("info", what, remedy=remedy))


def _warm_up() -> None:
    """Load the services before they are asked for; none of them knows Qt."""
    from importlib import import_module
    from pkgutil import walk_packages

    import app.services

    for found in walk_packages(app.services.__path__, "app.services."):
        import_module(found.name)


def _read_again(desk: PageContext) -> None:
    """What a program of before set aside is read beside the work; what fails is tried once more."""
    from app.domain.kernel.errors import Problem
    from app.services.receiving import read_again

    def failed(error: Exception) -> None:
        if not isinstance(error, Problem):
            desk.problems.show(error)

    reading = desk.worker.write(partial(read_again.catch_up, desk.office), long=True)
    reading.failed.connect(failed)


def _frame(given: GivenFiles | None, desk: PageContext, who: Who) -> Shell:
    from app.services.office import program_versions
    from app.ui.dropping import Dropping
    from app.ui.looking_ahead import LookingAhead
    from app.ui.nav_status import NavStatus
    from app.ui.pages.places import sections
    from app.ui.searching.finder import Finder
    from app.ui.searching.upkeep import SearchUpkeep
    from app.ui.shell.shell import Shell

    shell = Shell(sections(desk), who, desk.memory)
    NavStatus(desk, shell)
    Finder(desk.office, desk.worker, shell)
    SearchUpkeep(desk.office, desk.worker, shell).look()
    LookingAhead(desk.office, desk.worker, shell).look()
    _read_again(desk)
    Dropping(desk, shell, given)
    program_versions.proved()
    return shell
