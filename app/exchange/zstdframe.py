"""One zstd frame with its content size: made from memory, read without trust (§7, Records).

Two sizes are declared, the index's and the frame's. The frame's is taken out of it,
so that what the data really give is counted here, against both, and not inside the
library.
"""

from __future__ import annotations

from collections.abc import Iterator

from backports.zstd import ZstdCompressor, ZstdDecompressor, ZstdError

from app.exchange.files import CHUNK
from app.exchange.refusal import Refused

LEVEL = 3
LARGEST_RATIO = 200

_MAGIC = b"\x28\xb5\x2f\xfd"
_WINDOW_8_MIB = 13 << 3
_SLICE = 1 << 17


def compress(plain: bytes | bytearray) -> bytes:
    """One frame with its content size; stored where it would shrink more than a reader allows."""
    engine = ZstdCompressor(LEVEL)
    engine.set_pledged_input_size(len(plain))
    frame = engine.compress(plain) + engine.flush()
    return frame if len(plain) <= LARGEST_RATIO * len(frame) else _store(plain)


def _store(plain: bytes | bytearray) -> bytes:
    """A frame of raw blocks (RFC 8878 §3.1.1): content size in 4 bytes, window 8 MiB."""
    pieces = [_MAGIC + bytes([0x80, _WINDOW_8_MIB]) + len(plain).to_bytes(4, "little")]
    for at in range(0, len(plain), _SLICE):
        block = plain[at : at + _SLICE]
        last = at + _SLICE >= len(plain)
        pieces.append((len(block) << 3 | last).to_bytes(3, "little") + block)
    return b"".join(pieces)


def decompress(frame: bytes | memoryview, declared: int) -> Iterator[bytes]:
    """Yield the content of the one frame that `frame` is, in pieces.

    PKG_CORRUPT for a frame that is malformed or not alone; BOMB when more is declared
    than 200 × the frame, or comes than the index or the frame declares; HASH_MISMATCH
    when less comes.
    """
    header, body, size = _open_header(frame)
    least, most = max(size, declared), min(size, declared)
    if least > LARGEST_RATIO * len(frame):
        raise Refused("BOMB", f"{least} / {len(frame)}")
    got = 0
    for piece in _pieces(header, memoryview(frame)[body:]):
        got += len(piece)
        if got > most:
            raise Refused("BOMB")
        yield piece
    if got < least:
        raise Refused("HASH_MISMATCH")


def _pieces(header: bytes, body: memoryview) -> Iterator[bytes]:
    engine = ZstdDecompressor()
    feeds: list[bytes | memoryview] = [header]
    feeds += [body[at : at + _SLICE] for at in range(0, len(body), _SLICE)]
    try:
        for number, feed in enumerate(feeds, 1):
            yield engine.decompress(feed, CHUNK)
            while not engine.needs_input and not engine.eof:
                yield engine.decompress(b"", CHUNK)
            if engine.eof and (engine.unused_data or number < len(feeds)):
                raise Refused("PKG_CORRUPT", "zstd")
    except ZstdError as error:
        raise Refused("PKG_CORRUPT", "zstd") from error
    if not engine.eof:
        raise Refused("PKG_CORRUPT", "zstd")


def _open_header(frame: bytes | memoryview) -> tuple[bytes, int, int]:
    """Return the header without content size, where the blocks begin, and the size (RFC 8878)."""
    if frame[:4] != _MAGIC or len(frame) < 6:
        raise Refused("PKG_CORRUPT", "zstd")
    descriptor = frame[4]
    single, width = descriptor >> 5 & 1, (0, 2, 4, 8)[descriptor >> 6]
    width = width or single
    body = 5 + (1 - single) + width
    if descriptor & 0b1011 or not width or len(frame) < body:
        raise Refused("PKG_CORRUPT", "zstd")
    size = int.from_bytes(frame[body - width : body], "little") + (256 if width == 2 else 0)
    window = _WINDOW_8_MIB if single else frame[5]
    if window > _WINDOW_8_MIB or (single and size > 8 << 20):
        raise Refused("PKG_CORRUPT", "zstd")
    return _MAGIC + bytes([descriptor & 0b100, window]), body, size
