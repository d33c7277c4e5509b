"""Work beside the window: one thread with the one writer, readers next to it.

Everything a page asks for runs here and answers on the main thread:

- `write(job)` runs in order on the writer's thread. Short jobs go before long
  ones, and between the packages of `write_each`.
- `read(job)` runs beside it; `long=True` keeps a slow read (a statistic, a
  print preview) out of the way of the lists.
- `find(job)` is for what is sought while somebody types, and waits for none of these.

A job is a callable. When it has a parameter `progress` or `cancel` it is given
these (app.domain.kernel.progress), so a service function needs nothing but `partial`.

**Off the main thread there is no Qt: nothing of it is imported, made, touched or let go.**
PySide keeps what it knows of its classes in one table, and looks things up in it without
Python's lock whenever Qt asks a widget what it is, which every paint does. A class that
another thread adds meanwhile - by importing a module of app.ui or a library that stands on
Qt, by being the first to name a class of Qt - moves the table under that look-up, and the
program falls without a word. The attributes of a Qt object are read the same way. So:

- A job and what it is made of hold nothing of Qt; `refuse_qt` looks at each before it runs.
  What it needs from a widget it takes along as a value; what it returns is a value.
- A job imports nothing of app.ui. What the pages need is loaded on the main thread,
  a little at a time (app.ui.warming). tests/ui/qt_audit.py sees every import and every class.
- An answer is put in a queue and heard by a socket that Qt watches: not even a signal is
  emitted by a thread, for that too looks a class up without the lock.
- Printing alone uses Qt beside the window; app.ui.printing.printers says how.

**An answer to what is gone falls.** Who connects to an operation's signals is not told any
more when an object of Qt that is called, or held by what is called, was deleted meanwhile.

**The order of the end** is that of Desktop.run: the pages are told nothing more, what is being
saved is saved, the threads end, the window is deleted, the application ends. Nothing of Qt
that Python made may outlive Python: what is put on the clipboard is put there as text.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import SIGNAL, QObject, QSocketNotifier, QTimer, Signal

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import Cancelled
from app.domain.kernel.progress import Cancel, Step
from app.ui.garbage import Garbage
from app.ui.holding import Listener, falling, refuse_qt
from app.ui.lanes import LONG, SHORT, Answer, Answers, Job, Lane, Raised, Returned, Task

__all__ = ["Job", "Operation", "Worker"]


class Word:
    """A signal of an operation. Who connects hears it while what is connected lives."""

    def __init__(self, signal: Any) -> None:
        self._signal = signal
        self.emit = signal.emit
        self.disconnect = signal.disconnect

    def connect(self, listener: Listener) -> None:
        """Call this, or emit this signal, as long as nothing of Qt in it was deleted."""
        self._signal.connect(falling(listener))


class Operation(QObject):
    """One job under way. It speaks on the main thread only, never before it is returned.

    Ends with exactly one of `done(result)`, `failed(exception)` and `cancelled()`,
    and then `ended()`; `progressed(Step)` before. `cancel` may be called even after that.
    """

    _done = Signal(object)
    _failed = Signal(object)
    _cancelled = Signal()
    _progressed = Signal(object)
    _ended = Signal()

    def __init__(self, parent: QObject, *, long: bool, looks: bool) -> None:
        super().__init__(parent)
        self.long, self.looks = long, looks
        self.stop = Cancel()

    @property
    def done(self) -> Word:
        """It ended well: what the job returned."""
        return Word(self._done)

    @property
    def failed(self) -> Word:
        """It ended badly: the exception."""
        return Word(self._failed)

    @property
    def cancelled(self) -> Word:
        """It was stopped."""
        return Word(self._cancelled)

    @property
    def progressed(self) -> Word:
        """How far it is: a `Step`."""
        return Word(self._progressed)

    @property
    def ended(self) -> Word:
        """It is over, however it ended."""
        return Word(self._ended)

    @property
    def is_heard(self) -> bool:
        """Whether somebody listens for a failure, or nobody is to be told anything."""
        return bool(self.receivers(SIGNAL("_failed(PyObject)"))) or self.signalsBlocked()

    def cancel(self) -> None:
        """Ask the job to stop; it may already be too late."""
        self.stop.set()


Then = Callable[[Operation, Any], None]


class Worker(QObject):
    """Runs jobs; `changed(Changes)` tells every page what a write has touched.

    A failure that nobody listens to comes out of `failed`, so that none is lost.
    `closed` when nothing runs any more: what jobs shared can be given back.
    """

    changed = Signal(object)
    failed = Signal(object)
    closed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers = Answers()
        self._heard = QSocketNotifier(self._answers.ear.fileno(), QSocketNotifier.Type.Read, self)
        self._heard.activated.connect(self._hear)
        self._numbers = itertools.count()
        self._under_way: dict[int, tuple[Operation, Task, Then]] = {}
        self._garbage = Garbage(self)
        self._writer = Lane("writer")
        self._reader = Lane("reader")
        self._slow_reader = Lane("slow reader")
        self._finder = Lane("finder")
        self._scanner = Lane("scanner")
        self._printer = Lane("printer")
        self._ahead = Lane("ahead")

    @property
    def _lanes(self) -> Sequence[Lane]:
        """In the order in which they are closed."""
        beside = (self._finder, self._scanner, self._printer, self._ahead)
        return (*beside, self._reader, self._slow_reader, self._writer)

    def write(self, job: Job, *, long: bool = False) -> Operation:
        """Run a job that changes something; `long` lets the short ones waiting go first."""
        return self._start(self._writer, job, LONG if long else SHORT)

    def write_each(self, jobs: Sequence[Job]) -> Operation:
        """Run long jobs one after another; short ones go between. `done` brings a list.

        After a failure or a cancel the rest is left; what was done before stays.
        """
        operation = Operation(self, long=True, looks=False)
        self._next(operation, iter(list(enumerate(jobs))), [], len(jobs))
        return operation

    def read(self, job: Job, *, long: bool = False) -> Operation:
        """Run a job that only looks."""
        return self._start(self._slow_reader if long else self._reader, job, SHORT)

    def find(self, job: Job) -> Operation:
        """Run a job that only looks, and that the next letter typed will make needless."""
        return self._start(self._finder, job, SHORT)

    def scan(self, job: Job) -> Operation:
        """Run a job that reads a whole list; statistics and look-ups do not wait for it."""
        return self._start(self._scanner, job, SHORT)

    def look_ahead(self, job: Job) -> Operation:
        """Run a job that works out what nobody waits for yet; nothing else waits for it."""
        return self._start(self._ahead, job, SHORT)

    def print_out(self, job: Job) -> Operation:
        """Run a job that waits for a printer, minutes long; nothing else waits for it."""
        return self._start(self._printer, job, SHORT)

    @property
    def is_busy(self) -> bool:
        """Whether anything is still being read or written, or its answer not yet told."""
        return bool(self._under_way)

    def hush(self) -> None:
        """Tell nobody any more of what is under way: the pages that asked are gone.

        What is being written is finished; what only looks is stopped where it can be.
        """
        for operation, *_ in self._under_way.values():
            operation.blockSignals(True)
            if operation.looks:
                operation.cancel()

    def close(self) -> None:
        """Finish short writes, stop everything else, and wait for it."""
        for operation, *_ in self._under_way.values():
            if operation.long:
                operation.cancel()
        for lane in self._lanes:
            lane.close()
        self._heard.setEnabled(False)
        self._answers.close()
        self._garbage.leave()
        self.closed.emit()

    def _start(self, lane: Lane, job: Job, rank: int) -> Operation:
        looks = lane is not self._writer
        operation = Operation(self, long=looks or rank == LONG, looks=looks)
        self._queue(lane, operation, job, rank, self._finish)
        return operation

    def _queue(self, lane: Lane, operation: Operation, job: Job, rank: int, then: Then) -> None:
        refuse_qt(job)
        number = next(self._numbers)
        task = Task(number, job, operation.stop, self._answers.put)
        self._under_way[number] = (operation, task, then)
        lane.put(rank, task)

    def _next(
        self, operation: Operation, rest: Iterable[tuple[int, Job]], results: list[Any], total: int
    ) -> None:
        """Queue one job of a series; its result queues the next."""
        upcoming = next(iter(rest), None)
        if upcoming is None:
            self._end(operation, operation.done, results)
            return
        index, job = upcoming

        def go_on(operation: Operation, result: Any) -> None:
            self._announce(result)
            operation.progressed.emit(Step("", index + 1, total))
            self._next(operation, rest, [*results, result], total)

        self._queue(self._writer, operation, job, LONG, go_on)

    def _hear(self) -> None:
        self._answers.listen()
        self._take_answer()

    def _take_answer(self) -> None:
        """One at a time, so that the window can be painted between two; none after `close`."""
        if not self._heard.isEnabled():
            return
        taken = self._answers.take()
        if self._answers.has_more:
            QTimer.singleShot(0, self, self._take_answer)
        if taken is not None:
            self._tell(*taken)

    def _tell(self, number: int, answer: Answer) -> None:
        operation, task, then = self._under_way[number]
        if answer is None:
            operation.progressed.emit(task.take_step())
            return
        del self._under_way[number]
        match answer:
            case Returned(value):
                then(operation, value)
            case Raised(Cancelled()):
                self._end(operation, operation.cancelled)
            case Raised(error):
                self._fail(operation, error)

    def _finish(self, operation: Operation, result: Any) -> None:
        self._end(operation, operation.done, result)
        self._announce(result)

    def _announce(self, result: Any) -> None:
        changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
        if isinstance(changes, Changes) and (changes.types or changes.ids):
            self.changed.emit(changes)

    def _fail(self, operation: Operation, error: Exception) -> None:
        self._end(operation, operation.failed if operation.is_heard else self.failed, error)

    def _end(self, operation: Operation, signal: Any, *told: object) -> None:
        signal.emit(*told)
        operation.ended.emit()
        operation.deleteLater()
