"""Attacks beyond those that the tests of the program make: other spellings of the same dangers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from tests.exchange import spoil
from tests.exchange.spoil import Desk
from tests.format.example import Example, bad


def long_line(desk: Desk) -> bytes:
    """A line one byte too long that shrinks to a few thousand, as a bomb would not."""
    noise = hashlib.shake_256(b"noise").digest(5000).hex().encode()
    line = b'{"h":"' + noise
    return spoil.records(desk, line.ljust((1 << 20) + 1, b"a") + b"\n")


MORE: Mapping[str, Example] = {
    "line-a-byte-too-long": bad(long_line, "LINE_TOO_LONG", "F11.1"),
}
