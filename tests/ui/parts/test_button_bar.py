"""The buttons at the bottom of a card keep their words and keys where the card is narrow."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.keys import Action, key
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton


def test_signs_go_before_a_button_is_cut_and_come_back(qtbot: QtBot) -> None:
    card = Card("汇总表")
    qtbot.addWidget(card)
    buttons = [KeyButton(action) for action in actions(card)]
    bar = card.add_bar()
    for button in buttons:
        bar.addWidget(button)
    roomy = sum(one.wanted_width(tight=False) for one in buttons) + 100
    card.show()
    for width, tight in ((roomy, False), (roomy - 130, True), (roomy, False)):
        card.resize(width, 200)
        for _ in range(2):
            QApplication.processEvents()
            QApplication.sendPostedEvents()
        assert [one.width() for one in buttons] == [
            one.wanted_width(tight=tight) for one in buttons
        ]


def actions(owner: QWidget) -> list[Action]:
    """Three with signs."""
    words = (("选栏目", "Ctrl+D", "columns"), ("存为 Excel", "Ctrl+Shift+S", "table"))
    made = [Action(key(shown, text), int, owner, icon=sign) for text, shown, sign in words]
    return [*made, Action(key("Ctrl+P", "打印"), int, owner, icon="printer")]
