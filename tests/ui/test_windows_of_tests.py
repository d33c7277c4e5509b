"""The window a test works in: held until its end, and not robbed of the keyboard by another."""

from __future__ import annotations

import gc

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui import hands
from tests.ui.conftest import close_menus


def test_a_window_lives_as_long_as_the_test(qtbot: QtBot) -> None:
    def inner_part() -> QLineEdit:
        window = QWidget()
        qtbot.addWidget(window)
        return QLineEdit(window)

    part = inner_part()
    gc.collect()
    assert isValid(part)


def test_a_menu_left_open_takes_no_keys_of_the_next_window(qtbot: QtBot) -> None:
    window, menu = QLineEdit(), QMenu()
    hands.show(qtbot, window)
    menu.addAction("复制")
    menu.popup(QPoint(5, 5))
    assert QApplication.activePopupWidget() is menu
    close_menus()
    following = QLineEdit()
    hands.show(qtbot, following)
    assert QApplication.focusWidget() is following
