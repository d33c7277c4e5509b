"""The password of a database, where libpq looks for it: the user's own password file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from app.exchange.files import words_for, write_private
from app.services.office.server_place import server_at
from database.store.server_note import Server

_MOST = 1 << 20


def server_of_fields(host: str, database: str, user: str, password: str) -> Server:
    """The server of what was typed in four fields; raises `UserError` SERVER_ADDRESS."""
    account = quote(user.strip(), safe="") + (f":{quote(password, safe='')}" if password else "")
    return server_at(f"postgresql://{account}@{host.strip()}/{quote(database.strip(), safe='')}")


def remember(server: Server) -> None:
    """Keep the password for the next start; only this account of the computer can read it."""
    if not server.password:
        return
    place, begin = _place(), _begin(server)
    lines = [line for line in _lines(place) if not line.startswith(begin)]
    text = "\n".join([*lines, begin + _escaped(server.password), ""])
    with words_for(place):
        place.parent.mkdir(parents=True, exist_ok=True)
    write_private(place, text.encode())


def _place() -> Path:
    if named := os.environ.get("PGPASSFILE"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home())) / "postgresql" / "pgpass.conf"
    return Path.home() / ".pgpass"


def _lines(place: Path) -> list[str]:
    try:
        with place.open("rb") as file:
            return file.read(_MOST).decode("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _begin(server: Server) -> str:
    parts = urlsplit(server.url)
    host = parts.hostname or "".join(parse_qs(parts.query).get("host", ["localhost"])[:1])
    named = (host, str(parts.port or 5432), unquote(parts.path.strip("/")))
    return "".join(f"{_escaped(one)}:" for one in (*named, unquote(parts.username or "")))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(":", "\\:")
