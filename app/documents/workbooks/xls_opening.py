"""Open an .xls or .et: its sheets as rasters, read by python-calamine after a look through it."""

from __future__ import annotations

from functools import partial
from typing import Any

from python_calamine import SheetVisibleEnum

from app.documents.workbooks import calamine
from app.documents.workbooks.leaves import Leaf
from app.documents.workbooks.raster import Raster, Remarks
from app.documents.workbooks.xls_scan import scan_records, workbook_stream
from app.domain.kernel.progress import Cancel


def open_xls(data: bytes, cancel: Cancel) -> list[Leaf]:
    """The sheets of an .xls in their order, each read when it is asked for.

    Raises `UserError` WORKBOOK_…, and `Cancelled`.
    """
    remarks = scan_records(workbook_stream(data), cancel)
    book = calamine.opened(data)
    return [
        _leaf(book, sheet.name, sheet.visible is not SheetVisibleEnum.Visible, noted)
        for sheet, noted in zip(book.sheets_metadata, remarks, strict=False)
    ]


def _leaf(book: Any, title: str, hidden: bool, remarks: Remarks) -> Leaf:
    return Leaf(title, hidden, partial(_raster, book, title, remarks, hidden))


def _raster(book: Any, title: str, remarks: Remarks, hidden: bool, cancel: Cancel) -> Raster:
    cancel.check()
    return calamine.raster(book, title, remarks, hidden=hidden)
