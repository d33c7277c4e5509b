"""What a look-up offers: the records of a type by the names people know them by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from app.domain.kernel.progress import Cancel
from app.domain.naming.search_pieces import Sought
from app.domain.records import TYPES, Area, Person
from app.services.office.office import Office
from database.state import id_lists, search, states
from database.state.filters import among, live
from database.store.engine import Connection

_TITLES = ("name", "short_title", "title", "enterprise_name")
_WORDS = ("short_name", "code", "uscc", "document_number")
_DETAILS = ("number", "visited_on", "found_on")

MANY = frozenset(search.SEARCHED)
"""Types of which there may be a million: they are looked up in the store, not in memory."""


@dataclass(frozen=True, slots=True)
class Named:
    """A record that a link may point at.

    `key` is what the link keeps (code, else record id), `title` its name, `detail`
    tells those of one name apart (编号, day, county), `words` are other spellings.
    """

    key: str
    title: str
    detail: str = ""
    words: tuple[str, ...] = ()


def names(office: Office, type_name: str) -> list[Named]:
    """Every record of a type that is not 作废, by title."""
    not_void = live()
    return sorted(_found(office, type_name, not_void), key=lambda one: one.title)


def some(office: Office, type_name: str, keys: Collection[str]) -> list[Named]:
    """The records that links with these keys point at, 作废 ones too, in their order."""
    meant = among("id", keys)
    coded = (meant | among("code", keys)) if "code" in states.fields(TYPES[type_name]) else meant
    places = {key: place for place, key in enumerate(keys)}
    return sorted(_found(office, type_name, coded), key=lambda one: places.get(one.key, 0))


def found(office: Office, type_name: str, text: str, most: int = 50) -> list[Named]:
    """The records of a type of `MANY` that answer, the newest of a great many; all without text."""
    with office.store.read() as connection:
        if text.strip():
            hits, _ = search.Finding(connection, Sought(text), most, Cancel()).newest(type_name)
            keys = [hit.id for hit in hits]
        else:
            keys = id_lists.newest(connection, TYPES[type_name], most)
    return some(office, type_name, keys)


def _found(office: Office, type_name: str, condition: Any) -> list[Named]:
    with office.store.read() as connection:
        rows = _rows(connection, type_name, condition)
        of_link = _names_linked(connection, rows)
    return [_named(row, of_link) for row in rows]


def _rows(connection: Connection, type_name: str, condition: Any) -> list[dict[str, Any]]:
    wanted = ("id", "aliases", "person", "county", *_TITLES, *_WORDS, *_DETAILS)
    columns = [name for name in dict.fromkeys(wanted) if name in states.fields(TYPES[type_name])]
    found = states.pick(connection, TYPES[type_name], columns, condition)
    return [dict(zip(columns, values, strict=True)) for values in found]


def _names_linked(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The names of the persons and counties that rows without a telling name point at."""
    keys = {name for row in rows for name in ("person", "county") if row.get(name)}
    people = states.pick(connection, Person, ("id", "name")) if "person" in keys else []
    areas = states.pick(connection, Area, ("code", "name")) if "county" in keys else []
    return {str(key): str(name or "") for key, name in (*people, *areas)}


def _named(row: Mapping[str, Any], of_link: Mapping[str, str]) -> Named:
    key = str(row.get("code") or row["id"])
    own = next((str(row[name]) for name in _TITLES if row.get(name)), "")
    title = own or of_link.get(str(row.get("person")), "") or str(row.get("number") or key)
    details = [str(row[name]) for name in _DETAILS if row.get(name)]
    details += [of_link[str(row["county"])]] if str(row.get("county")) in of_link else []
    aliases: list[str] = msgspec.json.decode(row["aliases"]) if row.get("aliases") else []
    words = [str(row[name]) for name in _WORDS if row.get(name)]
    return Named(key, title, "　".join(details), (*aliases, *words))
