"""The styles of an old .doc that hide their text, by themselves or by what they are based on.

Format: [MS-DOC] 2.9.271 (STSH), 2.9.260 (STD), 2.9.137 (LPStd).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from app.documents.wordforms.bounds import Budget

_MOST = 4_095
_PARAGRAPH, _CHARACTER = 1, 2
_DEEPEST = 20
_LONGEST = 512
"""Bytes of the changes of a style that are looked at; offices' styles have some dozens."""
_FIXED = 10
"""Bytes of what every style begins with."""


def style_changes(sheet: bytes, budget: Budget) -> dict[int, bytes]:
    """By the number of a style, what it changes of the look of characters.

    What a style is based on comes first. A sheet that breaks off tells the styles before.
    """
    own: dict[int, tuple[int, bytes]] = {}
    for number, style in enumerate(_styles(sheet)):
        budget.spend()
        told = _of_style(style, sheet)
        if told is not None:
            own[number] = told
    return {number: _whole(number, own) for number in own}


def _whole(number: int, own: dict[int, tuple[int, bytes]]) -> bytes:
    changes = b""
    for _ in range(_DEEPEST):
        if number not in own:
            break
        number, more = own[number]
        changes = more + changes
    return changes


def _styles(sheet: bytes) -> Iterator[bytes]:
    if len(sheet) < 6:
        return
    head, count = struct.unpack_from("<HH", sheet, 0)
    at = 2 + head
    for _ in range(min(count, _MOST)):
        if at + 2 > len(sheet):
            return
        size = struct.unpack_from("<H", sheet, at)[0]
        yield sheet[at + 2 : at + 2 + size]
        at += 2 + size + size % 2


def _of_style(style: bytes, sheet: bytes) -> tuple[int, bytes] | None:
    """What a style is based on, and what it changes of characters; None where it is none."""
    fixed = struct.unpack_from("<H", sheet, 4)[0]
    if len(style) < max(fixed, _FIXED) + 2:
        return None
    kind, base = style[2] & 0xF, struct.unpack_from("<H", style, 2)[0] >> 4
    letters = struct.unpack_from("<H", style, fixed)[0]
    at = fixed + 2 + 2 * letters + 2
    parts = list(_parts(style, at))
    if kind == _PARAGRAPH and len(parts) > 1:
        return base, parts[1][:_LONGEST]
    if kind == _CHARACTER and parts:
        return base, parts[0][:_LONGEST]
    return base, b""


def _parts(style: bytes, at: int) -> Iterator[bytes]:
    """The lists of changes of a style: of paragraphs, of characters."""
    while at + 2 <= len(style):
        size = struct.unpack_from("<H", style, at)[0]
        yield style[at + 2 : at + 2 + size]
        at += 2 + size + size % 2
