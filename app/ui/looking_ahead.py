"""The long lists of the city's desk are worked out beside the work, before somebody opens them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.kernel.changes import Changes
from app.services.office.office import Office
from app.services.todo import looking_ahead
from app.ui.worker import Operation, Worker


class LookingAhead(QObject):
    """Looks when the city's office is opened and after every merge; `kept` when all is kept.

    It stands in nobody's way: other long looks and all saves have lanes of their own.
    """

    kept = Signal()

    def __init__(self, office: Office, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._worker = office, worker
        self._under_way: Operation | None = None
        self._again = False
        if office.is_city:
            worker.changed.connect(self._changed)

    def look(self) -> None:
        """Work out what is not known yet; again when that is done, if it is asked meanwhile."""
        if not self._office.is_city:
            return
        if self._under_way is not None:
            self._again = True
            return
        self._again = False
        looking = self._worker.look_ahead(partial(looking_ahead.look_ahead, self._office))
        self._under_way = looking
        looking.done.connect(self._keep)
        looking.failed.connect(self._leave)
        looking.cancelled.connect(self._leave)

    def _changed(self, changes: Changes) -> None:
        if not changes.ids and changes.types:
            self.look()

    def _keep(self, _nothing: None) -> None:
        keeping = self._worker.write(partial(looking_ahead.remember, self._office), long=True)
        keeping.done.connect(self._kept)
        keeping.failed.connect(self._leave)
        keeping.cancelled.connect(self._leave)

    def _kept(self, _changes: Changes) -> None:
        self.kept.emit()
        self._leave()

    def _leave(self, _error: Exception | None = None) -> None:
        """What is left is worked out when its list is opened, which says what is wrong."""
        self._under_way = None
        if self._again:
            self.look()
