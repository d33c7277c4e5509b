"""A look that is repeated when the data changes, but never too often."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.domain.kernel.progress import Cancel
from app.ui.parts.reading import Reading
from app.ui.worker import Worker


def test_what_changes_while_one_looks_is_looked_at_once_more_and_never_by_two(
    qtbot: QtBot, worker: Worker
) -> None:
    may_go_on = threading.Event()
    looks: list[int] = []

    def look() -> int:
        looks.append(len(looks))
        may_go_on.wait(20)
        return len(looks)

    owner = QObject()
    reading = Reading(worker, look, owner, rest=0)
    told: list[int] = []
    reading.done.connect(told.append)
    reading.start()
    for _ in range(5):
        reading.outdate()
        reading.start()
    qtbot.waitUntil(lambda: looks == [0])
    may_go_on.set()
    qtbot.waitUntil(lambda: told == [1, 2])
    assert reading.under_way is None
    assert looks == [0, 1]


def test_another_question_takes_the_place_of_the_one_asked(qtbot: QtBot, worker: Worker) -> None:
    begun = threading.Event()

    def slow(cancel: Cancel) -> str:
        begun.set()
        while True:
            cancel.check()

    owner = QObject()
    # The rest is for looks at the same: whoever asks something else is not kept waiting by it.
    reading = Reading(worker, slow, owner, rest=1_000_000)
    reading.start()
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(reading.done) as told:
        reading.replace(lambda: "the other")
    assert told.args == ["the other"]


def test_a_failure_that_nobody_hears_is_the_workers(qtbot: QtBot, worker: Worker) -> None:
    owner = QObject()
    reading = Reading(worker, lambda: 1 // 0, owner)
    with qtbot.waitSignal(worker.failed):
        reading.start()
    heard: list[object] = []
    reading.failed.connect(heard.append)
    reading.start()
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], ZeroDivisionError)
