"""Which record types and fields the program knew that looked at this data last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from app.domain.kernel.fields import FieldSpec, fields_of
from app.domain.records import TYPES
from database.books import settings
from database.store.engine import Connection

_NAME = "known fields"

Known = Mapping[str, Sequence[str]]
"""By record type its fields with their kinds; those of a row stand behind the row's."""


@cache
def known_now() -> dict[str, list[str]]:
    """What this program knows."""
    return {name: sorted(_told(fields_of(kind))) for name, kind in TYPES.items()}


def _told(specs: Sequence[FieldSpec], within: str = "") -> Iterator[str]:
    for spec in specs:
        yield f"{within}{spec.name} {spec.kind}"
        yield from _told(spec.columns, f"{within}{spec.name}.")


def known_before(connection: Connection) -> dict[str, list[str]] | None:
    """What the program knew that looked last; None where none has noted it."""
    return settings.get(connection, _NAME, dict[str, list[str]])


def note_known(connection: Connection) -> None:
    """This program has looked at all there is."""
    settings.put(connection, _NAME, known_now())


def added_since(known: Known) -> Iterator[tuple[str, list[str]]]:
    """The types that were known and have more fields now, with the names of these."""
    for name, fields in known_now().items():
        added = set(fields) - set(known.get(name, fields))
        if added:
            yield name, sorted({one.partition(" ")[0].rpartition(".")[2] for one in added})
