"""Work runs beside the window, in order, and answers on the main thread."""

from __future__ import annotations

import subprocess
import sys
import threading
from functools import partial
from weakref import finalize

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.kernel.progress import Cancel, Progress, Step
from app.ui.holding import _parts
from app.ui.worker import Operation, Worker

VISIT = Changes(frozenset({"visit"}), frozenset({"1"}))


class Heard:
    """What an operation said, with the thread it said it on."""

    def __init__(self, operation: Operation) -> None:
        self.said: list[tuple[str, object]] = []
        self.threads: set[threading.Thread] = set()
        operation.done.connect(partial(self._hear, "done"))
        operation.failed.connect(partial(self._hear, "failed"))
        operation.cancelled.connect(partial(self._hear, "cancelled", None))
        operation.progressed.connect(partial(self._hear, "progressed"))

    def _hear(self, what: str, value: object) -> None:
        self.said.append((what, value))
        self.threads.add(threading.current_thread())


class Gate:
    """A job that holds the thread until it is opened."""

    def __init__(self) -> None:
        self.entered, self.opened = threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.entered.set()
        assert self.opened.wait(10)
        return "through"


def test_a_write_brings_its_result_to_the_main_thread(qtbot: QtBot, worker: Worker) -> None:
    where: list[threading.Thread] = []

    def save() -> str:
        where.append(threading.current_thread())
        return "saved"

    operation = worker.write(save)
    heard = Heard(operation)
    with qtbot.waitSignal(operation.ended):
        pass
    assert heard.said == [("done", "saved")]
    assert heard.threads == {threading.main_thread()}
    assert where[0] is not threading.main_thread()


def test_writes_keep_their_order(qtbot: QtBot, worker: Worker) -> None:
    order: list[int] = []
    operations = [worker.write(partial(order.append, n)) for n in range(20)]
    with qtbot.waitSignal(operations[-1].ended):
        pass
    assert order == list(range(20))


def test_short_jobs_go_before_long_ones(qtbot: QtBot, worker: Worker) -> None:
    order: list[str] = []
    gate = Gate()
    worker.write(gate)
    long = worker.write(partial(order.append, "merge"), long=True)
    worker.write(partial(order.append, "save"))
    gate.opened.set()
    with qtbot.waitSignal(long.ended):
        pass
    assert order == ["save", "merge"]


def test_a_save_goes_between_two_packages(qtbot: QtBot, worker: Worker) -> None:
    order: list[str] = []
    first = Gate()
    merge = worker.write_each([first, partial(order.append, "package 2")])
    heard = Heard(merge)
    assert first.entered.wait(10)
    worker.write(partial(order.append, "save"))
    first.opened.set()
    with qtbot.waitSignal(merge.ended):
        pass
    assert order == ["save", "package 2"]
    assert heard.said == [
        ("progressed", Step("", 1, 2)),
        ("progressed", Step("", 2, 2)),
        ("done", ["through", None]),
    ]


def test_a_series_stops_at_the_first_failure(qtbot: QtBot, worker: Worker) -> None:
    order: list[str] = []

    def bad() -> None:
        raise UserError("NO", "这一个不能接收。")

    merge = worker.write_each([partial(order.append, "1"), bad, partial(order.append, "3")])
    heard = Heard(merge)
    with qtbot.waitSignal(merge.ended):
        pass
    assert order == ["1"]
    assert [what for what, _ in heard.said] == ["progressed", "failed"]


def test_reading_goes_on_while_something_is_written(qtbot: QtBot, worker: Worker) -> None:
    gate, slow = Gate(), Gate()
    worker.write(gate)
    worker.read(slow, long=True)
    with qtbot.waitSignal(worker.read(lambda: "rows").done) as answer:
        pass
    gate.opened.set()
    slow.opened.set()
    assert answer.args == ["rows"]


