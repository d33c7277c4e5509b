"""Work beside the window: one thread with the one writer, readers next to it.

Everything a page asks for runs here and answers on the main thread:

- `write(job)` runs in order on the writer's thread. Short jobs go before long
  ones, and between the packages of `write_each`.
- `read(job)` runs beside it; `long=True` keeps a slow read (a statistic, a
  print preview) out of the way of the lists.
- `find(job)` is for what is sought while somebody types, and waits for none of these.

A job is a callable. When it has a parameter `progress` or `cancel` it is given
these (app.domain.kernel.progress), so a service function needs nothing but `partial`.
"""

from __future__ import annotations

import inspect
import itertools
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from queue import PriorityQueue
from typing import Any

from PySide6.QtCore import SIGNAL, QObject, Qt, Signal

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import Cancelled
from app.domain.kernel.progress import Cancel, Step
from app.ui.garbage import Garbage

Job = Callable[..., Any]
Deliver = Callable[[Callable[[], None]], None]

_SHORT, _LONG, _LAST = range(3)


class Operation(QObject):
    """One job under way. All its signals come on the main thread, never before it is returned.

    Ends with exactly one of `done(result)`, `failed(exception)` and `cancelled()`,
    and then `ended()`; `cancel` may be called even after that.
    """

    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    progressed = Signal(object)
    ended = Signal()

    def __init__(self, deliver: Deliver, parent: QObject, *, long: bool) -> None:
        super().__init__(parent)
        self.long = long
        self.looks = False
        self.stop = Cancel()
        self._deliver = deliver
        self._step: Step | None = None

    def cancel(self) -> None:
        """Ask the job to stop; it may already be too late."""
        self.stop.set()

    def report(self, step: Step) -> None:
        """Called by the job; many steps between two looks of the main thread become one."""
        waiting, self._step = self._step, step
        if waiting is None:
            self._deliver(self._tell)

    def _tell(self) -> None:
        step, self._step = self._step, None
        self.progressed.emit(step)


