"""Open an .xlsx: its sheets as rasters, read by python-calamine after a look through the bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from xml.sax.saxutils import escape

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
from app.documents.workbooks.xlsx_scan import Scan, scan_sheet, with_known_errors, without_waste
from app.domain.kernel.progress import Cancel

_FULL = re.compile(rb'<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad\s*=\s*["\'](?:1|true)')
_1904 = re.compile(rb'<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["\'](?:1|true)')
_NS = "http://schemas.openxmlformats.org/"
_MAIN = f'xmlns="{_NS}spreadsheetml/2006/main"'
_RELATED = f"{_NS}officeDocument/2006/relationships"
_PACKAGE = f"{_NS}package/2006/relationships"
_KINDS = {"worksheet": "sheet1.xml", "styles": "styles.xml", "sharedStrings": "sharedStrings.xml"}


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
        self._layout = self._parts.workbook()
        self.sheets = self._layout.sheets
        main = self._parts.whole(self._layout.main)
        self._calculated = not _FULL.search(main)
        self._since_1904 = bool(_1904.search(main))
        self._as_it_is = self._layout.usual and is_plain(main)
        self._anew = dict(self._written_anew())

    def raster(self, sheet: SheetPart, cancel: Cancel) -> Raster:
        """The cells of one sheet."""
        anew, scan = self._looked_through(sheet.part, cancel)
        scan.remarks.since_1904 = self._since_1904
        data = self._data
        if anew is not None or self._anew or not self._as_it_is:
            data = self._packed(sheet, anew)
        return calamine.raster(
            calamine.opened(data), sheet.title, scan.remarks, hidden=sheet.hidden
        )

    def _looked_through(self, part: str, cancel: Cancel) -> tuple[bytes | None, Scan]:
        """What is to be read in place of the part, if anything is, and what was seen of it."""
        scan = scan_sheet(self._parts.pieces(part), self._calculated, cancel)
        anew = None
        if not scan.plain:
            anew = written_anew(self._parts.pieces(part))
            scan = scan_sheet([anew], self._calculated, cancel)
            if not scan.plain:
                raise damaged()
        elif scan.wasteful:
            anew = without_waste(self._parts.pieces(part), scan)
        if scan.strange_errors:
            anew = with_known_errors(anew or b"".join(self._parts.pieces(part)))
        return anew, scan

    def _written_anew(self) -> Iterator[tuple[str, bytes]]:
        """What belongs to all sheets and cannot be read as it is, by kind."""
        for kind, name in self._layout.common.items():
            if name in self._parts:
                start, size = b"", 0
                for piece in self._parts.pieces(name):
                    start = start or piece
                    size += len(piece)
                if not counts_hold(start, size):
                    raise damaged()
                if not is_plain(start):
                    yield kind, written_anew(self._parts.pieces(name))

    def _packed(self, sheet: SheetPart, anew: bytes | None) -> bytes:
        """A workbook of the usual layout with this one sheet."""
        parts = {"worksheet": sheet.part} | dict(self._layout.common)
        known = self._anew | ({"worksheet": anew} if anew is not None else {})
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("_rels/.rels", _relations({"officeDocument": "xl/workbook.xml"}))
            archive.writestr("xl/_rels/workbook.xml.rels", _relations(_KINDS))
            archive.writestr("xl/workbook.xml", self._told_of(sheet))
            for kind, name in parts.items():
                if name in self._parts:
                    content = known.get(kind) or b"".join(self._parts.pieces(name))
                    archive.writestr(f"xl/{_KINDS[kind]}", content)
        return out.getvalue()

    def _told_of(self, sheet: SheetPart) -> str:
        since = ' date1904="1"' if self._since_1904 else ""
        name = escape(sheet.title, {'"': "&quot;"})
        return (
            f'<workbook {_MAIN} xmlns:r="{_RELATED}"><workbookPr{since}/><sheets>'
            f'<sheet name="{name}" sheetId="1" r:id="worksheet"/></sheets></workbook>'
        )


def _relations(targets: Mapping[str, str]) -> str:
    told = "".join(
        f'<Relationship Id="{kind}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{told}</Relationships>'
