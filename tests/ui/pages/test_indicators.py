"""指标进度 in the window: look, key a month, see the records, share out with a sum check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.records import Attainment, Target
from app.services.office.office import Office
from app.services.records import saving
from app.ui.pages.statistics import StatisticsPage
from app.ui.pages.statistics.indicators_view import AttainmentsView
from app.ui.worker import Worker
from database.state import states
from tests.services.offices import SetClock
from tests.ui.pages.at_work import CTRL, AtWork


@pytest.fixture
def city_at_work(
    qtbot: QtBot, dressed: QApplication, worker: Worker, city: Office, tmp_path: Path
) -> AtWork:
    return AtWork(qtbot, city, worker, tmp_path)


def indicators_of(at_work: AtWork) -> tuple[StatisticsPage, AttainmentsView]:
    at_work.shell.go("statistics")
    page: Any = at_work.shell.page
    at_work.rest()
    page.campaign.setCurrentIndex(0)
    page.campaign.activated.emit(0)
    page.tabs.go("indicators")
    at_work.rest()
    return page, page.indicators


def typed(office: Office, code: str, **said: Any) -> None:
    body = {"campaign": "2012-55", "indicator": code, "as_of": "2012-08-31", **said}
    saving.save(office, Attainment, body)


def test_the_indicators_of_2012_stand_there_without_any_visit(
    at_work: AtWork, clock: SetClock
) -> None:
    clock.set(2012, 9, 10)
    typed(at_work.office, "T7", value=250)
    _, view = indicators_of(at_work)
    assert len(view.table.texts) == 16
    row = next(row for row in view.table.texts if row[0].startswith("T7 "))
    assert row[1:3] == ["没有分解", "250 名"]
    assert {row[1] for row in view.table.texts} >= {"没有分解", "没有定目标"}
    view.table.selectRow(6)
    assert view._right.note.text() == "没有分解，完成 250 名"
    view.table.selectRow(5)
    assert view._right.note.text() == "没有分解，还没有填"
    view.table.selectRow(6)
    assert view.units.texts[0][:2] == ["沙湾区总工会", "250"]
    view.units.setFocus()
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    shown: Any = at_work.shell.page
    assert len(shown.page.browsing.card.model.ids) == 1
    assert shown.page.browsing.narrowing.chips[0].shown == "新发展会员 · 沙湾区总工会"


def test_a_month_is_begun_with_the_indicator_chosen(at_work: AtWork, clock: SetClock) -> None:
    clock.set(2012, 9, 10)
    _, view = indicators_of(at_work)
    view.table.selectRow(7)
    view.table.setFocus()
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.rest()
    page: Any = at_work.shell.page
    assert page.page.form.body()["indicator"] == "T8 企业法人单位建会率（%）"


def test_the_indicator_of_a_month_is_chosen_by_its_name(at_work: AtWork, clock: SetClock) -> None:
    clock.set(2012, 9, 10)
    page = at_work.go("plans", "attainment")
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.rest()
    editor: Any = page.form.editor("indicator")
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "xfzhy")
    at_work.rest()
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    page.form.editor("campaign").put("2012-55")
    for name, words in (("as_of", "2012-08-31"), ("value", "25")):
        page.form.editor(name).put(words)
        page.form.field_left.emit(name)
    at_work.rest()
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    with at_work.office.store.read() as connection:
        (kept,) = states.find(connection, Attainment)
    assert (kept.record.indicator, kept.record.value) == ("T7", 25)
    assert page.form.body()["indicator"] == "T7 新发展会员（名）"


def test_the_city_shares_out_and_sees_at_once_whether_it_adds_up(
    city_at_work: AtWork, clock: SetClock
) -> None:
    clock.set(2012, 9, 10)
    _, view = indicators_of(city_at_work)
    view.table.selectRow(5)
    view.table.setFocus()
    city_at_work.press(Qt.Key.Key_D, CTRL)
    panel = view.allotting
    assert panel is not None
    panel.fields["511111"].setText("１，200")
    panel.fields["511112"].setText("700")
    assert panel.sum.text() == "已分解 1,900，目标 2,000，比目标少 100"
    panel.fields["511102"].setText("一百")
    assert "不是数字" in panel.sum.text()
    panel.fields["511102"].setText("100")
    with city_at_work.qtbot.waitSignal(panel.kept):
        panel._save.trigger()
    city_at_work.rest()
    told = {row[0]: row[2] for row in view.units.texts}
    assert told["沙湾区总工会"] == "1,200"
    assert "正好" in view.note.text()
    with city_at_work.office.store.read() as connection:
        assert states.count(connection, Target) == 3
