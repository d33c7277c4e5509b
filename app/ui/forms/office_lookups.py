"""Look-ups over the records of an office, read beside the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.services import looking_up
from app.ui.fields.suggestion import Index, Lookups, Suggestion

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.services.office import Office
    from app.ui.worker import Worker


class OfficeLookups:
    """The names of an office's records, kept until a write touches their type."""

    def __init__(self, office: Office, worker: Worker) -> None:
        self._office = office
        self._worker = worker
        self._known: dict[str, tuple[Index, dict[str, str]]] = {}
        worker.changed.connect(self._forget)

    def lookups(self, adds: frozenset[str] = frozenset()) -> Lookups:
        """For `Surroundings`; `adds` are the types that can be added from a list."""
        return Lookups(self.find, self.title, self._read, adds)

    def find(self, record_type: str, text: str) -> list[Suggestion]:
        """The records of a type that answer, best first; runs on the reader's thread."""
        return self._of(record_type)[0](text)

    def title(self, record_type: str, key: str) -> str:
        """The name of the record that a link points at, "" when there is none."""
        return self._of(record_type)[1].get(key, "")

    def _of(self, record_type: str) -> tuple[Index, dict[str, str]]:
        known = self._known.get(record_type)
        if known is None:
            named = looking_up.names(self._office, record_type)
            index = Index(Suggestion(n.key, n.title, n.detail, n.words) for n in named)
            known = self._known[record_type] = (index, {n.key: n.title for n in named})
        return known

    def _read(self, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._worker.read(job).done.connect(done)

    def _forget(self, changes: Changes) -> None:
        """Names point at names (a case at its person), so all are read again."""
        if changes.types:
            self._known = {}