def test_a_job_reports_progress_and_stops_when_asked(qtbot: QtBot, worker: Worker) -> None:
    going = threading.Event()

    def print_all(progress: Progress, cancel: Cancel) -> None:
        n = 0
        while True:
            n += 1
            progress(Step("正在打印", n))
            going.set()
            cancel.check()

    operation = worker.write(print_all, long=True)
    heard = Heard(operation)
    with qtbot.waitSignal(operation.progressed):
        pass
    operation.cancel()
    with qtbot.waitSignal(operation.ended):
        pass
    assert heard.said[-1] == ("cancelled", None)
    assert heard.threads == {threading.main_thread()}


def test_what_was_cancelled_while_waiting_never_runs(qtbot: QtBot, worker: Worker) -> None:
    ran: list[str] = []
    gate = Gate()
    worker.write(gate)
    operation = worker.write(partial(ran.append, "no"))
    operation.cancel()
    gate.opened.set()
    with qtbot.waitSignal(operation.cancelled):
        pass
    assert ran == []


def test_many_steps_become_few(qtbot: QtBot, worker: Worker) -> None:
    def count(progress: Progress) -> int:
        for n in range(1, 10_001):
            progress(Step("", n, 10_000))
        return n

    operation = worker.read(count)
    heard = Heard(operation)
    with qtbot.waitSignal(operation.ended):
        pass
    steps = [value for what, value in heard.said if what == "progressed"]
    assert steps[-1] == Step("", 10_000, 10_000)
    assert len(steps) < 10_000


def test_every_kind_of_failure_reaches_the_page(qtbot: QtBot, worker: Worker) -> None:
    for failure in (UserError("A", "不行。"), EnvironmentProblem("B", "满了。"), ValueError("bug")):

        def fail(failure: Exception = failure) -> None:
            raise failure

        with qtbot.waitSignal(worker.write(fail).failed) as caught:
            pass
        assert caught.args == [failure]


def test_a_failure_nobody_listens_to_is_not_lost(qtbot: QtBot, worker: Worker) -> None:
    def fail() -> None:
        raise ValueError("forgotten")

    with qtbot.waitSignal(worker.failed) as caught:
        worker.read(fail)
    assert isinstance(caught.args[0], ValueError)


def test_what_a_write_touched_is_told_after_its_result(qtbot: QtBot, worker: Worker) -> None:
    order: list[object] = []
    worker.changed.connect(order.append)
    operation = worker.write(lambda: VISIT)
    operation.done.connect(lambda result: order.append("done"))
    with qtbot.waitSignal(worker.changed):
        pass
    assert order == ["done", VISIT]


def test_a_write_that_touched_nothing_is_silent(qtbot: QtBot, worker: Worker) -> None:
    with qtbot.assertNotEmitted(worker.changed), qtbot.waitSignal(worker.write(Changes).ended):
        pass


def test_closing_finishes_what_was_to_be_saved_and_stops_the_rest(qtbot: QtBot) -> None:
    order: list[str] = []
    worker = Worker()
    gate = Gate()

    def endless(cancel: Cancel) -> None:
        gate.entered.set()
        while True:
            cancel.check()

    worker.write(endless, long=True)
    assert gate.entered.wait(10)
    worker.write(partial(order.append, "saved"))
    worker.write(partial(order.append, "package"), long=True)
    worker.close()
    assert order == ["saved"]


def test_an_operation_may_be_cancelled_after_its_end(qtbot: QtBot, worker: Worker) -> None:
    operation = worker.read(lambda: 1)
    with qtbot.waitSignal(operation.destroyed):
        pass
    operation.cancel()


def test_nobody_hears_of_what_a_page_asked_that_is_gone(qtbot: QtBot, worker: Worker) -> None:
    heard: list[object] = []
    go_on = threading.Event()

    def fail() -> None:
        go_on.wait()
        raise RuntimeError

    def look() -> int:
        go_on.wait()
        return 1

    worker.failed.connect(heard.append)
    worker.read(look).done.connect(heard.append)
    worker.scan(fail)
    worker.hush()
    go_on.set()
    for ask in (worker.read, worker.scan):
        with qtbot.waitSignal(ask(lambda: None).done):
            pass
    assert heard == []


