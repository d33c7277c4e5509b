"""The first start on the screen: from an empty folder to the pages, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.bootstrap import is_new, wiring_for
from app.services.backup.backup import back_up
from app.services.office.folder import Folder
from app.services.office.keyring import Keyring
from app.services.registering.enrolment import Invitation, invite
from app.ui.desktop import Desktop
from app.ui.start.wizard.wizard import Wizard
from tests.services.offices import CHEAP, CITY, COUNTY, PASSPHRASE, found_city, new_clock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty data folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def invitation(tmp_path: Path) -> Invitation:
    """启用包 for 沙湾 on the stick."""
    city = found_city(tmp_path / "city", new_clock())
    made = invite(city, COUNTY, tmp_path / "stick")
    city.close()
    return made


@pytest.fixture
def desktop(qtbot: QtBot, dressed: QApplication, folder: Path) -> Iterator[Desktop]:
    cheap = partial(Wizard, folder, demo=no_demo, cost=CHEAP)
    desktop = Desktop(folder, replace(wiring_for(folder), wizard=cheap), dressed)
    with qtbot.waitSignal(desktop.painted):
        desktop.start()
    desktop.window.activateWindow()
    yield desktop
    desktop.close()
    desktop.window.close()


def no_demo(role: str) -> Path:
    raise AssertionError(role)


def wizard(desktop: Desktop) -> Wizard:
    assert desktop.wizard is not None
    return desktop.wizard


def enter(page: Wizard) -> None:
    QTest.keyClick(page.window(), Qt.Key.Key_Return)


def go_on(qtbot: QtBot, page: Wizard, name: str) -> None:
    with qtbot.waitSignal(page.moved, check_params_cb=lambda to: to == name):
        enter(page)


def fill(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.setText(text)


def name_operator(page: Wizard, name: str = "李经办", passphrase: str = PASSPHRASE) -> None:
    fill(page.operator.name, name)
    fill(page.operator.passphrase, passphrase)
    fill(page.operator.again, passphrase)


def test_a_county_is_set_up_and_its_pages_open(
    qtbot: QtBot, desktop: Desktop, folder: Path, tmp_path: Path, invitation: Invitation
) -> None:
    page = wizard(desktop)
    assert is_new(folder)
    go_on(qtbot, page, "enable")
    fill(page.enable.place, str(tmp_path / "stick"))
    fill(page.enable.code, invitation.enable_code)
    go_on(qtbot, page, "unit")
    assert page.unit.station == COUNTY
    go_on(qtbot, page, "check_code")

    enter(page)
    assert "请输入启用函上的核对码" in page.message.text()
    fill(page.check_code.code, "0000 0000 0000 0000")
    enter(page)
    assert "不一致" in page.message.text()
    fill(page.check_code.code, invitation.check_code)
    go_on(qtbot, page, "operator")

    name_operator(page)
    go_on(qtbot, page, "recovery")
    assert not page.back_action.isVisible()
    assert page.operator.passphrase.text() == ""
    enter(page)
    assert page.name == "recovery"
    code = page.recovery.code.text().replace("\n", "-")
    page.recovery.save_to(tmp_path / "code.pdf")
    assert (tmp_path / "code.pdf").read_bytes().startswith(b"%PDF")
    assert not desktop.window.close()
    assert "恢复码还没有打印或抄下" in page.message.text()
    page.recovery.kept.setChecked(True)
    go_on(qtbot, page, "finish")
    assert not page.finish.open_action.isVisible()

    page.finish.out.setText(str(tmp_path / "up"))
    ended = desktop.worker.read(bool).ended
    with qtbot.waitSignal(ended):
        page.finish.make_action.trigger()
    qtbot.waitUntil(lambda: "已生成" in page.finish.said.text())
    assert {file.suffix for file in (tmp_path / "up").iterdir()} == {".zfpkg", ".pdf"}
    assert page.finish.open_action.isVisible()
    assert page.finish.paper is not None
    assert page.finish.paper.suffix == ".pdf"

    with qtbot.waitSignal(desktop.opened):
        page.next_action.trigger()
    assert desktop.shell is not None
    assert not is_new(folder)
    assert Keyring.open(Folder(folder).keyring).unlock_with_recovery(code)


def test_a_wrong_enable_code_is_said_and_can_be_mended(
    qtbot: QtBot, desktop: Desktop, folder: Path, tmp_path: Path, invitation: Invitation
) -> None:
    page = wizard(desktop)
    go_on(qtbot, page, "enable")
    fill(page.enable.place, str(tmp_path))
    enter(page)
    qtbot.waitUntil(lambda: "没有启用包" in page.message.text())
    fill(page.enable.place, str(tmp_path / "stick"))
    enter(page)
    qtbot.waitUntil(page.enable.code.hasFocus)
    fill(page.enable.code, "AAAA-BBBB-CCCC-DDDD-EEEE")
    enter(page)
    qtbot.waitUntil(lambda: "启用码不对" in page.message.text())
    assert page.name == "enable"
    assert page.enable.code.hasFocus()
    assert page.enable.code.selectedText() == "AAAA-BBBB-CCCC-DDDD-EEEE"
    fill(page.enable.code, invitation.enable_code)
    go_on(qtbot, page, "unit")
    go_on(qtbot, page, "check_code")
    for name in ("unit", "enable"):
        page.back_action.trigger()
        assert page.name == name
    assert is_new(folder)


def test_the_city_gives_its_root_key_a_passphrase_of_its_own(
    qtbot: QtBot, desktop: Desktop, folder: Path
) -> None:
    page = wizard(desktop)
    page.role.choose("city")
    go_on(qtbot, page, "unit")
    assert page.unit.station == CITY
    go_on(qtbot, page, "operator")
    name_operator(page)
    enter(page)
    assert page.operator.root.hasFocus()
    fill(page.operator.root, "root passphrase")
    fill(page.operator.root_again, "root passphrase")
    go_on(qtbot, page, "recovery")
    assert Folder(folder).root_key.exists()


def test_a_short_passphrase_is_said_before_anything_is_made(
    qtbot: QtBot, desktop: Desktop, folder: Path
) -> None:
    page = wizard(desktop)
    go_on(qtbot, page, "enable")
    go_on(qtbot, page, "unit")
    page.unit.search.setText("峨眉山市")
    go_on(qtbot, page, "operator")
    name_operator(page, passphrase="short")
    enter(page)
    assert "口令太短" in page.message.text()
    assert page.name == "operator"
    assert is_new(folder)


def test_units_are_found_by_typing_and_chosen_by_arrow(qtbot: QtBot, desktop: Desktop) -> None:
    page = wizard(desktop)
    go_on(qtbot, page, "enable")
    go_on(qtbot, page, "unit")
    enter(page)
    assert "没有选择单位" in page.message.text()
    QTest.keyClick(page.unit.search, Qt.Key.Key_Down)
    first = page.unit.station
    QTest.keyClick(page.unit.search, Qt.Key.Key_Down)
    assert first
    assert page.unit.station != first
    page.unit.search.setText("511111")
    assert page.unit.station == COUNTY


def test_setting_up_can_be_stopped_and_begun_again(
    qtbot: QtBot, desktop: Desktop, folder: Path
) -> None:
    page = wizard(desktop)
    for name in ("enable", "unit"):
        go_on(qtbot, page, name)
    page.unit.search.setText("峨眉山市")
    go_on(qtbot, page, "operator")
    name_operator(page)
    enter(page)
    assert not page.next_action.isEnabled()
    assert not desktop.window.close()
    assert "按 Esc 停止后再退出" in page.message.text()
    QTest.keyClick(page.window(), Qt.Key.Key_Escape)
    qtbot.waitUntil(page.next_action.isEnabled)
    assert "已停止" in page.message.text()
    assert page.name == "operator"
    assert is_new(folder)
    assert not (folder / "restoring").exists()
    assert page.may_close()
    go_on(qtbot, page, "recovery")
    assert not is_new(folder)


def test_one_can_leave_without_the_recovery_code_after_being_warned(
    qtbot: QtBot, desktop: Desktop, folder: Path
) -> None:
    page = wizard(desktop)
    page.role.choose("city")
    go_on(qtbot, page, "unit")
    go_on(qtbot, page, "operator")
    name_operator(page)
    for field in (page.operator.root, page.operator.root_again):
        fill(field, "root passphrase")
    go_on(qtbot, page, "recovery")
    assert not desktop.window.close()
    assert desktop.window.close()


def test_a_backup_of_the_lost_computer_goes_on_here(
    qtbot: QtBot, desktop: Desktop, folder: Path, tmp_path: Path
) -> None:
    lost = found_city(tmp_path / "lost", new_clock())
    made = back_up(lost, tmp_path)
    lost.close()
    page = wizard(desktop)
    page.role.choose("backup")
    go_on(qtbot, page, "backup")
    enter(page)
    assert "请选择备份文件" in page.message.text()
    fill(page.backup.file, str(tmp_path / "gone.zfbackup"))
    enter(page)
    qtbot.waitUntil(lambda: "找不到文件" in page.message.text())
    fill(page.backup.file, str(made.file))
    enter(page)
    qtbot.waitUntil(lambda: page.backup.person.currentText() == "市经办")
    assert CITY in page.backup.whose.text()
    qtbot.waitUntil(page.next_action.isEnabled)
    fill(page.backup.secret, "not the horse")
    enter(page)
    qtbot.waitUntil(lambda: "口令不对" in page.message.text())
    assert is_new(folder)
    fill(page.backup.secret, PASSPHRASE)
    with qtbot.waitSignal(desktop.listed):
        enter(page)
    assert not is_new(folder)
    assert desktop.unlock is not None
    assert "已恢复" in desktop.unlock.message.text()
