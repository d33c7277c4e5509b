"""Somebody keys looking at the paper: a refused save swallows nothing and is noticed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.domain.records import Person, Visit
from app.services.records import drafts, saving
from app.services.reporting import report_check
from app.ui.pages.records.page import RecordPage
from tests.services.offices import save_visit
from tests.ui import hands
from tests.ui.pages.at_work import CTRL, AtWork

ROSTER = "长征药业公司"
GOOD = ("2011-07-18", "2011-07-19", "2011-07-20")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sounds made."""
    made: list[str] = []
    monkeypatch.setattr("app.ui.parts.refusal_bar.sound", lambda: made.append("beep"))
    return made


def begin(at_work: AtWork) -> RecordPage:
    page = at_work.go("visits")
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.rest()
    return page


def key_blindly(at_work: AtWork, leader: str, day: str) -> None:
    """One paper, and on to the next without a look at the screen."""
    for text in (leader, ROSTER):
        hands.compose(text)
        hands.press(at_work.qtbot, Qt.Key.Key_Return)
    for text in ("320", "12"):
        hands.keys(at_work.qtbot, text)
        hands.press(at_work.qtbot, Qt.Key.Key_Return)
    hands.compose("没有意见。")
    hands.press(at_work.qtbot, Qt.Key.Key_Tab)
    hands.keys(at_work.qtbot, day)
    hands.press(at_work.qtbot, Qt.Key.Key_Return, CTRL)


def kept(at_work: AtWork) -> list[tuple[str, str]]:
    found = [state.record for state in saving.listing(at_work.office, Visit)]
    return sorted((str(one.visited_on), "、".join(one.leaders)) for one in found)


@pytest.mark.parametrize("wrong", ["2030-12-01", "2011-13-01"])
def test_four_papers_keyed_blindly_with_one_mistake(
    at_work: AtWork, heard: list[str], wrong: str
) -> None:
    page = begin(at_work)
    with at_work.qtbot.waitSignal(page.kept):
        key_blindly(at_work, "甲某某", GOOD[0])
    with at_work.qtbot.waitSignal(page.refused):
        key_blindly(at_work, "乙某某", wrong)
    key_blindly(at_work, "丙某某", GOOD[1])
    key_blindly(at_work, "丁某某", GOOD[2])
    at_work.rest()

    assert kept(at_work) == [(GOOD[0], "甲某某")]
    bar = page.card.refusal
    assert bar.is_up
    assert "走访日期" in bar.text
    assert "没有记到任何地方" in bar.text
    assert len(heard) > 20
    assert page.form.typed()["leaders"] == ["乙某某"]
    assert page.form.typed()["visited_on"] == wrong
    assert page.form.typed()["headcount"] == 320

    hands.press(at_work.qtbot, Qt.Key.Key_Escape)
    here = hands.focus()
    assert page.form.editor("visited_on").isAncestorOf(here)
    assert isinstance(here, QLineEdit)
    assert here.selectedText() == here.text() != ""
    hands.keys(at_work.qtbot, GOOD[1])
    with at_work.qtbot.waitSignal(page.kept):
        hands.press(at_work.qtbot, Qt.Key.Key_Return, CTRL)
    at_work.rest()
    assert kept(at_work) == [(GOOD[0], "甲某某"), (GOOD[1], "乙某某")]
    assert drafts.every(at_work.office) == []


def test_enter_answers_when_it_is_the_first_key(at_work: AtWork, heard: list[str]) -> None:
    page = begin(at_work)
    key_blindly(at_work, "甲某某", "2030-12-01")
    assert heard == ["beep"]
    hands.press(at_work.qtbot, Qt.Key.Key_Return)
    assert not page.card.refusal.is_up
    assert page.form.editor("visited_on").isAncestorOf(hands.focus())


def test_no_key_of_the_page_works_until_it_was_read(at_work: AtWork, heard: list[str]) -> None:
    page = begin(at_work)
    key_blindly(at_work, "甲某某", "2030-12-01")
    for key in (Qt.Key.Key_N, Qt.Key.Key_Return, Qt.Key.Key_S):
        hands.press(at_work.qtbot, key, CTRL)
    at_work.rest()
    assert page.card.refusal.is_up
    assert page.form.typed()["leaders"] == ["甲某某"]
    assert len(heard) == 4


def test_what_is_keyed_while_a_save_is_on_its_way_goes_into_the_next_form(
    at_work: AtWork, heard: list[str]
) -> None:
    page = begin(at_work)
    with at_work.qtbot.waitSignals([page.kept, page.shown]):
        key_blindly(at_work, "甲某某", GOOD[0])
        hands.compose("乙某某")
        hands.keys(at_work.qtbot, "(x")
    at_work.rest()
    assert page.form.typed()["leaders"] == ["乙某某(x"]
    assert kept(at_work) == [(GOOD[0], "甲某某")]
    assert heard == []


