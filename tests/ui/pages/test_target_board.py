"""目标看板 in the window: sixteen targets on one screen, who lags, the map by keys, taken along."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.records import Attainment
from app.services.figures import indicators
from app.services.office.office import Office
from app.services.records import saving
from app.ui.pages.statistics import StatisticsPage
from app.ui.pages.statistics.target_views import TargetViews
from app.ui.worker import Worker
from tests.services.offices import COUNTY, SECOND_COUNTY, SetClock
from tests.ui.pages.at_work import CTRL, AtWork

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def at_board(
    qtbot: QtBot, dressed: QApplication, worker: Worker, city: Office, tmp_path: Path
) -> AtWork:
    return AtWork(qtbot, city, worker, tmp_path)


def typed(office: Office, unit: str, code: str, as_of: str, **said: Any) -> None:
    body = {"campaign": "2012-55", "indicator": code, "as_of": as_of, "unit": unit, **said}
    saving.save(office, Attainment, body)


def filled(city: Office) -> None:
    """沙湾 keeps up with T6 and lags with T7; 五通桥 is silent of T6 and below the rate of T8."""
    indicators.allot(city, "2012-55", "T6", {COUNTY: 200, SECOND_COUNTY: 100})
    indicators.allot(city, "2012-55", "T7", {COUNTY: 4000})
    for month, count in (("2012-07-31", 120), ("2012-08-31", 60)):
        typed(city, COUNTY, "T6", month, value=count)
    typed(city, COUNTY, "T7", "2012-08-31", value=400)
    typed(city, COUNTY, "T8", "2012-08-31", numerator=95, denominator=100)
    typed(city, COUNTY, "T9", "2012-08-31", numerator=112_500, denominator=112_659)
    typed(city, SECOND_COUNTY, "T8", "2012-08-31", numerator=40, denominator=50)


def board_of(at_work: AtWork) -> tuple[StatisticsPage, TargetViews]:
    at_work.shell.go("statistics")
    page: Any = at_work.shell.page
    at_work.rest()
    page.campaign.setCurrentIndex(0)
    page.campaign.activated.emit(0)
    page.tabs.go("indicators")
    at_work.rest()
    page.indicators.table.setFocus()
    at_work.press(Qt.Key.Key_T, CTRL)
    return page, page.indicators.views


def test_all_targets_stand_on_one_screen_with_who_lags(
    at_board: AtWork, city: Office, clock: SetClock, tmp_path: Path
) -> None:
    clock.set(2012, 9, 10)
    filled(city)
    at_work = at_board
    _, views = board_of(at_work)
    rows = {row[0].split()[0]: row for row in views.board.texts}
    assert len(rows) == 16
    wide = views.board.fontMetrics().horizontalAdvance(rows["T9"][2])
    assert rows["T9"][2].startswith("112,500／112,659")
    assert views.board.columnWidth(2) >= wide + 16, "no number is cut"
    last = views.board.visualRect(views.board.model().index(15, 0))
    assert last.bottom() <= views.board.viewport().height(), "the sixteenth is seen"
    at_work.window.resize(1093, 583)
    at_work.rest()
    advance = views.board.fontMetrics().horizontalAdvance
    room = views.board.columnWidth(0) - 16
    assert all(advance(row[0]) <= room - 16 for row in rows.values()), "no name is cut"
    last = views.board.visualRect(views.board.model().index(15, 0))
    assert last.bottom() <= views.board.viewport().height(), "nor in a narrow window"
    at_work.window.resize(1366, 690)
    at_work.rest()
    assert not views.board.isColumnHidden(5)
    assert rows["T6"][1:] == [
        "确保 2,000 个", "180", "9.0%", "还差 1,820", "↓ 8月 60（7月 120）", "落后"
    ]  # fmt: skip
    assert rows["T7"][6] == "落后，1 家"
    assert rows["T8"][2] == "135／175（77.1%）", "25 units of the city's own are silent"
    assert rows["T8"][4] == "还差 12.9 个百分点"
    at_work.press(Qt.Key.Key_Right)
    told = views.lagging.texts
    assert ["T7 新发展会员", "沙湾区总工会", "400", "4,000", "10.0%", "还差 3,600"] in told
    assert not [row for row in told if row[0].startswith("T6")], "the silent do not lag"
    wide = views.lagging.fontMetrics().horizontalAdvance("T7 新发展会员")
    assert views.lagging.columnWidth(0) >= wide + 16, "no name of a target is cut"
    at_work.press(Qt.Key.Key_Right)
    by_unit = views.lagging.texts
    assert [row[:2] for row in by_unit] == [
        ["五通桥区总工会", "T8 企业法人单位建会率"],
        ["沙湾区总工会", "T7 新发展会员"],
    ], "of two that lag alike the more silent comes first"
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    shown: Any = at_work.shell.page
    assert len(shown.page.browsing.card.model.ids) == 1


def test_the_map_is_walked_by_arrows_opened_turned_and_taken_along(
    at_board: AtWork, city: Office, clock: SetClock, tmp_path: Path
) -> None:
    clock.set(2012, 9, 10)
    filled(city)
    at_work = at_board
    page, views = board_of(at_work)
    views.tabs.go("map")
    views.figure.go("T8")
    assert len(views.map.tiles) == 11
    views.map.setFocus()
    views.map.choose([tile.name for tile in views.map.tiles].index("市中区"))
    at_work.press(Qt.Key.Key_Down)
    assert views.map.accessibleName() == "地图：沙湾区，95／100（95.0%），105.6%"
    at_work.press(Qt.Key.Key_Right)
    assert "五通桥区" in views.map.accessibleName()
    at_work.press(Qt.Key.Key_F12)
    assert ["五通桥区总工会", "40／50（80.0%）", "90%", "88.9%", "还差 10.0 个百分点"] in (
        views.as_table.texts
    )
    at_work.press(Qt.Key.Key_F12)
    page.save_to = lambda name: str(tmp_path / name)
    with at_work.qtbot.waitSignal(page.written):
        at_work.press(Qt.Key.Key_S, CTRL | SHIFT)
    assert [one.name for one in tmp_path.glob("T8*.xlsx")]
    at_work.press(Qt.Key.Key_P, CTRL)
    at_work.rest()
    assert page.paper is not None
    assert page.paper.card.title.text().startswith("T8 企业法人单位建会率")
    at_work.press(Qt.Key.Key_Escape)
    views.map.setFocus()
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    shown: Any = at_work.shell.page
    assert len(shown.page.browsing.card.model.ids) == 1
