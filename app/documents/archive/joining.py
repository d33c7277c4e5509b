"""Many PDFs made here as one, written part by part: what was added is on the disk, not in memory.

It reads what `Pen` writes (a plain cross-reference table, no object streams) and nothing else. The
pages of a part keep their order; a part that is made last may stand first (封面, 卷内目录).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from app.documents.drawing.layout import MM

_REFERENCE = re.compile(rb"\b(\d+)\s+0\s+R\b")
_OBJECT = re.compile(rb"(\d+) 0 obj\s*")
_CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
_MEDIA = re.compile(rb"/MediaBox \[\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s*\]")
_NUMBER_SIZE = 10.5
_FROM_RIGHT, _FROM_TOP = 18 * MM, 14 * MM
"""Where the running page number (页号) stands: in the upper right corner, as in every file."""


@dataclass(slots=True)
class Mark:
    """A bookmark: its words, the page (0 is the first that was added), and those below it."""

    title: str
    page: int
    below: list[Mark] = field(default_factory=list)


class Joining:
    """One PDF being written to `file` from its beginning; `finish` makes it whole."""

    def __init__(self, file: BinaryIO, title: str) -> None:
        self._file = file
        self._title = title
        self._offsets = [0, 0, 0]
        self._pages: list[int] = []
        self._write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")

    @property
    def count(self) -> int:
        """The pages so far."""
        return len(self._pages)

    def add(self, pdf: bytes, *, numbered: bool = True) -> int:
        """Append the pages of a PDF, with running numbers from 1 on; answer how many they are."""
        first = len(self._pages)
        part = _Part(pdf)
        numbers = {old: self._reserve() for old in part.kept}
        numbers[part.pages] = _PAGES
        pages = {old: place for place, old in enumerate(part.kids)}
        for old in part.kept:
            head, stream = part.split(old)
            head = _REFERENCE.sub(lambda found: _renamed(numbers, found), head)
            if old in pages and numbered:
                head = self._numbered(head, first + pages[old] + 1)
            self._object(numbers[old], head + stream)
        self._pages += [numbers[old] for old in part.kids]
        return len(part.kids)

    def finish(self, front: int = 0, marks: Sequence[Mark] = ()) -> None:
        """Write the order of the pages and the end of the file.

        The last `front` pages added stand first; the pages of `marks` are counted as added.
        """
        ordered = self._pages[len(self._pages) - front :] + self._pages[: len(self._pages) - front]
        kids = b" ".join(b"%d 0 R" % page for page in ordered)
        self._object(_PAGES, b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (len(ordered), kids))
        outline = self._outline(marks)
        shown = b"/Outlines %d 0 R /PageMode /UseOutlines" % outline if outline else b""
        self._object(_CATALOG, b"<< /Type /Catalog /Pages %d 0 R %s >>" % (_PAGES, shown))
        info = self._reserve()
        self._object(info, b"<< /Title %s >>" % _text(self._title))
        start = self._file.tell()
        entries = b"".join(b"%010d 00000 n \n" % offset for offset in self._offsets[1:])
        size = len(self._offsets)
        self._write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, entries))
        self._write(
            b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
            % (size, _CATALOG, info, start)
        )

    def _outline(self, marks: Sequence[Mark]) -> int:
        if not marks:
            return 0
        root = self._reserve()
        first, last = self._level(marks, root)
        count = len(marks)
        self._object(root, b"<< /First %d 0 R /Last %d 0 R /Count %d >>" % (first, last, count))
        return root

    def _level(self, marks: Sequence[Mark], parent: int) -> tuple[int, int]:
        """Write bookmarks of one level, closed; the numbers of the first and the last."""
        numbers = [self._reserve() for _ in marks]
        for place, (number, mark) in enumerate(zip(numbers, marks, strict=True)):
            parts = [
                b"/Title %s /Parent %d 0 R" % (_text(mark.title), parent),
                b"/Dest [ %d 0 R /Fit ]" % self._pages[mark.page],
            ]
            if place:
                parts.append(b"/Prev %d 0 R" % numbers[place - 1])
            if place + 1 < len(numbers):
                parts.append(b"/Next %d 0 R" % numbers[place + 1])
            if mark.below:
                ends = (*self._level(mark.below, number), len(mark.below))
                parts.append(b"/First %d 0 R /Last %d 0 R /Count -%d" % ends)
            self._object(number, b"<< %s >>" % b" ".join(parts))
        return numbers[0], numbers[-1]

    def _numbered(self, page: bytes, number: int) -> bytes:
        """A page object with its 页号 drawn over it; the library's own font F1 is always there."""
        media = _MEDIA.search(page)
        contents = _CONTENTS.search(page)
        assert media is not None
        assert contents is not None
        x, y = float(media[3]) - _FROM_RIGHT, float(media[4]) - _FROM_TOP
        digits = b"%d" % number
        x -= len(digits) * _NUMBER_SIZE * 0.556
        drawn = b"q 0 g BT /F1 %.1f Tf 1 0 0 1 %.2f %.2f Tm (%s) Tj ET Q" % (
            _NUMBER_SIZE, x, y, digits,
        )  # fmt: skip
        over = self._reserve()
        self._object(over, b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        both = b"/Contents [ %s 0 R %d 0 R ]" % (contents[1], over)
        return page[: contents.start()] + both + page[contents.end() :]

    def _reserve(self) -> int:
        self._offsets.append(0)
        return len(self._offsets) - 1

    def _object(self, number: int, body: bytes) -> None:
        self._offsets[number] = self._file.tell()
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body.strip(b"\r\n")))

    def _write(self, data: bytes) -> None:
        self._file.write(data)


