"""The server of the tests as a clerk types it."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from app.services.starting.server_start import There
from database.store.server_note import Server


def there(server: Server) -> There:
    """What goes into the four fields; the password is not asked for there."""
    parts = urlsplit(server.url)
    place = parts.query.removeprefix("host=")
    return There(quote(place, safe=""), parts.path[1:], "zoufang", "se:cret")
