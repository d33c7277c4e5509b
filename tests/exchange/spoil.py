"""Ways to spoil a package: each returns the bytes of a file (package format §5)."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyrage
from backports import zstd

from app.exchange import container, kinds, manifest, names, sshsig
from app.exchange.enrol import EnrolRequest, seal_enrol
from app.exchange.envelope import Kind
from app.exchange.keys import TRUST_NAMESPACE
from app.exchange.packagewriter import seal_package, seal_trust
from app.exchange.records import join
from app.exchange.trust import SignedVersion, Trust, issue
from tests.exchange import offices
from tests.exchange.forge import Forgery, compact, pack
from tests.exchange.offices import (
    CITY,
    CITY_PC,
    COUNTY,
    COUNTY_PC,
    NEW_ROOT,
    READERS,
    ROOT,
    SISTER,
    SISTER_PC,
    STRANGER,
    Office,
)

INDEX = kinds.INDEX


@dataclass
class Desk:
    """Makes fresh packages in a folder for the forger to spoil."""

    folder: Path
    made: int = field(default=0)

    def path(self) -> Path:
        self.made += 1
        return self.folder / f"{self.made}.zfpkg"

    def sealed(self, office: Office = COUNTY_PC, kind: Kind = "submission", **facts: Any) -> Path:
        """A package of an office: two scans and three lines unless told otherwise."""
        to = facts.pop("to", CITY)
        recipients = facts.pop("recipients", READERS)
        contents = {key: facts.pop(key) for key in ("lines", "attachments") if key in facts}
        acks = facts.pop("acks", ())
        if kind == "submission" and not contents:
            scans = [offices.scan(b"photo 1"), offices.scan(b"photo 2", "照片.png")]
            contents = {"lines": offices.some_lines(), "attachments": scans}
        envelope = office.envelope(kind, to, **facts)
        path = self.path()
        keys: dict[str, Any] = {"key": office.key, "recipients": recipients}
        seal_package(path, envelope, **keys, acks=acks, **contents)
        return path

    def forgery(self, *args: Any, **facts: Any) -> Forgery:
        return Forgery.of(self.sealed(*args, **facts))

    def trust(self, trust: Trust, office: Office = CITY_PC) -> Forgery:
        path = self.path()
        seal_trust(path, office.envelope("trust", "all"), trust, key=office.key)
        return Forgery.of(path)

    def enrol(self, office: Office = STRANGER, to: str = CITY, **changes: str) -> Path:
        facts = {
            "signing_key": office.key.public.text,
            "age": office.age,
            "station": office.station,
            "machine": "pc-1",
        }
        path = self.path()
        seal_enrol(
            path,
            office.envelope("enrol", to),
            EnrolRequest(**facts | changes),
            record_id=offices.record_id(9),
            by="operator-1",
            key=office.key,
            recipients=(CITY_PC.age,),
        )
        return path


def second_trust(**changes: Any) -> Trust:
    """Version 2, where the root changes."""
    facts: dict[str, Any] = {"writers": offices.writers(), "recipients": offices.recipients()}
    return issue(offices.first_trust(), ROOT.key, new_root=NEW_ROOT.key, **facts | changes)


def rename(desk: Desk, path: str, name: str) -> bytes:
    """A member's full name replaced; nothing else."""
    forgery = desk.forgery()
    members = {f"{forgery.root}/{one}": data for one, data in forgery.members.items()}
    members[name] = members.pop(f"{forgery.root}/{path}")
    return pack(members)


def add(desk: Desk, name: str) -> bytes:
    forgery = desk.forgery()
    forgery.members[name] = b"x"
    return forgery.zip()


def as_symlink(desk: Desk) -> bytes:
    data = bytearray(desk.forgery().zip())
    entry = data.index(b"PK\1\2")
    data[entry + 38 : entry + 42] = struct.pack("<L", 0o120777 << 16)
    return bytes(data)


def rezipped(desk: Desk, **how: Any) -> bytes:
    """Unpacked and packed again by somebody else's program."""
    forgery = desk.forgery()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **how) as box:
        for path, data in forgery.members.items():
            box.writestr(zipfile.ZipInfo(f"{forgery.root}/{path}"), data, how.get("compression"))
    return out.getvalue()


