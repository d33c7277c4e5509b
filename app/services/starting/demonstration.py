"""先看演示: the one door to the package `demo`, which nothing else of the product imports."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.kernel.progress import Cancel, Progress
from app.services.office.office import Office

if TYPE_CHECKING:
    from demo import DemoResult


def play(folder: Path, tell: Callable[[str], None]) -> DemoResult:
    """Play the whole campaign in a folder and reconcile it; raises as `demo.run`."""
    from demo import run  # noqa: PLC0415  (large, and seldom wanted)

    return run(folder, tell)


def place_for(data: Path) -> Path:
    """Where the demonstration of a data folder lies: beside it, or where the account may write."""
    data = data.absolute()
    beside = data.with_name(f"{data.name}-demo")
    return beside if _may_write(beside) else _own() / "zoufang" / "demo"


def _may_write(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _own() -> Path:
    """Where this account keeps what programs write."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")


def throw_away(data: Path) -> None:
    """Remove the demonstration of a data folder, whose own data are there now.

    One that a window is open on stays; anything else that is called so is left alone.
    """
    root = place_for(data)
    if root.is_dir():
        from demo.stage import remove  # noqa: PLC0415  (large, and seldom wanted)

        remove(root)


def make(data: Path, role: str, progress: Progress, cancel: Cancel) -> Path:
    """The office that shows a role, at `place_for(data)`; raises as `demo.showing.make`."""
    from demo.showing import make as made  # noqa: PLC0415  (large, and seldom wanted)

    return made(place_for(data), role, progress, cancel)


def passphrase() -> str:
    """What opens every office of the demonstration."""
    from demo import PASSPHRASE  # noqa: PLC0415  (large, and seldom wanted)

    return PASSPHRASE


def on_its_day(office: Office) -> Office:
    """An office of the demonstration with the clock of its story; any other as it is.

    What it is stands in the store's identity: real data that lies beside a demonstration,
    or in its folder, keeps the computer's time.
    """
    if not office.identity.demo:
        return office
    from demo.showing import present  # noqa: PLC0415  (large, and seldom wanted)

    return replace(office, clock=present)
