"""The window is there at once; the right passphrase opens the office, a wrong one says so."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.bootstrap import wiring_for
from app.services.office.folder import Folder
from app.services.office.keyring import Keyring
from app.services.office.office import open_office
from app.services.office.wrong_tries import FREE, TryLater
from app.ui.desktop import Desktop
from app.ui.parts.key_button import KeyButton
from app.ui.start.people import Person, when
from app.ui.start.unlock import UnlockPage
from tests.services.offices import CHEAP, PASSPHRASE, found_city, new_clock
from tests.services.people.keyrings_of_before import make_keyring_of_before

SECOND = "018f0000-0000-7000-8000-000000000002"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """市总工会 with two operators, 市经办 and 王经办."""
    office = found_city(tmp_path / "data", new_clock())
    keyring, key = opened_keyring(office.folder.root)
    keyring.add_operator(key, SECOND, "王经办", "another horse")
    office.close()
    return office.folder.root


@pytest.fixture
def recovery_code(folder: Path) -> str:
    """What is in the sealed letter."""
    keyring, key = opened_keyring(folder)
    return keyring.renew_recovery(key)


def opened_keyring(root: Path) -> tuple[Keyring, bytes]:
    keyring = Keyring.open(Folder(root).keyring, cost=CHEAP)
    return keyring, keyring.unlock(keyring.operators[0].id, PASSPHRASE)


@pytest.fixture
def desktop(qtbot: QtBot, dressed: QApplication, folder: Path) -> Iterator[Desktop]:
    desktop = Desktop(folder, wiring_for(folder), dressed)
    with qtbot.waitSignals([desktop.painted, desktop.listed]):
        desktop.start()
    yield desktop
    desktop.close()
    desktop.window.close()


def page(desktop: Desktop) -> UnlockPage:
    assert desktop.unlock is not None
    return desktop.unlock


def type_in(field: QLineEdit, text: str) -> None:
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_the_window_needs_only_qt_to_be_painted() -> None:
    script = (
        "import sys, app.bootstrap, app.ui.application, app.ui.desktop\n"
        "import app.services.office.folder_lock\n"
        "heavy = {'sqlalchemy', 'msgspec', 'cryptography', 'reportlab', 'openpyxl', 'numpy',"
        " 'sqlcipher3', 'alembic', 'typer', 'pypinyin'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_it_lists_the_operators_and_waits_for_the_passphrase(desktop: Desktop) -> None:
    people = page(desktop).people
    assert [people.item(n).text() for n in range(people.count())] == ["市经办", "王经办"]
    assert QApplication.focusWidget() is page(desktop).passphrase


def test_the_right_passphrase_opens_the_office(qtbot: QtBot, desktop: Desktop) -> None:
    with qtbot.waitSignal(desktop.opened):
        type_in(page(desktop).passphrase, PASSPHRASE)
    assert desktop.shell is not None
    assert desktop.shell.current == "home"
    assert "市经办" in desktop.shell.navigation.operator.accessibleName()
    assert desktop.memory.text("office/name") == "乐山市总工会　汇总单位"


def test_a_wrong_passphrase_says_so_and_can_be_mended(qtbot: QtBot, desktop: Desktop) -> None:
    unlock = page(desktop)
    with qtbot.waitSignal(desktop.refused):
        type_in(unlock.passphrase, "wrong horse")
    assert unlock.message.text() == "错误　口令不对。请检查大小写和输入法后再输入一次。"
    assert QApplication.focusWidget() is unlock.passphrase
    assert unlock.passphrase.selectedText() != ""
    with qtbot.waitSignal(desktop.opened):
        type_in(unlock.passphrase, PASSPHRASE)


def test_after_wrong_tries_one_waits_and_a_colleague_does_not(
    qtbot: QtBot, desktop: Desktop
) -> None:
    unlock = page(desktop)
    for _ in range(FREE):
        with qtbot.waitSignal(desktop.refused):
            type_in(unlock.passphrase, "wrong horse")
    assert "口令不对。还有5秒可以再试" in unlock.message.text()
    assert not unlock.open_action.isEnabled()
    with qtbot.assertNotEmitted(unlock.asked):
        type_in(unlock.passphrase, PASSPHRASE)
    QTest.keyClick(unlock.passphrase, Qt.Key.Key_Down)
    assert unlock.message.text() == ""
    with qtbot.waitSignal(desktop.refused):
        type_in(unlock.passphrase, "not theirs")
    assert "口令不对" in unlock.message.text()


def test_the_wait_is_counted_down_and_ends(qtbot: QtBot, dressed: QApplication) -> None:
    unlock = UnlockPage()
    qtbot.addWidget(unlock)
    unlock.set_people([Person("op-1", "李敏"), Person("op-2", "王琦")])
    unlock.refuse(TryLater(125, dt.datetime(2011, 7, 1, 9)))  # noqa: DTZ001  (the wall's)
    assert unlock.message.text() == "提醒　输错的次数太多，请稍等。还有2分05秒可以再试。"
    assert not unlock.open_action.isEnabled()
    unlock.people.setCurrentRow(1)
    assert unlock.open_action.isEnabled()
    unlock.people.setCurrentRow(0)
    assert not unlock.open_action.isEnabled()
    unlock.waits["op-1"] = QDeadlineTimer(0)
    unlock.count_down()
    assert unlock.message.text().endswith("现在可以再试一次。")
    assert unlock.open_action.isEnabled()


@pytest.mark.parametrize(
    ("given", "said"), [("12345678", "您的口令容易被猜到。"), (PASSPHRASE, "")]
)
def test_a_weak_passphrase_of_before_opens_and_is_pointed_out(
    qtbot: QtBot, dressed: QApplication, folder: Path, given: str, said: str
) -> None:
    office = open_office(folder, PASSPHRASE, operator="市经办")
    make_keyring_of_before(office, {"市经办": given})
    office.close()
    desktop = Desktop(folder, wiring_for(folder), dressed)
    with qtbot.waitSignals([desktop.painted, desktop.listed]):
        desktop.start()
    with qtbot.waitSignals([desktop.opened, desktop.advised]):
        type_in(page(desktop).passphrase, given)
    assert desktop.shell is not None
    shown = desktop.shell.messages
    assert (said in shown.text) if said else not shown.isVisible()
    desktop.close()
    desktop.window.close()


def test_while_it_opens_nothing_can_be_pressed_twice(qtbot: QtBot, desktop: Desktop) -> None:
    unlock = page(desktop)
    with qtbot.waitSignal(desktop.opened):
        type_in(unlock.passphrase, PASSPHRASE)
        assert unlock.progress.isVisible()
        assert unlock.message.text() == "正在打开数据…"
        assert not unlock.open_action.isEnabled()
        with qtbot.assertNotEmitted(unlock.asked):
            QTest.keyClick(unlock.passphrase, Qt.Key.Key_Return)


def test_up_and_down_choose_another_operator(qtbot: QtBot, desktop: Desktop) -> None:
    unlock = page(desktop)
    QTest.keyClick(unlock.passphrase, Qt.Key.Key_Down)
    with qtbot.waitSignal(desktop.refused):
        type_in(unlock.passphrase, PASSPHRASE)
    assert unlock.people.chosen is not None
    assert unlock.people.chosen.name == "王经办"


def test_an_empty_passphrase_is_not_tried(qtbot: QtBot, desktop: Desktop) -> None:
    unlock = page(desktop)
    with qtbot.assertNotEmitted(unlock.asked):
        QTest.keyClick(unlock.passphrase, Qt.Key.Key_Return)
    assert unlock.message.text() == "错误　请输入口令。"


def test_caps_lock_is_noticed(desktop: Desktop) -> None:
    unlock = page(desktop)
    QTest.keyClicks(unlock.passphrase, "A")
    assert "大写锁定开着" in unlock.message.text()
    QTest.keyClicks(unlock.passphrase, "a")
    assert unlock.message.text() == ""
    shift = Qt.KeyboardModifier.ShiftModifier
    shifted = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, shift, "A")
    QApplication.sendEvent(unlock.passphrase, shifted)
    assert unlock.message.text() == ""


def test_the_eye_shows_what_was_typed(desktop: Desktop) -> None:
    field = page(desktop).passphrase
    (eye,) = field.actions()
    assert eye.text() == "显示口令"
    eye.trigger()
    assert field.shown
    assert eye.text() == "隐藏口令"


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_code(
    qtbot: QtBot, recovery_code: str, desktop: Desktop
) -> None:
    unlock = page(desktop)
    QTest.keyClick(unlock.passphrase, Qt.Key.Key_F4)
    type_in(unlock.code, recovery_code)
    assert QApplication.focusWidget() is unlock.passphrase
    type_in(unlock.passphrase, "a new passphrase")
    type_in(unlock.again, "a new passphrase, mistyped")
    assert unlock.message.text() == "错误　两次输入的新口令不一样。"
    with qtbot.waitSignal(desktop.opened):
        type_in(unlock.again, "a new passphrase")
    assert desktop.shell is not None
    with qtbot.waitSignal(desktop.listed):
        desktop.shell.switch_asked.emit()
    with qtbot.waitSignal(desktop.opened):
        type_in(page(desktop).passphrase, "a new passphrase")


def test_a_wrong_recovery_code_says_so(qtbot: QtBot, desktop: Desktop) -> None:
    unlock = page(desktop)
    QTest.keyClick(unlock.passphrase, Qt.Key.Key_F4)
    unlock.passphrase.setText("a new passphrase")
    unlock.again.setText("a new passphrase")
    with qtbot.waitSignal(desktop.refused):
        type_in(unlock.code, "7K2M")
    assert unlock.message.text().startswith("错误　恢复码")
    assert QApplication.focusWidget() is unlock.code
    QTest.keyClick(unlock.code, Qt.Key.Key_F4)
    assert not unlock.code.isVisible()
    assert QApplication.focusWidget() is unlock.passphrase


def test_the_next_operator_takes_over_without_a_restart(qtbot: QtBot, desktop: Desktop) -> None:
    with qtbot.waitSignal(desktop.opened):
        type_in(page(desktop).passphrase, PASSPHRASE)
    assert desktop.shell is not None
    with qtbot.waitSignal(desktop.listed):
        desktop.shell.switch_asked.emit()
    unlock = page(desktop)
    person = unlock.people.chosen
    assert person is not None
    assert person.name == "市经办"
    assert person.duty == "全部职责"
    assert person.last.startswith("今天")


def test_a_folder_whose_keyring_was_lost_meanwhile_says_so(
    qtbot: QtBot, dressed: QApplication, folder: Path
) -> None:
    desktop = Desktop(folder, wiring_for(folder), dressed)
    with qtbot.waitSignal(desktop.refused):
        desktop.start()
        Folder(folder).keyring.unlink()
    assert desktop.unlock is None
    assert desktop.rescue is not None
    desktop.close()
    desktop.window.close()


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2011-12-03T08:31", "今天 08:31"),
        ("2011-12-02T17:21", "昨天 17:21"),
        ("2011-11-30T16:05", "11-30 16:05"),
        ("2010-11-30T16:05", "2010-11-30"),
    ],
)
def test_when_somebody_was_last_here(moment: str, words: str) -> None:
    assert when(dt.datetime.fromisoformat(moment), dt.date(2011, 12, 3)) == words


def test_an_update_offered_takes_the_place_of_opening(qtbot: QtBot, desktop: Desktop) -> None:
    unlock = page(desktop)
    unlock.offer_update("9.1.0")
    qtbot.waitUntil(unlock.update_action.isVisible)
    shown = [one for one in unlock.findChildren(KeyButton) if one.isVisible()]
    assert [one.action.key.shown for one in shown] == ["F4", "Alt+F4", "F8"]
    assert all(one.width() >= one.sizeHint().width() for one in shown), "none is cut"
    asked: list[None] = []
    unlock.update_asked.disconnect()
    unlock.update_asked.connect(lambda: asked.append(None))
    QTest.keyClick(unlock, Qt.Key.Key_F8)
    assert asked == [None]
    unlock.set_busy(True)
    assert not unlock.update_action.isEnabled(), "it is installed once"
    unlock.tell_updated("9.1.0")
    left = [one.action.key.shown for one in unlock.findChildren(KeyButton) if one.isVisible()]
    assert left == ["F4", "Alt+F4"]
