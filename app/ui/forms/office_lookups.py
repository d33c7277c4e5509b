"""Look-ups over the records of an office, read beside the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from app.domain.records import TYPES
from app.services.lists import lookups as looking_up
from app.services.lists.lookups import CRITERION, INDICATOR, MANY, Named
from app.ui.fields.suggestion import Index, Lookups, Suggestion

if TYPE_CHECKING:
    from app.domain.kernel.changes import Changes
    from app.services.office.office import Office
    from app.ui.worker import Worker


_ROWS = {INDICATOR: looking_up.indicators, CRITERION: looking_up.criteria}
"""What is offered of the rows of records."""


class OfficeLookups:
    """Looks names up for forms: `find` and `title` answer at once, `lookups` beside the window."""

    def __init__(self, office: Office, worker: Worker) -> None:
        self._worker = worker
        self._names = names = _Names(office)
        self.find, self.title = names.find, names.title
        worker.changed.connect(self._forget)

    def lookups(self, adds: frozenset[str] = frozenset()) -> Lookups:
        """For `Surroundings`; `adds` are the types that can be added from a list."""
        return Lookups(self.find, self.title, self._read, adds)

    def _read(self, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._worker.read(job).done.connect(done)

    def _forget(self, changes: Changes) -> None:
        """Names point at names (a case at its person), so all are read again."""
        if changes.types:
            self._names.forget()


class _Names:
    """The names of an office's records, on any thread.

    Those of a type with few (townships, groups) are kept in memory until a write;
    where there may be a million, each question goes to the store.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._known: dict[str, tuple[Index, dict[str, str]]] = {}

    def find(self, record_type: str, text: str) -> list[Suggestion]:
        """The records of a type that answer, best first."""
        if record_type not in MANY:
            return self._of(record_type)[0](text)
        answering = suggested(looking_up.found(self._office, TYPES[record_type], text))
        best = Index(answering)(text)
        return [*best, *(one for one in answering if one not in best)]

    def title(self, record_type: str, key: str) -> str:
        """The name of the record that a link points at, "" when there is none."""
        if record_type not in MANY:
            return self._of(record_type)[1].get(key, "")
        return next((n.title for n in looking_up.some(self._office, TYPES[record_type], [key])), "")

    def _of(self, record_type: str) -> tuple[Index, dict[str, str]]:
        known = self._known.get(record_type)
        if known is None:
            if record_type in _ROWS:
                named = _ROWS[record_type](self._office)
            else:
                named = looking_up.names(self._office, TYPES[record_type])
            titles = {one.key: one.title for one in named}
            known = self._known[record_type] = (Index(suggested(named)), titles)
        return known

    def forget(self) -> None:
        """Read what is kept again."""
        self._known = {}


def suggested(named: Iterable[Named]) -> list[Suggestion]:
    """What a list offers of records."""
    return [Suggestion(one.key, one.title, one.detail, one.words) for one in named]
