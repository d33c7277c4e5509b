"""index.json: who, to whom, what was received, totals, and every payload file (§1, §7)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import msgspec

from app.exchange import kinds, names, strictjson
from app.exchange.envelope import EVERYONE, Header
from app.exchange.manifest import require_same
from app.exchange.refusal import Refused

LARGEST = 16 << 20
MOST_VALUES = 500_000
"""Values in the index: 10,000 files and the acknowledgements of every channel."""
LARGEST_RECORDS = 128 << 20
"""Bytes of one record file, twice what a writer ends one at."""
LARGEST_LINES = 1 << 30
"""Bytes of all record lines of a package."""
MOST_LINES = 1_000_000
"""Record lines of a package."""
MOST_TYPES, LONGEST_TYPE = 200, 60
"""Names on the cover, and the characters of one."""
MOST_ACKS = 10_000
MOST_NAMED = 10_000
"""Numbers or h's in one list of one acknowledgement."""
_CODE = re.compile(r"[A-Z_]{1,40}", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]{1,24}(?:\.[0-9]{1,6})?", re.ASCII)
_BOUND = ("package_id", "kind", "writer", "to", "seq", "prev")
"""The members the index repeats from the header."""


class Rejected(msgspec.Struct, frozen=True):
    """A package of the channel that was refused, and why."""

    seq: int
    code: str


class Ack(msgspec.Struct, frozen=True):
    """What was received of one channel (`writer`, `to`).

    `seq` and `tip` are the last package up to which nothing is missing (0 and
    `None` while there is none); `parked` are h's.
    """

    writer: str
    to: str
    seq: int
    tip: str | None
    missing: tuple[int, ...]
    rejected: tuple[Rejected, ...]
    parked: tuple[str, ...]


class FileFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """A payload file's plaintext; a scan also has its real name and its media type."""

    sha256: str
    length: int
    name: str | None = None
    type: str | None = None


class Cover(msgspec.Struct, frozen=True):
    """The totals on the cover: lines by record type, and sums as decimal strings."""

    records: dict[str, int]
    sums: dict[str, str]

    @property
    def lines(self) -> int:
        """How many record lines the package has."""
        return sum(self.records.values())


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """index.json as read; members this version does not know are left alone."""

    package_id: str
    kind: str
    writer: str
    to: str
    seq: int
    prev: str | None
    acks: tuple[Ack, ...]
    cover: Cover
    files: dict[str, FileFacts]


def make(header: Header, acks: Iterable[Ack], cover: Cover, files: dict[str, FileFacts]) -> bytes:
    """The bytes of index.json for this header."""
    bound = {name: getattr(header, name) for name in _BOUND}
    return msgspec.json.encode(Index(**bound, acks=tuple(acks), cover=cover, files=files))


def parse(raw: bytes, header: Header, payload: Iterable[str]) -> Index:
    """Read and judge the index.

    INDEX_INVALID for its form, INNER_OUTER_MISMATCH when it belongs to another
    header, EXTRA_MEMBER / MISSING_MEMBER when its files are not the payload,
    TOO_LARGE when it announces more record lines than any package has.
    """
    try:
        index = strictjson.decode(raw, Index, most=MOST_VALUES)
    except ValueError as error:
        raise Refused("INDEX_INVALID", str(error)) from error
    if any(getattr(index, name) != getattr(header, name) for name in _BOUND):
        raise Refused("INNER_OUTER_MISMATCH")
    require_same(index.files, set(payload) - {kinds.INDEX})
    if not _is_sound(index):
        raise Refused("INDEX_INVALID")
    _require_size(index)
    return index


def _require_size(index: Index) -> None:
    sizes = [index.files[path].length for path in kinds.record_files(index.files)]
    if max(sizes, default=0) > LARGEST_RECORDS or sum(sizes) > LARGEST_LINES:
        raise Refused("TOO_LARGE", f"{sum(sizes)} 字节")
    if index.cover.lines > MOST_LINES:
        raise Refused("TOO_LARGE", f"{index.cover.lines} 条")


def _is_sound(index: Index) -> bool:
    return (
        len(index.acks) <= MOST_ACKS
        and all(map(_ack_is_sound, index.acks))
        and max(len(index.cover.records), len(index.cover.sums)) <= MOST_TYPES
        and all(0 < len(name) <= LONGEST_TYPE for name in [*index.cover.records, *index.cover.sums])
        and all(_is_count(count) for count in index.cover.records.values())
        and all(_DECIMAL.fullmatch(total) for total in index.cover.sums.values())
        and all(_is_hex(facts.sha256) and _is_count(facts.length) for facts in index.files.values())
        and all(scan_is_sound(index.files[path]) for path in kinds.scan_files(index.files))
    )


def _ack_is_sound(ack: Ack) -> bool:
    return (
        max(map(len, (ack.missing, ack.rejected, ack.parked))) <= MOST_NAMED
        and names.WRITER.fullmatch(ack.writer) is not None
        and (ack.to == EVERYONE or names.STATION.fullmatch(ack.to) is not None)
        and _is_count(ack.seq)
        and (ack.tip is None if ack.seq == 0 else _is_hex(ack.tip or ""))
        and all(ack.seq < missing <= names.MOST for missing in ack.missing)
        and all(0 < no.seq <= names.MOST and _CODE.fullmatch(no.code) for no in ack.rejected)
        and all(map(_is_hex, ack.parked))
    )


def scan_is_sound(facts: FileFacts) -> bool:
    """Whether the name and type of a scan can stand in a list."""
    return _is_shown(facts.name) and _is_shown(facts.type)


def _is_shown(text: str | None) -> bool:
    return (
        text is not None
        and 1 <= len(text) <= 255
        and all(unicodedata.category(letter) != "Cc" for letter in text)
    )


def _is_hex(text: str) -> bool:
    return names.HEX64.fullmatch(text) is not None


def _is_count(number: int) -> bool:
    return 0 <= number <= names.MOST
