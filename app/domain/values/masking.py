"""What stands in place of a sensitive value (R71): the first 6 and last 2 of an ID number."""

from __future__ import annotations

_STARS = "******"


def masked(text: str) -> str:
    """Return the mask of a shown text: long numbers keep their ends, all else is stars.

    511102**********19 for an ID number, 139******07 for a telephone; an empty
    text stays empty, so that one sees that nothing was filled in.
    """
    if not text:
        return ""
    digits = text.isascii() and sum(map(str.isdigit, text)) >= len(text) - 1
    if digits and len(text) >= 15:
        return f"{text[:6]}{'*' * (len(text) - 8)}{text[-2:]}"
    if digits and len(text) == 11:
        return f"{text[:3]}******{text[-2:]}"
    return _STARS
