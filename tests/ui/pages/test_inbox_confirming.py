"""收件 → 待确认: a clerk's words wait, 负责人 confirms or hands them back, by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.records import Review, Visit
from app.services.office.duties import CLERK
from app.services.office.office import Office
from app.services.people import operators
from app.services.records import saving
from app.services.reviewing import drafts_list, reviews, two_steps
from app.ui.keys import hints_for
from app.ui.worker import Worker
from tests.services.conftest import city, clock, county, grounds
from tests.services.offices import CHEAP, PASSPHRASE, deliver, save_visit
from tests.ui.pages.inbox_desk import ALT, CTRL, InboxDesk, sit_down

__all__ = ["city", "clock", "county", "grounds"]

pytestmark = pytest.mark.usefixtures("dressed")

SHIFT = Qt.KeyboardModifier.ShiftModifier
Sit = Callable[[Office], InboxDesk]


@pytest.fixture
def sit(qtbot: QtBot, worker: Worker, tmp_path: Path) -> Sit:
    """Sit down at an office's computer, on 收件."""
    return lambda office: sit_down(qtbot, worker, office, tmp_path)


@pytest.fixture
def clerk(city: Office) -> Office:
    made = operators.add(city, PASSPHRASE, "王新", "battery staple", duties=[CLERK], cost=CHEAP)
    return city.as_operator(made.id)


def verdicts(office: Office) -> list[str]:
    return sorted(one.record.verdict for one in saving.listing(office, Review))


def test_the_one_in_charge_turns_it_on_confirms_hands_back_and_undoes(
    sit: Sit, city: Office, county: Office, clerk: Office, tmp_path: Path
) -> None:
    first, second = save_visit(county), save_visit(county, enterprise_name="另一家")
    deliver(county, city, tmp_path / "up")
    desk = sit(city)
    desk.press(Qt.Key.Key_7, ALT)
    view = desk.page.confirm
    desk.until(view.turn.isEnabled)
    desk.press(Qt.Key.Key_Y, CTRL)
    desk.until(lambda: view.turn.text() == "审核不再分两步")
    reviews.accept(clerk, Visit, first.id)
    reviews.send_back(clerk, Visit, second.id, {"headcount": "请核对"})
    view.refresh()
    desk.until(lambda: len(view.grid.texts) == 2)
    assert view.grid.texts[0][4] == "等您确认"
    view.grid.setFocus()
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: verdicts(city) == ["accept"])
    desk.until(lambda: len(view.grid.texts) == 1)
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: verdicts(city) == [])
    desk.until(lambda: len(view.grid.texts) == 2)

    view.grid.setFocus()
    desk.press(Qt.Key.Key_B, CTRL)
    assert view.word.hasFocus()
    view.word.setText("再问一下")
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: "市经办交回：再问一下" in [row[4] for row in view.grid.texts])
    desk.until(lambda: desk.page.tabs.words("confirm") == "待确认 1")
    desk.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert "全部确认 1 条" in view.said.text()
    desk.press(Qt.Key.Key_Return, CTRL | SHIFT)
    desk.until(lambda: len(verdicts(city)) == 1)


def test_a_clerk_sees_who_is_waited_for_and_withdraws(
    sit: Sit, city: Office, county: Office, clerk: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    two_steps.turn(city, on=True)
    reviews.accept(clerk, Visit, visit.id)
    desk = sit(clerk)
    desk.press(Qt.Key.Key_7, ALT)
    view = desk.page.confirm
    desk.until(lambda: len(view.grid.texts) == 1)
    assert view.grid.texts[0][4] == "等市经办确认"
    assert not view.confirm.isEnabled()
    view.grid.setFocus()
    told = [key.shown for key in hints_for(view.grid)]
    assert "Ctrl+Del" in told
    assert "Ctrl+B" not in told, "only what works"
    desk.press(Qt.Key.Key_Delete, CTRL)
    desk.until(lambda: drafts_list.drafts(clerk).rows == ())
    desk.until(view.grid.isHidden)
    assert QApplication.focusWidget() is view, "not the header"
