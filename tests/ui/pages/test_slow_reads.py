"""Nothing says 0 or 没有 before its answer is there: every read is made slow, on every page.

The demonstration is looked at while no read is answered, and again after each answer. What
says that there is nothing and is gone in the end was not true when it was shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.checking.signed_paper import Standing
from app.services.office.office import open_office
from app.services.starting.demonstration import on_its_day
from app.ui.pages.inbox.page import VIEWS, Inbox
from app.ui.pages.records.page import RecordPage
from app.ui.pages.records.pair import Pair
from app.ui.pages.scanning.scan_panel import ScanPanel
from app.ui.pages.settings.page import SettingsPage, entries
from app.ui.pages.statistics.page import VIEWS as STATISTICS
from app.ui.pages.statistics.page import StatisticsPage
from app.ui.pages.submit.target import NO_STICK
from app.ui.parts import loading
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.printing.choices import NO_PRINTER
from app.ui.searching.finder import Finder
from database.books import scanned_pages
from database.books.scanned_pages import ScannedPage
from demo import PASSPHRASE, run
from tests.ui import hands
from tests.ui.pages.at_work import CTRL, NONE, AtWork
from tests.ui.slow_worker import SlowWorker
from tests.ui.visible import visible_words

_NOTHING = re.compile(
    r"没有|还没|未曾|都到了|都收到|都走访|接得上|^—$"
    r"|(^|[^0-9A-Za-z.,:：\-])0($| ?[^0-9A-Za-z.:：\-])"
)
_CAPTIONS = frozenset({"谁还没报", "还没收到", "没有走访的和情况不明的", NO_STICK, NO_PRINTER})
"""Names of places, which say what is looked for there; and what the machine says at once."""

UNREAD = ScannedPage(
    0, 1, "扫描.jpg", 1, "0" * 64, "", "", 0, 0, Standing.UNREAD, "2011-11-01T09:00:00", ""
)
"""A page in the tray."""

RECORDS = ("visits", "demands", "persons", "cases", "hazards", "enterprises", "plans", "documents")
Go = Callable[[AtWork], object]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city and its counties after their campaign."""
    folder = tmp_path_factory.mktemp("demo") / "zoufang"
    run(folder, lambda line: None)
    return folder


