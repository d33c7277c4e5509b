"""Record lines: the exact form, the hash, the envelope of a revision (package format §7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple, Protocol

import msgspec

from app.domain.kernel.fields import value_of
from app.domain.kernel.readable import readable
from app.domain.merging.revision import MOST_PARENTS, Line, Revision, read
from app.domain.merging.written import Written, by_type, read_typed
from app.domain.records import Record
from app.exchange import names, strictjson
from app.exchange.header import are_times, is_time
from app.exchange.kinds import CARRIES
from app.exchange.refusal import Parked, Refused
from app.exchange.totals import Totals, of_body

LONGEST_LINE = 1 << 20
DEEPEST = 32
MOST_PARKED = 100_000
"""Lines of one package that are set aside; past them the package is the fault."""
LONGEST_OPERATOR = 100
_PARENTS_A_LINE, _PARENTS_SPARE = 4, 1000
"""A change names one parent, and a join its heads, each of which is a line of its own."""

Validate = Callable[[str, int, dict[str, Any]], str | None]
"""(type, schema, body) → None, or the sentence that says what is wrong with the body."""

_OPEN, _MIDDLE, _CLOSE = b'{"h":"', b'","r":', b"}"
_RAW = len(_OPEN) + 64 + len(_MIDDLE)
LONGEST_RAW = LONGEST_LINE - _RAW - len(_CLOSE)
"""Bytes of the longest revision a line can hold."""
_FORM = "记录的格式不对"
_HASH = "记录的内容与它的校验值不一致"
_encode_lines = msgspec.json.Encoder().encode_lines
_decode_lines = msgspec.json.Decoder(readable(Revision)).decode_lines


Spoken = Revision | Written[Record]
"""A revision that was read, most of them with their body as a record already."""


class Good(NamedTuple):
    """A record line that may be merged: its place, its name h, its raw bytes, the revision."""

    where: str
    h: str
    raw: bytes
    revision: Spoken


def join(lines: Iterable[tuple[str, bytes]]) -> bytes:
    """Record lines from (h, raw bytes), each with its LF."""
    return _encode_lines([Line(h, msgspec.Raw(raw)) for h, raw in lines])


def split(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Cut a stream into lines without their LF, a batch per piece; LINE_TOO_LONG.

    What stands after the last LF comes as a last batch of one line that still
    has no LF: `LineReader` parks it.
    """
    rest = b""
    for piece in _of_few_lines(pieces):
        lines = (rest + piece).split(b"\n")
        rest = lines.pop()
        if len(rest) > LONGEST_LINE or any(len(text) > LONGEST_LINE for text in lines):
            raise Refused("LINE_TOO_LONG")
        yield lines
    if rest:
        yield [rest + _UNENDED]


_BATCH = 5000
"""Lines judged together: a megabyte of blank ones must not become a million objects at once."""


def _of_few_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        size = len(piece) if piece.count(b"\n") <= _BATCH else _BATCH
        yield from (piece[at : at + size] for at in range(0, len(piece), size or 1))


_ID = 36
_IDS = re.compile(f"(?:{names.UUID7.pattern})*", re.ASCII)

_LONG = re.compile(rb"[0-9]{309}")
"""A number that may be beyond the range of a double."""

_UNENDED = b"\0"
"""Never part of JSON: marks the line that the file forgot to end."""


class _Read(NamedTuple):
    """What a line says, before it is judged; without a revision it could not be read."""

    h: str | None
    raw: bytes
    revision: Spoken | None
    fault: str | None


class Sender(Protocol):
    """What of a header its lines are judged by."""

    @property
    def kind(self) -> str: ...
    @property
    def writer(self) -> str: ...


