"""The revision: one immutable, full snapshot of one record (package format §4, §7)."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

import msgspec

from app.domain.kernel.readable import readable

MOST_PARENTS = 64
"""Versions that one revision may join: more than an office has PCs."""

Op = Literal["create", "edit", "merge", "void", "restore", "adopt"]


class RevisionHead(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Of which record something was saved, by whom, where and when.

    `id` is the record (UUIDv7), `type` its type name, `schema` the version of
    that type's JSON Schema, `parents` the sorted h's this one replaces, `writer`
    the installation, `at` RFC 3339 with offset, `by` the operator (经办人) id.
    """

    id: str
    type: str
    schema: int
    parents: tuple[str, ...]
    writer: str
    at: str
    by: str
    op: Op


class Revision(RevisionHead, frozen=True, kw_only=True, omit_defaults=True):
    """What was saved: its head, the whole body (the record's JSON members), and why.

    An empty member is absent.
    """

    body: dict[str, Any]
    why: str | None = None


class Line(msgspec.Struct, frozen=True):
    """One record line as it travels: `h` is the sha256 of the raw bytes `r`.

    `r` is kept as received, so no canonical form of JSON is ever needed.
    """

    h: str
    r: msgspec.Raw


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(readable(Revision)).decode


def seal(revision: Revision) -> tuple[str, bytes]:
    """Return the revision's name h (64 lowercase hex digits) and its raw bytes."""
    raw = _encode(revision)
    return hashlib.sha256(raw).hexdigest(), raw


def read(raw: bytes | msgspec.Raw) -> Revision:
    """Decode raw bytes; raises `msgspec.ValidationError` or `DecodeError`."""
    return _decode(raw)
