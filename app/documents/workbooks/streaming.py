"""A workbook written row by row: however long, no more than a row is in memory.

The library (xlsxwriter) lays every part into a named file in TEMP first, which a kill leaves
behind for anybody to read. Here the rows wait in a file without a name, which the system itself
takes back, and the parts go straight into the archive.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.packager import Packager

from app.documents.workbooks.saving import file_words
from app.domain.kernel.file_names import part_name

_CHUNK = 65_536
_QUICK = 2
"""How hard the archive is pressed: as small as makes no odds, in half the time."""


@contextmanager
def streamed(out: Path) -> Iterator[Any]:
    """A workbook of the library, whose rows must be written in order; saved at the end.

    It is written to `<out>.part`, fsynced and renamed; after a failure nothing is left behind.
    Its sheets are made by `sheet_in`. Raises `EnvironmentProblem`.
    """
    part = out.with_name(part_name(out.name))
    workbook: Any = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    with file_words(out):
        try:
            yield workbook
            with part.open("wb") as handle:
                _save(workbook, handle)
                handle.flush()
                os.fsync(handle.fileno())
            part.replace(out)
        finally:
            workbook.fileclosed = True
            for sheet in workbook.worksheets():
                sheet.row_data_fh.close()
            part.unlink(missing_ok=True)


def sheet_in(workbook: Any, title: str) -> Any:
    """A new sheet, whose rows wait in a file without a name."""
    sheet = workbook.add_worksheet(title)
    sheet.row_data_fh.close()
    Path(sheet.row_data_filename).unlink()
    waiting: Any = tempfile.TemporaryFile()  # noqa: SIM115  (closed by `streamed`)
    sheet.row_data_fh = sheet.fh = io.TextIOWrapper(waiting, encoding="utf-8")
    sheet._write_optimized_sheet_data = lambda: _copy_rows(sheet)
    return sheet


def _copy_rows(sheet: Any) -> None:
    sheet._xml_start_tag("sheetData")
    sheet.row_data_fh.seek(0)
    while rows := sheet.row_data_fh.read(_CHUNK):
        sheet.fh.write(rows)
    sheet._xml_end_tag("sheetData")


def _save(workbook: Any, handle: IO[bytes]) -> None:
    packager: Any = Packager()
    with ZipFile(handle, "w", ZIP_DEFLATED, allowZip64=True, compresslevel=_QUICK) as archive:
        opened: list[_Member] = []

        def begin(name: str) -> _Member:
            for last in opened:
                last.finish()
            opened[:] = [_Member(archive.open(name, "w", force_zip64=True))]
            return opened[0]

        packager._filename = begin
        workbook._get_packager = lambda: packager
        try:
            workbook._store_workbook()
        finally:
            for last in opened:
                last.finish()


class _Member(io.StringIO):
    """What the library takes for text in memory: each piece goes into the archive at once."""

    def __init__(self, member: IO[bytes]) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._length = 0
        self._member = member

    def write(self, text: str) -> int:
        self._pieces.append(text)
        self._length += len(text)
        if self._length > _CHUNK:
            self._flush()
        return len(text)

    def finish(self) -> None:
        """Write what is left and leave the archive free for the next."""
        if not self._member.closed:
            self._flush()
            self._member.close()

    def _flush(self) -> None:
        self._member.write("".join(self._pieces).encode())
        self._pieces.clear()
        self._length = 0