_PAGES, _CATALOG = 1, 2


class _Part:
    """The objects of one PDF: those to keep, and its pages in their order."""

    def __init__(self, pdf: bytes) -> None:
        self._objects = dict(_objects(pdf))
        trailer = pdf[pdf.rindex(b"trailer") :]
        root = _number(rb"/Root\s+(\d+) 0 R", trailer)
        info = _number(rb"/Info\s+(\d+) 0 R", trailer)
        catalog = self._objects[root]
        self.pages = _number(rb"/Pages\s+(\d+) 0 R", catalog)
        dropped = {root, info, self.pages}
        if (outlines := re.search(rb"/Outlines\s+(\d+) 0 R", catalog)) is not None:
            dropped.add(int(outlines[1]))
        kids = self._objects[self.pages].partition(b"/Kids")[2].partition(b"]")[0]
        self.kids = [int(found[1]) for found in _REFERENCE.finditer(kids)]
        self.kept = [number for number in self._objects if number not in dropped]

    def split(self, number: int) -> tuple[bytes, bytes]:
        """The dictionary of an object, and its stream as it lies in the file."""
        body = self._objects[number]
        place = re.search(rb">>\s*stream\r?\n", body)
        return (body[: place.start()], body[place.start() :]) if place else (body, b"")


def _objects(pdf: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and body of every object, found by the cross-reference table."""
    start = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
    lines = pdf[start : pdf.rindex(b"trailer")].split(b"\n")[2:]
    offsets = sorted(int(line[:10]) for line in lines if line[17:18] == b"n")
    for offset, end in zip(offsets, [*offsets[1:], start], strict=True):
        found = _OBJECT.match(pdf, offset)
        assert found is not None
        yield int(found[1]), pdf[found.end() : pdf.rindex(b"endobj", offset, end)]


def _number(pattern: bytes, text: bytes) -> int:
    found = re.search(pattern, text)
    assert found is not None
    return int(found[1])


def _renamed(numbers: dict[int, int], found: re.Match[bytes]) -> bytes:
    return b"%d 0 R" % numbers[int(found[1])]


def _text(text: str) -> bytes:
    return b"<feff%s>" % text.encode("utf-16-be").hex().encode()
