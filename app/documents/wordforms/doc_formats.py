"""The formats of an old .doc: which characters do not count, which paragraphs are cells.

Format: [MS-DOC] 2.6 (Sprm), 2.9.33 (ChpxFkp), 2.9.174 (PapxFkp), 2.9.327 (TDefTableOperand).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.documents.wordforms.bounds import ENTRIES, PIECES, Budget, damaged, too_big
from app.documents.wordforms.doc_streams import DocStreams
from app.documents.wordforms.doc_styles import style_changes
from app.documents.wordforms.gathering import TINY

_PAGE = 512
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
"""Bytes of an operand by the kind its number tells; 0 for one that tells its own size."""
_TABLE, _TABS = 0xD608, 0xC615
_VANISH, _SPEC_VANISH = 0x083C, 0x0818
_DELETED, _INSERTED = 0x0800, 0x0801
_STRUCK = frozenset({0x0837, 0x2A53})
_COLOUR, _PALETTE, _SMALL, _LIST, _SIZE = 0x6870, 0x2A42, 0x2A48, 0x460B, 0x4A43
_STYLE_OF_RUN, _STYLE = 0x4A30, 0x4600
_NEAR_WHITE = 0xF0
_IN_TABLE, _ROW_END, _DEPTH = 0x2416, 0x2417, 0x6649
_INNER_CELL, _INNER_ROW = 0x244B, 0x244C
_HUGE = frozenset({0x6645, 0x6646})
_MERGE_DOWN, _MERGE_ACROSS, _SPLIT = 0xD62B, 0x5624, 0x5625
_ON = frozenset({1, 0x81})
_AS_STYLE, _UNLIKE_STYLE = 0x80, 0x81
_DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look: hidden, deleted, inserted, struck out, white, small, tiny.

    `vanish` is what they say of being hidden: no, yes, as their style is or otherwise; None
    where they say nothing.
    """

    hidden: bool = False
    vanish: int | None = None
    deleted: bool = False
    inserted: bool = False
    struck: bool = False
    pale: bool = False
    small: bool = False
    tiny: bool = False

    def in_style(self, *, hides: bool) -> Look:
        """The look within a paragraph whose style hides its text, or does not."""
        if not hides or self.vanish not in (None, _AS_STYLE, _UNLIKE_STYLE):
            return self
        return replace(self, hidden=self.vanish != _UNLIKE_STYLE)


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a row: their edges from left to right, and how each is merged."""

    edges: tuple[int, ...]
    across: tuple[bool, ...]
    down: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """Where a paragraph stands: how deep in tables, whether it ends a cell or a row."""

    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    row: TableRow | None = None
    numbered: bool = False
    hides: bool = False


Entry = tuple[int, int, bytes]
"""Where characters begin and end in the file, and what changes their look."""

PLAIN = Look()
OUTSIDE = ParagraphLook()


class Formats:
    """Answers how the character at a place in the file looks, and the paragraph it ends."""

    def __init__(self, streams: DocStreams, budget: Budget) -> None:
        self._streams, self._budget = streams, budget
        self._entries = 0
        self._runs = sorted(self._pages(streams.chpx, self._run_page))
        self._paragraphs = sorted(self._pages(streams.papx, self._paragraph_page))
        self._run_starts = [one[0] for one in self._runs]
        self._paragraph_starts = [one[0] for one in self._paragraphs]
        self._looks: dict[bytes, Look] = {}
        self._styles = style_changes(streams.styles, budget)

    def runs(self, begin: int, end: int) -> Iterator[tuple[int, int, Look]]:
        """The stretches of the file between two places that look the same."""
        at = begin
        place = max(bisect_right(self._run_starts, begin) - 1, 0)
        while at < end and place < len(self._runs):
            self._budget.spend()
            start, stop, changes = self._runs[place]
            place += 1
            if stop <= at:
                continue
            if start > at:
                yield at, min(start, end), PLAIN
                at = min(start, end)
            if at < end:
                yield at, min(stop, end), self._look(changes)
                at = min(stop, end)
        if at < end:
            yield at, end, PLAIN

    def paragraph(self, at: int) -> ParagraphLook:
        """How the paragraph stands whose last character lies here."""
        place = bisect_right(self._paragraph_starts, at) - 1
        if place < 0 or at >= self._paragraphs[place][1]:
            return OUTSIDE
        told = self._paragraphs[place][2]
        style = int.from_bytes(told[:2], "little")
        return self._paragraph_look(told[2:], style)

    def changed(self, look: Look, changes: bytes) -> Look:
        """A look with the changes of a piece applied."""
        return _applied(look, changes, self._budget, self._styles)

    def _look(self, changes: bytes) -> Look:
        if changes not in self._looks:
            self._looks[changes] = _applied(PLAIN, changes, self._budget, self._styles)
        return self._looks[changes]

    # -- the pages of 512 bytes that hold the formats

    def _pages(self, part: bytes, read: Callable[[bytes], Iterator[Entry]]) -> Iterator[Entry]:
        count = max((len(part) - 4) // 8, 0)
        if count > PIECES:
            raise too_big()
        for number in range(count):
            page = struct.unpack_from("<I", part, 4 * (count + 1) + 4 * number)[0] & 0x3FFFFF
            held = self._streams.main[page * _PAGE : (page + 1) * _PAGE]
            if len(held) < _PAGE:
                raise damaged("里面缺了一部分。")
            self._budget.spend(10)
            self._entries += held[-1]
            if self._entries > ENTRIES:
                raise too_big()
            yield from read(held)

    def _run_page(self, page: bytes) -> Iterator[Entry]:
        count = page[-1]
        for number in range(count):
            if 4 * (count + 1) + count > _PAGE - 1:
                raise damaged()
            start, stop = struct.unpack_from("<II", page, 4 * number)
            at = page[4 * (count + 1) + number] * 2
            changes = page[at + 1 : at + 1 + page[at]] if at else b""
            self._budget.spend()
            if stop > start:
                yield start, stop, changes

    def _paragraph_page(self, page: bytes) -> Iterator[Entry]:
        count = page[-1]
        for number in range(count):
            if 4 * (count + 1) + 13 * count > _PAGE - 1:
                raise damaged()
            start, stop = struct.unpack_from("<II", page, 4 * number)
            at = page[4 * (count + 1) + 13 * number] * 2
            self._budget.spend()
            if stop > start:
                yield start, stop, _in_page(page, at)

    # -- paragraphs

    def _hides(self, style: int) -> bool:
        """Whether a style hides its text."""
        return self._look(self._styles.get(style, b"")).hidden

    def _paragraph_look(self, changes: bytes, style: int, depth: int = 0) -> ParagraphLook:
        found: dict[str, int | bool] = {}
        row: TableRow | None = None
        for number, operand in sprms(changes, self._budget):
            if number in _HUGE and depth == 0 and len(operand) == 4:
                more = self._huge(struct.unpack("<I", operand)[0])
                return self._paragraph_look(more, style, 1)
            if number == _STYLE and len(operand) == 2:
                style = int.from_bytes(operand, "little")
            if number in _FLAGS and operand:
                found[_FLAGS[number]] = operand[0] == 1
            elif number == _DEPTH and len(operand) == 4:
                found["depth"] = struct.unpack("<i", operand)[0]
            elif number == _LIST:
                found["list"] = operand not in (b"\0\0", b"\x01\xf8")
            elif number == _TABLE:
                row = _row_of(operand)
            elif row is not None and number in (_MERGE_DOWN, _MERGE_ACROSS, _SPLIT):
                row = _merged(row, number, operand)
        deep = int(found.get("depth", 0))
        if not 0 <= deep <= _DEEPEST:
            raise damaged()
        inside = max(deep, 1) if found.get("inside") or deep else 0
        return ParagraphLook(
            inside,
            bool(found.get("inner_cell")),
            bool(found.get("row") or found.get("inner_row")),
            row,
            bool(found.get("list")),
            self._hides(style),
        )

    def _huge(self, at: int) -> bytes:
        """Changes too long for a page lie in the stream Data."""
        data = self._streams.data
        if at + 2 > len(data):
            return b""
        size = struct.unpack_from("<H", data, at)[0]
        return data[at + 2 : at + 2 + size]


_FLAGS = {
    _IN_TABLE: "inside",
    _ROW_END: "row",
    _INNER_CELL: "inner_cell",
    _INNER_ROW: "inner_row",
}


def sprms(changes: bytes, budget: Budget) -> Iterator[tuple[int, bytes]]:
    """The single changes in a list of them: the number of each and its operand."""
    at = 0
    while at + 2 < len(changes):
        budget.spend()
        number = struct.unpack_from("<H", changes, at)[0]
        at += 2
        size = _SIZES[number >> 13]
        if not size:
            size = _own_size(changes, at, number)
            at += 2 if number == _TABLE else 1
        yield number, changes[at : at + size]
        at += size


def _own_size(changes: bytes, at: int, number: int) -> int:
    if number == _TABLE:
        told = int.from_bytes(changes[at : at + 2], "little")
        return max(told - 1, 0)
    size = changes[at]
    if number == _TABS and size == 255:
        deleted = changes[at + 1] if at + 1 < len(changes) else 0
        added_at = at + 2 + 4 * deleted
        added = changes[added_at] if added_at < len(changes) else 0
        return 4 * deleted + 3 * added + 2
    return size


def _applied(look: Look, changes: bytes, budget: Budget, styles: Mapping[int, bytes]) -> Look:
    for number, operand in sprms(changes, budget):
        if not operand:
            continue
        on = operand[0] in _ON
        if number in (_VANISH, _SPEC_VANISH):
            look = replace(look, hidden=on, vanish=operand[0])
        elif number == _STYLE_OF_RUN and styles:
            named = styles.get(int.from_bytes(operand, "little"), b"")
            look = _applied(look, named, budget, {})
        elif number == _DELETED:
            look = replace(look, deleted=on)
        elif number == _INSERTED:
            look = replace(look, inserted=on)
        elif number in _STRUCK:
            look = replace(look, struck=on)
        elif number == _COLOUR:
            white = all(part >= _NEAR_WHITE for part in operand[:3]) and operand[3:] == b"\0"
            look = replace(look, pale=white)
        elif number == _PALETTE:
            look = replace(look, pale=operand[0] == 8)
        elif number == _SMALL:
            look = replace(look, small=operand[0] in (1, 2))
        elif number == _SIZE:
            look = replace(look, tiny=0 < int.from_bytes(operand, "little") <= TINY)
    return look


def _in_page(page: bytes, at: int) -> bytes:
    """The number of a paragraph's style, and its changes behind it."""
    if not at:
        return b""
    size = page[at]
    if size:
        begin, end = at + 1, at + 2 * size
    else:
        begin, end = at + 2, at + 2 + 2 * page[at + 1]
    return page[begin : min(end, _PAGE - 1)]


def _row_of(operand: bytes) -> TableRow | None:
    """The cells that sprmTDefTable tells."""
    if not operand:
        return None
    count = operand[0]
    if not 0 < count <= 63 or len(operand) < 1 + 2 * (count + 1):
        return None
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    at = 1 + 2 * (count + 1)
    across, down = [], []
    for number in range(count):
        told = operand[at + 20 * number : at + 20 * number + 2]
        flags = int.from_bytes(told, "little") if len(told) == 2 else 0
        across.append(flags & 3 == 2 or flags & 3 == 3)
        down.append(flags >> 5 & 3 == 1)
    return TableRow(tuple(edges), tuple(across), tuple(down))


def _merged(row: TableRow, number: int, operand: bytes) -> TableRow:
    count = len(row.down)
    if len(operand) < 2:
        return row
    first, other = operand[0], operand[1]
    if number == _MERGE_DOWN and first < count:
        down = list(row.down)
        down[first] = other == 1
        return replace(row, down=tuple(down))
    if number in (_MERGE_ACROSS, _SPLIT):
        wanted = number == _MERGE_ACROSS
        across = [
            wanted if first < place < other else told for place, told in enumerate(row.across)
        ]
        return replace(row, across=tuple(across))
    return row
