"""Packages as a dishonest insider would make them by hand, each signed by who may sign."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from collections.abc import Callable
from typing import Any

from backports import zstd

from app.exchange import kinds, manifest, sshsig, wire, zstdframe
from app.exchange.keys import ALGORITHM, PACKAGE_NAMESPACE, TRUST_NAMESPACE
from app.exchange.records import join
from tests.exchange import offices, spoil
from tests.exchange.forge import RECORDS, Forgery, compact
from tests.exchange.offices import CITY_PC, COUNTY_PC, READERS, STRANGER
from tests.exchange.spoil import INDEX, VISIT, Desk
from tests.format.contents import acks, reference, sealed

Make = Callable[[Desk], bytes]

_ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of the group that Ed25519 signs in (RFC 8032)."""


def header(**changes: Any) -> Make:
    return lambda desk: spoil.header(desk, **changes)


def raw_header(old: bytes, new: bytes) -> Make:
    return lambda desk: spoil.raw_header(desk, lambda raw: raw.replace(old, new, 1))


def index(**changes: Any) -> Make:
    return lambda desk: spoil.index(desk, **changes)


def index_with(change: Callable[[dict[str, Any]], object]) -> Make:
    return lambda desk: spoil.index_with(desk, change)


def index_raw(old: bytes, new: bytes) -> Make:
    def make(desk: Desk) -> bytes:
        forgery = desk.forgery()
        return forgery.put(INDEX, forgery.plain(INDEX).replace(old, new, 1)).whole()

    return make


def line(data: bytes) -> Make:
    return lambda desk: spoil.one_line(desk, data)


def altered(**changes: Any) -> Make:
    return line(spoil.altered(VISIT, **changes))


def raw(old: bytes, new: bytes) -> Make:
    return line(spoil.rawline(VISIT.replace(old, new, 1)))


def second(**changes: Any) -> Make:
    """Number 2 of the channel, with a name that fits it."""
    return lambda desk: desk.forgery(seq=2, prev="ab" * 32).change_header(**changes).whole()


def other_format(desk: Desk) -> bytes:
    """Format 2 as it might look: other members, another signature, nothing this one asks for."""
    forgery = desk.forgery()
    forgery.members[manifest.HEADER] = compact({"format": 2, "to": ["a", "b"], "seal": {}})
    forgery.members["signatures/later.mldsa"] = forgery.members.pop(forgery.signature)
    forgery.members["data/other.bin"] = b"x"
    forgery.members["later.json"] = b"{}"
    return forgery.zip()


def signature(change: Callable[[bytes], bytes]) -> Make:
    """The 64 bytes of the signature changed, and put into their armor again."""

    def make(desk: Desk) -> bytes:
        def again(armor: bytes) -> bytes:
            return rearmored(sshsig.parse(armor), change)

        return spoil.armor(desk, again)

    return make


def rearmored(
    one: sshsig.Signature, change: Callable[[bytes], bytes], digest: bytes = b"sha512"
) -> bytes:
    value = wire.pack(ALGORITHM, change(one.value))
    parts = wire.pack(one.signer.blob, one.namespace, b"", digest, value)
    body = base64.b64encode(b"SSHSIG" + struct.pack(">I", 1) + parts)
    lines = b"".join(body[at : at + 70] + b"\n" for at in range(0, len(body), 70))
    return b"-----BEGIN SSH SIGNATURE-----\n" + lines + b"-----END SSH SIGNATURE-----\n"


def malleable(value: bytes) -> bytes:
    """The same signature with the group's order added to its second half (RFC 8032, 5.1.7)."""
    return value[:32] + (int.from_bytes(value[32:], "little") + _ORDER).to_bytes(32, "little")


def with_sha256(desk: Desk) -> bytes:
    """A sound signature over another digest."""
    forgery = desk.forgery()
    message = forgery.members[manifest.TAG_MANIFEST]
    signed = b"SSHSIG" + wire.pack(
        PACKAGE_NAMESPACE.encode(), b"", b"sha256", hashlib.sha256(message).digest()
    )
    key = COUNTY_PC.key
    one = sshsig.Signature(key.public, PACKAGE_NAMESPACE.encode(), key.sign(signed))
    forgery.members[forgery.signature] = rearmored(one, lambda value: value, b"sha256")
    return forgery.zip()


def of_another(desk: Desk) -> bytes:
    """The signature of another package of the same writer."""
    forgery, other = desk.forgery(), desk.forgery()
    forgery.members[forgery.signature] = other.members[other.signature]
    return forgery.zip()


def unsigned_extra(desk: Desk) -> bytes:
    """A file beside the four that the tag manifest names as well, and signed."""
    forgery = desk.forgery()
    forgery.members["notes.txt"] = b"x"
    names = (*manifest.TAGGED, "notes.txt")
    digests = {name: hashlib.sha256(forgery.members[name]).hexdigest() for name in names}
    forgery.members[manifest.TAG_MANIFEST] = manifest.write(digests)
    return forgery.sign().zip()


def tagged(*names: str) -> Make:
    """A tag manifest that names these files, and is signed."""

    def make(desk: Desk) -> bytes:
        forgery = desk.forgery()
        digests = {
            name: hashlib.sha256(forgery.members.get(name, b"")).hexdigest() for name in names
        }
        forgery.members[manifest.TAG_MANIFEST] = manifest.write(digests)
        return forgery.sign().zip()

    return make


def upper_manifest(desk: Desk) -> bytes:
    forgery = desk.forgery().manifests()
    forgery.members[manifest.MANIFEST] = forgery.members[manifest.MANIFEST].upper()
    return spoil.retagged(forgery)


