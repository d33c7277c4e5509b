"""收件: doubles decided by a digit, records returned and corrected, what differs sent back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.records import Campaign, Link, Person, Review, Visit
from app.domain.values.resident_id import check_digit
from app.services.figures import possible_doubles
from app.services.office.office import Office
from app.services.receiving import package_records
from app.services.records import reveals, saving, settling
from app.services.reporting import send_apart
from app.services.reviewing import answers, pair_decisions, reviews, trays
from app.ui.keys import hints_for
from app.ui.lists.record_model import LINE, RECORD
from app.ui.worker import Worker
from tests.services.conftest import city, clock, county, grounds, second_county
from tests.services.offices import (
    COUNTY,
    SetClock,
    carry,
    deliver,
    enrol,
    found_below,
    reopened,
    save_visit,
)
from tests.ui.pages.inbox_desk import ALT, CTRL, InboxDesk, sit_down

__all__ = ["city", "clock", "county", "grounds", "second_county"]

pytestmark = pytest.mark.usefixtures("dressed")

PERSON = {
    "name": "沈大山",
    "resident_id": "110101199003077774",
    "consent_on": "2011-07-01",
    "telephone": "13900000000",
}


SHIFT = Qt.KeyboardModifier.ShiftModifier
Sit = Callable[[Office], InboxDesk]


@pytest.fixture
def sit(qtbot: QtBot, worker: Worker, tmp_path: Path) -> Sit:
    """Sit down at an office's computer, on 收件."""
    return lambda office: sit_down(qtbot, worker, office, tmp_path)


def type_in(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    focus.setText(text)  # type: ignore[attr-defined]


def links(office: Office) -> list[tuple[bool, str]]:
    found = [state.record for state in saving.listing(office, Link)]
    return [(bool(one.same), one.reason) for one in found]


def test_doubles_are_decided_by_digits_and_taken_back(
    sit: Sit,
    city: Office,
    county: Office,
    second_county: Office,
    tmp_path: Path,
) -> None:
    saving.save(county, Person, PERSON)
    saving.save(second_county, Person, {**PERSON, "name": "沈大杉"})
    deliver(county, city, tmp_path / "a")
    deliver(second_county, city, tmp_path / "b")
    desk = sit(city)
    doubles = desk.page.doubles
    desk.press(Qt.Key.Key_2, ALT)
    desk.until(lambda: doubles.chosen is not None)
    desk.until(lambda: "姓名：相近" in doubles.card.area.body.accessibleName())
    assert "身份证号：相同" in doubles.card.area.body.accessibleName()
    assert desk.page.tabs.words("doubles") == "疑似重复 1"
    assert doubles.same.text() == "是同一人"

    desk.press(Qt.Key.Key_R, ALT)
    QTest.keyClicks(doubles.card.reason, "12")
    assert (doubles.card.reason.text(), links(city)) == ("12", [])
    type_in("电话问过")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_1)
    desk.until(lambda: links(city) == [(True, "电话问过")])
    desk.until(lambda: doubles._shown == [])
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: len(doubles._shown) == 1)
    assert links(city) == []
    doubles.list.setFocus()
    desk.press(Qt.Key.Key_2)
    desk.until(lambda: [same for same, _ in links(city)] == [False])
    desk.until(lambda: doubles.tabs.words("decided") == "已认定 1")
    desk.press(Qt.Key.Key_T, CTRL)
    assert doubles.card.title.text() == "已认定：不是同一个人"
    assert doubles.undo.text() == "改回，重新认定"
    left = possible_doubles.duplicates(city).open
    assert left == () or left[0].kind != "person"


def open_records(desk: InboxDesk) -> None:
    """Go from the list of files to the records of the newest."""
    files = desk.page.files
    files.list.tabs.go("done")
    desk.until(lambda: len(desk.states) > 0)
    files.list.grid.setFocus()
    files.list.grid.selectRow(0)
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: desk.page.records.card.sheet is not None)


