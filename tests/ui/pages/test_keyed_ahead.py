"""Who keys looking at the paper is ahead of the program: no key is lost, none goes elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.domain.records import Demand, Enterprise, Visit
from app.services.records import drafts, saving
from tests.services.offices import save_visit
from tests.ui import hands
from tests.ui.pages.at_work import CTRL, AtWork
from tests.ui.pages.test_refusal import GOOD, kept, key_blindly


def test_keys_after_a_new_record_was_asked_for_go_into_its_form(at_work: AtWork) -> None:
    at_work.go("demands")
    at_work.desk.start("visit", {})
    key_blindly(at_work, "甲某某", GOOD[0])
    at_work.qtbot.waitUntil(lambda: bool(kept(at_work)))
    at_work.rest()
    assert kept(at_work) == [(GOOD[0], "甲某某")]
    assert drafts.every(at_work.office) == []


def test_keys_after_ctrl_n_leave_the_record_that_stood_there_as_it_was(at_work: AtWork) -> None:
    first = save_visit(at_work.office, leaders="乙某某").id
    page = at_work.go("visits")
    page.editing.open(first)
    at_work.rest()
    page.form.jump_to("opinions")
    at_work.press(Qt.Key.Key_N, CTRL)
    hands.compose("甲某某")
    hands.press(at_work.qtbot, Qt.Key.Key_Return)
    at_work.rest()
    assert page.form.typed()["leaders"] == ["甲某某"]
    assert page.form.editor("enterprise_name").isAncestorOf(hands.focus())
    page.editing.open(first)
    at_work.rest()
    assert not page.form.dirty


def test_three_papers_are_keyed_faster_than_they_are_saved(at_work: AtWork) -> None:
    page = at_work.go("visits")
    at_work.press(Qt.Key.Key_N, CTRL)
    for leader, day in zip(("甲某某", "乙某某", "丙某某"), GOOD, strict=True):
        key_blindly(at_work, leader, day)
    at_work.qtbot.waitUntil(lambda: len(kept(at_work)) == 3)
    at_work.rest()
    assert kept(at_work) == list(zip(GOOD, ("甲某某", "乙某某", "丙某某"), strict=True))
    assert page.card.title.text() == "新的走访"
    assert drafts.every(at_work.office) == []


def test_keys_go_with_what_is_begun_from_a_record_that_is_saved_first(at_work: AtWork) -> None:
    page = at_work.go("visits")
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.rest()
    with at_work.qtbot.waitSignal(page.kept):
        key_blindly(at_work, "甲某某", GOOD[0])
    at_work.rest()
    (visit,) = saving.listing(at_work.office, Visit)
    page.editing.open(visit.id)
    at_work.rest()
    page.form.jump_to("opinions")
    hands.compose("还有一句。")
    at_work.press(Qt.Key.Key_1, CTRL)
    for text in ("职工", "职工生活", "政府"):
        hands.compose(text)
        hands.press(at_work.qtbot, Qt.Key.Key_Return)
    hands.press(at_work.qtbot, Qt.Key.Key_Return)
    hands.compose("要求通水。")
    hands.press(at_work.qtbot, Qt.Key.Key_Return, CTRL)
    at_work.qtbot.waitUntil(lambda: bool(saving.listing(at_work.office, Demand)))
    at_work.rest()
    (demand,) = saving.listing(at_work.office, Demand)
    assert (demand.record.content, demand.record.visit) == ("要求通水。", visit.id)
    (visit,) = saving.listing(at_work.office, Visit)
    assert visit.record.opinions == "还有一句。没有意见。"


def test_enter_in_the_list_before_a_record_stands_beside_it_does_no_harm(at_work: AtWork) -> None:
    save_visit(at_work.office)
    at_work.shell.go("visits")
    page = at_work.shell.page
    hands.press(at_work.qtbot, Qt.Key.Key_Return)
    at_work.rest()
    assert page.isAncestorOf(hands.focus())


def test_what_a_unit_has_stands_in_the_field_one_came_to_and_the_next_key_replaces_it(
    at_work: AtWork,
) -> None:
    saving.save(at_work.office, Enterprise, {"name": "乐山无线电公司", "headcount": 1250})
    page = at_work.go("visits")
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.rest()
    page.form.jump_to("enterprise_name")
    hands.compose("乐山无线电公司")
    at_work.rest()
    hands.press(at_work.qtbot, Qt.Key.Key_Return)
    at_work.rest()
    assert page.form.editor("headcount").isAncestorOf(hands.focus())
    assert page.form.typed()["headcount"] == 1250
    hands.keys(at_work.qtbot, "1300")
    assert page.form.typed()["headcount"] == 1300
