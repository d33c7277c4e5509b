"""The codes on paper: which page of which record a form is, and whose 报送单 a slip is."""

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


_SLIP = re.compile(r"ZFS1:([0-9A-Z]{1,32}):([0-9A-Za-z._-]{0,40}):([a-z_,]{0,200}):([0-9a-f]{64})")


class SlipCode(NamedTuple):
    """A 报送单: which office's, of which campaign, what it brings (kinds of what is owed).

    `tip` is the sha256 of its newest package. A pointer, as the code of a form is.
    """

    unit: str
    campaign: str
    items: tuple[str, ...]
    tip: str

    @property
    def text(self) -> str:
        """As it is printed."""
        return f"ZFS1:{self.unit}:{self.campaign}:{','.join(self.items)}:{self.tip}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """What the code of a 报送单 says; None for any other code."""
        found = _SLIP.fullmatch(text)
        if found is None:
            return None
        items = tuple(one for one in found[3].split(",") if one)
        return cls(found[1], found[2], items, found[4])


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
