"""A revision as it is kept: its name is the sha256 of its bytes, an empty member is not written."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from app.domain.merging.revision import Revision, read, seal

RECORD = "0190a0b0-0000-7000-8000-000000000001"
RAW = (
    f'{{"id":"{RECORD}","type":"visit","schema":1,"parents":["{"ab" * 32}"],'
    '"writer":"511133-3fa9c2d1","at":"2026-07-04T10:00:00+08:00","by":"op-1","op":"edit",'
    '"body":{"place":"沙湾"}'
)
REVISION = Revision(
    id=RECORD,
    type="visit",
    schema=1,
    parents=("ab" * 32,),
    writer="511133-3fa9c2d1",
    at="2026-07-04T10:00:00+08:00",
    by="op-1",
    op="edit",
    body={"place": "沙湾"},
)


def test_the_bytes_and_the_name_of_a_revision() -> None:
    raw = (RAW + "}").encode()
    assert seal(REVISION) == (hashlib.sha256(raw).hexdigest(), raw)
    assert read(raw) == REVISION


def test_a_reason_stands_last() -> None:
    raw = (RAW + ',"why":"写错了"}').encode()
    revision = msgspec.structs.replace(REVISION, why="写错了")
    assert seal(revision) == (hashlib.sha256(raw).hexdigest(), raw)
    assert read(msgspec.Raw(raw)) == revision


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"{", msgspec.DecodeError),
        (b"{}", msgspec.ValidationError),
        ((RAW + "}").replace('"edit"', '"delete"').encode(), msgspec.ValidationError),
    ],
)
def test_what_is_no_revision_is_not_read(raw: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read(raw)
