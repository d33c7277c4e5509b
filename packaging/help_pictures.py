"""Take the pictures of the help from the real program, over a demonstration made for it.

Needs pillow and no screen; takes about two minutes:

    python packaging/help_pictures.py resources/help/pictures

Each picture is taken twice: for the usual size of the screen, and as name@125.png for 125 %.
What a page of the help names and this script does not take is found by the tests.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QRect, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap import people_in, wiring_for
from app.domain.kernel.progress import Cancel
from app.domain.records import Visit
from app.services.office.office import open_office
from app.services.records import saving
from app.services.reporting import freeze, sealed_report, sign_off
from app.ui.application import make_application, speak_chinese
from app.ui.desktop import Desktop
from demo.showing import PASSPHRASE, SHOWN, make, present

SCALES = {"": 0.84, "@125": 1.05}
"""What the window is drawn at, so that 904 of its pixels become 760 (times 1.25)."""
SIZE = (960, 600)
WIDTH = 760
"""As wide as a line of text in the help."""
COLOURS = 96
EDGE = (0xB6, 0xBF, 0xC6)


def take_all(target: Path, demo: Path, mark: str) -> None:
    """Open one office after the other and take its pictures; `mark` ends their names."""
    application = make_application(["help_pictures"], os.environ)
    speak_chinese(application)
    data = demo / "data"
    make(data, "county", lambda step: None, Cancel())
    studio = Studio(target, mark)
    studio.take_before(demo / f"new{mark}")
    for role, views in VIEWS.items():
        folder = studio.copy_of(demo, f"data-demo/{SHOWN[role].folder}", mark)
        studio.open(folder)
        for name, view in views.items():
            view(studio)
            studio.keep(name)
        studio.close()


class Studio:
    """One window after the other, and what is in it as a picture."""

    def __init__(self, target: Path, mark: str) -> None:
        self._target, self._mark = target, mark
        self.desktop: Any = None
        self.folder = Path()

    @staticmethod
    def copy_of(demo: Path, office: str, mark: str) -> Path:
        """A copy of the demonstration that may be changed: its office."""
        name = f"copy{mark}"
        if not (demo / name).exists():
            shutil.copytree(demo / "data-demo", demo / name)
        return demo / name / Path(office).name

    def take_before(self, folder: Path) -> None:
        """The window before there is data."""
        self._begin(folder)
        self.rest()
        self.keep("first-start")
        self.close()

    def open(self, folder: Path) -> None:
        """Open the data of an office in a window."""
        self.folder = folder
        self._begin(folder)
        self.rest(1200)
        if "shawan" in folder.name:
            self.keep("unlock")
        self.desktop.unlock.asked.emit(people_in(folder)[0].id, PASSPHRASE)
        self.rest(4000)
        self.desktop.shell.messages.clear()

    def close(self) -> None:
        """Close the window and the data."""
        self.desktop.close()
        self.desktop.window.hide()

    def go(self, place: str) -> Any:
        """Show a place; its page."""
        self.desktop.shell.go(place)
        self.rest(1200)
        return self.desktop.shell.page

    def press(self, key: str) -> None:
        """Press a key where the focus is."""
        pressed: Any = cast(Any, QKeySequence(key))[0]
        where = QApplication.focusWidget() or self.desktop.window
        QTest.keyClick(where, pressed.key(), pressed.keyboardModifiers())
        self.rest(900)

    def type(self, text: str) -> None:
        """Type as an input method does."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget() or self.desktop.window, event)
        self.rest(900)

    def rest(self, milliseconds: int = 600) -> None:
        """Let the program do what it has to do."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def keep(self, name: str) -> None:
        """Write what the window shows, without the navigation, with few colours."""
        window = self.desktop.window
        part = QRect(0, 0, window.width(), window.height())
        if window.centralWidget().currentWidget() is self.desktop.shell:
            part.adjust(self.desktop.shell.navigation.width(), 0, 0, 0)
        elif window.help is None:
            part.adjust(100, 20, -100, -40)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.ReadWrite)
        window.grab(part).save(buffer, "PNG")
        picture = Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")
        widest = round(WIDTH * float(os.environ["QT_SCALE_FACTOR"]) / SCALES[""])
        if picture.width > widest:
            height = round(picture.height * widest / picture.width)
            picture = picture.resize((widest, height), Image.Resampling.LANCZOS)
        _frame(picture)
        few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(self._target / f"{name}{self._mark}.png", optimize=True)

    def _begin(self, folder: Path) -> None:

        folder.mkdir(exist_ok=True)
        self.desktop = Desktop(folder, wiring_for(folder), cast(Any, QApplication.instance()))
        self.desktop.window.setWindowState(Qt.WindowState.WindowNoState)
        self.desktop.start()
        self.desktop.window.setWindowState(Qt.WindowState.WindowNoState)
        self.desktop.window.resize(*SIZE)
        self.desktop.window.activateWindow()


def _frame(picture: Image.Image) -> None:
    right, bottom = picture.width - 1, picture.height - 1
    for x in range(picture.width):
        picture.putpixel((x, 0), EDGE)
        picture.putpixel((x, bottom), EDGE)
    for y in range(picture.height):
        picture.putpixel((0, y), EDGE)
        picture.putpixel((right, y), EDGE)


# -- what is shown


def _place(name: str) -> Callable[[Studio], None]:
    def view(studio: Studio) -> None:
        studio.go(name)

    return view


def _subject(name: str) -> Callable[[Studio], None]:
    def view(studio: Studio) -> None:
        studio.go("settings").go(name)
        studio.rest(1200)

    return view


def _findings(studio: Studio) -> None:
    studio.press("Esc")
    page = studio.go("visits")
    page.form.focus_first()
    page.form.jump_to("headcount")
    page.form.editor("headcount").put("12千")
    page.form.jump_to("visited_on")
    page.form.editor("visited_on").put("2031-7-4")
    page.form.check_all()
    page.form.jump_to("headcount")
    studio.rest()


def _history(studio: Studio) -> None:
    page = studio.go("visits")
    page.editing.discard()
    page.editing.discard()
    studio.rest(1200)
    page.form.jump_to("workers_met")
    page.form.editor("workers_met").put("41")
    studio.press("Ctrl+S")
    studio.rest(1500)
    studio.press("Ctrl+H")
    studio.rest(1200)


def _attachments(studio: Studio) -> None:
    page = studio.go("visits")
    studio.press("Ctrl+H")
    page.form.jump_to("attachments")
    studio.rest()


def _search(studio: Studio) -> None:
    studio.go("home")
    studio.press("Ctrl+F")
    studio.type("sw")


def _print(studio: Studio) -> None:
    studio.go("visits")
    studio.press("Ctrl+P")
    studio.rest(2500)


def _help(studio: Studio) -> None:
    studio.press("Esc")
    studio.go("home")
    studio.press("F1")
    studio.desktop.window.help.open("questions")
    studio.rest()


def _inbox(studio: Studio) -> None:
    studio.go("inbox").take_files([_report(studio)])
    studio.rest(4000)


def _report(studio: Studio) -> Path:
    """Something for the city to receive, as if it came on a stick."""
    county = studio.folder.parent / SHOWN["county"].folder
    with closing(open_office(county, PASSPHRASE, clock=present)) as office:
        visit = saving.listing(office, Visit)[0]
        saving.save(office, Visit, {"remarks": "已电话回访。"}, record=visit.id)
        report = freeze.freeze(office)
        sign_off.approve(office, report.n, "王主任", dt.date(2011, 12, 19))
        stick = county.parent / "stick"
        stick.mkdir()
        sealed_report.seal_report(office, report.n, stick)
    return stick


def _doubles(studio: Studio) -> None:
    studio.press("Alt+2")
    studio.rest(1500)


VIEWS: Mapping[str, Mapping[str, Callable[[Studio], None]]] = {
    "county": {
        "home": _place("home"),
        "visits": _place("visits"),
        "persons": _place("persons"),
        "cases": _place("cases"),
        "hazards": _place("hazards"),
        "enterprises": _place("enterprises"),
        "statistics": _place("statistics"),
        "submit": _place("submit"),
        "settings": _subject("people"),
        "backup": _subject("backup"),
        "handover": _subject("handover"),
        "search": _search,
        "findings": _findings,
        "history": _history,
        "attachments": _attachments,
        "print": _print,
        "help": _help,
    },
    "city": {"inbox": _inbox, "doubles": _doubles},
}


def main() -> None:
    """Read the folder to write to; the work is done by a process of its own for each scale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument("--demo", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--mark", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.demo is not None:
        take_all(given.target, given.demo, given.mark)
        return
    given.target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as demo:
        for mark, scale in SCALES.items():
            around = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
            command = [sys.executable, __file__, str(given.target), f"--mark={mark}"]
            subprocess.run([*command, "--demo", demo], env=around, check=True)


if __name__ == "__main__":
    main()
