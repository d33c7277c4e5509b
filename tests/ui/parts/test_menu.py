"""A menu in the window: by key and by mouse, and the keyboard goes back to where it was."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.menu import Menu
from tests.ui import hands


@pytest.fixture
def menu(qtbot: QtBot) -> Menu:
    """Over a window with two lines; 起名 goes to the second."""
    window = QWidget()
    lines = QVBoxLayout(window)
    for name in ("one", "two"):
        line = QLineEdit()
        line.setObjectName(name)
        lines.addWidget(line)
    lines.addStretch()
    hands.show(qtbot, window)
    menu = Menu(window)
    menu.addAction("甲(&J)")
    menu.addAction("起名(&S)").triggered.connect(named(menu, "two").setFocus)
    menu.addAction("没事(&M)")
    named(menu, "one").setFocus()
    menu.open_at(window.mapToGlobal(QPoint(5, 5)), hands.focus())
    return menu


def named(menu: Menu, name: str) -> QLineEdit:
    over: Any = menu.parentWidget()
    found = over.window().findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def test_what_is_typed_on_goes_where_the_choice_led(qtbot: QtBot, menu: Menu) -> None:
    assert not menu.isWindow()
    for letter in "sming":
        QTest.keyClicks(hands.focus(), letter)
    assert named(menu, "two").text() == "ming"
    assert not menu.isVisible()


def test_arrows_and_enter_choose(menu: Menu) -> None:
    menu.setActiveAction(menu.actions()[0])
    QTest.keyClick(hands.focus(), Qt.Key.Key_Down)
    QTest.keyClick(hands.focus(), Qt.Key.Key_Return)
    assert named(menu, "two").hasFocus()


def test_a_choice_that_leads_nowhere_gives_the_keyboard_back(menu: Menu) -> None:
    QTest.keyClicks(hands.focus(), "m")
    assert not menu.isVisible()
    assert named(menu, "one").hasFocus()


def test_esc_and_a_click_elsewhere_choose_nothing(menu: Menu) -> None:
    QTest.keyClick(hands.focus(), Qt.Key.Key_Escape)
    assert named(menu, "one").hasFocus()
    menu.open_at(menu.window().mapToGlobal(QPoint(5, 100)), hands.focus())
    assert menu.hasFocus()
    QTest.mouseClick(named(menu, "one"), Qt.MouseButton.LeftButton)
    named(menu, "one").setFocus(Qt.FocusReason.MouseFocusReason)
    assert not menu.isVisible()


def test_the_mouse_chooses(menu: Menu) -> None:
    there = menu.actionGeometry(menu.actions()[1]).center()
    QTest.mouseMove(menu, there)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=there)
    assert named(menu, "two").hasFocus()
    assert not menu.isVisible()
