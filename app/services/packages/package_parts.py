"""What goes into which package, when one would be larger than the cap."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from app.domain.kernel.readable import readable
from app.domain.records import Attachment
from database.log.unsent_revisions import Sealable


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one package is to hold; with `scans` None, every unsent scan its rows name."""

    rows: Iterable[Sealable]
    scans: Sequence[Attachment] | None = None


@dataclass(frozen=True, slots=True)
class Packed:
    """What went into a package, noted while it was written."""

    numbers: array[int] = field(default_factory=lambda: array("q"))
    named: dict[str, Attachment] = field(default_factory=dict)
    scans: list[str] = field(default_factory=list)


class Cut:
    """Fills parcel after parcel up to the cap."""

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._rows: list[Sealable] = []
        self._scans: list[Attachment] = []
        self._size = 0
        self._full: list[Parcel] = []

    def add(
        self, weight: int, *, row: Sealable | None = None, scan: Attachment | None = None
    ) -> None:
        """Put one more thing in, into a new parcel where it does not fit."""
        if self._size and self._size + weight > self._cap:
            self._full.append(Parcel(self._rows, self._scans))
            self._rows, self._scans, self._size = [], [], 0
        self._size += weight
        self._rows += [row] if row else []
        self._scans += [scan] if scan else []

    @property
    def parcels(self) -> list[Parcel]:
        """All of them, the last one too."""
        return [*self._full, Parcel(self._rows, self._scans)]


class _Body(msgspec.Struct):
    attachments: tuple[Attachment, ...] = ()


class _Raw(msgspec.Struct):
    body: _Body


def scans_in(raw: bytes) -> tuple[Attachment, ...]:
    """The scans that a revision names."""
    return msgspec.json.decode(raw, type=readable(_Raw)).body.attachments
