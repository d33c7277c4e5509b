"""What the other computers of the office have saved on the server, so that only that is redrawn."""

from __future__ import annotations

import threading

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import EnvironmentProblem
from app.services.office.office import Office
from database.log import packages, revisions
from database.store.engine import Connection


class OthersNews:
    """Kept for as long as an office is open; asked from time to time, from any thread.

    The first look says from when on.
    """

    def __init__(self, office: Office) -> None:
        from database.store.server_listening import Listening  # noqa: PLC0415  (needs its driver)

        assert office.store.server
        self._office = office
        self._listening = Listening(office.store.server)
        self._lock = threading.Lock()
        self._closed = False
        self._seen: tuple[int, int] | None = None

    def since(self) -> Changes:
        """What was saved since the last time; nothing while the server cannot be reached."""
        with self._lock:
            if self._closed or not self._listening.heard():
                return Changes()
            try:
                with self._office.store.read() as connection:
                    now = _moment(connection)
                    before = self._seen or now
                    changed = revisions.named_after(connection, before[0])
            except EnvironmentProblem:
                return Changes()
            self._seen = now
        found = Changes.of(changed)
        return found if now[1:] == before[1:] else found | Changes(frozenset({"package"}))

    def close(self) -> None:
        """Ask nothing more."""
        with self._lock:
            self._closed = True
            self._listening.close()


def _moment(connection: Connection) -> tuple[int, int]:
    """The last revision and the last line of the ledger of packages."""
    return revisions.next_n(connection) - 1, packages.last_n(connection)
