"""A card's title where there is no room for it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.parts.card import Card


def test_a_title_too_long_ends_in_dots_and_its_tooltip_says_the_whole(
    qtbot: QtBot, dressed: QApplication
) -> None:
    name = "信息报送和宣传报道、经验交流材料的数量和质量"
    card = Card(name, "满分 10 分")
    qtbot.addWidget(card)
    card.setFixedWidth(260)
    with qtbot.waitExposed(card):
        card.show()
    card.grab()
    assert card.title.text() == name
    assert card.title.shown.endswith("…")
    assert card.title.toolTip() == name
    assert card.note.width() >= card.note.sizeHint().width()
    card.title.setText("走访单位")
    card.grab()
    assert (card.title.shown, card.title.toolTip()) == ("走访单位", "")
