"""A person at work: the real frame with all its pages over a real office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.office import Office
from app.ui.worker import Worker
from tests.services.conftest import city, clock, county, grounds
from tests.ui.pages.at_work import AtWork

__all__ = ["city", "clock", "county", "grounds"]


@pytest.fixture
def at_work(
    qtbot: QtBot, dressed: QApplication, worker: Worker, county: Office, tmp_path: Path
) -> Iterator[AtWork]:
    """A clerk of the county at the first page."""
    work = AtWork(qtbot, county, worker, tmp_path)
    yield work
    qtbot.waitUntil(lambda: not work.busy)
    strays = [w for w in dressed.topLevelWidgets() if w.isVisible() and w is not work.window]
    assert not strays, [repr(stray) for stray in strays]
