"""One round: the program in this process, from its start to its end.

`round.py demo|merge|key SEED SECONDS PACKAGE PASSPHRASE --data DIR`. The pages are hurried
through: each is opened and left while what it asked for is still being read. Longer than so
many seconds is a hang: where every thread stands is written, and the process ended. With `key`
units are keyed, and every one that the window calls saved is told on standard output.

Nothing but the window is imported here: the rest comes when and where the program loads it.
"""

from __future__ import annotations

import faulthandler
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from app.__main__ import main
from app.ui.desktop import Desktop
from app.ui.parts.tabs import Tabs
from app.ui.shell.shell import Shell
from app.ui.start.wizard.wizard import Wizard

Until = Callable[[], object]
Play = Iterator[Until]
"""Something to do, then what to wait for, and so on."""

_UNITS = 3
"""So many are keyed in a round."""
_EVERY = 3
"""Milliseconds between two looks whether it is time to go on."""
_BEFORE = 5_000
"""Milliseconds before a round counts as hung, when it says what it waits for."""


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(_focus(), key, held)


def compose(text: str) -> None:
    """Type Chinese as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(_focus(), event)


def _focus() -> QWidget:
    here = QApplication.focusWidget()
    assert here is not None
    return here


@dataclass
class Clerk:
    """Somebody in a great hurry; how great differs with the seed."""

    desktop: Desktop
    chance: Random
    package: Path
    passphrase: str

    def demo(self) -> Play:
        """Wizard → 先看演示 → the window moves to the demonstration."""
        yield lambda: self.desktop.wizard is not None and self.desktop.window.isVisible()
        wizard = self.desktop.wizard
        assert isinstance(wizard, Wizard)
        wizard.role.choose("demo")
        wizard.next_action.trigger()
        yield lambda: wizard.name == "demo"
        wizard.demo.choose(self.chance.choice(("county", "city", "township")))
        wizard.next_action.trigger()
        yield lambda: self.desktop.shell is not None
        yield from self.go_about()

    def merge(self) -> Play:
        """Unlock, and go about while a package is merged; the window is closed meanwhile."""
        from app.services.receiving.take_package import receive

        yield from self.unlock()
        office = self.desktop._office
        assert office is not None
        merging = partial(receive, office, self.package)
        self.desktop.worker.write(merging, long=True)
        yield from self.go_about()

    def key(self) -> Play:
        """Unlock, key units without the mouse, and tell each that is saved; then close."""
        yield from self.unlock()
        self.shell.go("enterprises")
        for number in range(_UNITS):
            yield self._all_is_read
            before = self._units()
            press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
            yield self._all_is_read
            compose(f"乐山第{number}{self.chance.randrange(10**6)}厂")
            press(Qt.Key.Key_Return)
            press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
            yield self._all_is_read
            press(Qt.Key.Key_F2)
            compose("纸面没有写")
            press(Qt.Key.Key_Return)
            press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
            yield self._all_is_read
            for saved in self._units() - before:
                sys.stdout.write(f"saved {saved}\n")
                sys.stdout.flush()
        self.desktop.window.close()

    def _units(self) -> set[str]:
        """The names of what stands in the data as a unit."""
        from app.domain.records import Enterprise
        from database.state import states

        office = self.desktop._office
        assert office is not None
        with office.store.read() as connection:
            return {h for (h,) in states.pick(connection, Enterprise, ("h",))}

    def _all_is_read(self) -> bool:
        return not self.desktop.worker._under_way

    def go_about(self) -> Play:
        """Some pages, 切换经办人 while they read, the other pages, and out while they read."""
        places = list(self.shell._places)
        self.chance.shuffle(places)
        some = self.chance.randrange(len(places))
        yield from self.hurry(places[:some])
        self.shell.switch_asked.emit()
        yield from self.unlock()
        yield from self.hurry(places[some:])
        self.desktop.window.close()

    def unlock(self) -> Play:
        """Give the passphrase of whoever is offered."""
        yield self._someone_is_chosen
        page = self.desktop.unlock
        assert page is not None
        page.passphrase.setText(self.passphrase)
        page.open_action.trigger()
        yield lambda: self.desktop.shell is not None

    def hurry(self, places: Sequence[str]) -> Play:
        """These places and every view in them, left at once, soon, or when all is read."""
        for place in places:
            self.shell.go(place)
            yield self._soon()
            for tabs in self.shell.page.findChildren(Tabs):
                for name in list(tabs._words):
                    if tabs.isVisible():
                        tabs.go(name)
                        yield self._soon()

    @property
    def shell(self) -> Shell:
        assert self.desktop.shell is not None
        return self.desktop.shell

    def _soon(self) -> Until:
        """At once, after some looks, or now and then when nothing is read any more."""
        if self.chance.random() < 0.1:
            return self._all_is_read
        looks = iter(range(self.chance.choice((0, 0, 1, 2, 5, 15))))
        return lambda: next(looks, None) is None

    def _someone_is_chosen(self) -> object:
        page = self.desktop.unlock
        return page is not None and page.isVisible() and page.people.chosen


class Player(QObject):
    """Plays to the end beside the program; says what the program says of faults meanwhile."""

    def __init__(self, play: Play, desktop: Desktop, seconds: float) -> None:
        super().__init__(desktop)
        self._play, self._desktop = play, desktop
        self._until: Until = lambda: True
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_EVERY)
        QTimer.singleShot(int(seconds * 1000) - _BEFORE, self._say_where)

    def _say_where(self) -> None:
        """The window still answers, but what is waited for has not come."""
        sys.stderr.write(f"waiting still: {self._until}\n")

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


def _run(kind: str, seed: str, seconds: str, package: str, passphrase: str) -> int:
    faulthandler.dump_traceback_later(float(seconds), exit=True)
    start = Desktop.start

    def started(desktop: Desktop) -> None:
        clerk = Clerk(desktop, Random(seed), Path(package), passphrase)
        plays = {"demo": clerk.demo, "merge": clerk.merge, "key": clerk.key}
        Player(plays[kind](), desktop, float(seconds))
        start(desktop)

    Desktop.start = started  # type: ignore[method-assign, assignment]
    return main()


if __name__ == "__main__":
    given = [sys.argv.pop(1) for _ in range(5)]
    sys.exit(_run(*given))
