"""What an import is going to write, packed so that a hundred thousand rows stay small."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from backports.zstd import compress, decompress

from app.domain.kernel.readable import readable
from app.services.records.bulk_saving import Planned

BATCH = 1000
"""Records packed together."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(readable(list[Planned])).decode


class Plan:
    """The records to be written in order; it is in memory only, since it holds what is masked."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._open: list[Planned] = []
        self._unpacked: tuple[int, list[Planned]] = (-1, [])

    def __len__(self) -> int:
        return len(self._packed) * BATCH + len(self._open)

    def add(self, planned: Planned) -> int:
        """Put one at the end; returns its place."""
        place = len(self)
        self._open.append(planned)
        if len(self._open) == BATCH:
            self._packed.append(compress(_encode(self._open), 1))
            self._open = []
        return place

    def at(self, place: int) -> Planned:
        """The one at a place."""
        batch, within = divmod(place, BATCH)
        if batch == len(self._packed):
            return self._open[within]
        if self._unpacked[0] != batch:
            self._unpacked = (batch, _decode(decompress(self._packed[batch])))
        return self._unpacked[1][within]

    def batches(self) -> Iterator[list[Planned]]:
        """All of them, some at a time."""
        for packed in self._packed:
            yield _decode(decompress(packed))
        if self._open:
            yield list(self._open)
