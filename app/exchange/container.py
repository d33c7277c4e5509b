"""The ZIP around a package, read without zipfile (package format §7, ZIP).

Reading is tolerant on purpose: what is wrong is named by the first check that
fails, and only `require_canonical` insists on the one valid byte string.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import IO, NamedTuple

from app.exchange.files import CHUNK
from app.exchange.refusal import Refused

MOST_MEMBERS = 10_000
LARGEST_FILE = 500_000_000
LARGEST = (4 << 30) - 1
"""Bytes of a ZIP without 64-bit fields."""

_LOCAL = struct.Struct("<4s5H3L2H")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DATE = 0x0021
_LARGEST_DIRECTORY = 4 << 20
"""Bytes that a directory of `MOST_MEMBERS` names of the longest kind can have, and some more."""
_LINK, _TYPE = 0o120000, 0o170000


class Entry(NamedTuple):
    """One member as the directory describes it; `start` is where its data begin."""

    name: str
    method: int
    size: int
    offset: int
    start: int
    is_link: bool


@dataclass(frozen=True, slots=True)
class Container:
    """An open ZIP file: its entries in directory order, where the directory begins, its size."""

    file: IO[bytes]
    entries: Sequence[Entry]
    directory: int
    size: int

    def chunks(self, entry: Entry) -> Iterator[bytes]:
        """The member's bytes as stored, a piece at a time; PKG_CORRUPT when they end early."""
        left = entry.size
        at = entry.start
        while left:
            self.file.seek(at)
            piece = self.file.read(min(left, CHUNK))
            if not piece:
                raise Refused("PKG_CORRUPT", entry.name)
            at += len(piece)
            left -= len(piece)
            yield piece

    def read(self, entry: Entry) -> bytes:
        """The whole member; for small members only."""
        return b"".join(self.chunks(entry))


def read_container(file: IO[bytes]) -> Container:
    """Read the directory; PKG_CORRUPT when there is none, TOO_LARGE past 10,000 members.

    How many there are is taken from the end record before any is read, and counted
    again while they are.
    """
    size = file.seek(0, 2)
    if size > LARGEST:
        raise Refused("TOO_LARGE", f"{size} 字节")
    end = _find_end(file, size)
    told, length, offset = end[4], end[5], end[6]
    if told > MOST_MEMBERS or length > _LARGEST_DIRECTORY:
        raise Refused("TOO_LARGE", f"{told} 个文件")
    directory = end[-1] - length
    shift = directory - offset
    if shift < 0:
        raise Refused("PKG_CORRUPT")
    file.seek(directory)
    raw = list(_entries(file.read(length)))
    entries = [_locate(file, entry._replace(offset=entry.offset + shift), size) for entry in raw]
    return Container(file, entries, directory, size)


def _find_end(file: IO[bytes], size: int) -> tuple[int, ...]:
    """The end record's fields and its position, the last one a reader would find."""
    tail = min(size, _END.size + 0xFFFF)
    file.seek(size - tail)
    data = file.read(tail)
    at = data.rfind(b"PK\5\6")
    if at < 0 or at + _END.size > len(data):
        raise Refused("PKG_CORRUPT")
    return (*_END.unpack_from(data, at), size - tail + at)


def _entries(data: bytes) -> Iterator[Entry]:
    at = 0
    for number in count():
        if at == len(data):
            return
        if number == MOST_MEMBERS:
            raise Refused("TOO_LARGE", f"{number + 1} 个文件")
        if at + _ENTRY.size > len(data):
            raise Refused("PKG_CORRUPT")
        fields = _ENTRY.unpack_from(data, at)
        name, extra, comment = fields[10:13]
        raw = data[at + _ENTRY.size : at + _ENTRY.size + name]
        at += _ENTRY.size + name + extra + comment
        if fields[0] != b"PK\1\2" or at > len(data):
            raise Refused("PKG_CORRUPT")
        is_link = fields[15] >> 16 & _TYPE == _LINK
        yield Entry(raw.decode("latin-1"), fields[4], fields[8], fields[16], 0, is_link)


def _locate(file: IO[bytes], entry: Entry, size: int) -> Entry:
    file.seek(min(entry.offset, size))
    local = file.read(_LOCAL.size)
    if len(local) < _LOCAL.size or local[:4] != b"PK\3\4":
        raise Refused("PKG_CORRUPT")
    name, extra = _LOCAL.unpack(local)[-2:]
    start = entry.offset + _LOCAL.size + name + extra
    if start + entry.size > size:
        raise Refused("PKG_CORRUPT")
    return entry._replace(start=start)


def require_stored(container: Container) -> None:
    """Refuse a compressed member (ZIP_METHOD)."""
    for entry in container.entries:
        if entry.method != 0:
            raise Refused("ZIP_METHOD", entry.name)


def require_apart(container: Container) -> None:
    """Refuse members that share bytes with each other or with the directory (ZIP_OVERLAP)."""
    before = 0
    for entry in sorted(container.entries, key=lambda entry: entry.offset):
        if entry.offset < before:
            raise Refused("ZIP_OVERLAP", entry.name)
        before = entry.start + entry.size
    if before > container.directory:
        raise Refused("ZIP_OVERLAP")


class Member(NamedTuple):
    """What the canonical ZIP says about one member."""

    name: str
    size: int
    crc: int


def in_order(names: Iterable[str]) -> list[str]:
    """Header first, the rest by byte order of the full name."""
    return sorted(names, key=lambda name: (name.partition("/")[2] != "header.json", name))


def local_header(member: Member) -> bytes:
    """The bytes before a member's data."""
    name = member.name.encode("ascii")
    return (
        _LOCAL.pack(
            b"PK\3\4", 20, 0, 0, 0, _DATE, member.crc, member.size, member.size, len(name), 0
        )
        + name
    )


def directory(members: Sequence[Member]) -> bytes:
    """The directory and end record after the members, given in their order from offset 0."""
    pieces = []
    at = 0
    for member in members:
        name = member.name.encode("ascii")
        sizes = (member.crc, member.size, member.size, len(name))
        pieces.append(
            _ENTRY.pack(b"PK\1\2", 20, 20, 0, 0, 0, _DATE, *sizes, 0, 0, 0, 0, 0, at) + name
        )
        at += _LOCAL.size + len(name) + member.size
    whole = b"".join(pieces)
    count = len(members)
    return whole + _END.pack(b"PK\5\6", 0, 0, count, count, len(whole), at, 0)


def require_canonical(container: Container, crcs: dict[str, int]) -> None:
    """Regenerate headers and directory and compare every byte; else ZIP_NOT_CANONICAL.

    `crcs` are computed from the data by the caller, never taken from the file.
    """
    by_name = {entry.name: entry for entry in container.entries}
    members = [Member(name, by_name[name].size, crcs[name]) for name in in_order(by_name)]
    at = 0
    for member in members:
        header = local_header(member)
        if by_name[member.name].start != at + len(header):
            raise Refused("ZIP_NOT_CANONICAL", member.name)
        _require_bytes(container.file, at, header)
        at += len(header) + member.size
    tail = directory(members)
    if container.size != at + len(tail):
        raise Refused("ZIP_NOT_CANONICAL")
    _require_bytes(container.file, at, tail)


def _require_bytes(file: IO[bytes], at: int, expected: bytes) -> None:
    file.seek(at)
    if file.read(len(expected)) != expected:
        raise Refused("ZIP_NOT_CANONICAL")
