"""A quick look through a sheet's XML, before and beside the reader that takes its values.

The reader is fast, but takes room for every cell up to the farthest one, ends the program where
there is none, and shows cells with errors and formulas nobody calculated as empty. So the bytes
are looked through first, some megabytes at a time: how far the cells reach, which are spoilt,
which rows are hidden, and which stretches hold nothing at all and need not be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.documents.workbooks.raster import ROWS, Fault, Place, Remarks, Spoilt
from app.documents.workbooks.source import damaged, too_large
from app.domain.kernel.progress import Cancel

_LONGEST_ROW = 64 << 20
_UNUSUAL = re.compile(rb'<c(?! r="(?:[A-Z]|A[A-Z])[0-9]{1,5}"[ />])(?=[\s/>])[^>]*>')
"""A cell right of column AZ or below row 99,999, or not written as offices' programs do."""
_ADDRESS = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,7})"[ />]')
_PREFIXED = re.compile(rb":(?:c|row|v|f)[\s/>]")
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]+)"(?=[^>]* t="e")[^>]*?'
    rb"(?:/>|(?<!/)>(?:(?!</c>).)*?(?:<v>([^<]*)</v>|(?=</c>)))",
    re.DOTALL,
)
_KNOWN_ERRORS = (b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!")
"""Those the reader knows; at any other (#SPILL!, another language) it takes the file for broken."""
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]+)"([^>]*)>\s*<f( [^>]*?)?(?:/>|>[^<]*</f>)\s*'
    rb"(?:<v>([^<]*)</v>|(<v ?/>)|(?=</c>))"
)
_OVER_SEVERAL = re.compile(
    rb'(?=.* t="(?:array|dataTable)").* ref="([A-Z]{1,3}[0-9]+:[A-Z]{1,3}[0-9]+)"'
)
_CORNER = re.compile(rb"([A-Z]+)([0-9]+)")
_HIDDEN_ROW = re.compile(rb'<row [^>]*?(?:hidden="(?:1|true)"| ht="0(?:\.0+)?")[^>]*>')
_ROW_NUMBER = re.compile(rb'\sr="([0-9]{1,7})"')
_HIDDEN_COLUMN = re.compile(rb'<col [^>]*?hidden="(?:1|true)"[^>]*>')
_NUMBER = re.compile(rb'\b(min|max)="([0-9]{1,5})"')
_CONTENT = (b"<v", b"<is", b"<f")
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_WIDEST = 52
_MOST_HIDDEN = 1000
_MOST_SPOILT = 1_000_000


@dataclass(slots=True)
class Scan:
    """What was seen: `plain` when the reader may read the bytes, `kept` the stretches it needs.

    `tail` are the bytes behind the last row, `strange_errors` tells that there are some the reader
    does not know, `open_ranges` are those of one formula for several cells without results.
    """

    remarks: Remarks = field(default_factory=Remarks)
    strange_errors: bool = False
    open_ranges: list[tuple[Place, Place]] = field(default_factory=list)
    plain: bool = True
    kept: list[tuple[int, int]] = field(default_factory=list)
    size: int = 0
    tail: bytes = b""

    @property
    def wasteful(self) -> bool:
        """Whether much of the sheet holds nothing."""
        return sum(end - begin for begin, end in self.kept) < self.size // 2


def scan_sheet(pieces: Iterable[bytes], calculated: bool, cancel: Cancel) -> Scan:
    """Look through a sheet; `calculated` is False where its program left that to the next one.

    Stops early and says `plain` = False for XML that has to be written anew first.
    Raises `UserError` WORKBOOK_LARGE or _DAMAGED, and `Cancelled`.
    """
    scan = Scan()
    rows = 0
    for piece in _whole_rows(pieces):
        cancel.check()
        rows += piece.count(b"<row")
        if rows > ROWS:
            raise too_large(f"行数超过 {ROWS:,}。")
        if not scan.size and (b"<!DOCTYPE" in piece[:65536] or b"<!ENTITY" in piece[:65536]):
            raise damaged()
        strange = (not scan.size and piece.startswith(_UTF16)) or _is_wrapped(piece)
        holds = not scan.size or any(mark in piece for mark in _CONTENT)
        if strange or (holds and not _reaches(piece, scan.remarks)):
            scan.plain = False
            return scan
        if not scan.size:
            _note_columns(piece[: max(piece.find(b"<row"), 0)] or piece[:65536], scan.remarks)
        _keep(scan, piece, holds=holds)
        if holds:
            _note(piece, scan, calculated)
        scan.size += len(piece)
    scan.remarks.bound()
    _spoil_ranges(scan)
    return scan


def with_known_errors(sheet: bytes) -> bytes:
    """The sheet with #VALUE! for every error that the reader does not know."""
    return _ERROR.sub(_known_error, sheet)


def _known_error(found: re.Match[bytes]) -> bytes:
    if found[3] is None or found[3] in _KNOWN_ERRORS:
        return found[0]
    begin, end = found.start(3) - found.start(), found.end(3) - found.start()
    return found[0][:begin] + b"#VALUE!" + found[0][end:]


