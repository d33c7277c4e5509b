"""The bytes of a sheet somebody sends: bounds on them, and what kind of file they are."""

from __future__ import annotations

import os
import re
import stat
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.documents.workbooks.saving import file_words
from app.domain.kernel.errors import UserError

LARGEST = 60 << 20
"""Bytes of a file that is read."""
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"<[a-z!?]|mime-version", re.IGNORECASE)
_OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"PK\x05\x06",
    b"{\\rtf",
)
if sys.platform == "win32":
    _READING = os.O_RDONLY | os.O_BINARY
else:
    _READING = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY
"""How a file is opened: one that would be waited for (a named pipe) opens at once."""
_SAVE_AS = "请用 WPS 或 Excel 打开它，另存为 .xlsx 后再导入。"


class Kind(StrEnum):
    """What the bytes are, whatever the name says."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Held:
    """A workbook that lies in memory only, under the name it is shown by."""

    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return Path(self.name).stem


Source = Path | Held
"""Where a workbook is read from."""


def read_bytes(path: Source) -> bytes:
    """The file's bytes; raises `UserError` WORKBOOK_… where they cannot be a sheet.

    A named pipe or a device is refused unread, a file too large too.
    """
    data = path.data if isinstance(path, Held) else _of_file(path)
    if not data:
        raise UserError("WORKBOOK_EMPTY", "这个文件是空的。", remedy="请重新选择文件。")
    return data


def kind_of(data: bytes) -> Kind:
    """What the bytes are; raises `UserError` WORKBOOK_FORMAT for pages, pictures, papers."""
    if data.startswith(_ZIP):
        return Kind.XLSX
    if data.startswith(_OLE):
        return Kind.XLS
    if data.startswith(_OTHERS):
        raise no_sheet()
    if _MARKUP.match(data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")):
        raise UserError(
            "WORKBOOK_FORMAT", "这是网页，只是名字像表格，不是表格文件。", remedy=_SAVE_AS
        )
    return Kind.CSV


def no_sheet() -> UserError:
    """The error of a file that is something else."""
    return UserError(
        "WORKBOOK_FORMAT",
        "这不是表格文件。",
        why="能导入的是 .xlsx、.xls、.et 和 .csv。",
        remedy=_SAVE_AS,
    )


def too_large(why: str = "里面可能有许多空白格式。") -> UserError:
    """The error of a sheet that goes beyond a bound."""
    return UserError(
        "WORKBOOK_LARGE", "这个表格太大。", why=why, remedy="请把要导入的行复制到新的模板里再导入。"
    )


def locked() -> UserError:
    """The error of a workbook with a password."""
    return UserError(
        "WORKBOOK_LOCKED",
        "这个表格设了打开密码，读不出来。",
        remedy="请用 WPS 或 Excel 打开它，取消密码，另存为 .xlsx 后再导入。",
    )


def damaged(why: str = "") -> UserError:
    """The error of a file that is not whole."""
    return UserError(
        "WORKBOOK_DAMAGED",
        "这个表格打不开，可能已经损坏。",
        why=why,
        remedy="请用 WPS 或 Excel 打开看看；能打开就另存为 .xlsx 后再导入，打不开请重新索取。",
    )


def _of_file(path: Path) -> bytes:
    with file_words(path):
        plain, data = plain_bytes(path, LARGEST)
    if not plain:
        raise UserError("NOT_A_FILE", "这不是一个普通的文件。", remedy="请选择表格文件本身。")
    if len(data) > LARGEST:
        raise too_large("里面可能有图片或许多空白格式。")
    return data


def plain_bytes(path: Path, most: int) -> tuple[bool, bytes]:
    """Whether it is a plain file (no folder, pipe or device), and what it holds.

    No more than one byte beyond `most` is read. Raises `OSError`.
    """
    if path.is_dir():
        return False, b""
    handle = os.open(path, _READING)
    with os.fdopen(handle, "rb") as file:
        plain = stat.S_ISREG(os.fstat(handle).st_mode)
        return plain, file.read(most + 1) if plain else b""