def test_a_record_is_read_returned_and_its_owner_asked(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county, enterprise_name="另一家")
    save_visit(county)
    deliver(county, city, tmp_path / "up")
    desk = sit(city)
    open_records(desk)
    view = desk.page.records
    first, second = view.model.ids
    assert view.card.chip.accessibleName() == "未审核"
    assert view.form.editor("headcount").read_only
    desk.press(Qt.Key.Key_B, CTRL)
    assert view.panel.isHidden(), "of which field nobody said"
    assert "那一栏" in view._said.text()
    view.form.jump_to("headcount")
    desk.press(Qt.Key.Key_B, CTRL)
    assert view.panel.question.hasFocus()
    type_in("与上年差得多，请核对")
    desk.press(Qt.Key.Key_Return)
    assert view.go_on.text() == "退回（1 个问题）"
    desk.press(Qt.Key.Key_Escape)
    assert "还有 1 个问题没有退回" in view._said.text()
    assert view.go_on.text() == "退回（1 个问题）"
    assert any("与上年差得多" in text for text in view.form.messages("headcount"))
    desk.press(Qt.Key.Key_Return, CTRL)
    number = saving.show(city, Visit, second).record.number
    desk.until(lambda: view.card.note.text().startswith(number))
    assert view.card.chip.accessibleName() == "未审核"
    view.list.setFocus()
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: view.card.chip.accessibleName() == "已通过")

    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    (item,) = trays.tray(county, "return")
    assert item.record.id == first
    desk.press(Qt.Key.Key_Escape)
    desk.until(lambda: desk.page.view is desk.page.files)


def test_questions_that_nobody_wants_any_more_are_given_up_by_two_keys(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    deliver(county, city, tmp_path / "up")
    desk = sit(city)
    open_records(desk)
    view = desk.page.records
    view.form.jump_to("headcount")
    desk.press(Qt.Key.Key_B, CTRL)
    type_in("请核对")
    desk.press(Qt.Key.Key_Return)
    for _ in range(2):
        desk.press(Qt.Key.Key_Escape)
    assert view.go_on.text() == "通过，看下一条"


def test_a_field_of_the_campaign_is_asked_about_and_corrected_in_place(
    sit: Sit, city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    (found,) = [one for one in saving.listing(city, Campaign) if one.record.code == "2011-36"]
    added = {"type": "visit", "name": "coal", "label": "取暖用煤", "kind": "integer"}
    saving.save(city, Campaign, {"extra_fields": [added]}, record=found.id)
    carry(county, answers.answer(city, COUNTY, tmp_path / "first").files)
    visit = save_visit(county, extra={"coal": 30}).id
    deliver(county, city, tmp_path / "up")
    desk = sit(city)
    open_records(desk)
    view = desk.page.records
    view.form.jump_to("coal")
    desk.press(Qt.Key.Key_E, CTRL)
    assert view.panel.value is not None
    assert view.panel.value.typed() in (30, "30")
    view.panel.value.put("3")
    view.panel.said_by.setText("王主席")
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: saving.show(city, Visit, visit).record.extra == {"coal": 3})
    desk.until(lambda: "取暖用煤：原填 30" in view.card.said.text())
    clock.forward(minutes=1)
    view.form.jump_to("coal")
    desk.press(Qt.Key.Key_B, CTRL)
    type_in("请核对")
    desk.press(Qt.Key.Key_Return)
    assert any("请核对" in text for text in view.form.messages("coal"))
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: "请核对" in view.card.said.text())
    said = package_records.sheet(city, Visit, visit).said
    assert [one.verdict for one in said] == ["更正", "退回"]


def test_a_package_is_passed_whole_or_in_part_and_one_key_takes_it_back(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    for n in range(4):
        save_visit(county, enterprise_name=f"第{n}厂")
    deliver(county, city, tmp_path / "up")
    desk = sit(city)
    open_records(desk)
    view = desk.page.records
    ids = list(view.model.ids)
    shift = Qt.KeyboardModifier.ShiftModifier

    def told() -> list[str]:
        with city.store.read() as connection:
            return list(package_records.verdicts(connection, Visit, ids).values())

    view.list.setFocus()
    desk.press(Qt.Key.Key_Down, shift)
    desk.until(lambda: view.go_on.text() == "通过选中的 2 条")
    desk.press(Qt.Key.Key_B, CTRL)
    assert view.several.question.hasFocus()
    type_in("请附上走访照片")
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: told() == ["已退回", "已退回", "未审核", "未审核"])

    desk.until(view.list.hasFocus)
    desk.press(Qt.Key.Key_Return, CTRL | shift)
    desk.until(view.several.sure.isEnabled)
    assert view.several.title.text().startswith("整份通过：")
    assert "核对：" in view.several.facts.text()
    assert "已经审核过 2 条" in view.several.facts.text()
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: told() == ["已退回", "已退回", "已通过", "已通过"])
    desk.until(view.several.isHidden)
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: told() == ["已退回", "已退回", "未审核", "未审核"])


