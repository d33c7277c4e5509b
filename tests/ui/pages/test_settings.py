"""设置 by keyboard: people, passphrases, the recovery code, the data, and handing the work over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.records import Visit
from app.services.office.keyring import Keyring
from app.services.office.office import Office
from app.services.people import operators
from app.services.people.recovery_place import recovery_place
from app.services.records import drafts
from app.ui.pages.settings.data import DataSubject
from app.ui.pages.settings.handover import HandoverSubject
from app.ui.pages.settings.own_passphrase import PassphraseSubject
from app.ui.pages.settings.page import SettingsPage
from app.ui.pages.settings.people import PeopleSubject
from app.ui.pages.settings.recovery import RecoverySubject
from app.ui.worker import Worker
from tests.services.offices import PASSPHRASE, save_visit
from tests.services.people.keyrings_of_before import make_keyring_of_before
from tests.ui.pages.settings import NEW, Reopening, do, fill, press, print_paper, settings_of, shown


@pytest.fixture
def page(
    qtbot: QtBot,
    dressed: QWidget,
    worker: Worker,
    county: Office,
    tmp_path: Path,
) -> SettingsPage:
    return settings_of(qtbot, worker, county, tmp_path)


def test_an_office_sees_how_quickly_it_keys(
    qtbot: QtBot, page: SettingsPage, county: Office
) -> None:
    save_visit(county)
    people = page.subject
    assert isinstance(people, PeopleSubject)
    qtbot.waitUntil(lambda: people.listed.table.row == 0)
    press(page, Qt.Key.Key_2, alt=True)
    qtbot.waitUntil(lambda: bool(people.pace.table.texts))
    assert people.pace.table.texts[0][1:] == ["1", "2 分钟", "30", "0", ""]
    assert (people.title.text(), people.note.text()) == ("录入情况", "经办人")
    press(page, Qt.Key.Key_Escape)
    assert people.listed.isVisible()
    assert people.title.text() == "经办人"


def test_arrows_choose_a_subject_and_enter_goes_into_it(qtbot: QtBot, page: SettingsPage) -> None:
    people = page.subject
    assert isinstance(people, PeopleSubject)
    assert page.list.hasFocus()
    qtbot.waitUntil(lambda: people.listed.table.row == 0)
    press(page, Qt.Key.Key_Down)
    assert page.name == "passphrase"
    press(page, Qt.Key.Key_Return)
    subject = page.subject
    assert isinstance(subject, PassphraseSubject)
    assert subject.change.own.hasFocus()
    press(page, Qt.Key.Key_Return)
    assert subject.change.new.hasFocus()
    press(page, Qt.Key.Key_0, alt=True)
    assert page.list.hasFocus()
    fill(subject.change.own, PASSPHRASE)
    for name in page._entries:
        assert page.go(name).isVisible()
        assert [item.text() for item in page.list.selectedItems()] == [page._entries[name].title]
    assert subject.change.own.text() == ""


def test_the_subject_last_seen_is_shown_again(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path
) -> None:
    first = settings_of(qtbot, worker, county, tmp_path / "kept")
    first.go("backup")
    again = settings_of(qtbot, worker, county, tmp_path / "kept")
    assert again.name == "backup"
    assert len(again.list.selectedItems()) == 1


def test_a_newcomer_is_taken_on_and_corrected(
    qtbot: QtBot, page: SettingsPage, county: Office
) -> None:
    people = page.go("people")
    assert isinstance(people, PeopleSubject)
    qtbot.waitUntil(lambda: people.listed.table.row == 0)
    press(page, Qt.Key.Key_N, control=True)
    panel = people.newcomer
    assert panel.name.hasFocus()
    press(page, Qt.Key.Key_S, control=True)
    assert "请填写姓名" in panel.message.text()
    fill(panel.name, "王新")
    fill(panel.new, NEW)
    fill(panel.again, "battery stable")
    fill(panel.own, PASSPHRASE)
    press(page, Qt.Key.Key_S, control=True)
    assert "两次输入的口令不一样" in panel.message.text()
    fill(panel.again, NEW)
    fill(panel.own, "not the horse")
    do(qtbot, panel, Qt.Key.Key_S)
    assert "口令不对" in panel.message.text()
    fill(panel.own, PASSPHRASE)
    do(qtbot, panel, Qt.Key.Key_S)
    listed = people.listed
    qtbot.waitUntil(lambda: [row[0] for row in listed.table.texts] == ["李经办", "王新"])
    assert shown(people) is listed
    assert "已添加王新" in listed.message.text()
    assert panel.own.text() == panel.new.text() == ""
    qtbot.waitUntil(lambda: listed.chosen is not None and listed.chosen.name == "王新")
    fill(listed.telephone, "0833-1234")
    fill(listed.begins, "2011.7.4")
    do(qtbot, listed, Qt.Key.Key_S)
    found = operators.find(county, "王新").record
    assert (found.telephone, found.on_duty_from) == ("0833-1234", dt.date(2011, 7, 4))


def test_a_colleague_leaves_but_nobody_signs_themselves_off(
    qtbot: QtBot, page: SettingsPage, county: Office
) -> None:
    operators.add(county, PASSPHRASE, "王新", NEW)
    people = page.go("people")
    assert isinstance(people, PeopleSubject)
    people.load()
    listed, leaving = people.listed, people.leaving
    qtbot.waitUntil(lambda: len(listed.table.texts) == 2)
    listed.table.selectRow(0)
    press(page, Qt.Key.Key_1, alt=True)
    fill(leaving.own, PASSPHRASE)
    do(qtbot, leaving, Qt.Key.Key_S)
    assert "不能给自己办理离岗" in leaving.message.text()
    press(page, Qt.Key.Key_Escape)
    assert shown(people) is listed
    listed.table.selectRow(1)
    press(page, Qt.Key.Key_1, alt=True)
    assert "王新" in leaving.what.text()
    fill(leaving.own, PASSPHRASE)
    do(qtbot, leaving, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: listed.table.texts[1][5] == "已离岗")
    assert not operators.find(county, listed._people[1].id).can_open


def test_ones_own_passphrase_is_changed(qtbot: QtBot, page: SettingsPage, county: Office) -> None:
    subject = page.go("passphrase")
    assert isinstance(subject, PassphraseSubject)
    panel = subject.change
    fill(panel.own, PASSPHRASE)
    fill(panel.new, "short")
    fill(panel.again, "short")
    do(qtbot, panel, Qt.Key.Key_S)
    assert "口令太短" in panel.message.text()
    fill(panel.new, NEW)
    fill(panel.again, NEW)
    do(qtbot, panel, Qt.Key.Key_S)
    assert "口令已修改" in panel.message.text()
    assert panel.own.text() == ""
    operators.require_passphrase(county, NEW)


def test_a_new_recovery_code_is_shown_once_and_must_be_kept(
    qtbot: QtBot, page: SettingsPage, county: Office, tmp_path: Path
) -> None:
    subject = page.go("recovery")
    assert isinstance(subject, RecoverySubject)
    qtbot.waitUntil(lambda: subject.place.made.text() != "")
    press(page, Qt.Key.Key_1, alt=True)
    fill(subject.ask.own, PASSPHRASE)
    do(qtbot, subject.ask, Qt.Key.Key_S)
    panel = subject.code
    code = panel.code.text().replace("\n", "-")
    assert Keyring.open(county.folder.keyring).unlock_with_recovery(code)
    assert not page.can_leave()
    assert "还没有收好" in panel.message.text()
    page.list.setCurrentRow(0)
    assert page.name == "recovery"
    print_paper(qtbot, subject, tmp_path / "恢复码.pdf")
    assert shown(subject) is panel
    assert (tmp_path / "恢复码.pdf").read_bytes().startswith(b"%PDF")
    assert not panel.save.isEnabled()
    panel.sure.setChecked(True)
    fill(panel.where, "办公室保险柜")
    fill(panel.keeper, "付志勇")
    do(qtbot, panel, Qt.Key.Key_S)
    assert page.can_leave()
    assert panel.code.text() == ""
    assert recovery_place(county).words == "办公室保险柜，付志勇保管"
    assert subject.place.where.text() == "办公室保险柜"
    assert subject.place.made.text() == "2011-07-21换过"


def test_a_new_store_key_is_made_at_will(qtbot: QtBot, page: SettingsPage, county: Office) -> None:
    kept = county.folder.keyring.read_bytes()
    subject = page.go("recovery")
    assert isinstance(subject, RecoverySubject)
    press(page, Qt.Key.Key_2, alt=True)
    fill(subject.rekey.own, PASSPHRASE)
    do(qtbot, subject.rekey, Qt.Key.Key_S)
    assert shown(subject) is subject.place
    assert "数据钥匙已换" in subject.place.message.text()
    assert Keyring.open(county.folder.keyring).key_id != Keyring.parse(Path(), kept).key_id
    save_visit(county)


def test_who_gets_a_temporary_passphrase_is_shown_until_it_is_put_away(
    qtbot: QtBot, page: SettingsPage, county: Office
) -> None:
    operators.add(county, PASSPHRASE, "王新", NEW)
    make_keyring_of_before(county, {"李经办": PASSPHRASE, "王新": "12345678"})
    subject = page.go("recovery")
    assert isinstance(subject, RecoverySubject)
    press(page, Qt.Key.Key_2, alt=True)
    fill(subject.rekey.own, PASSPHRASE)
    do(qtbot, subject.rekey, Qt.Key.Key_S)
    assert shown(subject) is subject.code
    assert "王新的临时口令" in subject.code.given.text()
    assert subject.code.code.text().count("-") == 6
    assert not page.can_leave()


def test_a_clerk_is_told_whose_work_it_is(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path
) -> None:
    made = operators.add(county, PASSPHRASE, "王新", NEW)
    page = settings_of(qtbot, worker, county.as_operator(made.id), tmp_path / "kept-clerk")
    people = page.go("people")
    assert isinstance(people, PeopleSubject)
    qtbot.waitUntil(lambda: "现在是李经办" in people.duty.text())
    qtbot.waitUntil(lambda: len(people.listed.table.texts) == 2)
    people.listed.duties.tick(["admin"])
    do(qtbot, people.listed, Qt.Key.Key_S)
    assert "您不能管理经办人" in people.listed.message.text()


def test_the_data_is_counted_examined_and_tidied(
    qtbot: QtBot, page: SettingsPage, county: Office
) -> None:
    save_visit(county)
    copy = county.folder.root / "store.db.before-0001"
    copy.write_bytes(b"x" * 5000)
    subject = page.go("data")
    assert isinstance(subject, DataSubject)
    facts = subject.facts
    qtbot.waitUntil(lambda: facts.known is not None)
    assert facts.folder.text() == str(county.folder.root)
    assert ["走访登记", "1", ""] in facts.records.texts
    assert facts.left.text() == "1份，5 KB"
    do(qtbot, facts, Qt.Key.Key_Return)
    assert "数据完好" in facts.message.text()
    press(page, Qt.Key.Key_2, alt=True)
    clearing = subject.clearing
    assert [box.isChecked() for box in clearing.boxes.values()] == [True]
    do(qtbot, clearing, Qt.Key.Key_S)
    assert not copy.exists()
    qtbot.waitUntil(lambda: facts.left.text() == "没有")
    assert not facts.clear.isEnabled()


def test_a_damaged_store_is_told_with_what_to_do(
    qtbot: QtBot, page: SettingsPage, county: Office
) -> None:
    save_visit(county)
    with county.store.write() as connection:
        connection.exec_driver_sql("UPDATE state_visit SET leaders = '别人'")
    subject = page.go("data")
    assert isinstance(subject, DataSubject)
    do(qtbot, subject.facts, Qt.Key.Key_Return)
    assert "用最近的备份恢复" in subject.facts.message.text()
    assert subject.facts.faults.isVisible()


def test_the_work_is_handed_over_to_somebody_new(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path
) -> None:
    reopening = Reopening()
    page = settings_of(qtbot, worker, county, tmp_path / "kept", reopening)
    save_visit(county)
    drafts.save(county, Visit, {"leaders": "李"})
    subject = page.go("handover")
    assert isinstance(subject, HandoverSubject)
    listed, act = subject.listed, subject.act
    qtbot.waitUntil(lambda: listed.giver is not None)
    assert listed.giver is not None
    assert listed.giver.name == "李经办"
    counts = {row[0]: row[1] for row in listed.table.texts}
    assert counts["没有填完"] == "1"
    press(page, Qt.Key.Key_Return, control=True)
    assert "请填写接交人" in listed.message.text()
    fill(listed.name, "王新")
    fill(listed.witness, "付志勇")
    fill(listed.day, "七月四日之后")
    press(page, Qt.Key.Key_Return, control=True)
    assert shown(subject) is listed
    fill(listed.day, "2011.7.21")
    print_paper(qtbot, subject, tmp_path / "移交清单.pdf")
    assert (tmp_path / "移交清单.pdf").exists()

    press(page, Qt.Key.Key_Return, control=True)
    assert shown(subject) is act
    assert act.own.hasFocus()
    fill(act.own, PASSPHRASE)
    fill(act.new, NEW)
    fill(act.again, NEW)
    do(qtbot, act, Qt.Key.Key_Return)
    assert shown(subject) is subject.code
    assert not page.can_leave()
    assert [(one.name, one.can_open) for one in operators.everyone(county)] == [
        ("王新", True),
        ("李经办", False),
    ]
    subject.code.sure.setChecked(True)
    fill(subject.code.where, "保险柜")
    do(qtbot, subject.code, Qt.Key.Key_S)
    assert [(words, job) for words, job in reopening.asked] == [
        ("工作已移交给王新，请用自己的口令打开。", None)
    ]


def test_a_colleague_takes_over_with_their_own_passphrase(
    qtbot: QtBot, page: SettingsPage, county: Office
) -> None:
    operators.add(county, PASSPHRASE, "王新", NEW)
    subject = page.go("handover")
    assert isinstance(subject, HandoverSubject)
    listed, act = subject.listed, subject.act
    qtbot.waitUntil(lambda: listed.giver is not None)
    listed.choose("李经办", "王新")
    assert not listed.name.isVisible()
    fill(listed.witness, "付志勇")
    press(page, Qt.Key.Key_Return, control=True)
    assert not act.again.isVisible()
    fill(act.own, PASSPHRASE)
    fill(act.new, "wrong passphrase")
    do(qtbot, act, Qt.Key.Key_Return)
    assert "口令不对" in act.message.text()
    fill(act.new, NEW)
    do(qtbot, act, Qt.Key.Key_Return)
    assert shown(subject) is subject.code
