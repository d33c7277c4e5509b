"""不采用 by keys: at the county's form and for all selected; at the city beside its proposal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.records import Demand, Visit
from app.services.deciding import differing
from app.services.office.office import Office
from app.services.records import saving
from app.services.reviewing import passed_up, refusals, reviews, trays
from app.services.reviewing.reviews import Correction
from app.ui.worker import Worker
from tests.services.offices import deliver, record_of, save_visit
from tests.ui.pages.at_work import CTRL, AtWork
from tests.ui.pages.inbox_desk import ALT, InboxDesk, sit_down
from tests.ui.pages.test_answers import answered
from tests.ui.pages.test_lists_taken_along import batch, select, table

SHIFT = Qt.KeyboardModifier.ShiftModifier
WHY = "花名册上就是1250人"
REPLY = "已商国资委，月底前补发"
Sit = Callable[[Office], InboxDesk]


@pytest.fixture
def sit(qtbot: QtBot, dressed: QApplication, worker: Worker, tmp_path: Path) -> Sit:
    """Sit down at an office's computer, on 收件."""
    return lambda office: sit_down(qtbot, worker, office, tmp_path)


def proposed(city: Office, county: Office, folder: Path, *records: str) -> list[str]:
    """The city proposes a headcount of each, and its answer comes down."""
    told = {"headcount": Correction(1205, "试用人", dt.date(2011, 7, 1))}
    made = [reviews.propose(city, Visit, one, told).id for one in records]
    answered(city, county, folder)
    return made


def open_count(county: Office) -> int:
    return len(trays.open_items(trays.tray(county, "propose")))


def test_a_proposal_is_refused_and_that_taken_back_by_one_key(
    at_work: AtWork, city: Office, tmp_path: Path
) -> None:
    county = at_work.office
    visit = save_visit(county)
    deliver(county, city, tmp_path / "stick")
    proposed(city, county, tmp_path, visit.id)
    page = at_work.go("visits")
    page.form.focus_first()
    at_work.press(Qt.Key.Key_R, CTRL | SHIFT)
    assert page.card.asking.reason.hasFocus()
    page.card.asking.reason.setText(WHY)
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert open_count(county) == 0
    words = page.card._said.words.text()
    assert f"：{WHY}" in words
    assert "已写明不采用 走访企（事）业职工人数 1205人" in words
    assert page.card.refuse.text() == "收回不采用"
    page.form.focus_first()
    at_work.press(Qt.Key.Key_R, CTRL | SHIFT)
    at_work.rest()
    assert open_count(county) == 1
    assert page.card.refuse.text() == "不采用"


def test_all_selected_are_refused_for_one_reason_and_one_key_takes_it_back(
    at_work: AtWork, city: Office, tmp_path: Path
) -> None:
    county = at_work.office
    ids = [save_visit(county, enterprise_name=f"第{n}厂").id for n in range(2)]
    deliver(county, city, tmp_path / "stick")
    proposed(city, county, tmp_path, *ids)
    page, browser = table(at_work, "visits")
    select(browser, [0, 1])
    browser.card.view.setFocus()
    at_work.press(Qt.Key.Key_B, CTRL | SHIFT)
    panel = batch(page)
    at_work.rest()
    panel.what.button(3).click()
    assert not panel.save.isEnabled()
    panel.why.setText(WHY)
    assert panel.save.text() == "不采用这 2 条"
    panel.why.setFocus()
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    assert panel.said.text() == f"已不采用（{WHY}）：2 条。"
    assert open_count(county) == 0
    at_work.press(Qt.Key.Key_Z, CTRL)
    at_work.rest()
    assert open_count(county) == 2


def test_the_city_sees_why_and_withdraws_or_lets_it_stand(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county).id
    deliver(county, city, tmp_path / "up")
    (review,) = proposed(city, county, tmp_path, visit)
    refusals.refuse(county, Visit, visit, [review], WHY)
    deliver(county, city, tmp_path / "up again")
    desk = sit(city)
    view = desk.page.differing
    desk.press(Qt.Key.Key_3, ALT)
    desk.until(lambda: view.chosen is not None)
    assert f"沙湾区总工会不采用：{WHY}" in view.message.text()
    assert not view.back.isVisible()
    desk.press(Qt.Key.Key_F2)
    desk.until(lambda: view.chosen is not None and view.chosen.returned)
    desk.until(lambda: desk.page.tabs.words("differing") == "填写不一致 0")
    assert "市经办" in view.message.text()
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: view.chosen is not None and not view.chosen.returned)
    desk.press(Qt.Key.Key_Delete, CTRL)
    desk.until(lambda: differing.disagreements(city) == [])
    assert record_of(city, "visit", visit).headcount == 1250
    desk.until(lambda: view.chosen is None)
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: record_of(city, "visit", visit).headcount == 1205)


def demand_of(county: Office) -> str:
    """A demand that the county cannot settle by itself."""
    typed = {"raised_on": "2011-07-05", "category": "生活", "content": "拖欠三个月工资"}
    asked = {"requested": "请市里协调国资委", "requested_on": "2011-07-09"}
    return saving.save(county, Demand, typed | asked).id


def test_a_demand_passed_up_is_answered_and_the_answer_comes_back_on_the_same_record(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    demand = demand_of(county)
    deliver(county, city, tmp_path / "up")
    desk = sit(city)
    view = desk.page.reply
    desk.press(Qt.Key.Key_8, ALT)
    desk.until(lambda: view.chosen is not None)
    assert "请市里协调国资委" in view.whole.text()
    desk.press(Qt.Key.Key_Return)
    assert view.reply.hasFocus()
    view.reply.setText(REPLY)
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: view.chosen is None)
    assert "下次给沙湾区总工会的回执带下去" in view.said.text()
    assert QApplication.focusWidget() is view, "not the header"
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: view.chosen is not None)
    desk.press(Qt.Key.Key_Return)
    view.reply.setText(REPLY)
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: record_of(city, "demand", demand).upper_reply == REPLY)
    answered(city, county, tmp_path)
    (item,) = trays.open_items(trays.tray(county, "propose"))
    assert item.record.id == demand


def test_the_answer_to_a_demand_is_taken_over_with_one_key(
    at_work: AtWork, city: Office, tmp_path: Path
) -> None:
    county = at_work.office
    demand = demand_of(county)
    deliver(county, city, tmp_path / "up")
    passed_up.reply(city, demand, REPLY)
    answered(city, county, tmp_path)
    page = at_work.go("demands")
    assert f"乐山市总工会答复（市经办 07-21）：{REPLY}" in page.card._said.words.text()
    page.form.focus_first()
    at_work.press(Qt.Key.Key_J, CTRL)
    at_work.rest()
    kept = record_of(county, "demand", demand)
    assert (kept.upper_reply, kept.upper_replied_on) == (REPLY, city.today())
    assert not page.card._said.isVisible()
    deliver(county, city, tmp_path / "up again")
    assert dict(saving.show(city, Demand, demand).pending) == {}
