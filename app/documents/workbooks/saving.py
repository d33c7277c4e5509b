"""Workbooks on disk and text in cells, both the careful way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from app.documents.workbooks import unnamed
from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.kernel.file_names import part_name, shown_name
from app.domain.kernel.text import clean_text

LONGEST = 32_767
"""UTF-16 units a cell holds; the library would cut the rest in silence."""
_TITLE_LIMIT = 31
_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def save(workbook: Workbook, out: Path) -> None:
    """Write `<out>.part`, fsync it and rename it to `out`; raises `EnvironmentProblem`."""
    part = out.with_name(part_name(out.name))
    with file_words(out):
        try:
            with part.open("wb") as handle:
                unnamed.write(workbook, handle)
                handle.flush()
                os.fsync(handle.fileno())
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def file_words(path: Path) -> Iterator[None]:
    """Turn an `OSError` met inside into an `EnvironmentProblem` naming the file."""
    try:
        yield
    except FileNotFoundError as error:
        raise EnvironmentProblem(
            "WORKBOOK_FILE",
            f"没有找到“{shown_name(path.name)}”，或它所在的文件夹。",
            remedy="请重新选择。",
        ) from error
    except OSError as error:
        raise EnvironmentProblem(
            "WORKBOOK_FILE",
            f"表格文件“{shown_name(path.name)}”读写时出错。",
            why=f"{error.strerror}。" if error.strerror else "",
            remedy="请关闭正在打开它的表格软件，看看磁盘空间和优盘是否正常，再试一次。",
        ) from error


def cell_text(text: str) -> str:
    """Text as a cell can hold it; raises `UserError` when it is too long for one cell."""
    clean = clean_text(text)
    if not fits(clean):
        raise UserError(
            "CELL_TOO_LONG",
            "有一段文字太长，表格的一格放不下。",
            why=f"开头是“{clean[:20]}”。",
            remedy="请改用打印或报送文件。",
        )
    return clean


def fits(text: str) -> bool:
    """Whether a cell can hold this text."""
    return len(text) * 2 <= LONGEST or len(text.encode("utf-16-le")) // 2 <= LONGEST


def put(cell: Any, text: str) -> None:
    """Set a cell to text, and to text only: “=1+1” stays what was typed."""
    if text:
        cell.value = cell_text(text)
        cell.data_type = "s"


def sheet_title(title: str) -> str:
    """A title as the tab of a sheet may carry it."""
    return title.translate(_NOT_IN_TITLES).strip()[:_TITLE_LIMIT] or "登记表"
