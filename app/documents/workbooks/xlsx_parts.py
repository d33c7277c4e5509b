"""The parts inside an .xlsx, taken out within bounds, whatever its directory claims."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.parsers import expat
from xml.sax.saxutils import escape

from app.documents.workbooks.source import damaged, no_sheet, too_large

PIECE = 4 << 20
_MEMBERS = 5_000
_LARGEST_PART = 400 << 20
_LARGEST_SMALL = 32 << 20
_LARGEST_PLAIN = 16 << 20
"""What has to be written anew by Python before it can be read; offices' files need it never."""
_LOCAL = struct.Struct("<4s5H3I2H")
_COUNTED = re.compile(rb"<(?:\w+:)?(?:sst|fonts|fills|borders|cellXfs|numFmts)\b[^>]*>")
_COUNTS = re.compile(rb'\b(?:uniqueCount|count)\s*=\s*["\']\s*([0-9]+)')
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_FIRST = "_rels/.rels"
_USUAL = {"styles": "styles.xml", "sharedStrings": "sharedstrings.xml"}
_COMMON = frozenset(_USUAL)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it: its title, whether it is hidden, and its part."""

    title: str
    hidden: bool
    part: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Which parts a workbook has: its own, its sheets, and styles and sharedStrings by kind.

    `roundabout` when one of them is told by a path with ..
    """

    main: str
    sheets: tuple[SheetPart, ...]
    common: Mapping[str, str]
    roundabout: bool = False

    @property
    def usual(self) -> bool:
        """Whether a reader that asks for parts by name finds them."""
        if self.roundabout or self.main != "xl/workbook.xml":
            return False
        return all(part == f"xl/{_USUAL[kind]}" for kind, part in self.common.items())


