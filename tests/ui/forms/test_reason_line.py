"""The line for a reason has room for a sentence, also where the form is narrow."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.ui.forms.messages import ACCEPTING, ReasonLine

NARROW = 324
"""As wide as the fields of a form on a screen of 1366."""


def test_a_reason_of_a_sentence_is_seen_whole(qtbot: QtBot) -> None:
    line = ReasonLine(ACCEPTING, "走访职工人次多于单位的职工人数。")
    qtbot.addWidget(line)
    line.resize(NARROW, line.height_for(NARROW))
    line.show()
    words = line.line.fontMetrics().horizontalAdvance("座谈了两场，同一批人算两次")
    assert line.line.width() > words + 24
    assert line.minimumSizeHint().height() <= line.height_for(NARROW)
