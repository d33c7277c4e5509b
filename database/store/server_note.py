"""Where the records lie when they lie on a PostgreSQL server: a note in place of the file.

A data folder has a `store.db` in any case. It is the encrypted file itself, or this note with
the address of a database on a server. The note holds no password: libpq finds that in
PGPASSWORD or in the user's own `.pgpass`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

_HEAD = "zoufang server 1\n"
_MOST = 4096
"""Bytes of a note that are read."""


@dataclass(frozen=True, slots=True)
class Server:
    """The address of a database: `postgresql://user@host:port/database`."""

    url: str

    @property
    def words(self) -> str:
        """The address without what is secret, for people."""
        parts = urlsplit(self.url)
        place = parts.hostname or "本机"
        return f"{place}{f':{parts.port}' if parts.port else ''}{parts.path}"


def server_of(path: Path) -> Server | None:
    """The server that the note at `path` names; None where no note lies there."""
    try:
        with path.open("rb") as reading:
            text = reading.read(_MOST)
    except OSError:
        return None
    head = _HEAD.encode()
    return Server(text[len(head) :].decode().strip()) if text.startswith(head) else None


def write_note(path: Path, server: Server) -> None:
    """Note that the records lie on this server; a password in the address is left out."""
    path.write_text(f"{_HEAD}{_without_password(server.url)}\n", encoding="utf-8")
    path.chmod(0o600)


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    account, at, place = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{account.partition(':')[0]}{at}{place}"))
