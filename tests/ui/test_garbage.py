"""What a page leaves behind is taken apart on the main thread, whoever asks for memory."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.ui.worker import Worker


class Ring(QObject):
    """Something only the collector can free."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def much() -> list[list[int]]:
    return [[number] for number in range(300_000)]


def test_it_is_freed_on_the_main_thread_alone(qtbot: QtBot, worker: Worker) -> None:
    freed: list[threading.Thread] = []
    weakref.finalize(Ring(), lambda: freed.append(threading.current_thread()))
    with qtbot.waitSignal(worker.read(much, long=True).done) as told:
        pass
    assert told.args
    qtbot.waitUntil(lambda: bool(freed))
    assert freed == [threading.main_thread()]


@pytest.mark.usefixtures("qapp")
def test_the_collector_works_by_itself_again_when_the_threads_have_ended() -> None:
    worker = Worker()
    assert not gc.isenabled()
    worker.close()
    assert gc.isenabled()
