"""先看演示: the one door to the package `demo`, which nothing else of the product imports."""

from __future__ import annotations

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


def make(data: Path, role: str, progress: Progress, cancel: Cancel) -> Path:
    """The office that shows a role, beside a data folder; raises as `demo.showing.make`."""
    from demo.showing import make as made  # noqa: PLC0415  (large, and seldom wanted)

    return made(data, role, progress, cancel)


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