def test_another_package_is_opened_while_lines_of_the_first_are_still_wanted(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    first, second = save_visit(county), save_visit(county, enterprise_name="另一家")
    deliver(county, city, tmp_path / "up")
    desk = sit(city)
    open_records(desk)
    view = desk.page.records
    newest = next(iter(desk.page.files.list.shown.values()))

    view.model.forget()
    view.model.data(view.model.index(0), LINE)
    view.show_package(newest)
    assert list(view.model.ids) == []
    view.show_package(newest)
    desk.until(lambda: view.card.sheet is not None)
    assert set(view.model.ids) == {first.id, second.id}
    desk.until(lambda: view.model.data(view.model.index(0), LINE) is not None)


def test_a_masked_number_is_shown_after_a_reason_that_is_kept(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    saving.save(county, Person, PERSON)
    deliver(county, city, tmp_path / "up")
    desk = sit(city)
    open_records(desk)
    view = desk.page.records
    view.form.jump_to("resident_id")
    assert view.form.editor("resident_id").masked
    desk.press(Qt.Key.Key_F8)
    type_in("核对身份证")
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: not view.form.editor("resident_id").masked)
    assert [(one.type, one.why) for one in reveals.revealed(city)] == [("person", "核对身份证")]


def test_what_was_said_by_telephone_is_written_down(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    deliver(county, city, tmp_path / "up")
    desk = sit(city)
    open_records(desk)
    view = desk.page.records
    view.form.jump_to("headcount")
    desk.press(Qt.Key.Key_E, CTRL)
    assert view.panel.value is not None
    view.panel.value.put("1300")
    view.panel.said_by.setFocus()
    desk.press(Qt.Key.Key_Return, CTRL)
    assert "要写明是谁说的" in view.panel.message.text()
    type_in("李主任")
    desk.press(Qt.Key.Key_Return)
    assert view.panel.said_on.hasFocus()
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: view.card.chip.accessibleName() == "待县确认")
    state = saving.show(city, Visit, saved.id)
    assert state.record.headcount == 1300
    assert state.pending["headcount"]["said_by"] == "李主任"
    assert "李主任说要改，待县确认" in view.card.said.text()


@pytest.fixture
def second_pc(city: Office, county: Office, tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    office = found_below(city, tmp_path / "pc2", COUNTY, clock, operator="赵经办", computer=2)
    carry(county, enrol(city, office))
    yield office
    office.close()


def test_what_differs_is_sent_back_and_chosen_by_its_own_office(
    sit: Sit,
    city: Office,
    county: Office,
    second_pc: Office,
    tmp_path: Path,
) -> None:
    saved = save_visit(county)
    carry(second_pc, send_apart.share(county, tmp_path / "a"))
    saving.save(county, Visit, {"headcount": 1300}, record=saved.id)
    saving.save(second_pc, Visit, {"headcount": 1400}, record=saved.id)
    deliver(county, city, tmp_path / "b")
    deliver(second_pc, city, tmp_path / "c")
    desk = sit(city)
    view = desk.page.differing
    desk.press(Qt.Key.Key_3, ALT)
    desk.until(lambda: view.chosen is not None)
    assert not view.save.isEnabled()
    assert view.back.text() == "退回给沙湾区总工会"
    desk.press(Qt.Key.Key_B, CTRL)
    desk.until(lambda: view.chosen is not None and view.chosen.returned)
    desk.until(lambda: desk.page.tabs.words("differing") == "填写不一致 0")

    carry(county, send_apart.share(second_pc, tmp_path / "d"))
    own = sit(county)
    mine = own.page.differing
    own.press(Qt.Key.Key_3, ALT)
    own.until(lambda: mine.chosen is not None)
    assert not mine.save.isEnabled()
    own.press(Qt.Key.Key_Return)
    own.press(Qt.Key.Key_Space)
    chosen = mine._boxes[0].claim
    assert chosen is not None
    own.press(Qt.Key.Key_S, CTRL)
    own.until(lambda: mine._shown == [])
    state = saving.show(county, Visit, saved.id)
    assert state.record.headcount == chosen.value


def test_all_that_differ_are_sent_back_by_one_key_and_that_is_taken_back(
    sit: Sit, city: Office, county: Office, second_pc: Office, tmp_path: Path
) -> None:
    saved = [save_visit(county, enterprise_name=name).id for name in ("甲厂", "乙厂")]
    carry(second_pc, send_apart.share(county, tmp_path / "a"))
    for one in saved:
        saving.save(county, Visit, {"headcount": 1300}, record=one)
        saving.save(second_pc, Visit, {"headcount": 1400}, record=one)
    deliver(county, city, tmp_path / "b")
    deliver(second_pc, city, tmp_path / "c")
    desk = sit(city)
    view = desk.page.differing
    desk.press(Qt.Key.Key_3, ALT)
    desk.until(lambda: len(view._shown) > 1)
    many = len(view._shown)
    assert view.all_back.isVisible()
    assert [one.shown for one in hints_for(view.list)][:3] == ["↑ ↓", "Ctrl+B", "Ctrl+Shift+B"]
    desk.press(Qt.Key.Key_B, CTRL | SHIFT)
    desk.until(lambda: [one.returned for one in view._shown] == [True] * many)
    desk.until(view.undo.isEnabled)
    assert f"已退回 {many} 条" in desk.notices[-1].what
    assert not view.all_back.isVisible()
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: [one.returned for one in view._shown] == [False] * many)
    assert saving.listing(city, Review) == []


def test_what_a_colleague_chose_meanwhile_is_said_and_not_written_over(
    sit: Sit, county: Office, second_pc: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    carry(second_pc, send_apart.share(county, tmp_path / "a"))
    saving.save(county, Visit, {"headcount": 1300}, record=saved.id)
    saving.save(second_pc, Visit, {"headcount": 1400}, record=saved.id)
    carry(county, send_apart.share(second_pc, tmp_path / "b"))
    desk = sit(county)
    view = desk.page.differing
    desk.press(Qt.Key.Key_3, ALT)
    desk.until(lambda: view.chosen is not None)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Space)
    settling.settle_conflict(county, Visit, saved.id, {"headcount": 1400})
    desk.press(Qt.Key.Key_S, CTRL)
    desk.until(lambda: view._shown == [])
    assert [one.what for one in desk.notices if "您的没有写入" in one.what]
    assert saving.show(county, Visit, saved.id).record.headcount == 1400


def test_who_is_missing_is_ticked_reminded_and_listed_on_paper(
    sit: Sit, city: Office, clock: SetClock, tmp_path: Path
) -> None:
    clock.set(2011, 12, 20)
    desk = sit(city)
    view = desk.page.missing
    desk.press(Qt.Key.Key_4, ALT)
    desk.until(lambda: view.chosen is not None)
    first = view.chosen
    assert first is not None
    before = len(view._shown)
    view.promised.setText("答应 12-22 送来")
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: any(row[5] == "已催 1 次，答应 12-22 送来" for row in view.grid.texts))
    desk.press(Qt.Key.Key_Space)
    desk.until(lambda: len(view._shown) == before - 1)
    view.tabs.go("came")
    desk.until(lambda: len(view._shown) >= 1)
    view.grid.setFocus()
    assert view.paper.text() == "没有收到"
    desk.press(Qt.Key.Key_Space)
    desk.until(lambda: view._shown == {})
    view.tabs.go("missing")
    view.grid.setFocus()
    assert {one.standing.at_any_time for one in view._shown.values()} == {False}
    assert view.grid.texts[0][3].startswith("逾期")
    desk.press(Qt.Key.Key_G, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert view.order.text() == "按期限排"
    assert view.grid.texts[0][0] == view.grid.texts[1][0], "office by office"
    desk.press(Qt.Key.Key_C, CTRL)
    copied = QApplication.clipboard().text().split("\n")
    assert copied[0].split("\t")[:3] == ["单位", "应报", "期限"]
    assert len(copied) == len(view._shown) + 1
    desk.press(Qt.Key.Key_P, CTRL)
    desk.until(lambda: view.paper_panel.view.count >= 1)
    assert view.paper_panel.card.title.text() == "催报单"
    desk.press(Qt.Key.Key_Escape)
    assert view.grid.isVisible()


def test_the_records_of_a_package_are_looked_at_as_a_table(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county, enterprise_name="另一家", headcount="9")
    save_visit(county, headcount="300")
    save_visit(city, headcount="7")
    deliver(county, city, tmp_path / "up")
    desk = sit(city)
    open_records(desk)
    view = desk.page.records
    desk.press(Qt.Key.Key_F12)
    browser = view.table.browser
    assert browser is not None
    model = browser.card.model
    desk.until(lambda: model.rowCount() == 2)
    assert browser.card.view.hasFocus()
    names = [one.name for one in model.columns]
    column, count = names.index("standing"), names.index("headcount")
    desk.until(lambda: model.index(0, column).data() is not None)
    assert model.columns[column].title == "审核"
    assert model.index(0, column).data() == "未审核"

    def counts() -> list[object]:
        return [model.index(row, count).data() for row in range(2)]

    browser._order_by("headcount", True)
    desk.until(lambda: counts() == ["300", "9"])
    browser._order_by("headcount", False)
    desk.until(lambda: counts() == ["9", "300"])
    desk.press(Qt.Key.Key_End)
    last = browser.card.record
    desk.press(Qt.Key.Key_Return)
    assert view.list.hasFocus()
    assert view.list.currentIndex().data(RECORD) == last
    assert not view.table.is_shown


def test_pairs_are_sifted_by_kind_and_likelihood_and_several_decided_at_once(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    for place in range(3):
        for _ in range(2):
            save_visit(county, enterprise_name=f"第{place}机械厂", visited_on="2011-07-20")
    saving.save(county, Person, PERSON)
    other = "11010119900307123"
    saving.save(county, Person, {**PERSON, "resident_id": other + check_digit(other)})
    deliver(county, city, tmp_path / "up")
    desk = sit(city)
    doubles = desk.page.doubles
    desk.press(Qt.Key.Key_2, ALT)
    desk.until(lambda: len(doubles._shown) == 3)
    assert desk.page.tabs.words("doubles") == "疑似重复 3"
    assert doubles.sieve._kinds["visit"].text() == "走访 3"
    desk.press(Qt.Key.Key_0)
    assert len(doubles._shown) == 4
    desk.press(Qt.Key.Key_Right)
    assert doubles.sieve.kind == "aid"
    assert doubles._stack.currentWidget() is doubles._none_of_these
    for _ in range(4):
        doubles.sieve.step(1)
    assert (doubles.sieve.kind, len(doubles._shown)) == ("visit", 3)

    doubles.list.setFocus()
    desk.press(Qt.Key.Key_Home)
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert doubles.same.text() == "是同一次（2 对）"
    desk.press(Qt.Key.Key_1)
    desk.until(lambda: len(links(city)) == 2)
    assert [same for same, _ in links(city)] == [True, True]
    desk.until(lambda: len(doubles._shown) == 1)
    desk.until(lambda: doubles._last != ())
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: len(doubles._shown) == 3)
    assert links(city) == []
    desk.until(lambda: "2 对认定" in doubles.card.said.text())


def test_what_was_found_is_there_at_once_when_the_office_is_opened_again(
    sit: Sit, city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    saving.save(county, Person, PERSON)
    saving.save(second_county, Person, {**PERSON, "name": "沈大杉"})
    deliver(county, city, tmp_path / "a")
    deliver(second_county, city, tmp_path / "b")
    assert possible_doubles.known(city) is None
    (pair,) = possible_doubles.duplicates(city).open
    possible_doubles.remember(city)
    city.remembered.clear()
    known = possible_doubles.known(city)
    assert known is not None
    assert known.open == (pair,)
    assert possible_doubles.strong_ones(city) == (pair,)
    assert city.remembered == {}, "nothing was compared"
    pair_decisions.link(city, Person, pair.one.id, pair.other.id, same=False, reason="问过")
    known = possible_doubles.known(city)
    assert known is not None
    assert known.open == ()
    assert "person" not in {one.kind for one in possible_doubles.strong_ones(city)}


def test_what_the_other_desk_said_meanwhile_is_shown_and_not_written_over(
    sit: Sit, city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    desk = sit(city)
    open_records(desk)
    view = desk.page.records
    beside = reopened(city.folder.root, clock)
    reviews.send_back(beside, Visit, visit.id, {"headcount": "请核对"})
    beside.close()
    view.list.setFocus()
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: "写了“退回”，您的没有写入" in str(desk.notices))
    desk.until(lambda: view.card.chip.accessibleName() == "已退回")
    assert [one.record.verdict for one in saving.listing(city, Review)] == ["return"]