def test_a_job_holds_nothing_of_qt(qtbot: QtBot, worker: Worker) -> None:
    """What a thread lets go last is taken apart there, and Qt's objects live on the main one."""
    page = QObject()

    class Helper:
        def __init__(self) -> None:
            self.page = page

        def look(self) -> None: ...

    Helper.__module__ = "app.ui.helper"
    helper = Helper()
    for job in (
        page.objectName,
        partial(print, page),
        partial(print, {"of": [page]}),
        lambda: page,
        helper.look,
        partial(print, page.destroyed),
    ):
        with pytest.raises(TypeError, match="nothing of Qt"):
            worker.read(job)
    assert not worker.is_busy


def test_what_grows_while_it_is_looked_at_is_no_failure() -> None:
    """Another thread fills a dictionary between two looks at its values."""
    known: dict[int, object] = {n: [n] for n in range(5)}
    walk = _parts(known)
    for n in range(5, 50):
        known[n] = [n]
    assert list(walk) == [[n] for n in range(5)]


def test_an_answer_falls_with_what_it_was_for(qtbot: QtBot, worker: Worker) -> None:
    """However it was connected: as a method, with `partial`, from within a closure."""
    heard: list[str] = []

    class Page(QObject):
        def show(self, *told: object) -> None:
            heard.append(self.objectName())

    gone, there = Page(), Page()
    there.setObjectName("there")
    gate = Gate()
    operation = worker.read(gate)
    for page in (gone, there):
        operation.done.connect(page.show)
        operation.done.connect(partial(page.show, 1))
        operation.done.connect(lambda _, page=page: page.show())
    delete(gone)
    with qtbot.waitSignal(operation.ended):
        gate.opened.set()
    assert heard == ["there"] * 3


def test_the_last_step_is_told_before_the_end(qtbot: QtBot, worker: Worker) -> None:
    def count(progress: Progress) -> None:
        for n in range(1_000):
            progress(Step("", n + 1, 1_000))

    for _ in range(20):
        operation = worker.read(count)
        heard = Heard(operation)
        with qtbot.waitSignal(operation.ended):
            pass
        steps = [value for what, value in heard.said if what == "progressed"]
        assert steps[-1] == Step("", 1_000, 1_000)


def test_what_a_page_left_behind_is_taken_apart_on_the_main_thread(
    qtbot: QtBot, worker: Worker
) -> None:
    """Operations end, and what they were connected to goes, while the threads run."""
    where: list[threading.Thread] = []

    class Page(QObject):
        def show(self, *told: object) -> None: ...

    def ask() -> None:
        page = Page()
        operation = worker.read(partial(sum, range(1_000)))
        operation.done.connect(partial(page.show, 1))
        for one in (page, operation):
            finalize(one, lambda: where.append(threading.current_thread()))

    for _ in range(200):
        ask()
    qtbot.waitUntil(lambda: len(where) == 400)
    assert set(where) == {threading.main_thread()}


def test_a_thousand_answers_at_once_come_all_and_in_order(qtbot: QtBot, worker: Worker) -> None:
    """More than can be announced while nobody listens."""
    came: list[int] = []
    gate = Gate()
    worker.read(gate)
    for n in range(1_000):
        worker.read(lambda n=n: n).done.connect(came.append)
    ran = threading.Event()
    last = worker.read(ran.set)
    gate.opened.set()
    ran.wait()
    with qtbot.waitSignal(last.ended):
        pass
    assert came == list(range(1_000))


def test_after_the_end_nothing_is_told(qtbot: QtBot) -> None:
    heard: list[object] = []
    worker = Worker()
    for _ in range(10):
        worker.read(lambda: 1).done.connect(heard.append)
    worker.close()
    QApplication.processEvents()
    assert heard == []


def test_a_worker_that_nobody_closed_does_not_keep_the_process() -> None:
    script = (
        "import sys, threading\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from app.ui.worker import Worker\n"
        "application = QCoreApplication([])\n"
        "worker = Worker()\n"
        "worker.read(threading.Event().wait)\n"
        "sys.exit(7)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 7
