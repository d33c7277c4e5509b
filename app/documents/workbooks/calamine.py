"""python-calamine, asked in one place: what it reads becomes a raster, what it cannot a refusal."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from app.documents.workbooks.raster import Raster, Remarks
from app.documents.workbooks.source import damaged, locked

_DAMAGE = (CalamineError, ValueError, OverflowError, OSError)
_PANIC = "PanicException"
"""What the library raises where it gives up; its class has no place to be imported from."""


def opened(data: bytes) -> Any:
    """The workbook in these bytes, which were looked through before; raises WORKBOOK_…."""
    with _as_words():
        return CalamineWorkbook.from_filelike(io.BytesIO(data))


def raster(book: Any, title: str, remarks: Remarks, *, hidden: bool) -> Raster:
    """One sheet of it; `remarks` get its merged ranges. Raises `UserError` WORKBOOK_…."""
    with _as_words():
        values = book.get_sheet_by_name(title)
        merged = values.merged_cell_ranges or ()
    remarks.merged = [
        (top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in merged
    ]
    first = values.start[1] + 1 if values.start else 1
    last = values.end[0] + 1 if values.end else 0
    return Raster(title, hidden, last, first, values.iter_rows, remarks)


@contextmanager
def _as_words() -> Iterator[None]:
    try:
        yield
    except PasswordError as error:
        raise locked() from error
    except _DAMAGE as error:
        raise damaged() from error
    except BaseException as error:  # a panic of Rust is no Exception, and has no type to name
        if type(error).__name__ == _PANIC:
            raise damaged() from error
        raise
