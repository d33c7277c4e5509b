"""Saving a workbook without the library's named temporary files.

The library writes every sheet into a file in TEMP first, which a kill leaves behind for
anybody to read. Here the same goes into a file without a name, which the system itself
takes back whatever becomes of the program.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


def write(workbook: Workbook, out: IO[bytes]) -> None:
    """Write the whole workbook to an open file."""
    workbook.properties.modified = dt.datetime.now(tz=dt.UTC).replace(tzinfo=None)
    with ZipFile(out, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        _Writer(workbook, archive).save()


class _SheetWriter(WorksheetWriter):
    """Writes a sheet's XML into a file without a name."""

    def __init__(self, sheet: Any) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115  (closed in `cleanup`)
        super().__init__(sheet, self.file)

    def cleanup(self) -> None:
        self.file.close()


class _Writer(ExcelWriter):
    def __init__(self, workbook: Workbook, archive: ZipFile) -> None:
        super().__init__(workbook, archive)
        self._members = archive

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        writer: Any = _SheetWriter(ws)
        writer.write()
        ws._rels = writer._rels
        name = ws.path.lstrip("/")
        with self._members.open(name, "w", force_zip64=True) as member:
            writer.file.seek(0)
            shutil.copyfileobj(writer.file, member)
        self.manifest.append(ws)
        writer.cleanup()
