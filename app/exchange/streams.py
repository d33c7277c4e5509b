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


class Exact:
    """Reads exact amounts from a source that gives what it has, and looks ahead."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._ready = bytearray()

    def peek(self, size: int) -> bytes:
        """The next bytes, fewer only at the end."""
        while len(self._ready) < size:
            piece = self._source.read(size - len(self._ready))
            if not piece:
                break
            self._ready += piece
        return bytes(self._ready[:size])

    def take(self, size: int) -> bytes:
        """The next bytes, now consumed."""
        piece = self.peek(size)
        del self._ready[: len(piece)]
        return piece

    def read(self, size: int = -1) -> bytes:
        """What was looked at, then what the source gives."""
        if not self._ready:
            return self._source.read(size)
        return self.take(len(self._ready) if size < 0 else min(size, len(self._ready)))


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
