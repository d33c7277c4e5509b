"""登记表样: the page to be printed, as it is typed."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.domain.records import Visit
from app.services.lists import record_sheet
from app.ui.page_context import PageContext
from app.ui.pages.visits.sheet_view import SheetCard
from tests.ui.hands import show

OPINION = "希望工会帮助协调解决职工上下班班车的问题。"


@pytest.fixture
def card(qtbot: QtBot, desk: PageContext) -> SheetCard:
    card = SheetCard(desk)
    show(qtbot, card, 418, 568)
    return card


def page(card: SheetCard) -> QImage | None:
    return card.paper.image(0)


def test_it_shows_what_was_typed_last(qtbot: QtBot, desk: PageContext, card: SheetCard) -> None:
    opened = record_sheet.fresh(desk.office, Visit, {})
    card.show_body(opened, opened.body)
    qtbot.waitUntil(lambda: page(card) is not None)
    empty = page(card)
    for count in range(1, 30):
        card.show_body(opened, {**opened.body, "opinions": OPINION * count})
    assert page(card) is empty
    qtbot.waitUntil(lambda: card.paper.count == 2)
    card.show_body(opened, {**opened.body, "opinions": OPINION})
    qtbot.waitUntil(lambda: card.paper.count == 1)
    assert page(card) != empty


def test_it_fills_the_card_and_is_drawn_anew_for_another_width(
    qtbot: QtBot, desk: PageContext, card: SheetCard
) -> None:
    opened = record_sheet.fresh(desk.office, Visit, {})
    card.show_body(opened, opened.body)

    def sharp() -> bool:
        shown = page(card)
        return shown is not None and abs(shown.width() - 595.3 * card.paper.device_scale) < 2

    qtbot.waitUntil(sharp)
    before = card.paper.device_scale
    card.resize(618, 568)
    qtbot.waitUntil(lambda: card.paper.device_scale > before and sharp())


def test_a_character_that_cannot_be_printed_is_told_at_once(
    qtbot: QtBot, desk: PageContext, card: SheetCard
) -> None:
    opened = record_sheet.fresh(desk.office, Visit, {})
    card.show_body(opened, {**opened.body, "opinions": "\U0001f600"})
    qtbot.waitUntil(lambda: "打印不出来" in card.said.text())
    card.show_body(opened, opened.body)
    qtbot.waitUntil(lambda: not card.said.isVisible() and page(card) is not None)