@pytest.fixture
def slow(
    qtbot: QtBot,
    dressed: QApplication,
    played: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[AtWork]:
    """At work in the office named, where no read is answered."""
    worker = SlowWorker()
    office = on_its_day(open_office(played / request.param, PASSPHRASE))
    worker.hold()
    yield AtWork(qtbot, office, worker, tmp_path)
    worker.let_go()
    qtbot.waitUntil(lambda: not worker.is_busy)
    worker.close()
    office.close()


def says_nothing(work: AtWork) -> set[str]:
    """Whatever can be seen that says there is nothing."""
    words = visible_words(work.window) - _CAPTIONS
    return {word for word in words if _NOTHING.search(word)}


def look_on(work: AtWork, known: set[str] | None = None) -> None:
    """Look, give the answers held one by one, and look after each; `known` was true before."""
    worker = work.worker
    assert isinstance(worker, SlowWorker)
    settled = lambda: worker.holds_all  # noqa: E731  (as waitUntil takes it)
    work.qtbot.waitUntil(settled)
    assert worker.held, "nothing was asked"
    seen = [says_nothing(work)]
    while worker.held:
        worker.let_one()
        work.qtbot.waitUntil(settled)
        QApplication.processEvents()
        work.qtbot.waitUntil(settled)
        seen.append(says_nothing(work))
    for stage, told in enumerate(seen):
        assert told <= seen[-1], f"not true after {stage} answers"
    assert seen[0] <= (known or set()), "said before anything was known"


@pytest.mark.parametrize("slow", ["city", "shawan"], indirect=True)
@pytest.mark.parametrize("place", ["home", *RECORDS])
def test_a_place_is_loading_and_not_empty(slow: AtWork, place: str) -> None:
    slow.shell.go(place)
    look_on(slow)


@pytest.mark.parametrize("slow", ["shawan"], indirect=True)
@pytest.mark.parametrize("place", ["visits", "persons"])
def test_what_stands_beside_a_record_is_loading_and_not_empty(slow: AtWork, place: str) -> None:
    slow.shell.go(place)
    look_on(slow)
    page = slow.shell.page
    assert isinstance(page, RecordPage)
    known = says_nothing(slow)
    page._place.toggle_history()
    look_on(slow, known)
    known = says_nothing(slow)
    page.search("没有这样的名字")
    page.search("")
    look_on(slow, known)
    known = says_nothing(slow)
    page._show_table()
    look_on(slow, known)


def inbox(work: AtWork) -> Inbox:
    """收件, shown."""
    work.shell.go("inbox")
    page = work.shell.page
    assert isinstance(page, Inbox)
    return page


@pytest.mark.parametrize("slow", ["city", "shawan"], indirect=True)
@pytest.mark.parametrize("view", [name for name, _ in VIEWS])
def test_a_view_of_the_inbox_is_loading_and_not_empty(slow: AtWork, view: str) -> None:
    inbox(slow).tabs.go(view)
    look_on(slow)


@pytest.mark.parametrize("slow", ["city"], indirect=True)
def test_the_records_of_a_package_are_loading_and_not_missing(slow: AtWork) -> None:
    page = inbox(slow)
    look_on(slow)
    page.files.list.tabs.go("done")
    known = says_nothing(slow)
    page.files.records.trigger()
    look_on(slow, known)
    assert page.records.list.hasFocus()


@pytest.mark.parametrize("slow", ["city", "shawan"], indirect=True)
@pytest.mark.parametrize("view", [name for name, _ in STATISTICS])
def test_statistics_are_being_counted_and_not_0(slow: AtWork, view: str) -> None:
    slow.shell.go("statistics")
    page = slow.shell.page
    assert isinstance(page, StatisticsPage)
    page.tabs.go(view)
    look_on(slow)


@pytest.mark.parametrize("slow", ["city"], indirect=True)
def test_the_first_figure_of_the_city_is_there_before_the_rest(slow: AtWork) -> None:
    slow.shell.go("statistics")
    page, worker = slow.shell.page, slow.worker
    assert isinstance(page, StatisticsPage)
    assert isinstance(worker, SlowWorker)
    shown = page.coverage.tiles.tiles
    while not shown[0].text():
        slow.qtbot.waitUntil(lambda: worker.holds_all)
        worker.let_one()
    assert [tile.isEnabled() for tile in shown] == [True, False, False, False]
    assert page.coverage.rows.isVisible()
    assert not page.coverage.left.isVisible()
    page.tabs.go("pictures")
    assert page.pictures.weeks.isVisible()
    page.tabs.go("overlaps")
    assert not page.overlaps.isVisible()

    slow.qtbot.waitUntil(lambda: worker.holds_all)
    with slow.qtbot.waitSignal(page.counted):
        worker.let_one()
    assert page.overlaps.isVisible()
    assert all(tile.isEnabled() and tile.text() for tile in shown)
    page.tabs.go("coverage")
    assert page.coverage.left.isVisible()


@pytest.mark.parametrize("slow", ["shawan"], indirect=True)
def test_the_figures_of_one_campaign_never_stand_under_the_name_of_another(
    slow: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "PATIENCE", 0)
    worker = slow.worker
    assert isinstance(worker, SlowWorker)
    slow.shell.go("statistics")
    page = slow.shell.page
    assert isinstance(page, StatisticsPage)
    worker.let_go()
    slow.qtbot.waitUntil(page.coverage.rows.isVisible)
    counted = page.campaign.currentIndex()
    worker.hold()
    other = next(n for n in range(page.campaign.count()) if n != counted)
    page.campaign.setCurrentIndex(other)
    page.campaign.activated.emit(other)
    slow.qtbot.waitUntil(lambda: not page.coverage.rows.isVisible())

    with slow.qtbot.waitSignal(page.counted):
        worker.let_go()
    assert page.campaign.currentIndex() == other


@pytest.mark.parametrize("slow", ["shawan"], indirect=True)
def test_a_search_says_nothing_before_its_answer(slow: AtWork) -> None:
    worker = slow.worker
    assert isinstance(worker, SlowWorker)
    slow.shell.go("visits")
    finder = Finder(slow.office, worker, slow.shell)
    slow.shell.header.search.setFocus()
    hands.keys(slow.qtbot, "qqq")
    slow.qtbot.waitUntil(lambda: bool(worker.held) and worker.holds_all)
    assert not finder.panel.isVisible()
    with slow.qtbot.waitSignal(finder.answered):
        worker.let_go()
    assert any("没有找到“qqq”" in word for word in visible_words(finder.panel))
    slow.rest()
    assert slow.shell.header.search.hasFocus()


@pytest.mark.parametrize("slow", ["shawan"], indirect=True)
@pytest.mark.parametrize("panel", ["", "show_history", "show_aside", "show_receipts"])
def test_a_report_is_loading_and_not_without_contents(slow: AtWork, panel: str) -> None:
    slow.shell.go("submit")
    if panel:
        getattr(slow.shell.page, panel)()
    look_on(slow)


@pytest.mark.parametrize("slow", ["city", "shawan"], indirect=True)
@pytest.mark.parametrize("subject", [one.name for one in entries(True)])
def test_a_setting_is_loading_and_not_unset(slow: AtWork, subject: str) -> None:
    slow.shell.go("settings")
    page = slow.shell.page
    assert isinstance(page, SettingsPage)
    page.go(subject)
    look_on(slow)


@pytest.mark.parametrize("slow", ["shawan"], indirect=True)
@pytest.mark.parametrize("place", ["visits", "demands"])
def test_a_table_is_loading_and_not_empty(slow: AtWork, place: str) -> None:
    slow.shell.go(place)
    page = slow.shell.page
    assert isinstance(page, RecordPage)
    page.table.show()
    look_on(slow)


def answer_all(work: AtWork) -> None:
    """Give every answer, and keep back those that are asked for from now on."""
    worker = work.worker
    assert isinstance(worker, SlowWorker)
    worker.let_go()
    work.rest()
    worker.hold()


def records(work: AtWork, place: str) -> RecordPage:
    """A page of records that knows all it shows."""
    work.shell.go(place)
    answer_all(work)
    page = work.shell.page
    shown = page.page if isinstance(page, Pair) else page
    assert isinstance(shown, RecordPage)
    return shown


OPENS: dict[str, tuple[str, Qt.Key, Qt.KeyboardModifier]] = {
    "scans": ("visits", Qt.Key.Key_F11, NONE),
    "scans of persons": ("persons", Qt.Key.Key_F11, NONE),
    "second keying": ("visits", Qt.Key.Key_K, CTRL | Qt.KeyboardModifier.ShiftModifier),
    "directory": ("enterprises", Qt.Key.Key_F10, NONE),
    "letters": ("documents", Qt.Key.Key_F10, NONE),
    "print": ("visits", Qt.Key.Key_P, CTRL),
    "workbook": ("visits", Qt.Key.Key_I, CTRL),
    "batch": ("visits", Qt.Key.Key_B, CTRL | Qt.KeyboardModifier.ShiftModifier),
    "saved lists": ("visits", Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier),
}


@pytest.mark.parametrize("slow", ["shawan"], indirect=True)
@pytest.mark.parametrize("panel", OPENS)
def test_a_panel_says_nothing_of_what_is_still_read(slow: AtWork, panel: str) -> None:
    place, key, held = OPENS[panel]
    page = records(slow, place)
    page.browsing.card.list.setFocus()
    known = says_nothing(slow)
    hands.press(slow.qtbot, key, held)
    look_on(slow, known)


@pytest.mark.parametrize("slow", ["shawan"], indirect=True)
def test_a_tray_that_is_being_read_is_not_empty(slow: AtWork) -> None:
    worker, qtbot = slow.worker, slow.qtbot
    assert isinstance(worker, SlowWorker)
    with slow.office.store.write() as connection:
        scanned_pages.add(connection, UNREAD)
    page = records(slow, "visits")
    hands.press(qtbot, Qt.Key.Key_F11)
    panel = page.panels.working
    assert isinstance(panel, ScanPanel)
    qtbot.waitUntil(lambda: bool(worker.held) and worker.holds_all)
    assert not any("选签过字的扫描件" in word for word in visible_words(panel))
    assert panel.isAncestorOf(hands.focus())
    with qtbot.waitSignal(panel.listed):
        worker.let_go()
    assert [row[0] for row in panel.table.texts] == ["没有读出二维码"]
    assert panel.table.hasFocus()
    with slow.office.store.write() as connection:
        scanned_pages.remove(connection, [row.n for row in scanned_pages.of_run(connection, 1)])


@pytest.mark.parametrize("slow", ["shawan"], indirect=True)
def test_what_takes_long_says_so_and_is_left(slow: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "PATIENCE", 0)
    slow.shell.go("visits")
    slow.qtbot.waitUntil(lambda: "正在读取…" in visible_words(slow.window))
    assert slow.shell.go("documents")
    assert slow.shell.current == "documents"


def test_a_read_that_failed_does_not_load_for_ever(qtbot: QtBot, dressed: QApplication) -> None:
    worker = SlowWorker()
    awaited = Awaited(label("零"))
    qtbot.addWidget(awaited)
    awaited.resize(400, 300)
    awaited.show()
    failed: list[Exception] = []
    worker.failed.connect(failed.append)
    awaited.watch(worker.read(lambda: 1 // 0))
    qtbot.waitUntil(lambda: bool(failed))
    assert awaited.waits
    assert "没有读出来，请换到别的页再回来。" in visible_words(awaited)
    worker.close()