def overlapping(desk: Desk) -> bytes:
    """Two directory entries over the same bytes."""
    data = desk.forgery().zip()
    first = data.index(b"PK\1\2")
    second = data.index(b"PK\1\2", first + 4)
    third = data.index(b"PK\1\2", second + 4)
    changed = bytearray(data)
    changed[third + 20 : third + 28] = data[second + 20 : second + 28]
    changed[third + 42 : third + 46] = data[second + 42 : second + 46]
    return bytes(changed)


def patched(desk: Desk, signature: bytes, at: int, value: int) -> bytes:
    """One byte of the metadata changed, `at` bytes behind a ZIP signature."""
    data = bytearray(desk.forgery().zip())
    data[data.index(signature) + at] = value
    return bytes(data)


def swapped_order(desk: Desk) -> bytes:
    """Sound headers and directory, but two members stand in the other order."""
    forgery = desk.forgery()
    members = {f"{forgery.root}/{path}": data for path, data in forgery.members.items()}
    order = container.in_order(members)
    order[1], order[2] = order[2], order[1]
    out = io.BytesIO()
    listed = []
    for name in order:
        one = container.Member(name, len(members[name]), zlib.crc32(members[name]))
        listed.append(one)
        out.write(container.local_header(one) + members[name])
    return out.getvalue() + container.directory(listed)


def without(desk: Desk, path: str) -> bytes:
    forgery = desk.forgery()
    del forgery.members[path]
    return forgery.zip()


def flipped(desk: Desk, path: str) -> bytes:
    forgery = desk.forgery()
    data = bytearray(forgery.members[path])
    data[len(data) // 2] ^= 1
    forgery.members[path] = bytes(data)
    return forgery.zip()


def oversized(desk: Desk) -> bytes:
    """A header longer than any may be."""
    forgery = desk.forgery()
    forgery.members[manifest.HEADER] += b" " * (64 << 10)
    return forgery.zip()


def untidy_manifest(desk: Desk) -> bytes:
    forgery = desk.forgery().manifests()
    lines = forgery.members[manifest.MANIFEST].splitlines(keepends=True)
    forgery.members[manifest.MANIFEST] = b"".join(reversed(lines))
    return retagged(forgery)


def retagged(forgery: Forgery) -> bytes:
    """The tag manifest made to fit, and signed by the right writer."""
    tagged = {path: forgery.members[path] for path in manifest.TAGGED}
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in tagged.items()}
    forgery.members[manifest.TAG_MANIFEST] = manifest.write(digests)
    return forgery.sign().zip()


def unsigned(desk: Desk) -> bytes:
    forgery = desk.forgery()
    del forgery.members[forgery.signature]
    return forgery.zip()


def second_signature(desk: Desk, ending: str = ".sshsig") -> bytes:
    forgery = desk.forgery()
    forgery.members[f"signatures/{CITY_PC.key.public.key_id}{ending}"] = b"x"
    return forgery.zip()


def only_sm2(desk: Desk) -> bytes:
    forgery = desk.forgery()
    forgery.members["signatures/0123456789abcdef.sm2sig"] = forgery.members.pop(forgery.signature)
    return forgery.zip()


def suite_gm(desk: Desk) -> bytes:
    forgery = desk.forgery().change_header(suite="gm-1").manifests().sign()
    forgery.members["signatures/0123456789abcdef.sm2sig"] = b"sm2"
    return forgery.zip()


def armor(desk: Desk, change: Callable[[bytes], bytes]) -> bytes:
    forgery = desk.forgery()
    forgery.members[forgery.signature] = change(forgery.members[forgery.signature])
    return forgery.zip()


def renamed_signature(desk: Desk) -> bytes:
    forgery = desk.forgery()
    forgery.members["signatures/0123456789abcdef.sshsig"] = forgery.members.pop(forgery.signature)
    return forgery.zip()