def test_a_day_in_no_campaign_is_asked_about_however_soon_one_saves(
    at_work: AtWork, heard: list[str]
) -> None:
    page = begin(at_work)
    with at_work.qtbot.waitSignal(page.refused):
        key_blindly(at_work, "甲某某", "2011-07-02")
    assert "活动" in page.card.refusal.text
    assert heard == ["beep"]
    assert kept(at_work) == []


def test_a_save_that_the_store_refuses_is_as_loud(at_work: AtWork, heard: list[str]) -> None:
    page = begin(at_work)
    with at_work.qtbot.waitSignal(page.kept):
        key_blindly(at_work, "甲某某", GOOD[0])
    with at_work.qtbot.waitSignal(page.refused):
        key_blindly(at_work, "乙某某", GOOD[0])
    assert "已经登记过走访" in page.card.refusal.text
    assert any(part.isVisible() for part in page.card.refusal.reason)
    assert heard == ["beep"]

    hands.press(at_work.qtbot, Qt.Key.Key_Escape)
    hands.press(at_work.qtbot, Qt.Key.Key_F2)
    hands.compose("上午下午各去一次")
    hands.press(at_work.qtbot, Qt.Key.Key_Return)
    with at_work.qtbot.waitSignal(page.kept):
        hands.press(at_work.qtbot, Qt.Key.Key_Return, CTRL)
    second = saving.listing(at_work.office, Visit)[-1].record
    assert [row.reason for row in second.accepted] == ["上午下午各去一次"]


def test_f2_as_the_first_key_asks_for_the_reason(at_work: AtWork, heard: list[str]) -> None:
    page = begin(at_work)
    with at_work.qtbot.waitSignal(page.kept):
        key_blindly(at_work, "甲某某", GOOD[0])
    with at_work.qtbot.waitSignal(page.refused):
        key_blindly(at_work, "乙某某", GOOD[0])
    assert any(part.isVisible() for part in page.card.refusal.reason)
    hands.press(at_work.qtbot, Qt.Key.Key_F2)
    assert not page.card.refusal.is_up
    hands.compose("上午下午各去一次")
    hands.press(at_work.qtbot, Qt.Key.Key_Return)
    with at_work.qtbot.waitSignal(page.kept):
        hands.press(at_work.qtbot, Qt.Key.Key_Return, CTRL)
    assert heard == ["beep"]


def test_f2_answers_no_error(at_work: AtWork, heard: list[str]) -> None:
    page = begin(at_work)
    key_blindly(at_work, "甲某某", "2030-12-01")
    assert not any(part.isVisible() for part in page.card.refusal.reason)
    hands.press(at_work.qtbot, Qt.Key.Key_F2)
    assert page.card.refusal.is_up
    assert heard == ["beep", "beep"]


def test_what_speaks_against_a_saved_record_stands_there_and_is_answered(
    at_work: AtWork, heard: list[str]
) -> None:
    first, second = (save_visit(at_work.office, leaders=name).id for name in ("甲某某", "乙某某"))
    page = at_work.go("visits")
    page.editing.open(second)
    at_work.rest()
    assert "已经登记过走访" in "".join(page.form.messages("visited_on"))

    page.form.jump_to("visited_on")
    hands.press(at_work.qtbot, Qt.Key.Key_F2)
    hands.compose("上午下午各去一次")
    hands.press(at_work.qtbot, Qt.Key.Key_Return)
    with at_work.qtbot.waitSignal(page.kept):
        hands.press(at_work.qtbot, Qt.Key.Key_S, CTRL)
    at_work.rest()
    page.editing.open(first)
    at_work.rest()
    assert page.form.messages("visited_on") == []
    problems = [one for one in report_check.examine(at_work.office) if one.code == "G03"]
    assert [(one.id, one.severity) for one in problems] == [(second, report_check.KEPT)]


def test_who_is_kept_already_is_mended_where_the_number_stands(
    at_work: AtWork, heard: list[str]
) -> None:
    saving.save(at_work.office, Person, {"name": "甲某某", "resident_id": "11010519491231002X"})
    page = at_work.go("persons")
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.rest()
    page.form.editor("name").put("乙某某")
    page.form.editor("resident_id").put("11010519491231002X")
    page.form.jump_to("born")
    with at_work.qtbot.waitSignal(page.refused):
        hands.press(at_work.qtbot, Qt.Key.Key_S, CTRL)
    assert "已经登记过" in page.card.refusal.text
    hands.press(at_work.qtbot, Qt.Key.Key_Escape)
    here = hands.focus()
    assert page.form.editor("resident_id").isAncestorOf(here)
    assert isinstance(here, QLineEdit)
    assert here.selectedText() == here.text() != ""
