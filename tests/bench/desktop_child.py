"""One figure of the window, taken in this process and printed as JSON.

`window DIR` and `bare` end at the first paint; `page DIR` gives milliseconds to 首页 and
of the key alone; `echo DIR PACKAGE` gives the times of letters at rest and while merging.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

if TYPE_CHECKING:
    from app.ui.desktop import Desktop

_LETTERS = 120
_PLAIN = Qt.KeyboardModifier.NoModifier
_PAUSE = 30
"""Milliseconds between two letters: a fast typist."""


def bare() -> None:
    """A QMainWindow of the same size that ends when it is painted."""

    class Bare(QMainWindow):
        def paintEvent(self, event: object) -> None:  # noqa: N802  (Qt's name)
            QTimer.singleShot(0, partial(os._exit, 0))

    application = QApplication(sys.argv)
    window = Bare()
    window.resize(1366, 768)
    window.show()
    application.exec()


def window(folder: str) -> None:
    """Our program as a person starts it, ended at its first paint."""
    from app.bootstrap import run_desktop
    from app.ui.start.unlock import UnlockPage

    paint = UnlockPage.paintEvent

    def ended(page: UnlockPage, event: QPaintEvent) -> None:
        # Before what the program itself puts off until after the paint.
        QTimer.singleShot(0, partial(os._exit, 0))
        paint(page, event)

    UnlockPage.paintEvent = ended  # type: ignore[method-assign,assignment]
    run_desktop(Path(folder))


def page(folder: str) -> None:
    """The time from giving the passphrase to the list of 首页, and that of the key."""
    from app.services.office.keyring import Keyring
    from tests.services.offices import PASSPHRASE

    began = time.perf_counter()
    keyring = Keyring.open(Path(folder) / "keyring.json")
    person = keyring.operators[0].id
    keyring.unlock(person, PASSPHRASE)
    key = time.perf_counter() - began
    desktop = _listed(folder)
    began = time.perf_counter()
    _open(desktop)
    assert desktop.shell is not None
    _until(desktop.shell.page.badge_changed.connect)
    _say({"page": (time.perf_counter() - began) * 1000, "key": key * 1000})


def echo(folder: str, package: str) -> None:
    """The times from a key to the paint of its letter, at rest and while a merge runs."""
    from app.services.receiving import take_package

    desktop = _listed(folder)
    _open(desktop)
    shell = desktop.shell
    assert shell is not None
    shell.go("visits")
    visits: Any = shell.page
    _until(visits.listed.connect)
    visits.begin_record("visit", {})
    _until(visits.shown.connect)
    visits.form.jump_to("leaders")
    rest = _letters()
    office: Any = visits._desk.office
    merging = desktop.worker.write(partial(take_package.receive, office, Path(package)), long=True)
    ended: list[int] = []
    merging.ended.connect(partial(ended.append, 1))
    merging.failed.connect(lambda error: _say({"failed": [0.0]}))
    busy: list[float] = []
    while not ended:
        busy += _letters(10)
    _say({"at rest": rest, "while merging": busy})


def _letters(count: int = _LETTERS) -> list[float]:
    return [_letter() for _ in range(count)]


def _letter() -> float:
    """Type a letter where the focus is; milliseconds until the widget was painted."""
    here = QApplication.focusWidget()
    assert here is not None
    painted = _Paint(here)
    began = time.perf_counter()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.postEvent(here, QKeyEvent(kind, Qt.Key.Key_A, _PLAIN, "a"))
    _until(painted.listen)
    took = time.perf_counter() - began
    loop = QEventLoop()
    QTimer.singleShot(_PAUSE, loop.quit)
    loop.exec()
    return took * 1000


class _Paint(QObject):
    """Hears the next paint of a widget or of what lies in it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._widget = widget
        self._heard: Callable[[], object] = lambda: None
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def listen(self, heard: Callable[[], object]) -> None:
        """Call `heard` after it."""
        self._heard = heard

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        if event.type() == QEvent.Type.Paint and self._is_here(watched):
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            QTimer.singleShot(0, self._heard)
        return False

    def _is_here(self, watched: QObject) -> bool:
        if not isinstance(watched, QWidget):
            return False
        return watched is self._widget or self._widget.isAncestorOf(watched)


def _listed(folder: str) -> Desktop:
    """The window with its operators, and everything loaded that loads behind it."""
    from app.bootstrap import wiring_for
    from app.ui.application import make_application
    from app.ui.desktop import Desktop

    application = make_application(sys.argv, os.environ)
    desktop = Desktop(Path(folder), wiring_for(Path(folder)), application)
    QTimer.singleShot(0, desktop.start)
    _until(desktop.listed.connect)
    _until(desktop.worker.write(lambda: None).ended.connect)
    return desktop


def _open(desktop: Desktop) -> None:
    from tests.services.offices import PASSPHRASE

    assert desktop.unlock is not None
    person = desktop.unlock.people.chosen
    assert person is not None
    desktop.unlock.asked.emit(person.id, PASSPHRASE)
    _until(desktop.opened.connect)


def _until(happens: Callable[[Callable[[], object]], object]) -> None:
    """Run the window until something happened."""
    loop = QEventLoop()
    happens(lambda *given: loop.quit())
    loop.exec()


def _say(found: object) -> None:
    import msgspec

    sys.stdout.buffer.write(msgspec.json.encode(found))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    measures: dict[str, Callable[..., None]] = {
        "bare": bare,
        "window": window,
        "page": page,
        "echo": echo,
    }
    measures[sys.argv[1]](*sys.argv[2:])
