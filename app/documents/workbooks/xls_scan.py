"""A quick look through an .xls or .et (BIFF8 in an OLE file) before python-calamine reads it.

The reader takes room for every cell up to the farthest one and shows cells with errors as empty,
so the records are looked through first: how far the cells reach, which show an error, which rows
and columns are hidden. A formula always has a result in this format; one that its program left to
be calculated at opening carries a flag, and is told when its result is empty or 0.
Format: [MS-XLS] 2.4 (records), [MS-CFB] 2 (sectors).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace

from app.documents.workbooks.raster import Fault, Remarks, Spoilt
from app.documents.workbooks.source import damaged, locked, no_sheet
from app.domain.kernel.progress import Cancel

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STREAMS = ("workbook".encode("utf-16-le"), "book".encode("utf-16-le"))
_FREE = 0xFFFFFFFA
"""Sector numbers from here on are no sectors."""
_HEAD = struct.Struct("<HH")
_CELL = struct.Struct("<HH")
_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
}
_BOF, _EOF, _LOCK, _DATES, _BOUND = 0x809, 0x0A, 0x2F, 0x22, 0x85
_SST, _ROW, _COLUMNS = 0xFC, 0x208, 0x7D
_FORMULA, _FORMULA4, _BOOLERR = 0x06, 0x406, 0x205
_VALUES = frozenset({_FORMULA, _FORMULA4, _BOOLERR, 0xFD, 0x203, 0x204, 0x27E, 0xD6})
_RUNS = frozenset({0xBD})
_BATCH = 50_000


def workbook_stream(data: bytes) -> bytes:
    """The stream of records inside the OLE file; raises `UserError` WORKBOOK_…."""
    if _ENCRYPTED in data:
        raise locked()
    return _Compound(data).workbook()


def scan_records(stream: bytes, cancel: Cancel) -> list[Remarks]:
    """What the values do not tell, sheet by sheet in order; raises as `workbook_stream`."""
    bounds = []
    since_1904 = False
    for kind, body in _records(stream, 0, cancel):
        if kind == _LOCK:
            raise locked()
        if kind == _SST and len(body) >= 8 and max(struct.unpack_from("<II", body)) > len(stream):
            raise damaged()
        if kind == _BOUND and len(body) >= 8:
            bounds.append(_beginning(stream, struct.unpack_from("<I", body)[0]))
        if kind == _DATES and body[:1] == b"\1":
            since_1904 = True
        if kind == _EOF:
            break
    return [replace(_remarks(stream, at, cancel), since_1904=since_1904) for at in bounds]


def _beginning(stream: bytes, at: int) -> int:
    """Where a sheet begins, if one does there."""
    if at + 4 > len(stream) or _HEAD.unpack_from(stream, at)[0] != _BOF:
        raise damaged()
    return at


def _remarks(stream: bytes, at: int, cancel: Cancel) -> Remarks:
    remarks = Remarks()
    depth = 0
    for kind, body in _records(stream, at, cancel):
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1:
            _take(kind, body, remarks)
    remarks.bound()
    return remarks


def _take(kind: int, body: bytes, remarks: Remarks) -> None:
    if kind in _VALUES and len(body) >= 6:
        row, column = _CELL.unpack_from(body)
        remarks.reach(row + 1, column + 1)
        if spoilt := _spoilt(kind, body):
            remarks.spoilt[row + 1, column + 1] = spoilt
    elif kind in _RUNS and len(body) >= 6:
        row, _ = _CELL.unpack_from(body)
        remarks.reach(row + 1, struct.unpack_from("<H", body, len(body) - 2)[0] + 1)
    elif kind == _ROW and len(body) >= 14:
        row, height, options = body[:2], body[6:8], body[12]
        if options & 0x20 or height == b"\0\0":
            remarks.hidden_rows.add(int.from_bytes(row, "little") + 1)
    elif kind == _COLUMNS and len(body) >= 10:
        first, last, options = *_CELL.unpack_from(body), body[8]
        if options & 1:
            remarks.hidden_columns.update(range(first + 1, min(last, 255) + 2))


def _spoilt(kind: int, body: bytes) -> Spoilt | None:
    if kind == _BOOLERR and len(body) >= 8 and body[7]:
        return Spoilt(Fault.ERROR, _ERRORS.get(body[6], ""))
    if kind in (_FORMULA, _FORMULA4) and len(body) >= 16:
        special, what = body[12:14] == b"\xff\xff", body[6]
        if special and what == 2:
            return Spoilt(Fault.ERROR, _ERRORS.get(body[8], ""))
        empty = (special and what == 3) or body[6:14] == bytes(8)
        if empty and body[14] & 0x03:
            return Spoilt(Fault.FORMULA)
    return None


def _records(stream: bytes, at: int, cancel: Cancel) -> Iterator[tuple[int, bytes]]:
    count, end, head = 0, len(stream) - 4, _HEAD.unpack_from
    while at <= end:
        kind, size = head(stream, at)
        at += 4
        yield kind, stream[at : at + size]
        at += size
        count += 1
        if count % _BATCH == 0:
            cancel.check()


class _Compound:
    """The sectors of an OLE file, each chain followed once and never in a circle."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            shift, small = struct.unpack_from("<HH", data, 30)
            self._size = 1 << shift
            self._small = 1 << small
            fats, first = struct.unpack_from("<II", data, 44)
            self._cutoff, self._mini_first = struct.unpack_from("<II", data, 56)
            double, doubles = struct.unpack_from("<II", data, 68)
            if shift not in (9, 12) or small != 6 or fats * self._size > len(data):
                raise damaged()
            self._fat = self._table(fats, double, doubles)
            self._root = self._chain(first)
        except struct.error as error:
            raise damaged() from error

    def workbook(self) -> bytes:
        """The bytes of Workbook (or Book)."""
        entries = [self._root[at : at + 128] for at in range(0, len(self._root) - 127, 128)]
        for wanted in _STREAMS:
            for entry in entries:
                size = struct.unpack_from("<H", entry, 64)[0]
                name = entry[: max(min(size, 64) - 2, 0)]
                if name.decode("utf-16-le", "replace").lower().encode("utf-16-le") == wanted:
                    return self._stream(entry, entries[0])
        raise no_sheet()

    def _stream(self, entry: bytes, root: bytes) -> bytes:
        first, size = struct.unpack_from("<II", entry, 116)
        if size > len(self._data):
            raise damaged()
        if size >= self._cutoff:
            found = self._chain(first)
        else:
            mini = self._chain(struct.unpack_from("<I", root, 116)[0])
            table = struct.iter_unpack("<I", self._chain(self._mini_first))
            found = _followed(mini, [one[0] for one in table], first, self._small, 0)
        if len(found) < size:
            raise damaged()
        return found[:size]

    def _table(self, fats: int, double: int, doubles: int) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        for _ in range(min(doubles, fats + 1)):
            if double >= _FREE:
                break
            block = self._sector(double)
            *more, double = struct.unpack(f"<{len(block) // 4}I", block)
            sectors += more
        numbers = [one for one in sectors[:fats] if one < _FREE]
        return [
            one[0] for sector in numbers for one in struct.iter_unpack("<I", self._sector(sector))
        ]

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        block = self._data[begin : begin + self._size]
        if len(block) < self._size:
            block += bytes(-len(block) % 128) if block else b""
        if not block:
            raise damaged()
        return block[: len(block) // 4 * 4]

    def _chain(self, first: int) -> bytes:
        return _followed(self._data, self._fat, first, self._size, 1)


def _followed(data: bytes, table: list[int], first: int, size: int, before: int) -> bytes:
    out = bytearray()
    number, steps = first, 0
    while number < _FREE:
        begin = (number + before) * size
        if steps > len(table) or number >= len(table) or begin >= len(data):
            raise damaged()
        out += data[begin : begin + size]
        number = table[number]
        steps += 1
    return bytes(out)