class Worker(QObject):
    """Runs jobs; `changed(Changes)` tells every page what a write has touched.

    A failure that nobody listens to comes out of `failed`, so that none is lost.
    `closed` when nothing runs any more: what jobs shared can be given back.
    """

    changed = Signal(object)
    failed = Signal(object)
    closed = Signal()
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)
        self._garbage = Garbage(self)
        self._writer = _Lane("writer")
        self._reader = _Lane("reader")
        self._slow_reader = _Lane("slow reader")
        self._finder = _Lane("finder")
        self._scanner = _Lane("scanner")
        self._printer = _Lane("printer")
        self._under_way: set[Operation] = set()

    @property
    def _lanes(self) -> Sequence[_Lane]:
        """In the order in which they are closed."""
        readers = (self._finder, self._scanner, self._printer, self._reader, self._slow_reader)
        return (*readers, self._writer)

    def write(self, job: Job, *, long: bool = False) -> Operation:
        """Run a job that changes something; `long` lets the short ones waiting go first."""
        return self._start(self._writer, job, _LONG if long else _SHORT)

    def write_each(self, jobs: Sequence[Job]) -> Operation:
        """Run long jobs one after another; short ones go between. `done` brings a list.

        After a failure or a cancel the rest is left; what was done before stays.
        """
        operation = self._opened()
        rest = iter(list(enumerate(jobs)))
        self._next(operation, rest, [], len(jobs))
        return operation

    def read(self, job: Job, *, long: bool = False) -> Operation:
        """Run a job that only looks."""
        return self._start(self._slow_reader if long else self._reader, job, _SHORT)

    def find(self, job: Job) -> Operation:
        """Run a job that only looks, and that the next letter typed will make needless."""
        return self._start(self._finder, job, _SHORT)

    def scan(self, job: Job) -> Operation:
        """Run a job that reads a whole list; statistics and look-ups do not wait for it."""
        return self._start(self._scanner, job, _SHORT)

    def print_out(self, job: Job) -> Operation:
        """Run a job that waits for a printer, minutes long; nothing else waits for it."""
        return self._start(self._printer, job, _SHORT)

    def hush(self) -> None:
        """Tell nobody any more of what is under way: the pages that asked are gone.

        What is being written is finished; what only looks is stopped where it can be.
        """
        for operation in self._under_way:
            operation.blockSignals(True)
            if operation.looks:
                operation.cancel()

    def close(self) -> None:
        """Finish short writes, stop everything else, and wait for it."""
        for operation in self._under_way:
            if operation.long:
                operation.cancel()
        for lane in self._lanes:
            lane.close()
        self._garbage.leave()
        self.closed.emit()

    def _opened(self, *, long: bool = True) -> Operation:
        operation = Operation(self._arrived.emit, self, long=long)
        self._under_way.add(operation)
        return operation

    def _start(self, lane: _Lane, job: Job, rank: int) -> Operation:
        operation = self._opened(long=lane is not self._writer or rank == _LONG)
        operation.looks = lane is not self._writer
        lane.put(rank, lambda: self._arrived.emit(self._outcome(operation, job, self._finish)))
        return operation

    def _next(
        self, operation: Operation, rest: Iterable[tuple[int, Job]], results: list[Any], total: int
    ) -> None:
        """Queue one job of a series; its result queues the next."""
        upcoming = next(iter(rest), None)
        if upcoming is None:
            self._end(operation, partial(operation.done.emit, results))
            return
        index, job = upcoming

        def go_on(operation: Operation, result: Any) -> None:
            self._announce(result)
            operation.progressed.emit(Step("", index + 1, total))
            self._next(operation, rest, [*results, result], total)

        self._writer.put(_LONG, lambda: self._arrived.emit(self._outcome(operation, job, go_on)))

    def _outcome(
        self, operation: Operation, job: Job, then: Callable[[Operation, Any], None]
    ) -> Callable[[], None]:
        """Run the job on this thread; what the main thread has to do about it."""
        try:
            operation.stop.check()
            result = job(**_wanted(job, operation))
        except Cancelled:
            return partial(self._end, operation, operation.cancelled.emit)
        except Exception as error:  # noqa: BLE001  (shown on the main thread)
            return partial(self._end, operation, partial(self._fail, operation, error))
        return partial(then, operation, result)

    def _call(self, step: Callable[[], None]) -> None:
        step()

    def _finish(self, operation: Operation, result: Any) -> None:
        self._end(operation, partial(operation.done.emit, result))
        self._announce(result)

    def _announce(self, result: Any) -> None:
        changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
        if isinstance(changes, Changes) and (changes.types or changes.ids):
            self.changed.emit(changes)

    def _fail(self, operation: Operation, error: Exception) -> None:
        heard = operation.receivers(SIGNAL("failed(PyObject)")) or operation.signalsBlocked()
        (operation.failed if heard else self.failed).emit(error)

    def _end(self, operation: Operation, tell: Callable[[], None]) -> None:
        self._under_way.discard(operation)
        tell()
        operation.ended.emit()
        operation.deleteLater()


def _wanted(job: Job, operation: Operation) -> dict[str, object]:
    """`progress` and `cancel`, as far as the job has parameters of these names."""
    offered: dict[str, object] = {"progress": operation.report, "cancel": operation.stop}
    has = inspect.signature(job).parameters
    return {name: value for name, value in offered.items() if name in has}


@dataclass(order=True)
class _Turn:
    """A place in the queue: short before long, and otherwise as they came."""

    rank: int
    number: int
    run: Callable[[], None] | None = field(compare=False)


class _Lane:
    """One thread that takes jobs from its queue."""

    def __init__(self, name: str) -> None:
        self._queue: PriorityQueue[_Turn] = PriorityQueue()
        self._numbers = itertools.count()
        self._thread = threading.Thread(target=self._work, name=name)
        self._thread.start()

    def put(self, rank: int, run: Callable[[], None] | None) -> None:
        self._queue.put(_Turn(rank, next(self._numbers), run))

    def close(self) -> None:
        self.put(_LAST, None)
        self._thread.join()

    def _work(self) -> None:
        while (turn := self._queue.get()).run is not None:
            turn.run()
