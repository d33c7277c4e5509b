"""What the desktop is given by the rest of the program, and what an opened office is to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.ui.page_context import PageContext
from app.ui.problems import Keep, Problems
from app.ui.shell.page import Who
from app.ui.shell.window import Window
from app.ui.start.people import Person
from app.ui.worker import Job, Worker

if TYPE_CHECKING:
    from app.services.office.office import Office
    from app.ui.shell.shell import Shell
    from app.ui.start.rescue import RescuePage
    from app.ui.start.wizard.wizard import Wizard


@dataclass(frozen=True)
class Opened:
    """An office with the passphrase given, and the words for its frame."""

    office: Office
    who: Who
    role: str
    demo: bool = False


@dataclass(frozen=True)
class Wiring:
    """What the desktop needs from the rest of the program; the first five run beside it.

    `people` lists who can open the data, `warm_up` loads what `open` will need of the
    services, and `pages` are the modules of the window that are loaded here after it,
    `open(operator id, passphrase)` opens it, `recover(operator id, recovery code, new
    passphrase)` when the passphrase is forgotten; `welcome(office)` says whose it is after
    the first start. `frame` makes the shell with the pages of an office in it. `place` says
    where the data is, in words; `is_new`
    says whether the data folder is still to be set up, `wizard` makes the pages for that;
    `lacks` whether a part of it is gone, `rescue` makes the page for that.
    `advice(office, passphrase)` says what to put right about the passphrase given.
    `backup_due(office)` says where to back up to before closing, if anywhere, and `back_up`
    does it. `move_to(folder)` is what joins the window to another data folder (演示), and
    `open_demo` opens that without asking; `newer` says which version of the program lies beside
    data that a newer one has changed, and `install_newer` installs it; `hold` is kept as long as
    the folder is open, and `greeting` said where one is asked who is at work; `hear_calls` lets a
    second start there bring the window forward.
    """

    people: Callable[[], Sequence[Person]]
    warm_up: Callable[[], object]
    pages: Sequence[str]
    open: Callable[[str, str], Opened]
    recover: Callable[[str, str, str], Opened]
    welcome: Callable[[Office], Opened]
    frame: Callable[[PageContext, Who], Shell]
    keep: Keep
    place: Callable[[], str]
    is_new: Callable[[], bool]
    wizard: Callable[[Worker, Problems], Wizard]
    lacks: Callable[[], bool]
    rescue: Callable[[Worker, Problems], RescuePage]
    advice: Callable[[Office, str], Sequence[str]]
    backup_due: Callable[[Office], Path | None]
    back_up: Job
    move_to: Callable[[Path], Wiring]
    open_demo: Callable[[], Opened]
    newer: Callable[[], str]
    install_newer: Callable[[], str]
    hold: object = None
    greeting: str = ""
    hear_calls: Callable[[Window], object] = lambda window: None
