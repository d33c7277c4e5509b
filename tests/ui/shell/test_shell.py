"""A clerk goes from page to page by keyboard, and the frame keeps up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.kernel.changes import Changes
from app.ui.keys import ENTER, SAME
from app.ui.parts.key_button import KeyButton
from app.ui.problems import Notice
from app.ui.shell.shell import Shell
from app.ui.shell.window import Window
from app.ui.ui_memory import UiMemory
from tests.ui.shell.samples import WHO, Demands, Visits, sections

VISIT = Changes(frozenset({"visit"}), frozenset({"1"}))
CASE = Changes(frozenset({"case"}), frozenset({"2"}))


def shown(qtbot: QtBot, folder: Path) -> tuple[Window, Shell]:
    memory = UiMemory(folder)
    window = Window(memory)
    qtbot.addWidget(window)
    shell = Shell(sections(), WHO, memory)
    window.show_content(shell, shell.can_close)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
    shell.start()
    return window, shell


@pytest.fixture
def shell(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Iterator[Shell]:
    window, shell = shown(qtbot, tmp_path)
    yield shell
    window.close()


def visits(shell: Shell) -> Visits:
    assert shell.go("visits")
    return cast(Visits, shell.page)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    where = QApplication.focusWidget()
    assert where is not None
    QTest.keyClick(where, key, modifier or Qt.KeyboardModifier.NoModifier)


def test_it_opens_on_the_first_page_with_the_focus_in_it(shell: Shell) -> None:
    assert shell.current == "visits"
    assert QApplication.focusWidget() is visits(shell).leaders


def test_control_and_page_keys_go_through_the_pages(shell: Shell) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    press(Qt.Key.Key_PageDown, control)
    assert shell.current == "demands"
    press(Qt.Key.Key_PageUp, control)
    press(Qt.Key.Key_PageUp, control)
    assert shell.current == "settings"


def test_arrows_move_in_the_navigation_and_enter_opens(shell: Shell) -> None:
    shell.navigation.item("visits").setFocus()
    press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is shell.navigation.item("demands")
    assert shell.current == "visits"
    press(Qt.Key.Key_Return)
    assert shell.current == "demands"
    shell.navigation.item("demands").setFocus()
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Space)
    assert shell.current == "settings"


def test_tab_stops_in_the_navigation_once(shell: Shell) -> None:
    shell.go("demands")
    policies = [shell.navigation.item(n).focusPolicy() for n in ("visits", "demands", "settings")]
    assert policies == [Qt.FocusPolicy.NoFocus, Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.NoFocus]


def test_a_page_that_is_not_done_keeps_the_clerk(shell: Shell) -> None:
    visits(shell).may_leave = False
    shell.navigation.item("demands").click()
    assert shell.current == "visits"
    assert shell.navigation.item("visits").isChecked()
    assert not shell.navigation.item("demands").isChecked()
    window = shell.window()
    assert not window.close()
    visits(shell).may_leave = True
    assert window.close()


def test_the_window_folds_the_navigation_when_it_is_small(shell: Shell) -> None:
    window = shell.window()
    window.resize(1093, 552)
    assert shell.navigation.width() == 56
    assert shell.header.height() == 48
    assert shell.navigation.item("visits").toolTip() == "走访登记"
    window.resize(1366, 768)
    assert shell.navigation.width() == 176
    assert visits(shell).heard[-3:-1] == ["narrow", "wide"]


def test_the_hints_follow_the_focus(shell: Shell) -> None:
    assert list(shell.hints.hints) == [ENTER, SAME]
    shell.navigation.item("visits").setFocus()
    assert [key.shown for key in shell.hints.hints] == ["↑ ↓", "Enter", "Ctrl+PgDn", "Ctrl+PgUp"]
    assert "Enter 打开" in shell.hints.accessibleDescription()


def test_the_save_state_is_that_of_the_page_shown(shell: Shell) -> None:
    page = visits(shell)
    page.saved.emit("草稿已存 10:42:07")
    assert shell.hints.state == "草稿已存 10:42:07"
    shell.go("demands")
    assert shell.hints.state == ""
    page.saved.emit("草稿已存 10:42:08")
    assert shell.hints.state == ""


def test_one_key_means_the_same_on_every_page(shell: Shell) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    page = visits(shell)
    press(Qt.Key.Key_N, control)
    assert page.heard[-1] == "new"
    shell.go("demands")
    press(Qt.Key.Key_N, control)
    assert cast(Demands, shell.page).made == 1
    assert page.heard.count("new") == 1


def test_a_key_takes_what_is_still_being_composed(shell: Shell) -> None:
    page = visits(shell)
    event = QInputMethodEvent("fuzhiyong", [])
    event.setCommitString("付志勇")
    QApplication.sendEvent(page.leaders, event)
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.leaders.text() == "付志勇"


def test_buttons_show_their_key_and_are_named_with_it(shell: Shell) -> None:
    (button,) = [
        one for one in shell.header.findChildren(KeyButton) if one is not shell.header.more
    ]
    assert button.accessibleName() == "添加，Ctrl+N"
    assert not button.autoDefault()
    button.click()
    assert visits(shell).heard[-2] == "new"
    button.action.setEnabled(False)
    assert not button.isEnabled()


def test_searching_from_anywhere(shell: Shell) -> None:
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is shell.header.search
    shell.header.search.setText("0137")
    assert visits(shell).heard[-2] == "search 0137"
    shell.header.search.setFocus()
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is visits(shell).leaders
    shell.header.search.setFocus()
    press(Qt.Key.Key_Escape)
    assert shell.header.search.text() == ""
    shell.header.search.setText("0137")
    page = visits(shell)
    shell.go("demands")
    assert page.heard[-1] == "search "
    assert shell.header.search.text() == ""
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is shell.header.search


def test_a_hidden_page_hears_of_changes_when_it_is_shown_next(shell: Shell) -> None:
    page = visits(shell)
    shell.changed(VISIT)
    assert page.heard[-1] == VISIT
    shell.go("demands")
    shell.changed(VISIT)
    shell.changed(CASE)
    assert page.heard.count(VISIT) == 1
    shell.go("visits")
    assert page.heard[-2:] == [VISIT | CASE, "activate"]


def test_what_waits_somewhere_is_shown_beside_it(shell: Shell) -> None:
    shell.set_badge("demands", 9)
    assert shell.navigation.item("demands").accessibleName() == "意见诉求，9 件"
    visits(shell).badge_changed.emit(3)
    assert shell.navigation.item("visits").badge == 3


def test_a_message_goes_with_the_page(shell: Shell) -> None:
    shell.messages.show_notice(Notice("error", "编号重复。"))
    assert shell.messages.isVisible()
    shell.go("demands")
    assert not shell.messages.isVisible()


def test_a_message_closed_by_the_mouse_leaves_the_focus_where_it_was(shell: Shell) -> None:
    here = visits(shell).leaders
    here.setFocus()
    shell.messages.show_notice(Notice("error", "编号重复。"))
    (close,) = shell.messages.findChildren(QPushButton)
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not shell.messages.isVisible()
    assert here.hasFocus()


def test_the_next_operator_is_asked_for_by_key(qtbot: QtBot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.switch_asked):
        press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(shell.switch_asked):
        shell.navigation.operator.click()


def test_size_and_page_come_back_with_the_next_start(
    qtbot: QtBot, dressed: QApplication, tmp_path: Path
) -> None:
    window, first = shown(qtbot, tmp_path)
    first.go("demands")
    window.resize(1210, 700)
    assert window.close()
    memory = UiMemory(tmp_path)
    window = Window(memory)
    again = Shell(sections(), WHO, memory)
    window.show_content(again)
    again.start()
    assert again.current == "demands"
    assert window.size().height() == 700


def test_a_remembered_page_that_is_gone_is_no_trouble(
    qtbot: QtBot, dressed: QApplication, tmp_path: Path
) -> None:
    UiMemory(tmp_path).keep("shell/page", "elsewhere")
    _, shell = shown(qtbot, tmp_path)
    assert shell.current == "visits"
