"""Which rows of a sheet speak of the same record: the first one claims it, the others are asked."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from app.domain.records import Record
from app.services.records.row_matching import Body, Key, keys_of

_encode = msgspec.json.Encoder().encode

_PLACED = 3
"""How long a key of name and place is: the name's field, the name, the place."""


class Claim(NamedTuple):
    """The row that speaks of a record already: its number, what it says, and what it does.

    `said` tells what it says of a record that is here, `place` where a new one stands in the plan.
    """

    row: int
    said: int
    outcome: str
    place: int = -1


class Claims:
    """The claims of the rows of one sheet, on records that are here (their ids) and on new ones."""

    def __init__(self, record_type: type[Record]) -> None:
        self._type = record_type
        self._here: dict[str, Claim] = {}
        self._new: dict[int, Claim] = {}
        self._places: dict[int, list[tuple[str | None, Claim]]] = {}

    def on(self, record: str) -> Claim | None:
        """The claim on a record that is here."""
        return self._here.get(record)

    def claim(self, record: str, row: int, body: Body, outcome: str) -> None:
        """A row speaks of a record that is here."""
        self._here[record] = Claim(row, digest(body), outcome)

    def on_new(self, body: Body) -> Claim | None:
        """The claim of an earlier row on the new record that this one means."""
        for key in keys_of(self._type, body):
            claim = self._in_place(key) if self._is_placed(key) else self._new.get(hash(key))
            if claim is not None:
                return claim
        return None

    def claim_new(self, body: Body, row: int, place: int) -> None:
        """A row brings a new record, which stands at this place of the plan."""
        claim = Claim(row, 0, "add", place)
        for key in keys_of(self._type, body):
            if self._is_placed(key):
                self._places.setdefault(hash(key[:2]), []).append((key[2], claim))
            else:
                self._new[hash(key)] = claim

    def _is_placed(self, key: Key) -> bool:
        """Whether a key is a name and a place."""
        return bool(self._type.facts.certain) and len(key) == _PLACED

    def _in_place(self, key: Key) -> Claim | None:
        """As records are matched by name and place: one that is not told is the only one."""
        found = self._places.get(hash(key[:2]), [])
        if key[2] is None:
            return found[0][1] if found else None
        return next((claim for place, claim in found if place in (None, key[2])), None)


def digest(body: Any) -> int:
    """What a row says, in one number."""
    return hash(_encode(body))
