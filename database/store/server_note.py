"""Where the records lie when they lie on a PostgreSQL server: notes in place of the files.

A data folder has a `store.db` in any case. It is the encrypted file itself, or this note with
the address of a database on a server; so are the attachments and the keyring. A note holds no
password: it comes with ZOUFANG_DATABASE_URL, or libpq finds it in PGPASSWORD or in the user's
own `.pgpass`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

_HEAD = "zoufang server 1\n"
_MOST = 4096
"""Bytes of a note that are read."""

PARTS = ("", "attachments", "keyring")
"""What a note stands for: the records and two more, each written by one at a time."""


@dataclass(frozen=True, slots=True)
class Server:
    """The address of a database: `postgresql://user@host:port/database`; which part of it."""

    url: str
    part: str = ""

    @property
    def words(self) -> str:
        """The address without what is secret, for people."""
        parts = urlsplit(self.url)
        place = parts.hostname or "本机"
        return f"{place}{f':{parts.port}' if parts.port else ''}{parts.path}"

    @property
    def open_url(self) -> str:
        """The address without its password."""
        return _without_password(self.url)

    @property
    def password(self) -> str | None:
        """The password, where this run of the program was told one."""
        return unquote(urlsplit(self.url).password or "") or _told.get(self.open_url)


_told: dict[str, str] = {}
"""Passwords by address, in memory alone."""


def tell_password(server: Server) -> None:
    """Use the password of this address for its notes too, as long as the program runs."""
    if server.password:
        _told[server.open_url] = server.password


def server_of(path: Path) -> Server | None:
    """The server that the note at `path` names; None where no note lies there."""
    try:
        with path.open("rb") as reading:
            text = reading.read(_MOST)
    except OSError:
        return None
    head = _HEAD.encode()
    if not text.startswith(head):
        return None
    url, _, part = text[len(head) :].decode().strip().partition("\n")
    return Server(url, part if part in PARTS else "")


def write_note(path: Path, server: Server) -> None:
    """Note that this lies on a server; a password in the address is left out."""
    tell_password(server)
    path.write_text(f"{_HEAD}{server.open_url}\n{server.part}\n", encoding="utf-8")
    path.chmod(0o600)


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    account, at, place = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{account.partition(':')[0]}{at}{place}"))