def without_waste(pieces: Iterable[bytes], scan: Scan) -> bytes:
    """The sheet with only the stretches that hold something."""
    kept = bytearray()
    at = 0
    ranges = iter(scan.kept)
    begin, end = next(ranges, (0, 0))
    for piece in pieces:
        while begin < at + len(piece) and end > at:
            kept += piece[max(begin - at, 0) : end - at]
            if end > at + len(piece):
                break
            begin, end = next(ranges, (0, 0))
        at += len(piece)
        if not end:
            break
    return bytes(kept) + scan.tail


def _whole_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut between rows."""
    held = b""
    for piece in pieces:
        held += piece
        cut = held.rfind(b"<row")
        if cut > 0:
            yield held[:cut]
            held = held[cut:]
        elif len(held) > _LONGEST_ROW:
            raise too_large()
    yield held


def _reaches(piece: bytes, remarks: Remarks) -> bool:
    """Note how far the cells reach; False where a cell is written unusually."""
    number = _ROW_NUMBER.search(piece, max(piece.rfind(b"<row"), 0))
    last = int(number[1]) if number else 0
    remarks.reach(min(last, 99_999), _widest(piece))
    for found in _UNUSUAL.finditer(piece):
        address = _ADDRESS.match(found[0])
        if address is None:
            return False
        if not found[0].endswith(b"/>"):
            remarks.reach(int(address[2]), column_number(address[1]))
    return True


def _is_wrapped(piece: bytes) -> bool:
    """Whether prefixes, comments or CDATA hide formulas and errors from a look at the bytes."""
    wrapped = b"<!" in piece and (b"<f" in piece or b't="e"' in piece)
    return wrapped or _PREFIXED.search(piece) is not None


def _widest(piece: bytes) -> int:
    """About how many columns are in use, judged by the first and the last row."""
    row = piece.find(b"</row>")
    ends = (piece.rfind(b'<c r="', 0, row), piece.rfind(b'<c r="'))
    found = (_ADDRESS.match(piece, at) for at in ends if at >= 0)
    return min(max((column_number(one[1]) for one in found if one), default=1), _WIDEST)


def _keep(scan: Scan, piece: bytes, *, holds: bool) -> None:
    """Note where the piece lies, unless its rows hold nothing; the tail counts by itself."""
    begin, end = scan.size, scan.size + len(piece)
    behind = piece.rfind(b"</sheetData>")
    if behind >= 0:
        scan.tail = piece[behind:]
        scan.remarks.filtered = b"<filterColumn" in scan.tail
        end = begin + behind
    if holds:
        scan.kept.append((begin, end))


def _note(piece: bytes, scan: Scan, calculated: bool) -> None:
    remarks = scan.remarks
    if b't="e"' in piece:
        for found in _ERROR.finditer(piece):
            shown = found[3] or b""
            remarks.spoilt[_place(found)] = Spoilt(Fault.ERROR, shown.decode(errors="replace"))
            scan.strange_errors |= bool(shown) and shown not in _KNOWN_ERRORS
    if b"<f" in piece:
        for found in _FORMULA.finditer(piece):
            if b't="e"' not in found[3] and _uncalculated(found, calculated):
                remarks.spoilt[_place(found)] = Spoilt(Fault.FORMULA)
                if over := _OVER_SEVERAL.match(found[4] or b""):
                    first, last = _CORNER.findall(over[1])
                    scan.open_ranges.append((_at(*first), _at(*last)))
    for found in _HIDDEN_ROW.finditer(piece):
        if number := _ROW_NUMBER.search(found[0]):
            remarks.hidden_rows.add(int(number[1]))


def _spoil_ranges(scan: Scan) -> None:
    """What one formula fills has no result in any of its cells, as far as the sheet reaches."""
    remarks, fault = scan.remarks, Spoilt(Fault.FORMULA)
    for (top, left), (bottom, right) in scan.open_ranges:
        rows = range(top, min(bottom, remarks.last_row) + 1)
        columns = range(left, min(right, remarks.last_column) + 1)
        if len(remarks.spoilt) + len(rows) * len(columns) > _MOST_SPOILT:
            raise too_large("里面有一大片公式还没有算出结果。")
        for row in rows:
            for column in columns:
                remarks.spoilt.setdefault((row, column), fault)


def _note_columns(head: bytes, remarks: Remarks) -> None:
    for found in _HIDDEN_COLUMN.finditer(head):
        told = {one[1]: int(one[2]) for one in _NUMBER.finditer(found[0])}
        first, last = told.get(b"min", 1), min(told.get(b"max", 0), _MOST_HIDDEN)
        remarks.hidden_columns.update(range(first, last + 1))


def _uncalculated(found: re.Match[bytes], calculated: bool) -> bool:
    """A formula without a result; a text that came to nothing is a result."""
    result = (found[5] or b"").strip()
    if b't="str"' in found[3]:
        return found[5] is None and found[6] is None
    return not result or (not calculated and result in (b"0", b"0.0"))


def _place(found: re.Match[bytes]) -> Place:
    return _at(found[1], found[2])


def _at(letters: bytes, row: bytes) -> Place:
    return int(row), column_number(letters)


def column_number(letters: bytes) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
