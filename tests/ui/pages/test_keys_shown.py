"""A key that is shown does its thing: while a page is read, when it is there, when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services.office.office import Office
from app.ui.pages.inbox.page import Inbox
from app.ui.pages.places import sections
from app.ui.pages.plans.page import PlansPage
from app.ui.pages.records.pair import Pair
from app.ui.pages.statistics.page import StatisticsPage
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.loading import Awaited
from tests.ui.pages.at_work import AtWork
from tests.ui.slow_worker import SlowWorker


@pytest.fixture(params=["county", "city"])
def slow(
    qtbot: QtBot, dressed: QApplication, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[AtWork]:
    """At work in an office that has nothing yet, where no read is answered."""
    office: Office = request.getfixturevalue(request.param)
    worker = SlowWorker()
    worker.hold()
    yield AtWork(qtbot, office, worker, tmp_path)
    worker.let_go()
    qtbot.waitUntil(lambda: not worker.is_busy)
    worker.close()


def unheard(window: QWidget) -> list[str]:
    """Keys on buttons that could be pressed and are not heard."""
    shown = [one for one in window.findChildren(KeyButton) if one.isVisible() and one.isEnabled()]
    return [
        f"{one.action.key.shown} {one.text()}"
        for one in shown
        if not any(
            isinstance(owner, QWidget) and owner.isVisible() and owner.isEnabled()
            for owner in one.action.associatedObjects()
        )
    ]


def early(window: QWidget) -> list[str]:
    """The one thing to do with a list or a record, while that is still read."""
    return [
        f"{one.action.key.shown} {one.text()}"
        for card in window.findChildren(Card)
        for read in card.findChildren(Awaited)
        if read.isVisible() and read.waits
        for one in card.findChildren(KeyButton)
        if one.property("primary") and one.isVisible() and one.isEnabled()
        if not read.isAncestorOf(one)
    ]


def turns(page: Any) -> list[Callable[[], object]]:
    """What shows the parts of a page one after the other; a page of one part is shown already."""
    if isinstance(page, Pair):
        return [partial(page.turn_to, name) for name in page.pages]
    if isinstance(page, PlansPage | Inbox | StatisticsPage):
        return [partial(page.tabs.go, name) for name in page.tabs._words]
    return [lambda: None]


def test_every_key_that_is_shown_is_heard(slow: AtWork) -> None:
    worker: Any = slow.worker
    wrong: list[tuple[str, str]] = []
    for place in (one.name for section in sections(slow.desk) for one in section):
        worker.hold()
        slow.shell.go(place)
        for at, turn in enumerate(turns(slow.shell.page), 1):
            worker.hold()
            turn()
            slow.qtbot.waitUntil(lambda: worker.holds_all)
            wrong += [(f"{place} {at} is read", key) for key in unheard(slow.window)]
            if place != "settings":  # what stands in its panels is typed, and checked when saved
                wrong += [(f"{place} {at} is not read yet", key) for key in early(slow.window)]
            worker.let_go()
            slow.rest()
            wrong += [(f"{place} {at}", key) for key in unheard(slow.window)]
    assert wrong == []
