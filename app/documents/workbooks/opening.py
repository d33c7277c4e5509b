"""Open somebody's sheet, whatever program made it: .xlsx, .xls, .et, .csv."""

from __future__ import annotations

from pathlib import PurePath

from app.documents.workbooks.csv_opening import open_csv
from app.documents.workbooks.leaves import Leaf
from app.documents.workbooks.source import Kind, kind_of
from app.documents.workbooks.xls_opening import open_xls
from app.documents.workbooks.xlsx_opening import open_xlsx
from app.domain.kernel.progress import Cancel


def open_leaves(data: bytes, name: str, cancel: Cancel) -> list[Leaf]:
    """The sheets in their order, hidden ones too; `name` is what the file is called.

    Raises `UserError` WORKBOOK_…, and `Cancelled`.
    """
    kind = kind_of(data)
    if kind is Kind.XLSX:
        return open_xlsx(data)
    return open_xls(data, cancel) if kind is Kind.XLS else open_csv(data, PurePath(name).stem)