class LineReader:
    """Judges the lines of one package, so many by its cover, and counts them for it."""

    def __init__(self, header: Sender, most: int, validate: Validate | None = None) -> None:
        self.totals = Totals()
        self._lines_left = most
        self._parked_left = MOST_PARKED
        self._parents_left = _PARENTS_SPARE + _PARENTS_A_LINE * most
        self._validate = validate
        self._types = CARRIES[header.kind].types
        self._writer = header.writer
        self._restores = header.kind == "restore"

    def _parked(self, where: str, line: _Read, code: str, reason: str) -> Parked:
        self._parked_left -= 1
        if self._parked_left < 0:
            raise Refused("LINES_INVALID", f"超过 {MOST_PARKED} 条")
        whole = line.h == sha256(line.raw).hexdigest()
        return Parked(where, line.h, code, reason, line.raw if whole else None)

    def judge_all(self, batch: Sequence[bytes]) -> Iterator[Good | Parked]:
        """The next lines of the package, numbered from 1 on.

        COVER_MISMATCH as soon as there are more than the cover says, HISTORY_INVALID
        when they name more parents than any office's changes and joins have,
        LINES_INVALID when more are set aside than are worth keeping.
        """
        first = self.totals.lines + 1
        self._lines_left -= len(batch)
        if self._lines_left < 0:
            raise Refused("COVER_MISMATCH")
        found = _read_all(batch)
        self._parents_left -= sum(len(one.revision.parents) for one in found if one.revision)
        if self._parents_left < 0:
            raise Refused("HISTORY_INVALID")
        read_ones = [(one.h or "", one.revision) for one in found if one.revision is not None]
        self.totals.add(read_ones, _member)
        self.totals.add_unread(len(found) - len(read_ones))
        if self._validate is None and self._are_usual([one.revision for one in found]):
            yield from [
                Good(f"第 {number} 条", one.h or "", one.raw, revision)
                for number, one in enumerate(found, first)
                if (revision := one.revision) is not None
            ]
            return
        for number, one in enumerate(found, first):
            yield self._judge(f"第 {number} 条", one)

    def _are_usual(self, revisions: Sequence[Spoken | None]) -> bool:
        """Whether all were read whole and nothing is wrong with any, asked of all at once."""
        usual = [one for one in revisions if type(one) is Written]
        return (
            len(usual) == len(revisions)
            and {one.writer for one in usual} <= {self._writer}
            and {one.type for one in usual} <= self._types
            and all(1 <= schema <= names.MOST for schema in {one.schema for one in usual})
            and all(1 <= len(by) <= LONGEST_OPERATOR for by in {one.by for one in usual})
            and all(len(one.parents) <= MOST_PARENTS for one in usual)
            and all(_are_parents(one.parents) for one in usual if one.parents)
            and _IDS.fullmatch("".join([one.id for one in usual])) is not None
            and all(len(one.id) == _ID for one in usual)
            and are_times([one.at for one in usual])
        )

    def _judge(self, where: str, line: _Read) -> Good | Parked:
        h, raw, revision, fault = line
        if revision is not None:
            fault = fault or self._fault(revision)
        if fault or h is None or revision is None:
            return self._parked(where, line, "RECORD_INVALID", fault or _FORM)
        if revision.writer != self._writer and not self._restores:
            told = f"记录由 {revision.writer[:40]} 填写"
            return self._parked(where, line, "REV_FORBIDDEN", told)
        return Good(where, h, raw, revision)

    def _fault(self, revision: Spoken) -> str | None:
        fault = _envelope_fault(revision)
        # The signer's own name has been judged with the header.
        if revision.writer != self._writer and not names.WRITER.fullmatch(revision.writer):
            fault = fault or "记录没有写明填写的电脑"
        if fault is None and revision.type not in self._types:
            fault = f"这一类文件不带这种记录（{revision.type[:40]}）"
        if fault is None and self._validate is not None:
            fault = self._validate(revision.type, revision.schema, revision.body)
        return fault


def judge_again(header: Sender, lines: Iterable[tuple[str, bytes]]) -> Iterator[Good | Parked]:
    """What becomes now of lines (h, raw) that were set aside whole; raises as `judge_all`."""
    for batch in _lots(lines):
        reader = LineReader(header, len(batch))
        yield from reader.judge_all(join(batch).split(b"\n")[:-1])


