"""A message has a sign of its kind; nothing said has none."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.parts.message_line import MessageLine


def test_no_words_leave_no_sign_behind(qtbot: QtBot, dressed: QApplication) -> None:
    line = MessageLine()
    qtbot.addWidget(line)
    line.resize(200, 20)
    blank = line.grab().toImage()
    line.say("info", "正在建立…")
    assert line.grab().toImage() != blank
    line.say("info", "")
    said_nothing = line.grab().toImage()
    line.clear()
    assert line.grab().toImage() == said_nothing
    assert not line.text()
    assert not line.accessibleName()
