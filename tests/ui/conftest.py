"""The desktop's own look for every test of it, and a worker that is closed again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.theme import dress
from app.ui.worker import Worker
from tests.patience import PatientBot
from tests.ui.qt_audit import Audit, audited


@pytest.fixture(scope="session")
def audit() -> Iterator[Audit]:
    """Watches the whole run."""
    with audited() as audit:
        yield audit
    if QApplication.instance() is not None:
        # Without a screen Qt keeps what was copied longer than Python lives, and falls over it.
        QApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def only_the_main_thread_knows_qt(audit: Audit) -> Iterator[None]:
    """No test may have a thread import or make anything of Qt."""
    audit.broken.clear()
    yield
    assert audit.broken == []


@pytest.fixture(autouse=True)
def no_menu_stays_open() -> Iterator[None]:
    """While a menu is open, no window that a later test shows gets the keyboard."""
    yield
    close_menus()


def close_menus() -> None:
    """Close whatever was opened over a window and is open still."""
    while (left := QApplication.activePopupWidget()) is not None:
        left.close()


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application in its own fonts and colours."""
    dress(qapp)
    return qapp


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    """A worker at rest."""
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """pytest-qt's bot with patience."""
    return PatientBot(request)
