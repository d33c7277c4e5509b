"""Where sealed and received packages are kept: in the folder, or in the database of its server.

One door, two spellings. Whoever opens a kept file is given a path in this computer's folder in
any case; where the office works on a server it is a copy, brought here when it is asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.exchange.files import appearing, words_for
from app.services.office import small_files
from app.services.office.folder import Folder
from app.services.office.keyring import MOST_BYTES, Keyring
from database.store.engine import Connection, Store

if TYPE_CHECKING:
    from database.store.server_files import Facts


class KeptPlaces(Protocol):
    """What is asked of either."""

    def outbox(self, name: str) -> Path:
        """Where a sealed package of this name lies; whether it does is for the caller to see."""

    def inbox(self, name: str) -> Path:
        """The same of a received one."""

    def every(self) -> Iterator[tuple[str, Path]]:
        """Every kept file under its name with its folder (`outbox/…`), one after the other."""

    def keep(self, connection: Connection, files: Iterable[Path]) -> None:
        """Keep files of the two folders together with what a transaction writes."""

    def forget(self, connection: Connection, file: Path) -> None:
        """Keep a file no longer once the transaction is committed."""

    def keyring(self, connection: Connection) -> Keyring:
        """Who can open the data, read in a transaction that is open already."""


class InFolder:
    """The files themselves lie in the folder."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def outbox(self, name: str) -> Path:
        return self._folder.outbox / name

    def inbox(self, name: str) -> Path:
        return self._folder.inbox / name

    def every(self) -> Iterator[tuple[str, Path]]:
        for place in (self._folder.outbox, self._folder.inbox):
            for path in sorted(place.glob("*")):
                if path.is_file() and path.suffix != ".part":
                    yield f"{place.name}/{path.name}", path

    def keep(self, connection: Connection, files: Iterable[Path]) -> None:
        """They lie where they are kept."""

    def forget(self, connection: Connection, file: Path) -> None:
        """Whoever forgets it removes it."""

    def keyring(self, connection: Connection) -> Keyring:
        return Keyring.open(self._folder.keyring)


class OnServer:
    """The files lie in the database; the folders hold copies of those that were asked for."""

    def __init__(self, folder: Folder, store: Store) -> None:
        self._folder = folder
        self._store = store

    def outbox(self, name: str) -> Path:
        return self._here(self._folder.outbox / name)

    def inbox(self, name: str) -> Path:
        return self._here(self._folder.inbox / name)

    def every(self) -> Iterator[tuple[str, Path]]:
        from database.store import server_files  # noqa: PLC0415  (only who has a server)

        places = (self._folder.inbox, self._folder.outbox)
        with self._store.read() as connection:
            for place in places:
                for name in server_files.names(connection, f"{place.name}/"):
                    yield name, self._here(self._folder.root / name)

    def keep(self, connection: Connection, files: Iterable[Path]) -> None:
        from database.store import server_files  # noqa: PLC0415  (only who has a server)

        for path in files:
            if path.is_file() and path.suffix != ".part":
                with words_for(path), path.open("rb") as file:
                    server_files.put(connection, _name(path), file)

    def forget(self, connection: Connection, file: Path) -> None:
        from database.store import server_files  # noqa: PLC0415  (only who has a server)

        server_files.remove(connection, _name(file))

    def keyring(self, connection: Connection) -> Keyring:
        path = self._folder.keyring
        raw = small_files.shared(connection, path.name) or b""
        return Keyring.parse(path, raw[: MOST_BYTES + 1], base=raw)

    def _here(self, path: Path) -> Path:
        """The copy in the folder, made anew unless it is what the server has."""
        from database.store import server_files  # noqa: PLC0415  (only who has a server)

        with self._store.read() as connection:
            known = server_files.facts(connection, _name(path))
            if known is not None and not _is(path, known):
                with words_for(path), appearing(path) as out:
                    for data in server_files.chunks(connection, _name(path)):
                        out.write(data)
        return path


def kept_places(folder: Folder, store: Store) -> KeptPlaces:
    """The spelling for where the records lie."""
    return OnServer(folder, store) if store.server else InFolder(folder)


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _is(path: Path, known: Facts) -> bool:
    if not path.is_file() or path.stat().st_size != known.size:
        return False
    with words_for(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == known.sha256
