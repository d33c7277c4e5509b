"""The SSH wire form of byte strings (RFC 4251 §5), shared by keys and signatures."""

from __future__ import annotations

import struct


def pack(*strings: bytes) -> bytes:
    """Each string behind its length."""
    return b"".join(struct.pack(">I", len(string)) + string for string in strings)


def unpack(data: bytes) -> list[bytes]:
    """Every string up to the end; raises `ValueError` when they do not fill the data exactly."""
    strings = []
    at = 0
    while at < len(data):
        if at + 4 > len(data):
            raise ValueError("a length is cut off")
        (size,) = struct.unpack_from(">I", data, at)
        if at + 4 + size > len(data):
            raise ValueError("a string is cut off")
        strings.append(data[at + 4 : at + 4 + size])
        at += 4 + size
    return strings
