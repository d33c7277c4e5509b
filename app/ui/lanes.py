"""The threads beside the window. Nothing here knows Qt; app.ui.worker says why."""

from __future__ import annotations

import inspect
import itertools
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, PriorityQueue, SimpleQueue
from typing import Any, NamedTuple

from app.domain.kernel.progress import Cancel, Step

Job = Callable[..., Any]

SHORT, LONG, _LAST = range(3)


class Returned(NamedTuple):
    """What the job returned."""

    value: Any


class Raised(NamedTuple):
    """What the job ended with instead."""

    error: Exception


Answer = Returned | Raised | None
"""The end of a job; None when it has only come a step further."""
Tell = Callable[[int, Answer], None]
"""Called on the lane's thread with the task's number."""


class Answers:
    """What came back from the tasks. Any thread puts; `ear` can be read from when one has.

    The ear is one end of a pair of sockets, as Qt can watch it on every system.
    """

    def __init__(self) -> None:
        self._waiting: SimpleQueue[tuple[int, Answer]] = SimpleQueue()
        self.ear, self._rope = socket.socketpair()
        for end in (self.ear, self._rope):
            end.setblocking(False)

    def put(self, number: int, answer: Answer) -> None:
        """Add one and let it be heard."""
        self._waiting.put((number, answer))
        # When no more goes in, enough is there to be heard.
        with suppress(BlockingIOError):
            self._rope.send(b"!")

    def take(self) -> tuple[int, Answer] | None:
        """The oldest; None when there is none."""
        with suppress(Empty):
            return self._waiting.get_nowait()
        return None

    @property
    def has_more(self) -> bool:
        return not self._waiting.empty()

    def listen(self) -> None:
        """Note what was heard: from now on it is heard anew."""
        with suppress(BlockingIOError):
            self.ear.recv(4096)

    def close(self) -> None:
        """Hear no more; nothing puts any longer."""
        self.ear.close()
        self._rope.close()


class Task:
    """A job with the number its answers bear; `stop` is how it is asked to end."""

    def __init__(self, number: int, job: Job, stop: Cancel, tell: Tell) -> None:
        self._number, self._job, self._stop, self._tell = number, job, stop, tell
        self._step: Step | None = None
        self._turn = threading.Lock()

    def run(self) -> None:
        """Run the job on this thread and tell how it ended."""
        try:
            self._stop.check()
            result = self._job(**self._wanted())
        except Exception as error:  # noqa: BLE001  (shown on the main thread)
            self._tell(self._number, Raised(error))
        else:
            self._tell(self._number, Returned(result))

    def take_step(self) -> Step | None:
        """How far it has come since this was asked last; many steps become one."""
        with self._turn:
            step, self._step = self._step, None
        return step

    def _report(self, step: Step) -> None:
        with self._turn:
            waiting, self._step = self._step, step
        if waiting is None:
            self._tell(self._number, None)

    def _wanted(self) -> dict[str, object]:
        """`progress` and `cancel`, as far as the job has parameters of these names."""
        offered: dict[str, object] = {"progress": self._report, "cancel": self._stop}
        has = inspect.signature(self._job).parameters
        return {name: value for name, value in offered.items() if name in has}


@dataclass(order=True)
class _Turn:
    """A place in the queue: short before long, and otherwise as they came."""

    rank: int
    number: int
    task: Task | None = field(compare=False)


class Lane:
    """One thread that takes tasks from its queue."""

    def __init__(self, name: str) -> None:
        self._queue: PriorityQueue[_Turn] = PriorityQueue()
        self._numbers = itertools.count()
        # Who forgets to close it gets an end as after a kill, not a process that never ends.
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def put(self, rank: int, task: Task | None) -> None:
        """Queue a task behind those of its rank; None ends the lane."""
        self._queue.put(_Turn(rank, next(self._numbers), task))

    def close(self) -> None:
        """Do what is queued and wait for it."""
        self.put(_LAST, None)
        self._thread.join()

    def _work(self) -> None:
        while (task := self._queue.get().task) is not None:
            task.run()
            # Nothing of a job that has ended is kept until the next one comes.
            del task
