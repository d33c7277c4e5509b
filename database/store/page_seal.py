"""Whether a damaged file is at all under a key: SQLCipher seals every page for itself.

Source: SQLCipher 4 design, "Encryption Algorithm"; a raw key, 4,096-byte pages, HMAC-SHA512.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

_PAGE, _RESERVE, _IV = 4096, 80, 16
_LOOKED_AT = 64
"""Pages after the first that are tried; one that is whole is enough."""


def any_page_fits(path: Path, key: bytes) -> bool:
    """Whether a page other than the first was sealed under this key; False for no such file."""
    try:
        with path.open("rb") as file:
            salt = bytes(byte ^ 0x3A for byte in file.read(16))
            seal = hashlib.pbkdf2_hmac("sha512", key, salt, 2, 32)
            for number in range(2, 2 + _LOOKED_AT):
                file.seek((number - 1) * _PAGE)
                page = file.read(_PAGE)
                if len(page) == _PAGE and _fits(page, number, seal):
                    return True
    except OSError:
        pass
    return False


def _fits(page: bytes, number: int, seal: bytes) -> bool:
    sealed, told = page[: -_RESERVE + _IV], page[-_RESERVE + _IV :]
    made = hmac.digest(seal, sealed + number.to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(made, told)
