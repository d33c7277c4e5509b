"""header.json: what a package says of itself without a key (package format §1, §7)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from app.domain.merging.ownership import station_of
from app.exchange import names, strictjson
from app.exchange.envelope import EVERYONE, FORMAT, SUITE, Envelope, Header, Payload
from app.exchange.refusal import Refused

MOST_RECIPIENTS = 128
"""Keys a package is sealed to: the PCs of one path of offices."""
MOST_RECIPIENTS_OF_ALL = 1000
"""Keys a reference package is sealed to: the PCs of every office."""

_SECOND = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"
_OFFSET = r"(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)"
_CREATED = re.compile(_SECOND + _OFFSET, re.ASCII)
_AT = re.compile(_SECOND + r"(?:\.\d+)?" + _OFFSET, re.ASCII)
_OXUM = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)", re.ASCII)


def make(
    envelope: Envelope, package_id: str, recipients: Sequence[str], payload: Payload
) -> Header:
    """Build the header of a package; `recipients` are key ids in encryption order."""
    return Header(
        format=FORMAT,
        crit=[],
        suite=SUITE,
        package_id=package_id,
        kind=envelope.kind,
        station=envelope.station,
        writer=envelope.writer,
        to=envelope.to,
        seq=envelope.seq,
        prev=envelope.prev,
        part=envelope.part,
        created=envelope.created,
        recipients=list(recipients),
        trust_version=envelope.trust_version,
        payload_oxum=str(payload),
    )


def encode(header: Header) -> bytes:
    """The bytes of header.json."""
    return msgspec.json.encode(header)


def peek(raw: bytes) -> dict[str, Any]:
    """The members as they stand, for the checks that come before the signature.

    Bytes that are no JSON object give nothing: they are judged once it is known
    whether they are the bytes that were signed.
    """
    try:
        members = strictjson.parse(raw)
    except ValueError:
        return {}
    return members if isinstance(members, dict) else {}


def require_version(members: dict[str, Any]) -> None:
    """Refuse a newer format or a critical feature not known here (VERSION_TOO_NEW)."""
    version, crit = members.get("format"), members.get("crit")
    if isinstance(version, int) and version > FORMAT:
        raise Refused("VERSION_TOO_NEW", f"格式 {version}")
    if isinstance(crit, list) and crit and all(isinstance(name, str) for name in crit):
        raise Refused("VERSION_TOO_NEW", "、".join(crit)[:200])


def require_suite(members: dict[str, Any], allowed: Sequence[str]) -> None:
    """Refuse a suite the trust document does not list, or this program does not have."""
    suite = members.get("suite", SUITE)
    if not isinstance(suite, str):
        return
    if suite not in allowed:
        raise Refused("SUITE_NOT_ALLOWED", suite[:100])
    if suite != SUITE:
        raise Refused("VERSION_TOO_NEW", suite[:100])


def parse(raw: bytes, root: str) -> Header:
    """Read and judge header.json; HEADER_INVALID, or ROOT when the folder is not package_id."""
    try:
        header = strictjson.decode(raw, Header)
    except ValueError as error:
        raise Refused("HEADER_INVALID", str(error)) from error
    if header.package_id != root:
        raise Refused("ROOT", root)
    wrong = next((name for name, ok in _rules(header, raw) if not ok), None)
    if wrong:
        raise Refused("HEADER_INVALID", wrong)
    return header


def _rules(header: Header, raw: bytes) -> list[tuple[str, bool]]:
    shown = names.PACKAGE_ID.fullmatch(header.package_id)
    stem = names.package_id(header.writer, header.seq, "")
    return [
        ("format", header.format == FORMAT),
        ("white space", strictjson.is_compact(raw)),
        ("seq", 1 <= header.seq <= names.MOST),
        ("writer", names.WRITER.fullmatch(header.writer) is not None),
        ("station", header.station == station_of(header.writer)),
        ("package_id", shown is not None and header.package_id.startswith(stem)),
        ("to", _fits(header)),
        ("prev", _is_prev(header.prev) if header.seq > 1 else header.prev is None),
        ("part", header.part is None or 1 <= header.part[0] <= header.part[1] <= names.MOST),
        ("created", is_time(header.created, _CREATED)),
        ("trust_version", 0 <= header.trust_version <= names.MOST),
        ("recipients", _are_recipients(header)),
        ("payload_oxum", _OXUM.fullmatch(header.payload_oxum) is not None),
    ]


def _is_prev(prev: str | None) -> bool:
    return prev is not None and names.HEX64.fullmatch(prev) is not None


_ELSEWHERE = ("urgent", "answer")
"""The kinds that go up or down, and never stay in the office."""


def _fits(header: Header) -> bool:
    """Whether `to` is of the form the kind asks for; which office is above is not known here."""
    if header.to == EVERYONE:
        return header.kind in ("trust", "reference")
    if header.kind == "trust" or not names.STATION.fullmatch(header.to):
        return False
    return header.to != header.station or header.kind not in _ELSEWHERE


def _are_recipients(header: Header) -> bool:
    """Key ids, each once; none only for what is not encrypted, or sealed with a 启用码."""
    sound = all(names.KEY_ID.fullmatch(key) for key in header.recipients)
    distinct = len(set(header.recipients)) == len(header.recipients)
    most = MOST_RECIPIENTS_OF_ALL if header.kind == "reference" else MOST_RECIPIENTS
    if len(header.recipients) > most:
        return False
    if header.kind == "trust":
        return not header.recipients
    return sound and distinct and (bool(header.recipients) or header.kind == "reference")


def are_times(texts: Sequence[str]) -> bool:
    """As `is_time`, of all of these at once."""
    if not all(map(_AT.fullmatch, texts)):
        return False
    try:
        return len(list(map(datetime.fromisoformat, texts))) == len(texts)
    except ValueError:
        return False


def is_time(text: str, form: re.Pattern[str] = _AT) -> bool:
    """Whether the text is an RFC 3339 time with offset that exists in the calendar."""
    if not form.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
