"""Record lines: the exact form, the hash, the envelope of a revision (package format §7)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from app.domain.revision import Revision, read
from app.exchange import names, strictjson
from app.exchange.header import Header, is_time
from app.exchange.kinds import CARRIES
from app.exchange.refusal import Parked, Refused
from app.exchange.totals import Totals

LONGEST_LINE = 1 << 20
DEEPEST = 32

Validate = Callable[[str, int, dict[str, Any]], str | None]
"""(type, schema, body) → None, or the sentence that says what is wrong with the body."""

_OPEN, _MIDDLE, _CLOSE = b'{"h":"', b'","r":', b"}"
_RAW = len(_OPEN) + 64 + len(_MIDDLE)
_FORM = "记录的格式不对"
_HASH = "记录的内容与它的校验值不一致"
_encode = msgspec.json.Encoder().encode


class Good(NamedTuple):
    """A record line that may be merged: its place, its name h, its raw bytes, the revision."""

    where: str
    h: str
    raw: bytes
    revision: Revision


def line(h: str, raw: bytes) -> bytes:
    """One record line with its LF."""
    return b"%b%b%b%b}\n" % (_OPEN, h.encode("ascii"), _MIDDLE, raw)


def split(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Cut a stream into lines without their LF, a batch per piece; LINE_TOO_LONG.

    What stands after the last LF comes as a last batch of one line that still
    has no LF: `LineReader` parks it.
    """
    rest = b""
    for piece in pieces:
        lines = (rest + piece).split(b"\n")
        rest = lines.pop()
        if len(rest) > LONGEST_LINE or any(len(text) > LONGEST_LINE for text in lines):
            raise Refused("LINE_TOO_LONG")
        yield lines
    if rest:
        yield [rest + _UNENDED]


_UNENDED = b"\0"
"""Never part of JSON: marks the line that the file forgot to end."""


class LineReader:
    """Judges the lines of one package and counts them for its cover."""

    def __init__(self, header: Header, validate: Validate | None = None) -> None:
        self.totals = Totals()
        self._validate = validate
        self._types = CARRIES[header.kind].types
        self._writer = None if header.kind == "restore" else header.writer

    def judge_all(self, batch: Iterable[bytes]) -> Iterator[Good | Parked]:
        """The next lines of the package, numbered from 1 on."""
        for text in batch:
            yield self.judge(f"第 {self.totals.lines + 1} 条", text)

    def judge(self, where: str, text: bytes) -> Good | Parked:
        """One line: good, or parked with its reason."""
        h, raw = text[6:70].decode("latin-1"), text[_RAW:-1]
        try:
            revision = _revision(raw)
        except ValueError as error:
            self.totals.add_unread()
            return Parked(where, _named(text, h), "RECORD_INVALID", f"{_FORM}（{error}）")
        self.totals.add(h, revision.type, revision.parents, revision.body)
        fault = self._fault(text, h, raw, revision)
        return Parked(where, _named(text, h), *fault) if fault else Good(where, h, raw, revision)

    def _fault(self, text: bytes, h: str, raw: bytes, revision: Revision) -> tuple[str, str] | None:
        if text[:6] != _OPEN or text[70:_RAW] != _MIDDLE or text[-1:] != _CLOSE:
            return "RECORD_INVALID", _FORM
        if hashlib.sha256(raw).hexdigest() != h:
            return "RECORD_INVALID", _HASH
        wrong = _envelope_fault(revision)
        if wrong is None and revision.type not in self._types:
            wrong = f"这一类文件不带这种记录（{revision.type[:40]}）"
        if wrong is None and self._validate is not None:
            wrong = self._validate(revision.type, revision.schema, revision.body)
        if wrong is not None:
            return "RECORD_INVALID", wrong
        if self._writer is not None and revision.writer != self._writer:
            return "REV_FORBIDDEN", f"记录由 {revision.writer} 填写"
        return None


def _named(text: bytes, h: str) -> str | None:
    """The h a parked line claims, when it claims one."""
    return h if text[:6] == _OPEN and names.HEX64.fullmatch(h) else None


def _revision(raw: bytes) -> Revision:
    """Decode strictly; raises `ValueError`.

    Bytes that come out again unchanged have no member twice and nothing
    unknown; only other spellings, and deep ones, take the slow way.
    """
    if raw[:1] != b"{" or raw[-1:] != b"}":
        raise ValueError("not an object")
    try:
        revision = read(raw)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)[:200]) from error
    if raw.count(b"{") + raw.count(b"[") > DEEPEST or _encode(revision) != raw:
        strictjson.parse(raw, DEEPEST)
    return revision


def _envelope_fault(revision: Revision) -> str | None:
    if not names.UUID7.fullmatch(revision.id):
        return "记录的标识不对"
    if not 1 <= revision.schema <= names.MOST:
        return "记录的版式号不对"
    if revision.parents and not _are_parents(revision.parents):
        return "记录的前一版本写法不对"
    if not is_time(revision.at):
        return "记录的时间写法不对"
    if not revision.by or not names.WRITER.fullmatch(revision.writer):
        return "记录没有写明填写人"
    return None


def _are_parents(parents: tuple[str, ...]) -> bool:
    return list(parents) == sorted(set(parents)) and all(map(names.HEX64.fullmatch, parents))
