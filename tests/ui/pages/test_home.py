"""首页: what waits is listed, and Enter goes there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.services import drafts
from app.services.office import Office
from app.ui.desk import Desk
from app.ui.memory import Memory
from app.ui.pages.home import Home
from app.ui.problems import Problems
from app.ui.worker import Worker
from tests.services.conftest import clock, county, grounds

__all__ = ["clock", "county", "grounds"]


def titles(page: Home) -> list[str]:
    items = (page.table.item(row, 0) for row in range(page.table.rowCount()))
    return [item.text() for item in items if item]


@pytest.mark.usefixtures("dressed")
def test_what_waits_is_listed_and_enter_goes_there(
    qtbot: QtBot, qapp: QApplication, worker: Worker, county: Office, tmp_path: Path
) -> None:
    gone: list[str] = []

    def go(name: str) -> bool:
        gone.append(name)
        return True

    window = QWidget()
    qtbot.addWidget(window)
    problems = Problems(lambda error: None, window)
    desk = Desk(county, worker, problems, Memory(tmp_path), go, lambda name, count: None)
    drafts.save(county, "visit", {"leaders": "李"})
    page = Home(desk)
    qtbot.addWidget(page)
    page.resize(1190, 680)
    with qtbot.waitSignal(page.badge_changed, timeout=10_000):
        page.show()
    qtbot.waitUntil(lambda: page.days.width() >= page.days.sizeHint().width())
    assert page.backup.width() >= page.backup.sizeHint().width()
    shown = titles(page)
    at = next(i for i, words in enumerate(shown) if words.startswith("没有填完"))
    assert "天" in page.days.text()
    assert page.backup.text() == "还没有备份"
    page.table.selectRow(at)
    page.activate()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert gone == ["visits"]
    for draft in drafts.every(county):
        drafts.remove(county, draft.key)
    with qtbot.waitSignal(page.badge_changed, timeout=10_000):
        page.changed(Changes(frozenset({"visit"})))
    assert not any(words.startswith("没有填完") for words in titles(page))
