"""One zstd frame: its bytes, the two sizes declared of it, and what else is refused (§7)."""

from __future__ import annotations

import os
import struct

import pytest
from backports import zstd

from app.exchange import files, zstdframe
from tests.exchange.refusals import refusal

MAGIC = b"\x28\xb5\x2f\xfd"
BROKEN = ("PKG_CORRUPT", "zstd")
NOISE = os.urandom(300)


def opened(frame: bytes | memoryview, declared: int) -> bytes:
    return b"".join(zstdframe.decompress(frame, declared))


def raw(header: bytes, plain: bytes, *, last: int = 1) -> bytes:
    """A frame of one raw block behind this header."""
    return MAGIC + header + (len(plain) << 3 | last).to_bytes(3, "little") + plain


def wide(plain: bytes, size: int | None = None, window: int = 13 << 3) -> bytes:
    """With a window and a content size of four bytes."""
    told = len(plain) if size is None else size
    return raw(bytes([0x80, window]) + struct.pack("<L", told), plain)


def single(plain: bytes, size: int | None = None) -> bytes:
    """In a single segment, with a content size of one byte."""
    return raw(bytes([0x20, len(plain) if size is None else size]), plain)


@pytest.mark.parametrize("size", [0, 1, 255, 256, 65_791, 65_792, 131_072, 131_073, 1_000_000])
def test_every_size_comes_back(size: int) -> None:
    plain = os.urandom(size)
    frame = zstdframe.compress(plain)
    assert opened(frame, size) == plain
    assert opened(memoryview(frame), size) == plain
    assert zstd.decompress(frame) == plain
    assert zstd.get_frame_info(frame).decompressed_size == size


def test_text_is_pressed_as_the_stock_tool_does_at_level_three() -> None:
    plain = "".join(f"走访第{n}户\n" for n in range(3000)).encode()
    frame = zstdframe.compress(bytearray(plain))
    assert len(frame) == len(zstd.compress(plain, 3))
    assert opened(frame, len(plain)) == plain


@pytest.mark.parametrize("size", [100_000, 131_072, 131_073, 300_000])
def test_what_would_shrink_too_much_is_stored_in_raw_blocks(size: int) -> None:
    plain = b"x" * size
    frame = zstdframe.compress(plain)
    blocks = b""
    for at in range(0, size, 131_072):
        block = plain[at : at + 131_072]
        last = at + 131_072 >= size
        blocks += struct.pack("<L", len(block) << 3 | last)[:3] + block
    assert frame == MAGIC + b"\x80\x68" + struct.pack("<L", size) + blocks
    assert opened(frame, size) == zstd.decompress(frame) == plain


def test_what_shrinks_two_hundredfold_is_still_pressed() -> None:
    """Exactly two hundred times is what a reader allows."""
    sizes = range(2_000, 12_000)
    pressed = {size: len(zstd.compress(b"x" * size, 3)) for size in sizes}
    exact = [size for size, length in pressed.items() if size == 200 * length]
    assert exact
    for size in exact:
        frame = zstdframe.compress(b"x" * size)
        assert len(frame) == pressed[size]
        assert opened(frame, size) == b"x" * size
        assert len(zstdframe.compress(b"x" * (size + 1))) > size


def test_every_form_of_header_is_read() -> None:
    plain = b"y" * 20
    two = b"z" * 300
    eight = bytes([0xC0, 13 << 3]) + struct.pack("<Q", 20)
    assert opened(wide(plain), 20) == plain
    assert opened(wide(plain, window=0), 20) == plain
    assert opened(single(plain), 20) == plain
    assert opened(raw(bytes([0x60]) + struct.pack("<H", 300 - 256), two), 300) == two
    assert opened(raw(bytes([0x40, 80]) + struct.pack("<H", 300 - 256), two), 300) == two
    assert opened(raw(bytes([0xA0]) + struct.pack("<L", 20), plain), 20) == plain
    assert opened(raw(eight, plain), 20) == plain
    assert opened(raw(bytes([0xE0]) + struct.pack("<Q", 20), plain), 20) == plain


def test_a_frame_with_a_checksum_is_proven_by_it() -> None:
    options = {int(zstd.CompressionParameter.checksum_flag): 1}
    frame = zstd.compress(NOISE, options=options)
    assert opened(frame, 300) == NOISE
    assert refusal(lambda: opened(frame[:-1] + bytes([frame[-1] ^ 1]), 300)) == BROKEN


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        MAGIC,
        MAGIC[:3] + b"\xfe" + single(b"y")[4:],
        single(b"")[:5],
        raw(bytes([0x00, 80]), b"y"),
        raw(bytes([0x22, 1]), b"y"),
        raw(bytes([0x21, 0, 1]), b"y"),
        raw(bytes([0x23, 0, 0, 0, 0, 1]), b"y"),
        wide(b"y")[:9],
        wide(b"y", window=(13 << 3) + 1),
        raw(bytes([0xA0]) + struct.pack("<L", (8 << 20) + 1), b"y"),
        wide(b"y")[:-1],
        wide(b"y") + b"z",
        wide(b"y") + wide(b"y"),
        raw(bytes([0x20, 1]), b"y", last=0),
        raw(bytes([0x28, 1]), b"y"),
    ],
)
def test_what_is_not_one_whole_frame(frame: bytes) -> None:
    assert refusal(lambda: opened(frame, 1)) == BROKEN


def test_a_single_segment_may_be_eight_mebibytes() -> None:
    header = bytes([0xA0]) + struct.pack("<L", 8 << 20)
    frame = raw(header, b"y" * 50_000)
    assert refusal(lambda: opened(frame, 50_000)) == ("HASH_MISMATCH", "")


@pytest.mark.parametrize(
    ("said", "declared", "found"),
    [
        (20, 20, None),
        (21, 20, ("HASH_MISMATCH", "")),
        (20, 21, ("HASH_MISMATCH", "")),
        (19, 20, ("BOMB", "")),
        (20, 19, ("BOMB", "")),
        (21, 19, ("BOMB", "")),
    ],
)
def test_what_comes_is_what_frame_and_index_say(
    said: int, declared: int, found: tuple[str, str] | None
) -> None:
    frame = wide(b"y" * 20, said)
    if found:
        assert refusal(lambda: opened(frame, declared)) == found
    else:
        assert opened(frame, declared) == b"y" * 20


def test_nothing_is_given_of_what_goes_past_the_size() -> None:
    given: list[bytes] = []
    frame = wide(NOISE, 299)

    def read() -> None:
        given.extend(zstdframe.decompress(frame, 300))

    assert refusal(read) == ("BOMB", "")
    assert sum(map(len, given)) <= 299


def test_two_hundred_times_the_frame_may_be_declared_and_no_more() -> None:
    frame = wide(b"y" * 20)
    most = 200 * len(frame)
    assert refusal(lambda: opened(frame, most)) == ("HASH_MISMATCH", "")
    assert refusal(lambda: opened(frame, most + 1)) == ("BOMB", f"{most + 1} / {len(frame)}")
    boast = wide(b"y" * 20, most + 1)
    assert refusal(lambda: opened(boast, 20)) == ("BOMB", f"{most + 1} / {len(frame)}")


def test_a_long_frame_comes_in_pieces_of_no_more_than_a_mebibyte() -> None:
    plain = b"".join(b"%d\n" % n for n in range(20_000)) * 30
    pieces = list(zstdframe.decompress(zstdframe.compress(plain), len(plain)))
    assert b"".join(pieces) == plain
    assert max(map(len, pieces)) <= files.CHUNK
