"""Open an .xls or .et: its sheets as rasters, read by python-calamine after a look through it."""

from __future__ import annotations

import io
from functools import partial
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from app.documents.workbooks.leaves import Leaf
from app.documents.workbooks.raster import Raster, Remarks
from app.documents.workbooks.source import damage_as_words, locked
from app.documents.workbooks.xls_scan import scan_records, workbook_stream
from app.domain.kernel.progress import Cancel


def open_xls(data: bytes, cancel: Cancel) -> list[Leaf]:
    """The sheets of an .xls in their order, each read when it is asked for.

    Raises `UserError` WORKBOOK_…, and `Cancelled`.
    """
    remarks = scan_records(workbook_stream(data), cancel)
    with damage_as_words(CalamineError, ValueError, OverflowError, OSError):
        book = _opened(data)
        found = list(zip(book.sheets_metadata, remarks, strict=False))
    return [
        Leaf(
            sheet.name,
            sheet.visible is not SheetVisibleEnum.Visible,
            partial(_raster, book, sheet.name, sheet.visible, noted),
        )
        for sheet, noted in found
    ]


def _opened(data: bytes) -> Any:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise locked() from error


def _raster(book: Any, title: str, visible: Any, remarks: Remarks, cancel: Cancel) -> Raster:
    cancel.check()
    with damage_as_words(CalamineError, ValueError, OverflowError, OSError):
        values = book.get_sheet_by_name(title)
    remarks.merged = [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in values.merged_cell_ranges or ()
    ]
    first = values.start[1] + 1 if values.start else 1
    last = values.end[0] + 1 if values.end else 0
    hidden = visible is not SheetVisibleEnum.Visible
    return Raster(title, hidden, last, first, values.iter_rows, remarks)
