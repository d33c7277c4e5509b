"""Take the pictures of the help from the real program, over a demonstration made for it.

Needs pillow and no screen; takes about three minutes:

    python packaging/help_pictures.py resources/help/pictures

Each picture is taken twice: for the usual size of the screen, and as name@125.png for 125 %.
What a page of the help names and this script does not take is found by the tests. The whole
window of the README, window.png, is put beside the folder.
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

from app.bootstrap import wiring_for
from app.domain.kernel.progress import Cancel
from app.domain.records import Visit
from app.opening import people_in
from app.services.office.office import open_office
from app.services.papers import form_papers
from app.services.records import saving
from app.services.reporting import freeze, sealed_report, sign_off
from app.services.starting.demonstration import make
from app.ui.application import make_application, speak_chinese
from app.ui.desktop import Desktop
from demo.showing import PASSPHRASE, SHOWN, present

SCALES = {"": 0.84, "@125": 1.05}
"""What the window is drawn at, so that 904 of its pixels become 760 (times 1.25)."""
SIZE = (960, 600)
WIDE = frozenset(("tallies", "indicators", "plans", "settings", "backup"))
WIDE_SIZE = (1092, 560)
"""Pages with much side by side, in a window as wide as a screen of 1366 at 125 %."""
WIDTH = 760
"""As wide as a line of text in the help."""
WHOLE, WHOLE_SIZE = "window", (1366, 720)
"""The picture of the README: a window of this size as it is."""
COLOURS = 96
WORD_FORMS = Path(__file__).parents[1] / "tests/documents/data/wordforms"
EDGE = (0xB6, 0xBF, 0xC6)


def take_all(target: Path, demo: Path, mark: str) -> None:
    """Open one office after the other and take its pictures; `mark` ends their names."""
    application = make_application(["help_pictures"], os.environ)
    speak_chinese(application)
    data = demo / "data"
    make(data, "county", lambda step: None, Cancel())
    studio = Studio(target, mark)
    if mark == WHOLE:
        studio.open(studio.copy_of(demo, f"data-demo/{SHOWN['county'].folder}", mark))
        studio.keep_whole()
        studio.close()
        return
    studio.take_before(demo / f"new{mark}")
    for role, views in VIEWS.items():
        folder = studio.copy_of(demo, f"data-demo/{SHOWN[role].folder}", mark)
        studio.open(folder)
        for name, view in views.items():
            studio.desktop.window.resize(*(WIDE_SIZE if name in WIDE else SIZE))
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
        if "shawan" in folder.name and self._mark != WHOLE:
            self.keep("unlock")
        self.desktop.unlock.asked.emit(people_in(folder)[0].id, PASSPHRASE)
        self.until(lambda: self.desktop.shell is not None)
        self.rest(3000)
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

    def until(self, so: Callable[[], object]) -> None:
        """Let the program go on until something is so, at most for a minute."""
        for _ in range(200):
            if so():
                break
            self.rest(300)
        self.rest()

    def keep(self, name: str) -> None:
        """Write what the window shows, without the navigation, with few colours."""
        window = self.desktop.window
        part = QRect(0, 0, window.width(), window.height())
        if window.centralWidget().currentWidget() is self.desktop.shell:
            part.adjust(self.desktop.shell.navigation.width(), 0, 0, 0)
        elif window.help is None:
            part.adjust(100, 20, -100, -40)
        picture = self._grabbed(part)
        widest = round(WIDTH * float(os.environ["QT_SCALE_FACTOR"]) / SCALES[""])
        if picture.width > widest:
            height = round(picture.height * widest / picture.width)
            picture = picture.resize((widest, height), Image.Resampling.LANCZOS)
        _frame(picture)
        _write(picture, self._target / f"{name}{self._mark}.png")

    def keep_whole(self) -> None:
        """Write the whole window as one works in it, beside the folder of the pictures."""
        self.desktop.window.resize(*WHOLE_SIZE)
        page = self.go("visits")
        page.form.jump_to("opinions")
        self.rest(2500)
        _write(self._grabbed(self.desktop.window.rect()), self._target.parent / f"{WHOLE}.png")

    def _grabbed(self, part: QRect) -> Image.Image:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.ReadWrite)
        self.desktop.window.grab(part).save(buffer, "PNG")
        return Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")

    def _begin(self, folder: Path) -> None:

        folder.mkdir(exist_ok=True)
        self.desktop = Desktop(folder, wiring_for(folder), cast(Any, QApplication.instance()))
        self.desktop.window.setWindowState(Qt.WindowState.WindowNoState)
        self.desktop.start()
        self.desktop.window.setWindowState(Qt.WindowState.WindowNoState)
        self.desktop.window.resize(*SIZE)
        self.desktop.window.activateWindow()


def _write(picture: Image.Image, path: Path) -> None:
    few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


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


def _verify(studio: Studio) -> None:
    studio.go("enterprises")
    studio.press("F10")
    studio.rest(1500)


def _board(studio: Studio) -> None:
    studio.go("plans")
    studio.rest(2000)


def _letters(studio: Studio) -> None:
    studio.go("documents")
    studio.press("F10")
    studio.rest(6000)


def _word(studio: Studio) -> None:
    studio.press("Esc")
    page = studio.go("visits")
    studio.press("Ctrl+Shift+I")
    panel = page.panels.forms
    forms = ("05_three_forms.doc", "09_tracked.docx")
    panel.choose([WORD_FORMS / name for name in forms])
    studio.until(lambda: "VISIT_DAY" in panel.questions.lines)
    panel.questions.lines["VISIT_DAY"].buttons["filed"].click()
    studio.rest(2500)
    panel.list.table.setFocus()
    for _ in range(3):
        studio.press("Down")


def _scans(studio: Studio) -> None:
    studio.press("Esc")
    page = studio.go("visits")
    office = studio.desktop._office
    own = [one.id for one in saving.listing(office, Visit)][-2:]
    paper, blank = studio.folder / "paper.pdf", studio.folder / "blank.pdf"
    form_papers.print_forms(office, paper, visits=own)
    form_papers.print_forms(office, blank, blank=True)
    studio.press("F11")
    panel = page.panels.working
    panel.take([paper, blank])
    studio.until(lambda: len(panel.table.texts) == len(own) + 1)


def _tab(name: str) -> Callable[[Studio], None]:
    def view(studio: Studio) -> None:
        page = studio.go("statistics")
        page.tabs.go(name)
        studio.until(lambda: getattr(page, name).shown is not None)

    return view


def _campaign(studio: Studio) -> None:
    subject = studio.go("settings").go("campaigns")
    studio.until(lambda: len(subject.listed.rows) > 1)
    for key in ("Return", "Down", "Return"):
        studio.press(key)
    studio.until(subject.sheet.isVisible)
    studio.press("Alt+2")


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
        "scans": _scans,
        "word": _word,
        "directory": _verify,
        "plans": _board,
        "letters": _letters,
        "help": _help,
    },
    "city": {
        "tallies": _tab("tallies"),
        "indicators": _tab("indicators"),
        "campaigns": _campaign,
        "inbox": _inbox,
        "doubles": _doubles,
    },
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
        for mark, scale in {**SCALES, WHOLE: 1.0}.items():
            around = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
            command = [sys.executable, __file__, str(given.target), f"--mark={mark}"]
            subprocess.run([*command, "--demo", demo], env=around, check=True)


if __name__ == "__main__":
    main()
