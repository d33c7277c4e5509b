"""Files made to cost their reader time or memory: each function returns the bytes of one."""

from __future__ import annotations

import base64
import hashlib
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backports import zstd

from app.domain.merging.revision import Revision, seal
from app.exchange import kinds, zstdframe
from app.exchange.records import join
from tests.exchange import offices
from tests.exchange.forge import RECORDS, Forgery, compact
from tests.exchange.offices import CITY_PC, COUNTY_PC, STRANGER, Office
from tests.exchange.spoil import INDEX, Desk

_END = struct.Struct("<4s4H2LH")


def many_entries(count: int, *, said: int = 1) -> bytes:
    """A ZIP that is all directory: so many entries without a name, while its end says `said`."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", *(0,) * 16)
    return entry * count + _END.pack(b"PK\5\6", 0, 0, said, said, len(entry) * count, 0, 0)


def huge_count(count: int = 0xFFFF, length: int = 0) -> bytes:
    """A ZIP whose end record names more members, or a longer directory, than it has."""
    return b"x" * 100 + _END.pack(b"PK\5\6", 0, 0, count, count, length, 0, 0)


def manifest_of_blanks(desk: Desk, name: str, size: int) -> bytes:
    """A sound package but for a manifest of nothing but line ends, signed all the same."""
    forgery = desk.forgery(STRANGER).manifests()
    forgery.members[name] = b"\n" * size
    return forgery.sign(STRANGER.key).zip()


def stanzas(size: int) -> bytes:
    """Recipient stanzas of the age header, so many bytes of them, that nobody can open."""
    one = b"-> X25519 %b\n%b\n"
    body = base64.b64encode(bytes(32)).rstrip(b"=")
    many = size // len(one % (body, body))
    return b"".join(
        one % (base64.b64encode(os.urandom(32)).rstrip(b"="), body) for _ in range(many)
    )


def wide_age(forgery: Forgery, path: str, size: int, key: Office = COUNTY_PC) -> bytes:
    """One payload file with an age header of so many bytes."""
    sealed = forgery.members[path]
    at = sealed.index(b"\n") + 1
    forgery.members[path] = sealed[:at] + stanzas(size) + sealed[at:]
    return forgery.whole(key.key)


def wide_enrol(desk: Desk, size: int) -> bytes:
    """A registration, from anybody, whose index has an age header of so many bytes."""
    return wide_age(Forgery.of(desk.enrol()), INDEX, size, STRANGER)


def enrol_of_lines(desk: Desk, lines: int) -> bytes:
    """A registration of so many lines."""
    forgery = Forgery.of(desk.enrol())
    # Each of the frames' two layers would refuse what shrinks more than 200 times.
    noise = os.urandom(1 + lines // 60)
    plain = b"{}\n" * lines + base64.b64encode(noise)
    index: dict[str, Any] = {"package_id": forgery.root, "kind": "enrol", "writer": STRANGER.writer}
    index |= {"to": offices.CITY, "seq": 1, "prev": None, "acks": []}
    facts = {"sha256": hashlib.sha256(plain).hexdigest(), "length": len(plain)}
    cover = {"records": {"enrol": lines + 1}, "sums": {}}
    forgery.put(INDEX, compact(index | {"cover": cover, "files": {RECORDS: facts}}), (CITY_PC.age,))
    return forgery.put(RECORDS, zstd.compress(plain), (CITY_PC.age,)).whole(STRANGER.key)


def stuffed_index(forgery: Forgery, size: int) -> bytes:
    """An index of so many bytes of empty lists."""
    plain = b'{"package_id":"x","more":[' + b"[]," * (size // 3) + b"[]]}"
    return forgery.put(INDEX, plain).whole()


def trust_of(desk: Desk, versions: int, size: int) -> bytes:
    """A stranger's trust package of so many versions of so many bytes each."""
    forgery = desk.trust(offices.first_trust())
    blank = b" " * size
    for number in range(1, versions + 1):
        forgery.members[kinds.trust_path(number)] = blank
        forgery.members[kinds.trust_path(number, ".sshsig")] = b""
    return forgery.whole(CITY_PC.key)


def lines_of(
    desk: Desk, plain: bytes, count: int, *, frame: bytes | None = None, **kind: Any
) -> bytes:
    """A package of an enrolled office with these record lines, so many by its cover."""
    forgery = desk.forgery(lines=[], **kind)
    index = forgery.index()
    index["files"][RECORDS] = {"sha256": hashlib.sha256(plain).hexdigest(), "length": len(plain)}
    index["cover"] = {"records": {"visit": count}, "sums": {}}
    forgery.put(INDEX, compact(index))
    return forgery.put(RECORDS, zstdframe.compress(plain) if frame is None else frame).whole()


def chain(
    count: int,
    parents_of: Callable[[int, list[str]], list[str]],
    *,
    writer: str = COUNTY_PC.writer,
    body: Callable[[int], dict[str, Any]] = lambda number: {"workers_met": number},
    type: str = "visit",
) -> list[tuple[str, bytes]]:
    """Revisions of one record; `parents_of` chooses among those made so far."""
    made: list[tuple[str, bytes]] = []
    for number in range(count):
        parents = parents_of(number, [h for h, _ in made])
        revision = Revision(
            id=offices.record_id(1),
            type=type,
            schema=1,
            parents=tuple(sorted(set(parents))),
            writer=writer,
            at=offices.WHEN,
            by="operator-1",
            op="edit" if parents else "create",
            body=body(number),
        )
        made.append(seal(revision))
    return made


def mesh(count: int, width: int) -> list[tuple[str, bytes]]:
    """One record in layers of `width` revisions, each naming every one of the layer before."""

    def parents(number: int, made: list[str]) -> list[str]:
        if not number:
            return []
        layer = (number - 1) // width
        return made[1 + (layer - 1) * width : 1 + layer * width] if layer else made[:1]

    return chain(count, parents)


def heads(count: int) -> list[tuple[str, bytes]]:
    """One record with so many versions that nobody has joined."""
    return chain(count, lambda number, made: made[:1])


def joins(parents: int) -> list[tuple[str, bytes]]:
    """One revision that joins so many others, none of which is there."""
    names = [hashlib.sha256(bytes([number])).hexdigest() for number in range(parents)]
    return [chain(1, lambda *_: names)[0]]


def package_of(desk: Desk, lines: list[tuple[str, bytes]]) -> Path:
    """These lines as the county would seal them if its program were another one."""
    return offices.write(desk.folder, "hostile.zfpkg", lines_of(desk, join(lines), len(lines)))
