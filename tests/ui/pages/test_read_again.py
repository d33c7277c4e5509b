"""收件 → 汇总情况: what was read after an update is told there, and taken back like every run."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.office.office import Office
from app.services.receiving import read_again
from app.services.receiving.package_account import Account
from app.ui.worker import Worker
from tests.services.conftest import city, clock, county, grounds
from tests.services.receiving.test_read_again import as_taken_before, aside, taken
from tests.ui.pages.inbox_desk import ALT, CTRL, sit_down

__all__ = ["city", "clock", "county", "grounds", "taken"]


@pytest.mark.usefixtures("dressed")
def test_what_was_read_after_an_update_is_told_and_taken_back(
    qtbot: QtBot, worker: Worker, city: Office, taken: Account, tmp_path: Path
) -> None:
    as_taken_before(city, taken, "demand")
    read_again.catch_up(city)
    desk = sit_down(qtbot, worker, city, tmp_path)
    desk.press(Qt.Key.Key_5, ALT)
    runs = desk.page.runs
    desk.until(lambda: bool(runs.chosen))
    assert runs.grid.texts[0][1] == "更新后读进 1 份"
    assert "以前单独存放的又读了一遍" in runs.steps.text()
    runs.grid.setFocus()
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: "请再按一次 Ctrl+Z" in runs.said.text())
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: "已撤销 1 份" in runs.said.text())
    assert "再收一次" not in runs.said.text()
    desk.until(lambda: len(runs.grid.texts) == 2)
    assert runs.grid.texts[0][1] == "又单独存放 1 份"
    assert len(aside(city)) == 2
