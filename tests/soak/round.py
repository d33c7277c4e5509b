"""One round: the program in this process, from its start to its end.

`round.py demo|merge SEED SECONDS PACKAGE --data DIR`. The pages are hurried through: each
is opened and left while what it asked for is still being read. Longer than so many seconds
is a hang: where every thread stands is written, and the process ended.
"""

from __future__ import annotations

import faulthandler
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from app.__main__ import main
from app.services.receiving import take_package
from app.ui.desktop import Desktop
from app.ui.parts.tabs import Tabs
from app.ui.shell.shell import Shell
from app.ui.start.wizard.wizard import Wizard
from demo.showing import PASSPHRASE as DEMO
from tests.services.offices import PASSPHRASE

Until = Callable[[], object]
Play = Iterator[Until]
"""Something to do, then what to wait for, and so on."""

_EVERY = 3
"""Milliseconds between two looks whether it is time to go on."""


@dataclass
class Clerk:
    """Somebody in a great hurry; how great differs with the seed."""

    desktop: Desktop
    chance: Random
    package: Path

    def demo(self) -> Play:
        """Wizard → 先看演示 → the window moves to the demonstration."""
        yield lambda: self.desktop.wizard is not None and self.desktop.window.isVisible()
        wizard = self.desktop.wizard
        assert isinstance(wizard, Wizard)
        wizard.role.choose("demo")
        QTest.keyClick(wizard.window(), Qt.Key.Key_Return)
        yield lambda: wizard.name == "demo"
        wizard.demo.choose(self.chance.choice(("county", "city", "township")))
        QTest.keyClick(wizard.window(), Qt.Key.Key_Return)
        yield lambda: self.desktop.shell is not None
        yield from self.hurry()
        yield from self.switch(DEMO)
        yield from self.hurry()
        self.desktop.window.close()

    def merge(self) -> Play:
        """Unlock, and go about while a package is merged; the window is closed meanwhile."""
        yield from self.unlock(PASSPHRASE)
        office = self.desktop._office
        assert office is not None
        merging = partial(take_package.receive, office, self.package)
        self.desktop.worker.write(merging, long=True)
        yield from self.hurry()
        yield from self.switch(PASSPHRASE)
        yield from self.hurry()
        self.desktop.window.close()

    def switch(self, passphrase: str) -> Play:
        """切换经办人 while the pages read."""
        self.shell.switch_asked.emit()
        yield from self.unlock(passphrase)

    def unlock(self, passphrase: str) -> Play:
        yield self._someone_is_chosen
        page = self.desktop.unlock
        assert page is not None
        page.passphrase.setText(passphrase)
        QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
        yield lambda: self.desktop.shell is not None

    def hurry(self) -> Play:
        """Every place and every view in it, once; left at once, soon, or when all is read."""
        places = list(self.shell._places)
        self.chance.shuffle(places)
        for place in places:
            self.shell.go(place)
            yield self._soon()
            for tabs in self.shell.page.findChildren(Tabs):
                for name in list(tabs._words):
                    if tabs.isVisible():
                        tabs.go(name)
                        yield self._soon()
        self.shell.go(self.chance.choice(places))
        yield self._soon()

    @property
    def shell(self) -> Shell:
        assert self.desktop.shell is not None
        return self.desktop.shell

    def _soon(self) -> Until:
        """At once, after some looks, or now and then when nothing is read any more."""
        if self.chance.random() < 0.1:
            return lambda: not self.desktop.worker._under_way
        looks = iter(range(self.chance.choice((0, 0, 1, 2, 5, 15))))
        return lambda: next(looks, None) is None

    def _someone_is_chosen(self) -> object:
        page = self.desktop.unlock
        return page is not None and page.isVisible() and page.people.chosen


class Player(QObject):
    """Plays to the end beside the program; says what the program says of faults meanwhile."""

    def __init__(self, play: Play, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._play, self._desktop = play, desktop
        self._until: Until = lambda: True
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_EVERY)

    def _look(self) -> None:
        self._read_dialogs()
        if not self._until():
            return
        following = next(self._play, None)
        if following is None:
            self._timer.stop()
        else:
            self._until = following

    def _read_dialogs(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            words = "".join(label.text() for label in dialog.findChildren(QLabel))
            sys.stderr.write(f"dialog: {words}\n")
            dialog.reject()


def _run(kind: str, seed: str, seconds: str, package: str) -> int:
    faulthandler.dump_traceback_later(float(seconds), exit=True)
    start = Desktop.start

    def started(desktop: Desktop) -> None:
        clerk = Clerk(desktop, Random(seed), Path(package))
        Player({"demo": clerk.demo, "merge": clerk.merge}[kind](), desktop)
        start(desktop)

    Desktop.start = started  # type: ignore[method-assign, assignment]
    return main()


if __name__ == "__main__":
    given = [sys.argv.pop(1) for _ in range(4)]
    sys.exit(_run(*given))