def manifest_with_more(desk: Desk) -> bytes:
    """The manifest names a payload file that is not there."""
    forgery = desk.forgery().manifests()
    forgery.members[manifest.MANIFEST] += b"%b  data/zzz\n" % (b"0" * 64)
    return spoil.retagged(forgery)


def age_changed(at: Callable[[bytes], int]) -> Make:
    """One bit of the index's age file changed, and the rest made to fit."""

    def make(desk: Desk) -> bytes:
        forgery = desk.forgery()
        data = bytearray(forgery.members[INDEX])
        data[at(bytes(data))] ^= 1
        forgery.members[INDEX] = bytes(data)
        return forgery.whole()

    return make


def age_longer(desk: Desk) -> bytes:
    forgery = desk.forgery()
    forgery.members[INDEX] += b"x"
    return forgery.whole()


def age_of_many(desk: Desk) -> bytes:
    """Five stanzas where two recipients are named."""
    forgery = desk.forgery()
    return forgery.put(INDEX, forgery.plain(INDEX), (*READERS, *READERS, READERS[0])).whole()


def behind_a_code(change: Callable[[bytes], bytes] = bytes) -> Make:
    """A reference package behind a 启用码, the age file of its index changed."""

    def make(desk: Desk) -> bytes:
        path = desk.path()
        path.write_bytes(
            sealed(CITY_PC, "reference", "all", recipients=None, lines=reference)(desk)
        )
        forgery = Forgery.of(path)
        forgery.members[INDEX] = change(forgery.members[INDEX])
        return forgery.whole(CITY_PC.key)

    return make


def costly(age: bytes) -> bytes:
    return age.replace(b" 18\n", b" 24\n", 1)


def stanza_more(age: bytes) -> bytes:
    return age.replace(b"\n---", b"\n-> X25519 x\ny\n---", 1)


def swapped_types(desk: Desk) -> bytes:
    """The cover counts a visit as an aid; the total is right."""
    return spoil.index_with(desk, lambda i: i["cover"].update(records={"aid": 3}))


def frame(change: Callable[[bytes], bytes]) -> Make:
    """The zstd frame of the record file changed."""

    def make(desk: Desk) -> bytes:
        plain = join(offices.some_lines())
        return spoil.records(desk, plain, frame=change(zstdframe.compress(plain)))

    return make


def with_dictionary(compressed: bytes) -> bytes:
    """A dictionary id of one byte, which is 0."""
    return compressed[:4] + bytes([compressed[4] | 1]) + b"\0" + compressed[5:]


def reserved(compressed: bytes) -> bytes:
    return compressed[:4] + bytes([compressed[4] | 8]) + compressed[5:]


def behind_skippable(compressed: bytes) -> bytes:
    return b"\x50\x2a\x4d\x18" + struct.pack("<L", 4) + b"note" + compressed


def checksummed(_: bytes) -> bytes:
    """A sound frame with a checksum that is wrong."""
    plain = join(offices.some_lines())
    engine = zstd.ZstdCompressor(options={zstd.CompressionParameter.checksum_flag: 1})
    engine.set_pledged_input_size(len(plain))
    made = engine.compress(plain) + engine.flush()
    return made[:-1] + bytes([made[-1] ^ 1])


def long_line(desk: Desk) -> bytes:
    """A line one byte too long that shrinks to a few thousand, as a bomb would not."""
    noise = hashlib.shake_256(b"noise").digest(8000).hex().encode()
    return spoil.records(desk, (b'{"h":"' + noise).ljust((1 << 20) + 1, b"a") + b"\n")


def trust(change: Callable[[dict[str, bytes]], object]) -> Make:
    return lambda desk: spoil.trust_files(desk, change)


def document(change: Callable[[dict[str, Any]], object]) -> Make:
    return lambda desk: spoil.document(desk, change)


def other_namespace(members: dict[str, bytes]) -> None:
    path = kinds.trust_path(2)
    armor = sshsig.sign(offices.ROOT.key, PACKAGE_NAMESPACE, members[path])
    members[kinds.trust_path(2, ".sshsig")] = armor


def flipped_version(members: dict[str, bytes]) -> None:
    path = kinds.trust_path(2)
    members[path] = members[path].replace(b"county", b"counti", 1)


def new_root_by_stranger(members: dict[str, bytes]) -> None:
    armor = sshsig.sign(STRANGER.key, TRUST_NAMESPACE, members[kinds.trust_path(2)])
    members[kinds.trust_path(2, ".new.sshsig")] = armor


def twin_key(members: dict[str, Any]) -> None:
    members["writers"].append(members["writers"][1])


def enrolled(**changes: Any) -> Make:
    """A 登记申请 whose one revision is changed."""

    def make(desk: Desk) -> bytes:
        forgery = Forgery.of(desk.enrol())
        plain = zstd.decompress(forgery.plain(RECORDS, CITY_PC.secret))
        revision = json.loads(plain)["r"]
        return enrol_of(forgery, spoil.rawline(compact(revision | changes)))

    return make


def enrol_of(forgery: Forgery, plain: bytes) -> bytes:
    index = json.loads(forgery.plain(INDEX, CITY_PC.secret))
    index["files"][RECORDS] = {"sha256": hashlib.sha256(plain).hexdigest(), "length": len(plain)}
    forgery.put(INDEX, compact(index), (CITY_PC.age,))
    return forgery.put(RECORDS, zstdframe.compress(plain), (CITY_PC.age,)).whole(STRANGER.key)


ACK: dict[str, Any] = {
    "writer": acks()[0].writer, "to": "511100", "seq": 3, "tip": "ab" * 32,
    "missing": [], "rejected": [], "parked": [],
}  # fmt: skip


def ack(**changes: Any) -> Make:
    return index(acks=[ACK | changes])