def stolen(desk: Desk) -> bytes:
    """The sister county puts its own name and signature over the county's ciphertext."""
    forgery = desk.forgery()
    name = names.package_id(SISTER_PC.writer, 1, "00000000")
    forgery.change_header(package_id=name, station=SISTER, writer=SISTER_PC.writer)
    forgery.root = name
    return forgery.whole(SISTER_PC.key)


def header(desk: Desk, **changes: Any) -> bytes:
    return desk.forgery().change_header(**changes).whole()


def raw_header(desk: Desk, change: Callable[[bytes], bytes]) -> bytes:
    forgery = desk.forgery().manifests()
    forgery.members[manifest.HEADER] = change(forgery.members[manifest.HEADER])
    return retagged(forgery)


def without_header_member(desk: Desk, name: str) -> bytes:
    forgery = desk.forgery().manifests()
    members = json.loads(forgery.members[manifest.HEADER])
    del members[name]
    forgery.members[manifest.HEADER] = compact(members)
    return retagged(forgery)


def text(desk: Desk, path: str, data: bytes) -> bytes:
    forgery = desk.forgery().manifests()
    forgery.members[path] = data
    return retagged(forgery)


def index(desk: Desk, **changes: Any) -> bytes:
    return desk.forgery().change_index(**changes).whole()


def index_with(desk: Desk, change: Callable[[dict[str, Any]], object]) -> bytes:
    forgery = desk.forgery()
    members = forgery.index()
    change(members)
    return forgery.change_index(**members).whole()


ACK: dict[str, Any] = {
    "writer": COUNTY_PC.writer,
    "to": CITY,
    "seq": 3,
    "tip": "ab" * 32,
    "missing": [5],
    "rejected": [{"seq": 6, "code": "SIG_BAD"}],
    "parked": ["cd" * 32],
}
"""An acknowledgement as it stands in an index."""


def ack_with(name: str | None, instead: str) -> dict[str, Any]:
    """The acknowledgement with a member under another name, or without it."""
    ack = dict(ACK)
    value = ack.pop(instead)
    return ack | ({name: value} if name else {})


def index_bytes(desk: Desk, data: bytes) -> bytes:
    return desk.forgery().put(INDEX, data).whole()


def ciphertext(desk: Desk, path: str, data: bytes) -> bytes:
    forgery = desk.forgery()
    forgery.members[path] = data
    return forgery.whole()


def records(desk: Desk, plain: bytes, **facts: Any) -> bytes:
    forgery = desk.forgery(lines=[])
    return forgery.put_records(plain, **facts).whole()


def added_payload(desk: Desk, path: str, *, listed: bool = False) -> bytes:
    forgery = desk.forgery().put(path, b"x")
    if listed:
        facts = {"sha256": hashlib.sha256(b"x").hexdigest(), "length": 1}
        forgery.change_index(files=forgery.index()["files"] | {path: facts})
    return forgery.whole()


def scan_path(forgery: Forgery) -> str:
    return min(path for path in forgery.members if path.startswith("data/att/"))


def bad_scan(desk: Desk, change: Callable[[Forgery, str], object]) -> bytes:
    forgery = desk.forgery()
    change(forgery, scan_path(forgery))
    return forgery.whole()


def scan_in_answer(desk: Desk) -> bytes:
    forgery = desk.forgery(CITY_PC, "answer", to=COUNTY)
    forgery.put(kinds.scan_path(offices.uuid4(1)), b"x")
    return forgery.whole(CITY_PC.key)


def altered(raw: bytes, **changes: Any) -> bytes:
    """One line with members of the revision replaced, and the hash made to fit."""
    return rawline(compact(json.loads(raw) | changes))


def rawline(raw: bytes) -> bytes:
    return b'{"h":"%b","r":%b}\n' % (hashlib.sha256(raw).hexdigest().encode(), raw)


VISIT = offices.revision()[1]


def one_line(desk: Desk, data: bytes) -> bytes:
    """A good line beside a bad one."""
    return records(desk, data + join([offices.revision(7)]))


def lying_frame(desk: Desk, size: int) -> bytes:
    """A frame that says another size than its content has; the index says the same."""
    plain = join(offices.some_lines())
    return records(desk, plain, frame=_frame_saying(plain, size), length=size)


