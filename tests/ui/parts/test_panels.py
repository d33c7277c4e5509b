"""While a panel stands in the place of a page, a key means what it means there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.keys import SAVE, Action
from app.ui.parts.panels import Panels
from tests.ui.hands import focus, show

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.usefixtures("dressed")
def test_a_key_means_one_thing_and_the_focus_comes_back(qtbot: QtBot) -> None:
    done: list[str] = []
    page, content, panel = QWidget(), QWidget(), QWidget()
    panel.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    line = QLineEdit()
    QVBoxLayout(content).addWidget(line)
    Action(SAVE, lambda: done.append("page"), page)
    Action(SAVE, lambda: done.append("panel"), panel)
    panels = Panels(page, content)
    show(qtbot, page)
    line.setFocus()
    QTest.keyClick(page, Qt.Key.Key_S, CONTROL)

    panels.show_panel(panel)
    panel.setFocus()
    assert panels.panel is panel
    QTest.keyClick(page, Qt.Key.Key_S, CONTROL)
    panels.go_back()
    assert not panel.isVisible()
    assert focus() is line
    QTest.keyClick(page, Qt.Key.Key_S, CONTROL)
    assert done == ["page", "panel", "page"]
