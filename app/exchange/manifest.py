"""The BagIt texts of a package: declaration, bag-info and the two manifests (§7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from app.exchange.refusal import Refused

LARGEST = 4 << 20
LARGEST_TEXT = 4 << 10
"""Bytes of the other texts: declaration, bag-info and the tag manifest of four lines."""
BAGIT = "bagit.txt"
BAG_INFO = "bag-info.txt"
HEADER = "header.json"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
TAGGED = (BAG_INFO, BAGIT, HEADER, MANIFEST)
"""The four files the tag manifest covers, in its order."""

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

_LINE = re.compile(rb"([0-9a-f]{64})  ([A-Za-z0-9._/-]{1,200})\n")


def bag_info(package_id: str, oxum: str) -> bytes:
    """The bytes of bag-info.txt."""
    return f"External-Identifier: {package_id}\nPayload-Oxum: {oxum}\n".encode("ascii")


def write(digests: Mapping[str, str]) -> bytes:
    """The bytes of a manifest: one line per path, sorted."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode("ascii")


def parse(raw: bytes) -> dict[str, str]:
    """Read a manifest into path → sha256; anything but sorted, whole lines is PKG_CORRUPT."""
    listed: dict[str, str] = {}
    at = 0
    while match := _LINE.match(raw, at):
        listed[match[2].decode("ascii")] = match[1].decode("ascii")
        at = match.end()
    if at < len(raw) or len(listed) < raw.count(b"\n") or any(a >= b for a, b in pairwise(listed)):
        raise Refused("PKG_CORRUPT", "清单")
    return listed


def require_same(listed: Iterable[str], present: Iterable[str]) -> None:
    """Refuse what is listed but absent (MISSING_MEMBER), then what is present but not listed."""
    listed, present = set(listed), set(present)
    if absent := listed - present:
        raise Refused("MISSING_MEMBER", min(absent))
    if extra := present - listed:
        raise Refused("EXTRA_MEMBER", min(extra))
