"""The streams of an old .doc: the OLE file around it, its header, and where everything lies.

Formats: [MS-CFB] 2.2 (header), [MS-DOC] 2.5 (File Information Block).
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

import olefile

from app.documents.wordforms.bounds import CHARACTERS, damaged, encrypted, not_word, too_big

BROKEN = (
    OSError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    EOFError,
    struct.error,
)
"""What the library and the unpacking of bytes raise for files that are not whole."""

_SECTORS = {9: 512, 12: 4096}
_WORD_97, _OLD_WORD = 0xA5EC, 0xA5DC
_FIRST_UNICODE = 0x00C1
_ENCRYPTED, _OTHER_TABLE = 0x0100, 0x0200
_PAIRS_AT = 0x9A
_STYLES, _CHPX, _PAPX, _CLX = 1, 12, 13, 33
_COUNTS_AT = 0x4C
_STORIES = ("main", "notes", "heads", "macros", "remarks", "endnotes", "boxes", "head_boxes")
_SLACK = 16
_IN_WPS = "请在 WPS 中打开它，另存为 .docx，再导入。"


@dataclass(frozen=True, slots=True)
class DocStreams:
    """A .doc taken apart: the streams, the parts of the table stream, the stories by name.

    A story is the first and the last position of its characters.
    """

    main: bytes
    data: bytes
    chpx: bytes
    papx: bytes
    clx: bytes
    styles: bytes
    stories: dict[str, tuple[int, int]]


def streams_of(data: bytes) -> DocStreams:
    """Take a .doc apart; raises `UserError` NOT_WORD, DAMAGED, ENCRYPTED, TOO_BIG."""
    _require_sound(data)
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return _of_ole(ole)
    except BROKEN as error:
        raise damaged() from error


def _require_sound(data: bytes) -> None:
    """The header claims no more tables of sectors than the file has room for."""
    if len(data) < 512:
        raise damaged()
    size = _SECTORS.get(struct.unpack_from("<H", data, 0x1E)[0])
    if size is None:
        raise damaged()
    sectors = len(data) // size + 1
    tables, _, _, _, _, small, _, more = struct.unpack_from("<8I", data, 0x2C)
    if tables > sectors // (size // 4) + _SLACK or small > sectors or more > _SLACK * 4:
        raise damaged()


def _of_ole(ole: olefile.OleFileIO) -> DocStreams:
    names = {"/".join(path).lower(): path for path in ole.listdir(streams=True, storages=False)}
    if "encryptedpackage" in names:
        raise encrypted()
    if "worddocument" not in names:
        if "workbook" in names or "book" in names:
            raise not_word("这是 Excel 表格。", "请在“走访登记”里按 Ctrl+I，从 Excel 导入。")
        raise not_word("这个文件里没有 Word 的正文。", _IN_WPS)
    main = ole.openstream(names["worddocument"]).read()
    flags = _require_word(main)
    if flags & _ENCRYPTED:
        raise encrypted()
    table_name = "1table" if flags & _OTHER_TABLE else "0table"
    if table_name not in names:
        raise damaged("里面缺了一部分。")
    table = ole.openstream(names[table_name]).read()
    data = ole.openstream(names["data"]).read() if "data" in names else b""
    numbers = (_CHPX, _PAPX, _CLX, _STYLES)
    chpx, papx, clx, styles = (_part(main, table, number) for number in numbers)
    return DocStreams(main, data, chpx, papx, clx, styles, _stories(main))


def _require_word(main: bytes) -> int:
    """The flags of the header; raises for what is no Word 97 and later."""
    kind, version = struct.unpack_from("<HH", main, 0)
    if kind == _OLD_WORD or (kind == _WORD_97 and version < _FIRST_UNICODE):
        raise not_word("这是很早的 Word（6.0/95）文件。", _IN_WPS)
    if kind != _WORD_97:
        raise not_word("这个文件里没有 Word 的正文。", _IN_WPS)
    return int(struct.unpack_from("<H", main, 0x0A)[0])


def _part(main: bytes, table: bytes, number: int) -> bytes:
    begin, size = struct.unpack_from("<II", main, _PAIRS_AT + 8 * number)
    if begin + size > len(table):
        raise damaged("里面缺了一部分。")
    return table[begin : begin + size]


def _stories(main: bytes) -> dict[str, tuple[int, int]]:
    counts = struct.unpack_from("<8i", main, _COUNTS_AT)
    if min(counts) < 0:
        raise damaged()
    if sum(counts) > CHARACTERS:
        raise too_big()
    found, at = {}, 0
    for name, count in zip(_STORIES, counts, strict=True):
        found[name] = at, at + count
        at += count
    return found
