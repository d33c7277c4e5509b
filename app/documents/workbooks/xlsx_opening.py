"""Open an .xlsx: its sheets as rasters, read by python-calamine after a look through the bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import partial

from app.documents.workbooks import calamine
from app.documents.workbooks.leaves import Leaf
from app.documents.workbooks.raster import Raster
from app.documents.workbooks.source import damaged
from app.documents.workbooks.xlsx_parts import (
    Parts,
    SheetPart,
    counts_hold,
    is_plain,
    written_anew,
)
from app.documents.workbooks.xlsx_scan import Scan, scan_sheet, without_waste
from app.domain.kernel.progress import Cancel

_FULL = re.compile(rb'<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad\s*=\s*["\'](?:1|true)')
_1904 = re.compile(rb'<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["\'](?:1|true)')
_READ = re.compile(r"\.rels$|content_types|(?:workbook|styles|sharedstrings)\.xml$|/worksheets/")
_CHECKED = re.compile(r"(?:styles|sharedstrings)\.xml$|(?:^|/)workbook\.xml$")


def open_xlsx(data: bytes) -> list[Leaf]:
    """The sheets of an .xlsx in their order, each read when it is asked for.

    Raises `UserError` WORKBOOK_….
    """
    book = _Book(data)
    return [Leaf(sheet.title, sheet.hidden, partial(book.raster, sheet)) for sheet in book.sheets]


class _Book:
    """One workbook in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._parts = Parts(data)
        self._main, sheets = self._parts.workbook()
        self.sheets = [sheet for sheet in sheets if sheet.part]
        main = self._parts.whole(self._main)
        self._calculated = not _FULL.search(main)
        self._since_1904 = bool(_1904.search(main))
        self._anew = dict(self._written_anew())

    def raster(self, sheet: SheetPart, cancel: Cancel) -> Raster:
        """The cells of one sheet."""
        anew, scan = self._looked_through(sheet.part, cancel)
        replaced = self._anew | ({sheet.part: anew} if anew is not None else {})
        data = self._packed(replaced, sheet.part) if replaced else self._data
        scan.remarks.since_1904 = self._since_1904
        book = calamine.opened(data)
        return calamine.raster(book, sheet.title, scan.remarks, hidden=sheet.hidden)

    def _looked_through(self, part: str, cancel: Cancel) -> tuple[bytes | None, Scan]:
        """What is to be read in place of the part, if anything is, and what was seen of it."""
        scan = scan_sheet(self._parts.pieces(part), self._calculated, cancel)
        if scan.plain and scan.wasteful:
            return without_waste(self._parts.pieces(part), scan), scan
        if scan.plain:
            return None, scan
        anew = written_anew(self._parts.pieces(part))
        scan = scan_sheet([anew], self._calculated, cancel)
        if not scan.plain:
            raise damaged()
        return anew, scan

    def _written_anew(self) -> Iterator[tuple[str, bytes]]:
        """The parts beside the sheets that cannot be read as they are."""
        for name in self._parts.names:
            if _CHECKED.search(name):
                start, size = b"", 0
                for piece in self._parts.pieces(name):
                    start = start or piece
                    size += len(piece)
                if not counts_hold(start, size):
                    raise damaged()
                if not is_plain(start):
                    yield name, written_anew(self._parts.pieces(name))

    def _packed(self, replaced: dict[str, bytes], sheet: str) -> bytes:
        """A workbook with these parts, and of the sheets only the one."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in self._parts.names:
                other = "/worksheets/" in name and name != sheet
                if name in replaced:
                    archive.writestr(_spelled(name), replaced[name])
                elif _READ.search(name) and not other:
                    archive.writestr(_spelled(name), b"".join(self._parts.pieces(name)))
        return out.getvalue()


def _spelled(name: str) -> str:
    return name.replace("[content_types]", "[Content_Types]").replace(
        "sharedstrings", "sharedStrings"
    )