def _lots(lines: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    rest = iter(lines)
    while batch := list(islice(rest, _TOGETHER)):
        yield batch


_TOGETHER = 200
"""Lines that are judged again together; each may have a megabyte."""


def _member(revision: Spoken, name: str) -> Any:
    if isinstance(revision, Written):
        return value_of(revision.record, name)
    return of_body(revision, name)


def _read_all(batch: Sequence[bytes]) -> list[_Read]:
    """Read lines that are as this program writes them together, type by type, others singly."""
    raws = [text[_RAW:-1] for text in batch]
    hs = [sha256(raw).hexdigest() for raw in raws]
    if join(zip(hs, raws, strict=True)) != b"\n".join([*batch, b""]):
        return list(map(_read_one, batch))
    found: dict[int, _Read] = {}
    for type_name, places in by_type(raws).items():
        revisions = _read_group(type_name, [raws[n] for n in places])
        for n, one in zip(places, revisions or (), strict=bool(revisions)):
            found[n] = _Read(hs[n], raws[n], one, None)
    return [found.get(n) or _read_one(text) for n, text in enumerate(batch)]


def _read_group(type_name: str, raws: Sequence[bytes]) -> Sequence[Spoken] | None:
    """Read revisions that are all as this program writes them; `None` when one is not.

    Revisions whose encoding gives their bytes again have no member twice and
    nothing unknown; digests that give the lines again prove form and hash.
    """
    typed = read_typed(type_name, raws)
    if typed is not None and not any(one.record.extra for one in typed):
        # The fields of a type bound how deep a body is; only what campaigns add does not.
        return typed
    if any(raw.count(b"{") + raw.count(b"[") > DEEPEST or _LONG.search(raw) for raw in raws):
        return None
    joined = b"\n".join([*raws, b""])
    try:
        plain = _decode_lines(joined)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return plain if _encode_lines(plain) == joined else None


def _read_one(text: bytes) -> _Read:
    """Read one line whatever its spelling, saying what is wrong with it."""
    claimed, raw = text[6:70].decode("latin-1"), text[_RAW:-1]
    framed = text[:6] == _OPEN and text[70:_RAW] == _MIDDLE and text[-1:] == _CLOSE
    h = claimed if framed and names.HEX64.fullmatch(claimed) else None
    try:
        revision = _revision(raw)
    except ValueError as error:
        return _Read(h, raw, None, f"{_FORM}（{error}）")
    if h is None:
        return _Read(None, raw, None, _FORM)
    return _Read(h, raw, revision, None if sha256(raw).hexdigest() == h else _HASH)


def _revision(raw: bytes) -> Revision:
    """Decode strictly; raises `ValueError`."""
    if raw[:1] != b"{" or raw[-1:] != b"}":
        raise ValueError("not an object")
    try:
        revision = read(raw)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)[:200]) from error
    strictjson.parse(raw, DEEPEST, most=LONGEST_LINE)
    return revision


def _envelope_fault(revision: Spoken) -> str | None:
    if not names.UUID7.fullmatch(revision.id):
        return "记录的标识不对"
    if not 1 <= revision.schema <= names.MOST:
        return "记录的版式号不对"
    if len(revision.parents) > MOST_PARENTS:
        return f"记录的前一版本超过 {MOST_PARENTS} 个"
    if revision.parents and not _are_parents(revision.parents):
        return "记录的前一版本写法不对"
    if not is_time(revision.at):
        return "记录的时间写法不对"
    return None if 1 <= len(revision.by) <= LONGEST_OPERATOR else "记录没有写明经办人"


def _are_parents(parents: tuple[str, ...]) -> bool:
    sorted_once = list(parents) == sorted(set(parents))
    return sorted_once and all(map(names.HEX64.fullmatch, parents))
