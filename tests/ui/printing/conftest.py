"""A desk at a real office."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.office.office import Office
from app.ui.page_context import PageContext
from app.ui.problems import Problems
from app.ui.ui_memory import UiMemory
from app.ui.worker import Worker
from tests.services.conftest import clock, county, grounds

__all__ = ["clock", "county", "grounds"]


@pytest.fixture
def desk(
    qtbot: QtBot, dressed: object, worker: Worker, county: Office, tmp_path: Path
) -> PageContext:
    """Somebody's desk; what fails is told by `desk.problems.noticed`."""
    window = QWidget()
    qtbot.addWidget(window)
    problems = Problems(lambda error: None, window)
    worker.failed.connect(problems.show)
    return PageContext(
        county, worker, problems, UiMemory(tmp_path), lambda name: True, lambda name, count: None
    )
