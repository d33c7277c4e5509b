"""What stands on the outside of a package: which kind, from whom, to whom, which number (§1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import msgspec

Kind = Literal["submission", "urgent", "answer", "reference", "trust", "enrol", "restore"]
KINDS: tuple[str, ...] = get_args(Kind)
FORMAT = 1
SUITE = "std-1"
EVERYONE = "all"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the caller decides about a package before it is sealed.

    `prev` is the tip of `seq` - 1 in the channel (`writer`, `to`), `None` exactly
    for the first; `part` is (i, n) of a package split by size; `created` is
    RFC 3339 to the second with offset.
    """

    kind: Kind
    station: str
    writer: str
    to: str
    seq: int
    prev: str | None
    created: str
    trust_version: int
    part: tuple[int, int] | None = None


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """header.json as read; members this version does not know are left alone."""

    format: int
    crit: list[str]
    suite: str
    package_id: str
    kind: Kind
    station: str
    writer: str
    to: str
    seq: int
    prev: str | None
    part: tuple[int, int] | None
    created: str
    recipients: list[str]
    trust_version: int
    payload_oxum: str


class Payload(NamedTuple):
    """How many bytes in how many payload files, as BagIt counts them."""

    octets: int
    files: int

    def __str__(self) -> str:
        return f"{self.octets}.{self.files}"