def misnumbered_frame(desk: Desk, more: int) -> bytes:
    """A frame that says so many bytes more than its content has; the index is right."""
    plain = join(offices.some_lines())
    return records(desk, plain, frame=_frame_saying(plain, len(plain) + more))


def boasting_frame(desk: Desk) -> bytes:
    """A frame that says it holds 2**60 bytes; the index is right."""
    plain = join(offices.some_lines())
    body = zstd.compress(plain, 3)[7:]
    frame = b"\x28\xb5\x2f\xfd" + bytes([0xC0, 10 << 3]) + (1 << 60).to_bytes(8, "little") + body
    return records(desk, plain, frame=frame)


def _frame_saying(plain: bytes, size: int) -> bytes:
    frame = bytearray(zstd.compress(plain, 3))
    frame[5:7] = (size - 256).to_bytes(2, "little")
    return bytes(frame)


def trust_files(desk: Desk, change: Callable[[dict[str, bytes]], object]) -> bytes:
    forgery = desk.trust(second_trust())
    change(forgery.members)
    return forgery.whole(CITY_PC.key)


def sign_version(members: dict[str, bytes], version: int, root: Office) -> None:
    """Another signature over a version that stays as it is."""
    document = members[kinds.trust_path(version)]
    armor = sshsig.sign(root.key, TRUST_NAMESPACE, document)
    members[kinds.trust_path(version, ".sshsig")] = armor


def another_chain(desk: Desk, *, version: int = 2, root: Office = STRANGER) -> bytes:
    """A chain of the right length, but of other documents."""
    facts: dict[str, Any] = {"writers": [], "recipients": []}
    trust = issue(None, root.key, **facts)
    for _ in range(version - 1):
        trust = issue(trust, root.key, **facts)
    return desk.trust(trust).zip()


def document(desk: Desk, change: Callable[[dict[str, Any]], object], root: Office = ROOT) -> bytes:
    """Version 2 with other members, signed by the root all the same."""
    first = offices.first_trust()
    second = issue(first, ROOT.key, writers=offices.writers(), recipients=[])
    members = json.loads(second.versions[1].document)
    change(members)
    raw = compact(members)
    signed = SignedVersion(raw, sshsig.sign(root.key, TRUST_NAMESPACE, raw))
    return desk.trust(Trust((first.versions[0], signed), second.document)).zip()


def armored() -> bytes:
    recipient = pyrage.x25519.Recipient.from_str(CITY_PC.age)
    sealed: bytes = pyrage.encrypt(b"{}", [recipient], armored=True)
    return sealed


def rename_scans(members: dict[str, Any], name: str) -> None:
    for facts in members["files"].values():
        if "name" in facts:
            facts["name"] = name


def facts_of(data: bytes) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(data).hexdigest(), "length": len(data)}


def nested(depth: int) -> dict[str, Any]:
    """An object `depth` deep."""
    tree: dict[str, Any] = {}
    for _ in range(depth - 1):
        tree = {"x": tree}
    return tree


def padded(length: int) -> bytes:
    """One record line of so many bytes, hard to compress, with its LF."""
    noise = "".join(
        hashlib.sha256(bytes([a, b])).hexdigest() for a in range(256) for b in range(256)
    )
    return b'{"h":"' + noise.encode()[: length - 6].ljust(length - 6, b"a") + b"\n"


def unended(desk: Desk) -> bytes:
    return records(desk, join([offices.revision(7), offices.revision(8)])[:-1])


def upper(line: bytes) -> bytes:
    return line[:6] + line[6:70].upper() + line[70:]


def sizeless(plain: bytes) -> bytes:
    engine = zstd.ZstdCompressor(3)
    return engine.compress(plain) + engine.flush()


def wide(plain: bytes) -> bytes:
    engine = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 24})
    sealed = bytearray(engine.compress(plain) + engine.flush())
    body = sealed[6:]
    size = len(plain).to_bytes(4, "little")
    return bytes(sealed[:4]) + bytes([0x80, 14 << 3]) + size + bytes(body)
