"""正在整理搜索: the index of the search is brought up beside the work, a little at a time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.kernel.changes import Changes
from app.services.lists import search_upkeep
from app.services.office.office import Office
from app.ui.worker import Worker


class SearchUpkeep(QObject):
    """Looks when an office is opened and after every merge; `kept_up` when nothing is left.

    A search finds everything meanwhile, only slower. Between two steps other saves go first.
    """

    kept_up = Signal()

    def __init__(self, office: Office, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._worker = office, worker
        self._under_way = False
        worker.changed.connect(self._changed)

    def look(self) -> None:
        """See whether a great deal is left to do, and do it."""
        if self._under_way or self._office.read_only:
            return
        self._under_way = True
        looking = self._worker.read(partial(search_upkeep.much_behind, self._office), long=True)
        looking.done.connect(self._go_on)
        looking.failed.connect(self._leave)
        looking.cancelled.connect(self._leave)

    def _changed(self, changes: Changes) -> None:
        if not changes.ids:
            self.look()

    def _go_on(self, left: int) -> None:
        if not left:
            self._leave()
            self.kept_up.emit()
            return
        step = self._worker.write(partial(search_upkeep.take_some, self._office), long=True)
        step.done.connect(self._go_on)
        step.failed.connect(self._leave)
        step.cancelled.connect(self._leave)

    def _leave(self, _error: Exception | None = None) -> None:
        """What is left is made up when the office is opened again."""
        self._under_way = False
