"""The ends of streams: what is counted on the way, and what was looked at before it is read."""

from __future__ import annotations

import hashlib
import io
import zlib

from app.exchange.streams import Exact, Tally


def test_a_tally_knows_what_went_through_piece_by_piece() -> None:
    out = io.BytesIO()
    tally = Tally(out)
    assert (tally.size, tally.crc, tally.sha256) == (0, 0, hashlib.sha256().hexdigest())
    assert [tally.write(piece) for piece in (b"ab", b"", b"cde")] == [2, 0, 3]
    assert out.getvalue() == b"abcde"
    assert (tally.size, tally.crc) == (5, zlib.crc32(b"abcde"))
    assert tally.sha256 == hashlib.sha256(b"abcde").hexdigest()
    assert Tally().write(b"x") == 1


def test_what_was_looked_at_is_read_first() -> None:
    source = Exact(io.BytesIO(b"abcdefgh"))
    assert (source.peek(3), source.peek(2)) == (b"abc", b"ab")
    assert source.take(1) == b"a"
    assert source.read(1) == b"b"
    assert source.read() == b"c"
    assert source.read(2) == b"de"
    assert source.peek(9) == b"fgh"
    assert source.take(9) == b"fgh"
    assert (source.read(1), source.take(1), source.peek(1)) == (b"", b"", b"")
