"""What other computers save on the server is looked for beside the work and shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.domain.kernel.changes import Changes
from app.services.office.office import Office
from app.services.office.others_news import OthersNews
from app.ui.worker import Worker

EVERY = 1500
"""Milliseconds between two looks."""


class Others(QObject):
    """Looks until it is ended; a look that takes long is not joined by another."""

    def __init__(self, office: Office, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._news = OthersNews(office)
        self._worker = worker
        self._looking = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY)
        self.look()

    def look(self) -> None:
        """Ask now."""
        if self._looking:
            return
        self._looking = True
        looking = self._worker.read(partial(OthersNews.since, self._news))
        looking.done.connect(self._tell)
        looking.ended.connect(self._rest)

    def _tell(self, changes: Changes) -> None:
        if changes:
            self._worker.changed.emit(changes)

    def _rest(self) -> None:
        self._looking = False

    def end(self) -> None:
        """Look no more; the office is about to be closed."""
        self._timer.stop()
        self._worker.write(self._news.close)
        self.deleteLater()
