"""Open somebody's .xlsx and stream its cells, with what the stream alone does not tell.

The sheets are read as streams: speed and memory do not depend on stray formats in row
1,048,576, and 取消 is heard. Merged ranges and formulas nobody calculated are not in that
stream; a second look at the sheet's XML finds them, taken only where either occurs.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.escape import unescape

from app.documents.workbooks.saving import file_words
from app.domain.kernel.errors import UserError

_LARGEST = 60 << 20
_LARGEST_UNPACKED = 600 << 20
_EXACT = 10**15
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "请用 WPS 或 Excel 打开它，另存为 .xlsx 后再导入。"
_TELLING = re.compile(rb"<(?:\w+:)?(?:f|mergeCell)[\s/>]")

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What the library raises on files that are not what they say.

Only its calls on bytes in memory are guarded, so no trouble of the machine is among them.
"""


@dataclass(frozen=True, slots=True)
class Content:
    """What one cell holds: its value, and why it cannot be trusted ("" / error / formula)."""

    value: object = None
    fault: str = ""


Line = dict[int, Content]
"""The cells of a row that hold something, by column number."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Merged ranges as {(first row, column): last row}, and formulas without a result."""

    merged: Mapping[tuple[int, int], int]
    uncalculated: frozenset[tuple[int, int]]


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

PLAIN = Facts({}, frozenset())
"""The facts of most sheets."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet. `rows` may be an estimate (0 = unknown)."""

    title: str
    rows: int
    epoch: Any
    _source: Any
    _archive: zipfile.ZipFile
    _part: str

    def facts(self) -> Facts:
        """The second look at the sheet."""
        with damage_as_words():
            xml = self._archive.read(self._part)
            return _facts(xml) if _TELLING.search(xml) else PLAIN

    def lines(self, facts: Facts) -> Iterator[tuple[int, Line]]:
        """The sheet's rows by number, those without any content too."""
        lines = _lines(self._source, facts)
        while True:
            with damage_as_words():
                line = next(lines, None)
            if line is None:
                return
            yield line


def read_bytes(path: Source) -> bytes:
    """The file's bytes, if they can be a workbook; raises `UserError` with what to do."""
    if isinstance(path, Held):
        return path.data
    with file_words(path):
        size = path.stat().st_size
        data = path.read_bytes() if size <= _LARGEST else b""
    if size > _LARGEST:
        raise _too_large()
    if not data:
        raise UserError("WORKBOOK_EMPTY", "这个文件是空的。", remedy="请重新选择文件。")
    if data.startswith(_OLE):
        raise _old_or_locked(data, path.suffix.lower())
    if not data.startswith(_ZIP):
        raise UserError("WORKBOOK_FORMAT", "这不是 .xlsx 表格。", remedy=_SAVE_AS)
    _look_inside(data)
    return data


def open_sheets(data: bytes) -> list[Sheet]:
    """The visible sheets in order, ready to be streamed."""
    with damage_as_words():
        reader = ExcelReader(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )  # bytes, not a path: the file stays free for others
        reader.read()
        parts = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}
        return [
            _sheet(source, reader.wb.epoch, reader.archive, parts[source.title])
            for source in reader.wb.worksheets
            if source.sheet_state == "visible"
        ]


@contextmanager
def damage_as_words() -> Iterator[None]:
    """Turn what the library raises on a damaged file into a `UserError`."""
    try:
        yield
    except DAMAGE as error:
        raise _damaged() from error


@contextmanager
def quiet_library() -> Iterator[None]:
    """The library warns of every extension WPS adds; none of them concerns the values."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"openpyxl\b")
        yield


def _sheet(source: Any, epoch: Any, archive: zipfile.ZipFile, part: str) -> Sheet:
    rows = source.max_row or 0
    source.reset_dimensions()  # they are often wrong, and pad every row to column XFD
    return Sheet(source.title, rows, epoch, source, archive, part)


def _lines(source: Any, facts: Facts) -> Iterator[tuple[int, Line]]:
    held: dict[int, tuple[int, Content]] = {}
    for number, cells in enumerate(source.iter_rows(), 1):
        line: Line = {}
        for column, cell in enumerate(cells, 1):
            value = _plain(cell.value)
            if value is not None:
                line[column] = Content(value, "error" if cell.data_type == "e" else "")
            elif (number, column) in facts.uncalculated:
                line[column] = Content(None, "formula")
        yield number, _filled_down(number, line, held, facts.merged)


def _plain(value: object) -> object:
    """Text without WPS's _x000D_; blanks are nothing; a whole number is an int, TRUE is 是."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        text = unescape(value) if "_x" in value else value
        return text if text.strip() else None
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value


def _filled_down(
    number: int,
    line: Line,
    held: dict[int, tuple[int, Content]],
    merged: Mapping[tuple[int, int], int],
) -> Line:
    """Only a range's first cell holds its value; a row with nothing of its own stays empty."""
    for column, content in line.items():
        if (number, column) in merged:
            held[column] = merged[number, column], content
    if not held or not line:
        return line
    inherited = {column: content for column, (last, content) in held.items() if number <= last}
    return inherited | line


def _facts(xml: bytes) -> Facts:
    merged: dict[tuple[int, int], int] = {}
    uncalculated: set[tuple[int, int]] = set()
    for _, element in ElementTree.iterparse(io.BytesIO(xml)):
        tag = element.tag.rpartition("}")[2]
        if tag == "mergeCell":
            left, top, _, bottom = range_boundaries(element.get("ref", ""))
            if left and top and bottom:
                merged[top, left] = bottom
        elif tag == "c":
            children = {child.tag.rpartition("}")[2] for child in element}
            if "f" in children and "v" not in children and element.get("r"):
                uncalculated.add(coordinate_to_tuple(element.get("r", "")))
        elif tag == "row":
            element.clear()
    return Facts(merged, frozenset(uncalculated))


def _look_inside(data: bytes) -> None:
    with damage_as_words(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        unpacked = sum(info.file_size for info in archive.infolist())
    if unpacked > _LARGEST_UNPACKED:
        raise _too_large()
    if not any(name.endswith(".xml") and "workbook" in name for name in names):
        raise UserError("WORKBOOK_FORMAT", "这不是 .xlsx 表格。", remedy=_SAVE_AS)


def _old_or_locked(data: bytes, suffix: str) -> UserError:
    if _ENCRYPTED in data:
        return UserError(
            "WORKBOOK_LOCKED",
            "这个表格设了打开密码，读不出来。",
            remedy="请用 WPS 或 Excel 打开它，取消密码，另存为 .xlsx 后再导入。",
        )
    kind = "WPS 的 .et 格式" if suffix == ".et" else "旧的 .xls 格式"
    return UserError("WORKBOOK_FORMAT", f"这个表格是{kind}，不能直接导入。", remedy=_SAVE_AS)


def _too_large() -> UserError:
    return UserError(
        "WORKBOOK_LARGE",
        "这个表格太大。",
        why="里面可能有图片或许多空白格式。",
        remedy="请把要导入的行复制到新的模板里再导入。",
    )


def _damaged() -> UserError:
    return UserError(
        "WORKBOOK_DAMAGED",
        "这个表格打不开，可能已经损坏。",
        remedy="请用 WPS 或 Excel 打开看看；能打开就另存为 .xlsx 后再导入，打不开请重新索取。",
    )
