"""Of several faults the first in the order of checks gives the code (package format §7)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from app.exchange import kinds, manifest
from tests.exchange import offices, spoil
from tests.exchange.attacks import outcome
from tests.exchange.forge import RECORDS, Forgery
from tests.exchange.offices import CITY, COUNTY_PC, GONE, SISTER_PC, STRANGER
from tests.exchange.spoil import Desk


def with_extra(forgery: Forgery, name: str) -> Forgery:
    forgery.members[name] = b"x"
    return forgery


def without(forgery: Forgery, path: str) -> Forgery:
    del forgery.members[path]
    return forgery


def untidy(data: bytes, *, method: int = 0) -> bytes:
    """A container with another time stamp, or a compressed member, in its directory."""
    changed = bytearray(data)
    entry = changed.index(b"PK\1\2")
    changed[entry + 10 : entry + 14] = struct.pack("<HH", method, 1)
    return bytes(changed)


def flip(forgery: Forgery, path: str) -> Forgery:
    data = forgery.members[path]
    forgery.members[path] = data[:-1] + bytes([data[-1] ^ 1])
    return forgery


def new_header(forgery: Forgery, **changes: object) -> Forgery:
    return forgery.change_header(**changes).manifests().sign()


FAULTS: Mapping[str, tuple[Callable[[Desk], bytes], str]] = {
    "cut before names": (lambda d: with_extra(d.forgery(), "a..").zip()[:-50], "PKG_CORRUPT"),
    "names before method": (
        lambda d: untidy(with_extra(d.forgery(), "a..").zip(), method=8),
        "PATH_UNSAFE",
    ),
    "roots before method": (
        lambda d: untidy(spoil.rename(d, "bagit.txt", "other/bagit.txt"), method=8),
        "ROOT",
    ),
    "method before members": (
        lambda d: untidy(without(d.forgery(), manifest.BAGIT).zip(), method=8),
        "ZIP_METHOD",
    ),
    "members before format": (
        lambda d: without(d.forgery().change_header(format=2), manifest.BAGIT).zip(),
        "MISSING_MEMBER",
    ),
    "format before suite": (
        lambda d: d.forgery().change_header(format=2, suite="x").zip(),
        "VERSION_TOO_NEW",
    ),
    "suite before signature": (
        lambda d: with_extra(d.forgery().change_header(suite="x"), "signatures/x").zip(),
        "SUITE_NOT_ALLOWED",
    ),
    "signature form before namespace": (
        lambda d: with_extra(d.forgery().sign(namespace="file"), "signatures/x").zip(),
        "EXTRA_MEMBER",
    ),
    "namespace before value": (
        lambda d: flip(d.forgery().sign(namespace="file"), manifest.TAG_MANIFEST).zip(),
        "SIG_NAMESPACE",
    ),
    "value before manifests": (
        lambda d: with_extra(flip(d.forgery(), manifest.TAG_MANIFEST), "data/x").zip(),
        "SIG_BAD",
    ),
    "manifests before digests": (
        lambda d: with_extra(flip(d.forgery(), RECORDS), "data/x").zip(),
        "EXTRA_MEMBER",
    ),
    "manifest's digest before its lines": (
        lambda d: with_extra(flip(d.forgery(), manifest.MANIFEST), "data/x").zip(),
        "HASH_MISMATCH",
    ),
    "digests before container": (
        lambda d: untidy(flip(d.forgery(), RECORDS).zip()),
        "HASH_MISMATCH",
    ),
    "container before header": (
        lambda d: untidy(new_header(d.forgery(), to="all").zip()),
        "ZIP_NOT_CANONICAL",
    ),
    "header before signer": (
        lambda d: d.forgery(STRANGER).change_header(to="all").whole(STRANGER.key),
        "HEADER_INVALID",
    ),
    "signer before decryption": (
        lambda d: d.forgery(STRANGER, recipients=(STRANGER.age,)).zip(),
        "SIGNER_UNKNOWN",
    ),
    "writer before kind": (
        lambda d: d.forgery(COUNTY_PC, "restore", to=CITY).whole(SISTER_PC.key),
        "SIGNER_NOT_WRITER",
    ),
    "kind before revocation": (
        lambda d: d.forgery(GONE, "restore", seq=9, prev="00" * 32).zip(),
        "KIND_FORBIDDEN",
    ),
    "revocation before decryption": (
        lambda d: d.forgery(GONE, seq=9, prev="00" * 32, recipients=(GONE.age,)).zip(),
        "REVOKED",
    ),
    "decryption before index": (
        lambda d: d.forgery().put(kinds.INDEX, b"{}", (STRANGER.age,)).whole(),
        "NOT_FOR_US",
    ),
    "index before records": (
        lambda d: d.forgery().put(RECORDS, b"x").put(kinds.INDEX, b"{}").whole(),
        "INDEX_INVALID",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_first_fault_wins(tmp_path: Path, name: str) -> None:
    make, code = FAULTS[name]
    path = offices.write(tmp_path, "p.zfpkg", make(Desk(tmp_path)))
    assert outcome(path, offices.first_trust()) == code
