"""Records on the screen: keyed, kept, corrected, taken back, and brought back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.records import Case, Demand, Enterprise, Hazard, Person, Record, Visit
from app.domain.records.base import ASK_CAMPAIGN
from app.services.lists import listing
from app.services.lists.chips import Chip, How
from app.services.records import drafts, record_versions, reveals, saving
from app.ui.fields.links import KnownNameEditor
from app.ui.fields.rows import RowsEditor
from app.ui.lists.record_model import LINE
from app.ui.pages.records.page import RecordPage
from tests.services.offices import VISIT, SetClock, record_of, save_visit
from tests.ui import hands
from tests.ui.pages.at_work import CTRL, AtWork

TYPED = ("leaders", "enterprise_name", "headcount", "workers_met", "opinions")
PERSON = {"name": "试用人", "resident_id": "11010519491231002X"}


def key_visit(page: RecordPage, **values: object) -> None:
    for name, value in {**VISIT, **values}.items():
        page.form.editor(name).put(str(value))
        page.form.editor(name).changed.emit()


def new(at_work: AtWork, page: RecordPage) -> None:
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.rest()


def titles(page: RecordPage) -> list[str]:
    return list(page.browsing.card.model.ids)


def test_an_empty_place_says_how_to_begin(at_work: AtWork) -> None:
    page = at_work.go("visits")
    assert not page.card.isVisible()
    new(at_work, page)
    assert page.card.isVisible()
    assert page.form.isAncestorOf(hands.focus())


def test_a_form_is_keyed_saved_and_the_next_begun(at_work: AtWork) -> None:
    page = at_work.go("visits")
    new(at_work, page)
    key_visit(page)
    at_work.press(Qt.Key.Key_Return, CTRL)
    at_work.rest()
    (only,) = listing.ids(at_work.office, Visit)
    assert record_of(at_work.office, "visit", only).headcount == 1250
    assert page.card.title.text() == "新的走访"
    assert not page.form.body().get("opinions")
    assert page.form.isAncestorOf(hands.focus())
    assert only in titles(page)


def test_the_four_priorities_are_ticked_by_number_and_needed_nowhere(at_work: AtWork) -> None:
    page = at_work.go("visits")
    new(at_work, page)
    key_visit(page)
    page.form.jump_to("priorities")
    at_work.press(Qt.Key.Key_2)
    at_work.press(Qt.Key.Key_4)
    at_work.press(Qt.Key.Key_Return, CTRL)
    at_work.rest()
    key_visit(page, enterprise_name="恒宇机械厂")
    at_work.press(Qt.Key.Key_Return, CTRL)
    at_work.rest()
    ids = listing.ids(at_work.office, Visit)
    kept = {one: record_of(at_work.office, "visit", one).priorities for one in ids}
    assert sorted(kept.values()) == [(), ("listen", "develop")]
    (ticked,) = (one for one, said in kept.items() if said)
    chip = Chip("priorities", How.IS, ("listen",), "倾听职工诉求")
    assert list(listing.ids(at_work.office, Visit, chips=(chip,))) == [ticked]


@pytest.mark.parametrize(
    ("place", "record_type", "typed"),
    [
        ("demands", Demand, {"raised_on": "2011-07-04", "category": "生活", "content": "太贵"}),
        ("hazards", Hazard, {"found_at": "2011-07-04 10:00", "nature": "欠薪", "level": "一般",
                             "description": "欠薪", "reported_to_party": "是",
                             "reported_to_union": "是"}),
    ],
)  # fmt: skip
def test_what_is_new_is_ticked_by_number_and_asked_for(
    at_work: AtWork, place: str, record_type: type[Record], typed: dict[str, str]
) -> None:
    page = at_work.go(place)
    new(at_work, page)
    for name, words in typed.items():
        page.form.editor(name).put(words)
        page.form.field_left.emit(name)
    page.form.jump_to("trends")
    at_work.press(Qt.Key.Key_1)
    at_work.press(Qt.Key.Key_3)
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    (only,) = listing.ids(at_work.office, record_type)
    kept: Any = saving.show(at_work.office, record_type, only).record
    assert kept.trends == ("situation", "conflict")
    for code, count in (("conflict", 1), ("problem", 0)):
        chip = Chip("trends", How.IS, (code,), "新矛盾")
        assert len(listing.ids(at_work.office, record_type, chips=(chip,))) == count


def test_the_campaign_follows_the_day_and_is_asked_where_none_holds_it(
    at_work: AtWork, clock: SetClock
) -> None:
    clock.set(2012, 3, 5)
    page = at_work.go("visits")
    new(at_work, page)
    form = page.form
    assert form.body().get("campaign") is None

    def day(text: str) -> None:
        form.editor("visited_on").put(text)
        form.field_left.emit("visited_on")
        at_work.rest()

    form.jump_to("leaders")
    day("2011-07-20")
    assert form.body()["campaign"] == "2011-36"
    day("2012-03-01")
    assert form.body().get("campaign") is None
    form.check_all()
    assert ASK_CAMPAIGN in "".join(form.messages("campaign"))
    form.editor("campaign").put("2011-36")
    day("2012-03-02")
    assert form.body()["campaign"] == "2011-36"
    form.check_all()
    assert "不在活动期间" in "".join(form.messages("visited_on"))
    form.editor("campaign").put("2012-55")
    day("2012-03-03")
    assert "不在活动期间" not in "".join(form.messages("visited_on"))


def test_the_first_error_is_gone_to_and_nothing_is_saved(at_work: AtWork) -> None:
    page = at_work.go("visits")
    new(at_work, page)
    key_visit(page, headcount="", visited_on="2011-07-20")
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    assert not listing.ids(at_work.office, Visit)
    at_work.press(Qt.Key.Key_Return)
    assert page.form.editor("headcount").isAncestorOf(hands.focus())
    assert page.card.errors.isVisible()


def test_what_was_not_saved_is_offered_back(at_work: AtWork) -> None:
    saved = save_visit(at_work.office)
    page = at_work.go("visits")
    new(at_work, page)
    page.form.editor("opinions").put("班车不便。")
    page.form.editor("opinions").changed.emit()
    at_work.go("demands")
    (draft,) = drafts.every(at_work.office)
    assert draft.typed["opinions"] == "班车不便。"
    page = at_work.go("visits")
    page.editing.open(saved.id)
    at_work.rest()
    page.editing.open(draft.key)
    at_work.rest()
    assert page.card.remembered.isVisible()
    assert page.form.body()["opinions"] == "班车不便。"
    page.card.remembered.discard.click()
    page.card.remembered.discard.click()
    at_work.rest()
    assert not drafts.every(at_work.office)
    assert not page.form.body().get("opinions")


def test_taken_back_with_a_reason_and_brought_back_from_its_history(at_work: AtWork) -> None:
    saved = save_visit(at_work.office)
    page = at_work.go("visits")
    page.browsing.card.list.setFocus()
    at_work.press(Qt.Key.Key_F9)
    hands.keys(at_work.qtbot, "double")
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert not titles(page)
    at_work.press(Qt.Key.Key_H, CTRL)
    at_work.rest()
    assert page.third is not None
    view = page.third.currentWidget().view  # type: ignore[attr-defined]
    view.setFocus()
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_H, CTRL | Qt.KeyboardModifier.ShiftModifier)
    hands.keys(at_work.qtbot, "wrong")
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert titles(page) == [saved.id]
    assert record_versions.history(at_work.office, Visit, saved.id)[-1].revision.why == "wrong"


def test_a_demand_begun_from_a_visit_knows_it(at_work: AtWork) -> None:
    saved = save_visit(at_work.office)
    page = at_work.go("visits")
    page.form.focus_first()
    at_work.press(Qt.Key.Key_1, CTRL)
    at_work.rest()
    assert at_work.shell.current == "demands"
    demands = at_work.go("demands")
    body = demands.form.body()
    assert (body["visit"], body["raised_on"]) == (saved.id, "2011-07-20")
    assert body["enterprise"] == saved.state.record.enterprise  # type: ignore[attr-defined]


def test_what_is_begun_from_a_record_is_listed_by_it(at_work: AtWork) -> None:
    save_visit(at_work.office, enterprise_name="沫江齿轮厂")
    page = at_work.go("visits")
    page.form.focus_first()
    at_work.press(Qt.Key.Key_1, CTRL)
    at_work.rest()
    demands = at_work.go("demands")
    demands.form.jump_to("content")
    hands.compose("要求通水。")
    demands.editing.keep_draft()
    at_work.rest()
    model = demands.browsing.card.model
    assert model.index(0).data(LINE).title == "沫江齿轮厂"


def test_an_id_number_is_shown_after_a_reason_that_is_kept(
    at_work: AtWork, clock: SetClock
) -> None:
    saved = saving.save(at_work.office, Person, PERSON)
    clock.forward(days=1)
    page = at_work.go("persons")
    assert page.form.editor("resident_id").masked
    page.form.jump_to("resident_id")
    at_work.press(Qt.Key.Key_F8)
    hands.keys(at_work.qtbot, "paper")
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert not page.form.editor("resident_id").masked
    (seen,) = reveals.revealed(at_work.office, saved.id)
    assert (seen.fields, seen.why) == (("resident_id",), "paper")


def test_gifts_stand_beside_the_matter_they_were_given_for(at_work: AtWork) -> None:
    person = saving.save(at_work.office, Person, PERSON)
    typed = {"person": person.id, "types": "生活帮扶", "found_on": "2011-07-13"}
    case = saving.save(at_work.office, Case, typed)
    page = at_work.go("cases")
    page.form.focus_first()
    at_work.press(Qt.Key.Key_B, CTRL)
    at_work.rest()
    gifts = at_work.go("cases", "aid")
    assert gifts.form.body()["case"] == case.id
    assert gifts.form.body()["person"] == person.id


def test_a_list_is_narrowed_by_day(at_work: AtWork) -> None:
    early = save_visit(at_work.office, visited_on="2011-07-05")
    save_visit(at_work.office, enterprise_name="沐江堰管理处")
    page = at_work.go("visits")
    assert len(titles(page)) == 2
    at_work.press(Qt.Key.Key_G, CTRL)
    hands.keys(at_work.qtbot, "zfrq")
    at_work.press(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_Return)
    hands.keys(at_work.qtbot, "2011.7.10")
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert titles(page) == [early.id]
    (chip,) = page.browsing.card.filters.row.chips
    assert chip.words == "走访日期 2011-07-10 止"
    at_work.press(Qt.Key.Key_G, CTRL | Qt.KeyboardModifier.ShiftModifier)
    at_work.rest()
    assert len(titles(page)) == 2


def test_the_focus_is_never_lost(at_work: AtWork) -> None:
    save_visit(at_work.office)
    for name in ("visits", "demands", "persons", "cases", "hazards", "enterprises", "documents"):
        at_work.go(name)
        assert QApplication.focusWidget() is not None, name


def test_read_against_the_paper_and_ticked_one_after_the_other(
    at_work: AtWork, clock: SetClock
) -> None:
    first = save_visit(at_work.office)
    clock.forward(minutes=1)
    second = save_visit(at_work.office, enterprise_name="沐江堰管理处")
    page = at_work.go("visits")
    at_work.press(Qt.Key.Key_Right)
    at_work.rest()
    assert titles(page) == [second.id, first.id]
    at_work.press(Qt.Key.Key_K, CTRL)
    at_work.rest()
    assert (titles(page), page.editing.key) == ([first.id], first.id)
    at_work.press(Qt.Key.Key_K, CTRL)
    at_work.rest()
    assert titles(page) == []
    page.editing.open(second.id)
    at_work.rest()
    assert "核对过" in page._proofing.action.text()
    page.form.editor("workers_met").put("36")
    page.form.editor("workers_met").changed.emit()
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    assert titles(page) == [second.id]


def test_what_is_printed_is_looked_at_in_place_and_left_by_escape(at_work: AtWork) -> None:
    save_visit(at_work.office)
    page = at_work.go("visits")
    at_work.press(Qt.Key.Key_P, CTRL)
    at_work.rest()
    assert not page.card.isVisible()
    assert not page.actions_shown
    at_work.press(Qt.Key.Key_Escape)
    at_work.rest()
    assert page.card.isVisible()
    assert page.actions_shown


def test_a_workbook_is_asked_for_in_place(at_work: AtWork) -> None:
    page = at_work.go("enterprises")
    at_work.press(Qt.Key.Key_I, CTRL)
    at_work.rest()
    assert not page.panels.at_rest
    at_work.press(Qt.Key.Key_Escape)
    assert page.panels.at_rest


def test_back_from_importing_the_form_goes_on_where_the_list_has_no_room(at_work: AtWork) -> None:
    page = at_work.go("visits")
    at_work.window.resize(1093, 552)
    at_work.qtbot.waitUntil(lambda: page.actions_shown[0].text() != "历史")
    new(at_work, page)
    at_work.press(Qt.Key.Key_F6)
    assert page.browsing.card.isHidden()
    at_work.press(Qt.Key.Key_I, CTRL)
    at_work.press(Qt.Key.Key_Escape)
    assert page.panels.at_rest
    assert page.form.isAncestorOf(hands.focus())


def test_the_focus_follows_the_card_that_takes_the_place_of_the_list(at_work: AtWork) -> None:
    page = at_work.go("visits")
    at_work.window.resize(1000, 600)
    new(at_work, page)
    key_visit(page)
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    page.browsing.card.list.setFocus()
    at_work.press(Qt.Key.Key_F6)
    assert page.third is not None
    assert page.browsing.card.isHidden()
    while not page.third.isHidden():
        assert page.third.isAncestorOf(hands.focus())
        at_work.press(Qt.Key.Key_F6)
    assert hands.focus() is page.browsing.card.list


def test_two_saves_at_once_are_both_listed(at_work: AtWork, clock: SetClock) -> None:
    page = at_work.go("visits")
    saved = []
    for name in ("乐山无线电公司", "沐江堰管理处"):
        clock.forward(minutes=1)
        one = save_visit(at_work.office, enterprise_name=name)
        saved.append(one.id)
        page.changed(one.changes)
    at_work.rest()
    assert titles(page) == saved[::-1]


def test_while_typing_the_list_shows_the_name_without_being_read_again(at_work: AtWork) -> None:
    page = at_work.go("visits")
    new(at_work, page)
    key_visit(page, enterprise_name="乐山")
    page.editing.keep_draft()
    at_work.rest()
    key = page.editing.key
    with at_work.qtbot.assertNotEmitted(page.listed):
        key_visit(page, enterprise_name="乐山无线电公司")
        page.editing.keep_draft()
        at_work.rest()
    line = page.browsing.card.model.index(page.browsing.card.model.row_of(key)).data(LINE)
    assert line.title == "乐山无线电公司"


def test_a_day_without_its_year_is_of_the_campaign(at_work: AtWork, clock: SetClock) -> None:
    clock.set(2012, 3, 5)
    page = at_work.go("visits")
    new(at_work, page)
    day = page.form.editor("visited_on")
    day.setFocus()
    hands.keys(at_work.qtbot, "0715")
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert page.form.body()["visited_on"] == "2011-07-15"
    assert page.form.body()["campaign"] == "2011-36"


def test_leaders_are_parted_as_they_are_keyed(at_work: AtWork) -> None:
    page = at_work.go("visits")
    new(at_work, page)
    page.form.editor("leaders").setFocus()
    hands.compose("李秀英 赵敏")
    at_work.press(Qt.Key.Key_Return)
    assert page.form.body()["leaders"] == ["李秀英", "赵敏"]
    page.form.jump_to("leaders")
    page.form.editor("leaders").put("李四等3人")
    at_work.press(Qt.Key.Key_Return)
    assert "没有写全" in "".join(page.form.messages("leaders"))


def test_what_is_typed_is_thrown_away_with_a_key_asked_once_and_comes_back(
    at_work: AtWork,
) -> None:
    both = CTRL | Qt.KeyboardModifier.ShiftModifier
    page = at_work.go("visits")
    new(at_work, page)
    page.form.editor("leaders").setFocus()
    hands.compose("试用人甲")
    page.editing.keep_draft()
    at_work.rest()
    at_work.press(Qt.Key.Key_D, both)
    assert "再按一次" in page.card.remembered.words.text()
    hands.compose("乙")
    assert "再按一次" not in page.card.remembered.words.text(), "who types on wants to keep it"
    at_work.press(Qt.Key.Key_D, both)
    at_work.press(Qt.Key.Key_D, both)
    at_work.rest()
    assert not drafts.every(at_work.office)
    assert not page.form.body().get("leaders")
    assert "Ctrl+Z" in page.card.remembered.words.text()
    at_work.press(Qt.Key.Key_Z, CTRL)
    at_work.rest()
    assert page.form.body()["leaders"] == ["试用人甲乙"]
    (draft,) = drafts.every(at_work.office)
    assert draft.typed["leaders"] == ["试用人甲乙"]


def test_the_empty_form_after_what_was_thrown_away_has_no_error(at_work: AtWork) -> None:
    page = at_work.go("visits")
    new(at_work, page)
    page.form.editor("leaders").put("试用人甲乙")
    page.form.jump_to("visited_on")
    page.editing.discard()
    page.editing.discard()
    at_work.rest()
    assert not page.form.body().get("leaders")
    assert {name: said for name in page.form.cells() if (said := page.form.messages(name))} == {}
    assert page.card.errors.accessibleName() == ""


def test_changes_thrown_away_leave_what_was_saved(at_work: AtWork) -> None:
    saved = save_visit(at_work.office)
    page = at_work.go("visits")
    page.editing.open(saved.id)
    at_work.rest()
    page.form.jump_to("headcount")
    page.form.editor("headcount").put("7")
    page.editing.discard()
    page.editing.discard()
    at_work.rest()
    assert page.form.body()["headcount"] == 1250
    page.editing.bring_back_discarded()
    at_work.rest()
    assert page.form.body()["headcount"] == 7


def test_an_error_in_a_row_puts_the_cursor_in_its_cell(at_work: AtWork) -> None:
    page = at_work.go("persons")
    new(at_work, page)
    for name, value in PERSON.items():
        page.form.editor(name).put(value)
    page.form.editor("family").put([{"name": "甲", "relation": "10"}, {"name": "乙"}])
    page.form.check_all()
    assert page.form.jump_to_first_error()
    family = page.form.editor("family")
    assert isinstance(family, RowsEditor)
    assert family.rows[1].cells["relation"].isAncestorOf(hands.focus())
    family.rows[1].cells["relation"].put("子")
    family.rows[0].cells["monthly_income"].put("很多")
    page.form.check_all()
    assert page.form.jump_to_first_error()
    assert family.rows[0].cells["monthly_income"].isAncestorOf(hands.focus())


def test_an_id_number_stays_open_to_who_just_keyed_it(at_work: AtWork) -> None:
    saving.save(at_work.office, Person, PERSON)
    page = at_work.go("persons")
    assert not page.form.editor("resident_id").masked


def test_who_has_a_file_already_is_offered_while_the_name_is_typed(at_work: AtWork) -> None:
    saved = saving.save(at_work.office, Person, PERSON)
    page = at_work.go("persons")
    new(at_work, page)
    name = page.form.editor("name")
    assert isinstance(name, KnownNameEditor)
    hands.compose("试用")
    at_work.rest()
    assert name.line.popup.titles() == ["试用人"]
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert not page.editing.is_kept, "another person may bear the name"
    page.form.jump_to("name")
    hands.compose("人")
    at_work.rest()
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert page.editing.key == saved.id
    assert not drafts.every(at_work.office)


def test_where_somebody_works_is_asked_once(at_work: AtWork) -> None:
    firm = saving.save(
        at_work.office, Enterprise, {"name": "乐山无线电公司", "kind": "企业", "headcount": 5}
    )
    page = at_work.go("persons")
    new(at_work, page)
    page.form.jump_to("workplace")
    hands.keys(at_work.qtbot, "lswxd")
    at_work.rest()
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert page.form.body()["workplace"] == "乐山无线电公司"
    assert page.form.body()["enterprise"] == firm.id
    page.form.jump_to("workplace")
    page.form.editor("workplace").put("别的单位")
    page.form.editor("workplace").changed.emit()
    assert page.form.body().get("enterprise") is None


def test_what_is_selected_stays_so_when_the_record_one_stopped_at_is_there(
    at_work: AtWork,
) -> None:
    for leader in ("甲某某", "乙某某", "丙某某"):
        save_visit(at_work.office, leaders=leader)
    page = at_work.go("visits")
    page.browsing.card.list.setFocus()
    for _ in range(2):
        at_work.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        at_work.rest()
    assert len(page.browsing.card.selected) == 3
