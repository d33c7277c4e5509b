"""Old workbooks (.xls, .et) and odd ones (.xlsx), written byte by byte as other programs do."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


@dataclass
class Failed:
    """A cell that shows an error, by its code (7 = #DIV/0!, 42 = #N/A)."""

    code: int


@dataclass
class Formula:
    """A formula with its stored result; `lazy` when it is to be calculated at opening."""

    result: float
    lazy: bool = False


@dataclass
class Day:
    """A number shown as a date."""

    serial: float


@dataclass
class OldSheet:
    """A sheet of an .xls: its rows, which of them are hidden (from 1), merged ranges (from 0)."""

    title: str
    rows: Sequence[Any]
    hidden_rows: Sequence[int] = ()
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: bool = False
    more: bytes = b""


@dataclass
class OldBook:
    """An .xls of these sheets."""

    sheets: Sequence[OldSheet]
    since_1904: bool = False
    before: bytes = field(default=b"")

    def data(self) -> bytes:
        """Its bytes, an OLE file with one stream."""
        return compound(self.stream())

    def stream(self) -> bytes:
        """The records."""
        bodies = [_sheet(one) for one in self.sheets]
        head = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
        head += self.before + record(0x22, struct.pack("<H", self.since_1904))
        head += record(0xE0, bytes(20)) + record(0xE0, struct.pack("<HH", 0, 14) + bytes(16))
        bounds = [_bound(0, one) for one in self.sheets]
        at = len(head) + sum(map(len, bounds)) + 4
        for one, body in zip(self.sheets, bodies, strict=True):
            head += _bound(at, one)
            at += len(body)
        return head + record(0x0A, b"") + b"".join(bodies)


def record(kind: int, body: bytes) -> bytes:
    """One record of BIFF."""
    return struct.pack("<HH", kind, len(body)) + body


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """An OLE file holding one stream."""
    stream += bytes(max(4096 - len(stream), 0))
    count = -(-len(stream) // _SECTOR)
    fats = -(-(count + 2) // (_SECTOR // 4 - 1))
    table = [_FAT] * fats + [_END]
    first = len(table)
    table += [*range(first + 1, first + count), _END]
    table += [_FREE] * (-len(table) % (_SECTOR // 4))
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, fats, fats, 0, 4096, _END, 0, _END, 0,
    )  # fmt: skip
    head += struct.pack("<109I", *range(fats), *[_FREE] * (109 - fats))
    entries = _entry("Root Entry", 5, _END, 0, child=1) + _entry(name, 2, first, len(stream))
    directory = entries + bytes(_SECTOR - len(entries))
    body = stream + bytes(-len(stream) % _SECTOR)
    return head + struct.pack(f"<{len(table)}I", *table)[: fats * _SECTOR] + directory + body


def _entry(name: str, kind: int, first: int, size: int, child: int = _FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<IQ", first, size)


def _bound(at: int, sheet: OldSheet) -> bytes:
    name = sheet.title.encode("utf-16-le")
    head = struct.pack("<IBBBB", at, int(sheet.hidden), 0, len(sheet.title), 1)
    return record(0x85, head + name)


def _sheet(sheet: OldSheet) -> bytes:
    out = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    for row, line in enumerate(sheet.rows):
        options = 0x20 if row + 1 in sheet.hidden_rows else 0
        out += record(
            0x208, struct.pack("<HHHHHHBBH", row, 0, len(line), 255, 0, 0, options, 1, 15)
        )
        out += b"".join(_cell(row, column, value) for column, value in enumerate(line))
    for top, left, bottom, right in sheet.merged:
        out += record(0xE5, struct.pack("<HHHHH", 1, top, bottom, left, right))
    return out + sheet.more + record(0x0A, b"")


def _cell(row: int, column: int, value: object) -> bytes:
    at = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return record(0x204, at + struct.pack("<HB", len(text) // 2, 1) + text)
    if isinstance(value, Day):
        return record(0x203, struct.pack("<HHHd", row, column, 1, value.serial))
    if isinstance(value, Failed):
        return record(0x205, at + struct.pack("<BB", value.code, 1))
    if isinstance(value, Formula):
        flags = struct.pack("<dHIH", value.result, 2 if value.lazy else 0, 0, 3)
        return record(0x06, at + flags + b"\x1e\x01\x00")
    if isinstance(value, int | float):
        return record(0x203, at + struct.pack("<d", value))
    return b""


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>'
)
_NS = "http://schemas.openxmlformats.org"
MAIN = f'xmlns="{_NS}/spreadsheetml/2006/main"'
_RELATED = f"{_NS}/officeDocument/2006/relationships"
_PACKAGE = f"{_NS}/package/2006/relationships"


def odd_book(
    sheet: str | bytes,
    *,
    workbook: str = "",
    calculation: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    packed: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """An .xlsx around the XML of one sheet; `parts` replaces or adds members."""
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            [
                ("worksheet", "worksheets/sheet1.xml"),
                ("styles", "styles.xml"),
                ("sharedStrings", "sharedStrings.xml"),
            ],
            1,
        )
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": workbook
        or f'<workbook {MAIN} xmlns:r="{_RELATED}"><workbookPr/><sheets>'
        f'<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>{calculation}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}'
        "</Relationships>",
        "xl/styles.xml": f"<styleSheet {MAIN}><cellXfs><xf/></cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f"<sst {MAIN}/>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, content in (members | dict(parts or {})).items():
            archive.writestr(name, content)
    return out.getvalue()


def sheet_xml(rows: str, *, before: str = "", after: str = "") -> str:
    """The XML of a sheet around its rows."""
    return f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def text_cell(at: str, text: str) -> str:
    """A cell with its text inside."""
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f'<row r="1">{text_cell("A1", "姓名")}{text_cell("B1", "身份证号")}</row>'
"""The headings of the two columns every person has."""


def person_row(row: int, name: str, number: str, more: str = "") -> str:
    """A person's row under `HEAD`."""
    cells = text_cell(f"A{row}", name) + text_cell(f"B{row}", number)
    return f'<row r="{row}">{cells}{more}</row>'
