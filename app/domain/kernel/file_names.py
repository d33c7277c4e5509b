"""Names of files that came from outside, made safe for any disk and any screen."""

from __future__ import annotations

import re
import unicodedata

from app.domain.kernel.text import clean_name

LONGEST = 180
"""Bytes in UTF-8: below every disk's limit (255; 143 where names are encrypted is rare), with
room for what a program puts behind a name while it writes."""

KEYRING, STORE = "keyring.json", "store.db"
DATA_MARKS = (KEYRING, STORE)
"""Where one of these lies is the folder of somebody's data."""

_LONGEST_ENDING = 16
_PART = 240
_FORBIDDEN = dict.fromkeys(map(ord, '/\\:*?"<>|'), "_")
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Categories of Unicode that leave no mark, turn the text round or are no characters."""
_DEVICE = re.compile(
    "(?:con|prn|aux|nul|clock[$]|conin[$]|conout[$]|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])"
    " *(?:[.].*)?",
    re.IGNORECASE,
)


def safe_file_name(name: str, nameless: str = "附件") -> str:
    """The name as any system can write it and any person can read it.

    No path, no control or direction marks, no dots or blanks at its ends, none of the
    names Windows keeps for devices, NFC, at most `LONGEST` bytes with its ending kept.
    What is left without any character is called `nameless`.
    """
    seen = clean_name("".join(char for char in name if is_seen(char) or char.isspace()))
    plain = unicodedata.normalize("NFC", seen).translate(_FORBIDDEN).strip(". ")
    if _DEVICE.fullmatch(plain):
        plain = f"_{plain}"
    return shortened(plain) or nameless


def is_seen(char: str) -> bool:
    """Whether a character leaves a mark or a space, and does not turn the text round."""
    return unicodedata.category(char) not in _UNSEEN


def ending_of(name: str) -> str:
    """What stands behind the last dot, in small letters; "" when nothing does."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def part_name(name: str) -> str:
    """What a file is called while it is written: as long a name as it has itself may be used."""
    return shortened(name, _PART) + ".part"


def shortened(name: str, most: int = LONGEST) -> str:
    """The name in at most so many bytes; its beginning and its ending stay.

    A name of a disk that is no UTF-8 may hold surrogates in place of its bytes.
    """
    if _length(name) <= most:
        return name
    stem, dot, ending = name.rpartition(".")
    if not (dot and stem and _length(ending) <= _LONGEST_ENDING):
        stem, ending = name, ""
    tail = f".{ending}" if ending else ""
    head = stem.encode("utf-8", "surrogateescape")[: most - _length(tail)]
    return head.decode(errors="ignore").rstrip(". ") + tail


def shown_name(name: str) -> str:
    """A name of a file as it can be shown and stored: bytes that are no text become marks.

    What is not seen, or turns the text round, is left out.
    """
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(filter(is_seen, text))


def _length(name: str) -> int:
    return len(name.encode("utf-8", "surrogateescape"))
