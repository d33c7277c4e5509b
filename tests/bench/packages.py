"""A package as stock tools open it: unzip, age, zstd."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyrage
from backports import zstd
from pyrage import x25519


def plain_records(package: Path, secret: str) -> Iterator[bytes]:
    """The record files of a package in their order, decrypted and decompressed."""
    identity = x25519.Identity.from_str(secret)
    with zipfile.ZipFile(package) as members:
        for name in sorted(members.namelist()):
            if "/data/records-" in name:
                yield zstd.decompress(pyrage.decrypt(members.read(name), [identity]))