class Parts:
    """The members of the archive by name; raises `UserError` WORKBOOK_…"""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._roundabout = False
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = archive.infolist()
        except (
            zipfile.BadZipFile,
            OSError,
            ValueError,
            NotImplementedError,
            struct.error,
        ) as error:
            raise damaged() from error
        if len(members) > _MEMBERS:
            raise too_large("里面的部件太多。")
        self._members = {_plain_name(one.filename): one for one in members}
        if len(self._members) != len(members):
            raise damaged()
        if any(one.flag_bits & 1 for one in members):
            raise damaged("里面的内容加了密。")

    def __contains__(self, name: str) -> bool:
        return _plain_name(name) in self._members

    def pieces(self, name: str, largest: int = _LARGEST_PART) -> Iterator[bytes]:
        """The bytes of a member, some megabytes at a time."""
        member = self._members.get(_plain_name(name))
        if member is None:
            raise damaged()
        held = 0
        for piece in _inflated(self._data, member):
            held += len(piece)
            if held > largest or held > member.file_size:
                raise too_large() if held > largest else damaged()
            yield piece
        if held != member.file_size:
            raise damaged()

    def whole(self, name: str) -> bytes:
        """The bytes of a small member."""
        return b"".join(self.pieces(name, _LARGEST_SMALL))

    def workbook(self) -> Layout:
        """Where the workbook, its sheets in order and what belongs to all of them lie."""
        main = self._main()
        folder, _, file = main.rpartition("/")
        related = self._related(f"{folder}/_rels/{file}.rels".lstrip("/"), folder)
        sheets = []
        for element in _tree(self.whole(main)).iter():
            if _local(element.tag) == "sheet":
                told = {_local(key): value for key, value in element.attrib.items()}
                hidden = told.get("state", "visible") != "visible"
                kind, part = related.get(told.get("id", ""), ("", ""))
                if kind == "worksheet":
                    sheets.append(SheetPart(told.get("name", ""), hidden, part))
        common = {kind: part for kind, part in related.values() if kind in _COMMON}
        return Layout(main, tuple(sheets), common, roundabout=self._roundabout)

    def _main(self) -> str:
        found = {}
        if _FIRST in self._members:
            found = dict(self._related(_FIRST, "").values())
        name = found.get("officeDocument", "xl/workbook.xml")
        if name not in self._members or not name.endswith(".xml") or "word" in name:
            raise no_sheet()
        return name

    def _related(self, name: str, folder: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: kind and name of each, by the id it is referred to by."""
        found = {}
        for element in _tree(self.whole(name)).iter():
            if _local(element.tag) == "Relationship":
                kind = element.get("Type", "").rpartition("/")[2]
                given = element.get("Target", "")
                target = given.replace("\\", "/")
                self._roundabout = self._roundabout or "./" in target or target != given
                path = target if target.startswith("/") else f"{folder}/{target}"
                found[element.get("Id", "")] = kind, _plain_name(posixpath.normpath(path))
        return found


def is_plain(start: bytes) -> bool:
    """Whether XML can be read as it is: UTF-8 without any declaration of its own entities."""
    head = start[: 1 << 16]
    return not head.startswith(_UTF16) and b"<!DOCTYPE" not in head and b"<!ENTITY" not in head


def counts_hold(start: bytes, size: int) -> bool:
    """Whether the counts a part begins with can be true: a reader takes room for them."""
    tags = _COUNTED.findall(start)
    return all(int(found) <= size for tag in tags for found in _COUNTS.findall(tag))


def written_anew(pieces: Iterable[bytes]) -> bytes:
    """The same XML as plainly as can be: UTF-8, no prefixes, every cell with its address.

    Raises `UserError` WORKBOOK_DAMAGED for what is no XML or declares entities.
    """
    writer = _Rewriter()
    try:
        for piece in pieces:
            writer.feed(piece)
            if len(writer.out) > _LARGEST_PLAIN:
                raise too_large()
        writer.end()
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise damaged() from error
    return bytes(writer.out)


class _Rewriter:
    """Writes elements and text again as they are parsed."""

    def __init__(self) -> None:
        self.out = bytearray(b'<?xml version="1.0" encoding="UTF-8"?>')
        self._row, self._column = 0, 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    def feed(self, piece: bytes) -> None:
        self._parser.Parse(piece, False)

    def end(self) -> None:
        self._parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        plain = {key: value for key, value in attributes.items() if not key.startswith("xmlns")}
        if tag == "row":
            self._row = int(plain.get("r") or self._row + 1)
            self._column = 0
            plain["r"] = str(self._row)
        elif tag == "c":
            plain = {"r": self._address(plain.pop("r", ""))} | plain
        told = "".join(f' {key}="{_quoted(value)}"' for key, value in plain.items())
        self.out += f"<{tag}{told}>".encode()

    def _address(self, given: str) -> str:
        letters = given.rstrip("0123456789").upper()
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - 64
        self._column = number or self._column + 1
        return given.upper() or f"{_letters(self._column)}{self._row}"

    def _end(self, name: str) -> None:
        self.out += f"</{_local(name)}>".encode()

    def _text(self, text: str) -> None:
        self.out += escape(text).encode()


def _refuse_doctype(*_: object) -> None:
    raise damaged()


def _quoted(value: str) -> str:
    return escape(value, {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def _letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _tree(data: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise damaged()
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise damaged() from error


def _inflated(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What the reader will see: all that is packed, not only what the directory claims."""
    try:
        fields = _LOCAL.unpack_from(data, member.header_offset)
    except struct.error as error:
        raise damaged() from error
    begin = member.header_offset + _LOCAL.size + fields[-2] + fields[-1]
    packed = memoryview(data)[begin : begin + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + PIECE]) for at in range(0, len(packed), PIECE))
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        yield from _deflated(packed)
    else:
        raise damaged()


def _deflated(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-15)
    try:
        for at in range(0, len(packed), PIECE):
            rest: bytes | memoryview = packed[at : at + PIECE]
            while rest:
                yield inflater.decompress(rest, PIECE)
                rest = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise damaged() from error
    if not inflater.eof:
        raise damaged()
