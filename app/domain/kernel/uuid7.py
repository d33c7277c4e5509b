"""Record names: UUID version 7 (RFC 9562 §5.7), from a given clock and given chance."""

from __future__ import annotations

import re

_TEXT = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def uuid7(now_ms: int, random: bytes) -> str:
    """Return a lower-case hyphenated UUIDv7.

    `now_ms` is Unix time in milliseconds (48 bits), `random` ten random bytes, of
    which 74 bits are used. Raises ValueError when either does not fit.
    """
    if not 0 <= now_ms < 1 << 48:
        raise ValueError("now_ms does not fit 48 bits")
    if len(random) != 10:
        raise ValueError("ten random bytes are needed")
    chance = int.from_bytes(random, "big")
    high = chance >> 62 & 0xFFF
    low = chance & (1 << 62) - 1
    digits = f"{now_ms << 80 | 7 << 76 | high << 64 | 2 << 62 | low:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def is_uuid7(text: str) -> bool:
    """Tell whether text is a lower-case hyphenated UUIDv7."""
    return _TEXT.fullmatch(text) is not None
