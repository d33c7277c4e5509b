"""The characters of an old .doc in their order: its pieces, each with the place it lies at.

Format: [MS-DOC] 2.9.38 (Clx), 2.9.177 (Pcd).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from app.documents.wordforms.bounds import CHARACTERS, PIECES, Budget, damaged, too_big
from app.documents.wordforms.doc_formats import Formats, Look, ParagraphLook
from app.documents.wordforms.doc_streams import DocStreams

_NARROW = 1 << 30
_ENDS = frozenset("\r\x07\x0c")
_SINGLE = {0x41: 0x0800, 0x42: 0x0801, 0x5C: 0x083C}
"""The changes that a piece may carry without a list, by their short number."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that lie together: the first and last position, where, how wide, what changes."""

    begin: int
    end: int
    at: int
    width: int
    changes: bytes


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look the same."""

    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its runs without the mark at its end, that mark, and where it stands.

    `joined` when the mark was deleted, so that it goes on with the next one.
    """

    runs: tuple[Run, ...]
    mark: str
    look: ParagraphLook
    joined: bool = False


def pieces_of(clx: bytes) -> list[Piece]:
    """The pieces in their order; raises `UserError` DAMAGED, TOO_BIG."""
    lists: list[bytes] = []
    at = 0
    while at < len(clx) and clx[at] == 1:
        size = struct.unpack_from("<H", clx, at + 1)[0]
        lists.append(clx[at + 3 : at + 3 + size])
        at += 3 + size
        if len(lists) > PIECES:
            raise too_big()
    if at + 5 > len(clx) or clx[at] != 2:
        raise damaged("里面的文字接不起来。")
    size = struct.unpack_from("<I", clx, at + 1)[0]
    table = clx[at + 5 : at + 5 + size]
    count = (len(table) - 4) // 12
    if count < 1 or len(table) < size:
        raise damaged("里面的文字接不起来。")
    if count > PIECES:
        raise too_big()
    positions = struct.unpack_from(f"<{count + 1}I", table, 0)
    if positions[-1] > CHARACTERS * 2:
        raise too_big()
    return [_piece(table, lists, positions, count, number) for number in range(count)]


def _piece(
    table: bytes, lists: list[bytes], positions: tuple[int, ...], count: int, number: int
) -> Piece:
    begin, end = positions[number], positions[number + 1]
    if end < begin:
        raise damaged("里面的文字接不起来。")
    _, told, changes = struct.unpack_from("<HIH", table, 4 * (count + 1) + 8 * number)
    narrow = bool(told & _NARROW)
    place = told & (_NARROW - 1)
    return Piece(
        begin,
        end,
        place // 2 if narrow else place,
        1 if narrow else 2,
        _changes(changes, lists),
    )


def _changes(told: int, lists: list[bytes]) -> bytes:
    """What a piece changes of the look of its characters."""
    if told & 1:
        number = told >> 1
        return lists[number] if number < len(lists) else b""
    short = told >> 1 & 0x7F
    if short in _SINGLE:
        return struct.pack("<HB", _SINGLE[short], told >> 8)
    return b""


class DocText:
    """The paragraphs of a story, with the look of their characters."""

    def __init__(self, streams: DocStreams, budget: Budget) -> None:
        self._main = streams.main
        self._budget = budget
        self._pieces = pieces_of(streams.clx)
        self._formats = Formats(streams, budget)

    def paragraphs(self, begin: int, end: int) -> Iterator[Paragraph]:
        """The paragraphs between two positions."""
        runs: list[Run] = []
        for text, look, places in self._stretches(begin, end):
            start = 0
            for at, char in enumerate(text):
                if char in _ENDS:
                    self._budget.spend()
                    if at > start:
                        runs.append(Run(text[start:at], look))
                    stands = self._formats.paragraph(places[0] + at * places[1])
                    joined = char == "\r" and (look.deleted or look.hidden)
                    shown = (Run(r.text, r.look.in_style(hides=stands.hides)) for r in runs)
                    yield Paragraph(tuple(shown), char, stands, joined)
                    runs, start = [], at + 1
            if start < len(text):
                runs.append(Run(text[start:], look))
        if runs:
            yield Paragraph(tuple(runs), "\r", self._formats.paragraph(-1))

    def _stretches(self, begin: int, end: int) -> Iterator[tuple[str, Look, tuple[int, int]]]:
        """Text that looks the same, with the place of its first character and their width.

        A character beyond the first plane is two positions, and stays two halves here.
        """
        for piece in self._pieces:
            self._budget.spend()
            first, last = max(piece.begin, begin), min(piece.end, end)
            if first >= last:
                continue
            place = piece.at + (first - piece.begin) * piece.width
            stop = place + (last - first) * piece.width
            if stop > len(self._main):
                raise damaged("里面的文字缺了一段。")
            for at, until, look in self._formats.runs(place, stop):
                until += (until - at) % piece.width
                held = self._main[at:until]
                self._budget.spend(len(held) // 64 + 1)
                if piece.changes:
                    look = self._formats.changed(look, piece.changes)
                yield _decoded(held, piece.width), look, (at, piece.width)


def _decoded(held: bytes, width: int) -> str:
    if width == 1:
        return held.decode("cp1252", "replace")
    return "".join(map(chr, struct.unpack(f"<{len(held) // 2}H", held[: len(held) // 2 * 2])))


def whole(text: str) -> str:
    """Text whose halves of characters beyond the first plane are put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
