"""Many revisions read at once, each body straight into its record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Generic, TypeVar

import msgspec

from app.domain.kernel.readable import readable
from app.domain.merging.revision import RevisionHead
from app.domain.records import TYPES, Record, body_of

R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)


class Written(RevisionHead, Generic[R_co], frozen=True, kw_only=True, omit_defaults=True):
    """A `Revision` whose body fits the record type it names, read as that record."""

    record: R_co = msgspec.field(name="body")
    why: str | None = None

    @property
    def body(self) -> dict[str, Any]:
        """The record's JSON members."""
        return body_of(self.record)


_encode_lines = msgspec.json.Encoder().encode_lines
_BEFORE_TYPE = len('{"id":"00000000-0000-0000-0000-000000000000","type":"')
_LONGEST_TYPE = 40


def by_type(raws: Sequence[bytes]) -> dict[str, list[int]]:
    """The places of revisions by what stands where this program writes their type."""
    places: dict[bytes, list[int]] = {}
    for n, raw in enumerate(raws):
        end = raw.find(b'"', _BEFORE_TYPE, _BEFORE_TYPE + _LONGEST_TYPE)
        places.setdefault(raw[_BEFORE_TYPE : max(end, 0)], []).append(n)
    return {name.decode("latin-1"): found for name, found in places.items()}


def read_typed(type_name: str, raws: Sequence[bytes]) -> list[Written[Record]] | None:
    """Read revisions of one type that are all as this program writes them; None when one is not.

    Revisions whose encoding gives their bytes again have no member twice and nothing
    unknown, and their bodies fit the fields of the type.
    """
    if type_name not in TYPES:
        return None
    joined = b"\n".join([*raws, b""])
    try:
        found: list[Written[Record]] = _decoder(TYPES[type_name]).decode_lines(joined)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return found if _encode_lines(found) == joined else None


def read_record(record_type: type[R], raw: bytes) -> R | None:
    """The record that a revision of this type says; None where the body does not fit."""
    try:
        written: Written[R] = _decoder(record_type).decode(raw)
    except msgspec.ValidationError:
        return None
    return written.record


@cache
def _decoder(record_type: type[Record]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(readable(Written[record_type]))  # type: ignore[valid-type]
