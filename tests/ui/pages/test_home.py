"""首页: what waits is listed, Enter goes there, and the figures follow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.kernel.changes import Changes
from app.domain.records import Enterprise, Visit
from app.services.office.office import Office
from app.services.records import drafts, saving
from app.ui.page_context import PageContext
from app.ui.pages.home import Home
from app.ui.pages.home.beginning import Beginning
from app.ui.parts.key_button import KeyButton
from app.ui.problems import Problems
from app.ui.ui_memory import UiMemory
from app.ui.worker import Worker
from tests.services.conftest import city, clock, county, grounds
from tests.services.offices import SetClock, save_visit

__all__ = ["city", "clock", "county", "grounds"]

pytestmark = pytest.mark.usefixtures("dressed")

Opened = Callable[[Office], Home]


class Gone:
    """Where the page went."""

    def __init__(self) -> None:
        self.places: list[str] = []
        self.records: list[tuple[str, Any]] = []
        self.begun: list[str] = []
        self.views: list[tuple[str, Any]] = []

    def go(self, place: str) -> bool:
        self.places.append(place)
        return True

    def open(self, type_name: str, record: str) -> bool:
        self.records.append((type_name, record))
        return True

    def begin(self, type_name: str, body: Any) -> bool:
        self.begun.append(type_name)
        return True

    def show_view(self, place: str, view: Any) -> bool:
        self.views.append((place, view))
        return True


@pytest.fixture
def gone() -> Gone:
    return Gone()


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, worker: Worker, tmp_path: Path, gone: Gone) -> Opened:
    """Opens 首页 of an office, as wide as on the smallest screen."""

    def open_home(office: Office) -> Home:
        window = QWidget()
        qtbot.addWidget(window)
        problems = Problems(lambda error: None, window)
        memory = UiMemory(tmp_path)
        desk = PageContext(
            office,
            worker,
            problems,
            memory,
            gone.go,
            lambda name, count: None,
            gone.open,
            gone.begin,
            show_view=gone.show_view,
        )
        page = Home(desk)
        qtbot.addWidget(page)
        page.resize(1190, 600)
        with qtbot.waitSignal(page.badge_changed):
            page.show()
        return page

    return open_home


def titles(page: Home) -> list[str]:
    return [row[0].partition("　")[0] for row in page.waiting.table.texts]


def choose(page: Home, title: str) -> None:
    page.waiting.table.selectRow(titles(page).index(title))
    page.activate()
    QTest.keyClick(page.waiting.table, Qt.Key.Key_Return)


def test_what_waits_is_listed_and_enter_goes_there(
    qtbot: QtBot, county: Office, opened: Opened, gone: Gone
) -> None:
    kept = drafts.save(county, Visit, {"leaders": "李"})
    page = opened(county)
    assert page.waiting.table.texts[0][1]
    choose(page, "没有填完")
    assert gone.records == [("visit", kept.key)]
    choose(page, "材料还没添加")
    assert gone.places == ["documents"]
    drafts.remove(county, kept.key)
    page.activate()
    qtbot.waitUntil(lambda: "没有填完" not in titles(page))


def test_the_figures_and_the_picture_follow(qtbot: QtBot, county: Office, opened: Opened) -> None:
    saving.save(county, Enterprise, {"name": "嘉农电站", "headcount": 300, "area": "嘉农镇"})
    save_visit(county, enterprise_name="沙湾水泥厂")
    page = opened(county)
    qtbot.waitUntil(lambda: page.figures.figures[0].number.text() == "1")
    assert page.figures.figures[1].number.text() == "35"
    assert page.figures.figures[0].note.text() == "规上应访 2，差 1"
    assert "规上企业还没走访" in titles(page)
    qtbot.waitUntil(lambda: page.progress.chart.picture is not None)
    picture = page.progress.chart.picture
    assert picture is not None
    assert picture.labels[0] == "7月"
    assert picture.bars[0] == 1
    assert "7月 1" in page.progress.chart.accessibleName()


def test_saving_many_records_counts_once(
    qtbot: QtBot, county: Office, opened: Opened, worker: Worker
) -> None:
    save_visit(county)
    page = opened(county)
    qtbot.waitUntil(lambda: page.figures.figures[0].number.text() == "1")
    shown: list[object] = []
    page.counted.connect(shown.append)
    save_visit(county, enterprise_name="另一家厂")
    for _ in range(20):
        page.changed(Changes(frozenset({"visit"})))
    qtbot.waitUntil(lambda: page.figures.figures[0].number.text() == "2")
    assert len(shown) == 1


def test_a_new_office_is_shown_three_ways_to_begin(
    qtbot: QtBot, county: Office, opened: Opened, gone: Gone
) -> None:
    page = opened(county)
    (beginning,) = page.findChildren(Beginning)
    qtbot.waitUntil(beginning.isVisible)
    assert len(beginning.findChildren(KeyButton)) == 3
    page.add.trigger()
    assert gone.begun == ["visit"]
    save_visit(county)
    page.changed(Changes(frozenset({"visit"})))
    qtbot.waitUntil(lambda: not beginning.isVisible())
    assert page.waiting.isVisible()


def test_the_city_sees_who_is_missing(
    qtbot: QtBot, city: Office, opened: Opened, clock: SetClock, gone: Gone
) -> None:
    save_visit(city)
    clock.set(2011, 12, 20)
    page = opened(city)
    qtbot.waitUntil(lambda: "还没有报送的单位" in titles(page))
    choose(page, "还没有报送的单位")
    assert gone.views == [("inbox", "missing")]
    assert page.phases.title_of_due.text() == "截止已过"
    assert page.phases.days.text() == "5"


def test_nothing_is_clipped_where_the_window_is_narrow(
    qtbot: QtBot, county: Office, opened: Opened
) -> None:
    save_visit(county)
    page = opened(county)
    page.set_narrow(True)
    page.resize(1037, 472)
    qtbot.waitUntil(lambda: page.figures.figures[0].number.text() == "1")
    shown = (page.phases.days, page.phases.due, page.phases.title_of_due, page.outgoing.note)
    qtbot.waitUntil(lambda: all(part.width() >= part.sizeHint().width() for part in shown))
    assert page.outgoing.table.verticalScrollBar().maximum() == 0
    assert page.outgoing.table.columnWidth(0) > page.outgoing.table.width() / 2


def test_from_the_list_to_the_parcels_and_to_the_backup(
    qtbot: QtBot, county: Office, opened: Opened, gone: Gone
) -> None:
    save_visit(county)
    page = opened(county)
    page.activate()
    page.outgoing.table.setFocus()
    page.outgoing.table.selectRow(1)
    QTest.keyClick(page.outgoing.table, Qt.Key.Key_Return)
    assert gone.places == ["settings"]
