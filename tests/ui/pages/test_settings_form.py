"""A form of 设置: one Enter goes past a group of boxes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.pages.settings.form import Form, Ticks, text_field
from tests.ui import hands


def test_a_group_of_boxes_costs_one_enter(qtbot: QtBot, dressed: QApplication) -> None:
    form = Form()
    first, duties, last = text_field(), Ticks([("a", "甲"), ("b", "乙"), ("c", "丙")]), text_field()
    for words, field in (("一", first), ("职责", duties), ("二", last)):
        form.add(words, field)
    hands.show(qtbot, form)
    first.setFocus()
    hands.press(qtbot, Qt.Key.Key_Return)
    assert hands.focus() is duties.fields[0]
    hands.press(qtbot, Qt.Key.Key_Return)
    assert hands.focus() is last
