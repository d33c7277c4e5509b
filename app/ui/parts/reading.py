"""A look at the data that is repeated when the data changes, but never too often."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from app.ui.worker import Job, Operation, Worker

SOON = 300
"""Milliseconds after the last change before the data is looked at again."""


class Reading(QObject):
    """Runs `job` beside the window and brings what it returns in `done`.

    `begun` when it starts, `stopped` when it was cancelled. Never two at once. After a
    look that took a while it rests `rest` times as long, so that a large store is not
    counted again at every save. Without a listener for `failed` a failure is shown as
    any other.
    """

    done = Signal(object)
    failed = Signal(object)
    begun = Signal()
    stopped = Signal()

    def __init__(
        self, worker: Worker, job: Job, parent: QObject, *, long: bool = True, rest: int = 5
    ) -> None:
        super().__init__(parent)
        self._worker, self._job, self._long, self._rest = worker, job, long, rest
        self._took = 0
        self._under_way: Operation | None = None
        self._outdated = self._replaced = False
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.start)

    @property
    def under_way(self) -> Operation | None:
        """The look that is under way, if there is one."""
        return self._under_way

    def start(self) -> None:
        """Look now, or again as soon as the look under way is over."""
        if self._under_way is not None:
            self._outdated = True
            return
        self._timer.stop()
        self._outdated = False
        self._clock.start()
        operation = self._worker.read(self._job, long=self._long)
        self._under_way = operation
        operation.done.connect(self.done)
        operation.failed.connect(self._fail)
        operation.cancelled.connect(self.stopped)
        operation.ended.connect(self._end)
        self.begun.emit()

    def outdate(self) -> None:
        """The data has changed: look again when that is done with and the rest is over."""
        if self._under_way is not None:
            self._outdated = True
        else:
            self._timer.start(max(SOON, self._took * self._rest))

    def replace(self, job: Job) -> None:
        """Look at something else from now on, at once: what is under way is given up."""
        self._job = job
        if self._under_way is None:
            self.start()
        else:
            self._replaced = True
            self._under_way.cancel()

    def _end(self) -> None:
        self._took = int(self._clock.elapsed())
        self._under_way = None
        replaced, self._replaced = self._replaced, False
        if replaced:
            self.start()
        elif self._outdated:
            self.outdate()

    def _fail(self, error: Exception) -> None:
        if self.receivers("2failed(PyObject)"):
            self.failed.emit(error)
        else:
            self._worker.failed.emit(error)
