"""The two ends of a stream, and one that counts what passes."""

from __future__ import annotations

import hashlib
import zlib
from typing import Protocol


class Source(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes: ...


class Sink(Protocol):
    """Anything bytes can be written to."""

    def write(self, data: bytes, /) -> object: ...


class Tally:
    """A sink that passes bytes on and keeps their number, sha256 and CRC-32."""

    def __init__(self, out: Sink | None = None) -> None:
        self._out = out
        self._sha256 = hashlib.sha256()
        self.size = 0
        self.crc = 0

    def write(self, data: bytes) -> int:
        """Count the bytes and pass them on."""
        self._sha256.update(data)
        self.crc = zlib.crc32(data, self.crc)
        self.size += len(data)
        if self._out is not None:
            self._out.write(data)
        return len(data)

    @property
    def sha256(self) -> str:
        """The digest of everything written so far."""
        return self._sha256.hexdigest()
