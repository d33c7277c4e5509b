"""A person at work: the real frame with all its pages over a real office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.office.office import Office
from app.ui.worker import Worker
from tests.services.conftest import city, clock, county, grounds
from tests.ui.pages.at_work import AtWork
from tests.ui.pages.window_watch import WindowWatch

__all__ = ["city", "clock", "county", "grounds"]


@pytest.fixture
def at_work(
    qtbot: QtBot, dressed: QApplication, worker: Worker, county: Office, tmp_path: Path
) -> Iterator[AtWork]:
    """A clerk of the county at the first page."""
    watch = WindowWatch(dressed)
    work = AtWork(qtbot, county, worker, tmp_path)
    yield work
    qtbot.waitUntil(lambda: not work.busy)
    watch.end()
    assert watch.seen == ["Window"], "a window of its own takes the focus away"
