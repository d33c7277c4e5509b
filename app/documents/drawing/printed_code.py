"""The code in the corner of a printed page: which page of which revision of which record it is."""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from typing import NamedTuple, Self

_HEAD = "ZF2:"
_RECORD, _VERSION, _PAGE, _H = 16, 2, 1, 8
_LENGTH = _RECORD + _VERSION + 2 * _PAGE + _H
_TEXT = 45
"""Characters that hold `_LENGTH` bytes as Base32 without its padding."""
_OLD = re.compile(r"ZF1:([0-9a-f-]{36}):([0-9]{1,6}):([0-9a-f]{16})")


class PrintedCode(NamedTuple):
    """A page of a record's form: the record's id, its version, and the first digits of its hash.

    `page` counts from 1 and `pages` is how many there are; both 0 on paper printed before the
    code said so. The code is a pointer and proves nothing.
    """

    record: str
    version: int
    h: str
    page: int = 0
    pages: int = 0

    @property
    def text(self) -> str:
        """As it is printed: 49 characters that a QR code of 29 modules holds at level M."""
        number = b"".join(
            (
                uuid.UUID(self.record).bytes,
                min(self.version, 0xFFFF).to_bytes(_VERSION, "big"),
                bytes((min(self.page, 0xFF), min(self.pages, 0xFF))),
                bytes.fromhex(self.h[: 2 * _H]).ljust(_H, b"\0"),
            )
        )
        return _HEAD + base64.b32encode(number).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> Self | None:
        """What a code says, printed today (ZF2) or before (ZF1); None for any other code."""
        old = _OLD.fullmatch(text)
        if old is not None:
            return cls(old[1], int(old[2]), old[3])
        if not text.startswith(_HEAD) or len(text) != len(_HEAD) + _TEXT:
            return None
        try:
            number = base64.b32decode(text[len(_HEAD) :] + "===")
        except binascii.Error:
            return None
        version, pages = number[_RECORD : _RECORD + _VERSION], number[_RECORD + _VERSION : -_H]
        return cls(
            str(uuid.UUID(bytes=number[:_RECORD])),
            int.from_bytes(version, "big"),
            number[-_H:].hex(),
            *pages,
        )
