"""The folder a demonstration is played in, its calendar, and the offices that play."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.services.office import folder_lock
from app.services.office.office import Office
from demo.places import Place
from demo.tables import day

Say = Callable[[str], None]

MARKER = "zoufang-demo.txt"
"""Tells a folder made here from any other; only such a folder is ever replaced."""

_MARKED = "这个文件夹由 zoufang demo 生成，里面的人和事都是虚构的；再次运行时会整个重做。\n"
ZONE = dt.timezone(dt.timedelta(hours=8))


class Calendar:
    """The clock of the story: it stands where it was set, and moves a second at each look."""

    def __init__(self) -> None:
        self._now = dt.datetime(2011, 7, 5, 9, tzinfo=ZONE)

    def __call__(self) -> dt.datetime:
        """The time now, and a second later next time."""
        self._now += dt.timedelta(seconds=1)
        return self._now

    def turn(self, month_day: str, hour: int = 9) -> dt.date:
        """Set the day (`month-day` of the story's year) and the hour; returns the day."""
        date = day(month_day)
        self._now = dt.datetime.combine(date, dt.time(hour), ZONE)
        return date


@dataclass
class Stage:
    """Everything the steps share.

    `offices` are open while the story is played; `records` finds the id of what the
    story gave a name to; `packages` are kept copies of all that was sealed.
    """

    root: Path
    say: Say
    passphrase: str
    calendar: Calendar = field(default_factory=Calendar)
    offices: dict[Place, Office] = field(default_factory=dict)
    records: dict[tuple[Place, str], str] = field(default_factory=dict)
    slips: list[Path] = field(default_factory=list)
    forms: list[Path] = field(default_factory=list)
    holds: ExitStack = field(default_factory=ExitStack)

    def hold(self, folder: Path) -> None:
        """Let nobody open an office while the story is played in it."""
        folder.mkdir()
        self.holds.enter_context(folder_lock.writing(folder, "demo"))

    def stick(self, name: str) -> Path:
        """A new folder for what is carried from one office to another."""
        folder = self.root / "sticks" / name
        folder.mkdir(parents=True)
        return folder

    def place_for(self, folder: str, name: str) -> Path:
        """Where to print a paper of this name."""
        out = self.root / folder / name
        out.parent.mkdir(exist_ok=True)
        return out


@contextmanager
def staged(folder: Path, say: Say, passphrase: str) -> Iterator[Stage]:
    """Clear the folder, if it is ours or empty, and close all offices in the end.

    Raises `UserError` FOLDER_IN_USE where something else lies in it, `EnvironmentProblem`
    IN_USE where an office of the earlier demonstration is open.
    """
    stage = Stage(_cleared(folder.resolve()), say, passphrase)
    try:
        yield stage
    finally:
        for office in stage.offices.values():
            office.close()
        stage.holds.close()


def _cleared(root: Path) -> Path:
    if root.exists() and not root.is_dir():
        raise UserError("FOLDER_IN_USE", f"“{root}”不是文件夹。", remedy="请换一个空的文件夹。")
    if root.exists() and any(root.iterdir()):
        if not (root / MARKER).is_file():
            raise UserError(
                "FOLDER_IN_USE",
                f"“{root}”里已经有别的内容。",
                why="演示只会重做自己生成的文件夹。",
                remedy="请换一个空的文件夹。",
            )
        with _alone_in(root):
            _empty(root)
    root.mkdir(parents=True, exist_ok=True)
    (root / MARKER).write_text(_MARKED, encoding="utf-8")
    return root


def remove(root: Path) -> None:
    """Remove a demonstration for good, unless somebody is in it; nothing else is touched."""
    if (root / MARKER).is_file():
        with suppress(EnvironmentProblem, OSError):
            with _alone_in(root), suppress(OSError):
                # Windows keeps what is held: the locks go last.
                _empty(root)
            shutil.rmtree(root, ignore_errors=True)


@contextmanager
def _alone_in(root: Path) -> Iterator[None]:
    """Hold all its offices: a window may be open on one of them."""
    with ExitStack() as held:
        for keyring in root.glob("*/keyring.json"):
            held.enter_context(folder_lock.replacing(keyring.parent, "demo"))
        yield


def _empty(root: Path) -> None:
    """Remove what a folder holds, the marker last, so that a half-removed one is still ours."""
    for path in sorted(root.iterdir(), key=lambda path: path.name == MARKER):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
