"""One visit on its whole way: keyed, printed, sent, returned by the city, corrected, sent again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.records import Visit
from app.services.lists import listing
from app.services.office.office import Office
from app.ui.pages.inbox.page import Inbox
from app.ui.pages.submit.page import SubmitPage
from app.ui.pages.submit.target import TargetPicker
from app.ui.printing.print_panel import PrintPanel
from app.ui.worker import Worker
from tests.services.conftest import city, clock, county, grounds
from tests.services.offices import SetClock, record_of
from tests.services.papers.test_form_papers import text_of
from tests.ui.hands import compose, keys, press
from tests.ui.pages.at_work import CTRL, AtWork
from tests.ui.pages.submit_desk import Clerk

__all__ = ["city", "clock", "county", "grounds"]
pytestmark = pytest.mark.usefixtures("dressed")

QUESTION = "与上年统计差得多，请核对"


@pytest.fixture
def city_worker(qapp: object) -> Iterator[Worker]:
    """The city's own worker: another computer."""
    worker = Worker()
    yield worker
    worker.close()


class Computer(AtWork):
    """One office's window; only one of the two is sat down at."""

    def sit_down(self) -> None:
        """Turn to this window."""
        with self.qtbot.waitActive(self.window):
            self.window.activateWindow()

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until this is so."""
        self.qtbot.waitUntil(true)


class County(Computer):
    """The clerk who keys and sends."""

    def key_a_visit(self) -> str:
        """Key a paper form without the mouse; its record."""
        self.go("visits")
        self.press(Qt.Key.Key_N, CTRL)
        self.rest()
        for words in ("李明书、付志勇", "乐山无线电公司"):
            compose(words)
            press(self.qtbot, Qt.Key.Key_Return)
        for figures in ("1520", "35"):
            keys(self.qtbot, figures)
            press(self.qtbot, Qt.Key.Key_Return)
        compose("一是希望加强技能培训。")
        press(self.qtbot, Qt.Key.Key_Tab)
        keys(self.qtbot, "2011.7.20")
        press(self.qtbot, Qt.Key.Key_Return)
        self.press(Qt.Key.Key_S, CTRL)
        self.rest()
        (visit,) = listing.ids(self.office, Visit)
        return visit

    def print_into(self, target: Path) -> None:
        """Look at the form as it prints, and keep it as a PDF."""
        page = self.go("visits")
        self.press(Qt.Key.Key_P, CTRL)
        panel = page.findChild(PrintPanel)
        assert isinstance(panel, PrintPanel)
        self.until(panel.save.isEnabled)
        panel.save_to(target)
        self.until(lambda: "已存为" in panel.said.text())
        self.press(Qt.Key.Key_Escape)

    def at_submitting(self, stick: Path) -> Clerk:
        """Go to 报送 with this stick in."""
        self.shell.go("submit")
        page = self.shell.page
        assert isinstance(page, SubmitPage)
        for picker in page.findChildren(TargetPicker):
            picker.sticks_in = lambda: [stick]
        clerk = Clerk(self.qtbot, page)
        self.rest()
        return clerk

    def submit(self, stick: Path) -> None:
        """All steps, from the first look to the file on the stick."""
        clerk = self.at_submitting(stick)
        page = clerk.page
        clerk.wait_for("check")
        clerk.at_rest()
        if page.panel is page.receipt:
            self.until(lambda: not page.receipt.words.texts)
            self.press(Qt.Key.Key_N, CTRL)
        else:
            clerk.go_on()
        clerk.wait_for("review", page.prepare)
        clerk.at_rest()
        clerk.go_on()
        clerk.wait_for("approve", page.paper)
        clerk.press(Qt.Key.Key_Escape)
        clerk.wait_for("approve", page.signing)
        clerk.at_rest()
        page.signing.files.signer.put("王主任")
        clerk.go_on()
        clerk.wait_for("seal", page.signing)
        clerk.at_rest()
        clerk.go_on()
        clerk.wait_for("receipt", page.paper)
        clerk.press(Qt.Key.Key_Escape)
        clerk.wait_for("receipt", page.receipt)
        clerk.at_rest()

    def take_the_answer(self, stick: Path) -> None:
        """Receive what the city wrote onto the stick, and open the record it returned."""
        clerk = self.at_submitting(stick)
        clerk.at_rest()
        clerk.go_on()
        words = clerk.page.receipt.words
        self.until(lambda: bool(words.texts) and words.texts[0][1] == "退回")
        clerk.at_rest()
        words.setFocus()
        self.press(Qt.Key.Key_Return)
        self.rest()

    def correct_the_headcount(self, figures: str) -> None:
        """Change the field the city asks about, which is lit."""
        page = self.go("visits")
        assert QUESTION in "".join(page.form.messages("headcount"))
        page.form.jump_to("headcount")
        press(self.qtbot, Qt.Key.Key_A, CTRL)
        keys(self.qtbot, figures)
        self.press(Qt.Key.Key_S, CTRL)
        self.rest()


class City(Computer):
    """The clerk who receives."""

    def merge(self, stick: Path) -> Inbox:
        """Look at what the stick brings, and merge it."""
        self.shell.go("inbox")
        page = self.shell.page
        assert isinstance(page, Inbox)
        self.rest()
        page.take_files([stick])
        self.until(page.files.all.isEnabled)
        self.press(Qt.Key.Key_Return, CTRL)
        self.until(lambda: page.files.list.tabs.current == "done")
        self.until(page.files.list.grid.hasFocus)
        self.rest()
        return page

    def read_the_visit(self, page: Inbox) -> str:
        """Open the visit that came; the headcount it shows."""
        self.press(Qt.Key.Key_Return)
        view = page.records
        self.until(lambda: view.card.sheet is not None)
        while view.held.type_name != "visit":
            self.press(Qt.Key.Key_Right)
        self.until(lambda: view.card.sheet is not None and view.card.sheet.type == "visit")
        self.rest()
        return str(view.form.body()["headcount"])

    def return_the_headcount(self, page: Inbox) -> None:
        """Ask about one field of the visit shown."""
        page.records.form.jump_to("headcount")
        self.press(Qt.Key.Key_B, CTRL)
        compose(QUESTION)
        self.press(Qt.Key.Key_Return)
        self.press(Qt.Key.Key_Return, CTRL)
        self.rest()
        page.tabs.go("files")
        self.rest()

    def answer(self, page: Inbox) -> None:
        """当面回执, onto the stick the file came on."""
        page.files.list.grid.setFocus()
        self.press(Qt.Key.Key_R, CTRL)
        self.until(page.files.receipt.folder.hasFocus)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: "的回执已写到" in page.files.list.said.text())
        self.rest()


@pytest.fixture
def below(qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path) -> County:
    """沙湾区总工会."""
    return County(qtbot, county, worker, tmp_path / "county-window")


@pytest.fixture
def above(qtbot: QtBot, city_worker: Worker, city: Office, tmp_path: Path) -> City:
    """乐山市总工会."""
    return City(qtbot, city, city_worker, tmp_path / "city-window")


def test_a_visit_is_keyed_sent_returned_corrected_and_sent_again(
    below: County, above: City, clock: SetClock, tmp_path: Path
) -> None:
    stick, city = tmp_path / "stick", above.office
    stick.mkdir()
    below.sit_down()
    visit = below.key_a_visit()
    below.print_into(tmp_path / "form.pdf")
    assert "1520人" in text_of(tmp_path / "form.pdf")
    below.submit(stick)

    clock.forward(days=1)
    above.sit_down()
    inbox = above.merge(stick)
    assert above.read_the_visit(inbox) == "1520"
    above.return_the_headcount(inbox)
    above.answer(inbox)

    clock.forward(days=1)
    below.sit_down()
    below.take_the_answer(stick)
    below.correct_the_headcount("1250")
    below.submit(stick)

    clock.forward(days=1)
    above.sit_down()
    inbox = above.merge(stick)
    assert above.read_the_visit(inbox) == "1250"
    assert record_of(city, "visit", visit).headcount == 1250
    assert above.notices == []
    assert all("读回核对无误" in said or "收下了" in said for said in below.notices)
