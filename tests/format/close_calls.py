"""Where two honest readers could come to different ends: the description settles each (F1-F20)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from backports import zstd

from app.exchange import kinds, sshsig, zstdframe
from app.exchange.keys import TRUST_NAMESPACE
from app.exchange.records import join
from tests.exchange import offices, spoil
from tests.exchange.forge import RECORDS, Forgery, compact
from tests.exchange.offices import CITY_PC, CODE, READERS, STRANGER
from tests.exchange.spoil import INDEX, VISIT, Desk
from tests.format import insider_makers as made
from tests.format.chance import Chance, seal
from tests.format.contents import PERSON, from_county, reference, said, sealed, visit
from tests.format.example import TRUSTS, Example, bad, good

Make = Callable[[Desk], bytes]


def told(rows: Sequence[bytes], records: dict[str, int], sums: dict[str, str]) -> Make:
    """These record lines, and what the cover says of them."""

    def make(desk: Desk) -> bytes:
        forgery = Forgery.of(desk.sealed(lines=[visit()]))
        plain = b"".join(rows)
        index = forgery.index()
        index["files"] = {RECORDS: spoil.facts_of(plain)}
        index["cover"] = {"records": records, "sums": sums}
        return forgery.change_index(**index).put(RECORDS, zstdframe.compress(plain)).whole()

    return make


def aid(number: int, **body: Any) -> bytes:
    return join([said(number, "aid", {"person": PERSON, **body})])


AMOUNTS = [
    aid(81, money="-0", goods_value="007.50"),
    aid(82, money=-3, goods_value=1234567890123456),
    aid(83, money=12.0, goods_value="1e3"),
    aid(84, money="+1", goods_value=" 1"),
    aid(85, money="123456789012345.000001", goods_value="1.0000001"),
]
SUMS = {"aid.money": "123456789012342.000001", "aid.goods_value": "7.5"}


def checksummed(desk: Desk) -> bytes:
    """A sound frame that ends with a checksum."""
    forgery = desk.forgery()
    plain = zstd.decompress(forgery.plain(RECORDS))
    engine = zstd.ZstdCompressor(options={zstd.CompressionParameter.checksum_flag: 1})
    engine.set_pledged_input_size(len(plain))
    return forgery.put(RECORDS, engine.compress(plain) + engine.flush()).whole()


def with_stanza(extra: bytes) -> Make:
    """A stanza in front of those of the recipients."""

    def make(desk: Desk) -> bytes:
        forgery = desk.forgery()
        plain = forgery.plain(INDEX)
        forgery.members[INDEX] = seal(plain, READERS, Chance("front"), extra)
        return forgery.whole()

    return make


def behind_a_code_of_many_files(desk: Desk) -> bytes:
    path = desk.path()
    path.write_bytes(sealed(CITY_PC, "reference", "all", recipients=None, lines=reference)(desk))
    forgery = Forgery.of(path)
    for number in range(1, kinds.MOST_BEHIND_CODE):
        forgery.members[kinds.records_path(number)] = b"x"
    return forgery.whole(CITY_PC.key)


def format_0_unsigned(desk: Desk) -> bytes:
    forgery = desk.forgery().change_header(format=0).manifests()
    del forgery.members[forgery.signature]
    return forgery.zip()


def first_version_spoilt(desk: Desk) -> bytes:
    """Version 1 is no JSON any more, and its signature is of what it was."""
    forgery = desk.trust(offices.first_trust())
    forgery.members[kinds.trust_path(1)] += b"x"
    return forgery.whole(CITY_PC.key)


def first_version_of_two_signatures(desk: Desk) -> bytes:
    forgery = desk.trust(offices.first_trust())
    armor = sshsig.sign(offices.ROOT.key, TRUST_NAMESPACE, forgery.members[kinds.trust_path(1)])
    forgery.members[kinds.trust_path(1, ".new.sshsig")] = armor
    return forgery.whole(CITY_PC.key)


def enrol_by_another_key(desk: Desk) -> bytes:
    forgery = Forgery.of(desk.enrol()).manifests()
    return forgery.sign(CITY_PC.key).zip()


def two_requests(desk: Desk) -> bytes:
    """Two lines, as the cover says."""
    forgery = Forgery.of(desk.enrol())
    line = zstd.decompress(forgery.plain(RECORDS, CITY_PC.secret))
    index = json.loads(forgery.plain(INDEX, CITY_PC.secret))
    index["cover"]["records"]["enrol"] = 2
    forgery.put(INDEX, compact(index), (CITY_PC.age,))
    return made.enrol_of(forgery, line * 2)


def minus_zero(raw: bytes) -> bytes:
    header = json.loads(raw)
    return raw.replace(b'"trust_version":%d' % header["trust_version"], b'"trust_version":-0', 1)


_UPPER = spoil.upper(spoil.rawline(VISIT))
_DELETED = spoil.altered(VISIT, op="delete")
_LOW = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"
_SCRYPT = b"-> scrypt " + b"A" * 22 + b" 10\n" + b"A" * 43 + b"\n"
_EMPTY = b"\x28\xb5\x2f\xfd\x20\x00\x01\x00\x00"
_SKIPPED = b"\x50\x2a\x4d\x18\x00\x00\x00\x00"

GOOD: Mapping[str, Example] = {
    "submission-of-a-line-twice": good(
        told([join([visit()])] * 2, {"visit": 2}, {"visit.workers_met": "24.0"}), "F11.13"
    ),
    "submission-with-empty-lines": good(
        told([join([visit()]), b"\n", b"\n"], {"visit": 3}, {}), "F11.2 F11.11 F11.13"
    ),
    "submission-in-a-wrong-frame": good(
        told([_UPPER, join([visit()])], {"visit": 2}, {"visit.workers_met": "1"}),
        "F11.2 F11.12 F11.13",
    ),
    "submission-of-an-unknown-op": good(
        told([_DELETED, join([visit()])], {"visit": 2}, {"visit.workers_met": "1"}),
        "F11.5 F11.12 F11.13",
    ),
    "submission-of-a-scan-twice": good(
        from_county(attachments=lambda: [offices.scan(b"the same scan")] * 2), "F20.4"
    ),
    "submission-of-minus-zero": good(lambda d: spoil.raw_header(d, minus_zero), "F4.3 F4.17"),
    "submission-with-a-checksum": good(checksummed, "F10.2"),
    "trust-of-gm-1-alone": good(
        lambda d: d.trust(TRUSTS["trust-only-gm"]()).zip(), "F4.6 F13.3", key=None
    ),
}

ATTACKS: Mapping[str, Example] = {
    "format-0-unsigned": bad(format_0_unsigned, "SIG_MISSING", "F5.1 F15.1"),
    "header-number-of-310-digits": bad(
        made.raw_header(b'"part":null', b'"part":null,"x":1' + b"0" * 309),
        "HEADER_INVALID",
        "F4.1",
    ),
    "enrol-by-another-key-unopened": bad(
        enrol_by_another_key, "SIGNER_NOT_WRITER", "F5.7 F20.1", trust=None, key=None
    ),
    "enrol-of-two-lines-by-its-cover": bad(two_requests, "RECORD_INVALID", "F14.1"),
    "enrol-key-of-words": bad(
        lambda d: d.enrol(signing_key="a key").read_bytes(), "SIGNER_NOT_WRITER", "F14.2 F14.3"
    ),
    "age-share-of-low-order": bad(with_stanza(_LOW), "PKG_CORRUPT", "F8.1"),
    "age-scrypt-beside-others": bad(with_stanza(_SCRYPT), "PKG_CORRUPT", "F8.1"),
    "code-of-many-files": bad(
        behind_a_code_of_many_files, "TOO_LARGE", "F8.5", key=None, passphrase=CODE
    ),
    "inner-kind-unknown": bad(made.index(kind="gossip"), "INNER_OUTER_MISMATCH", "F9.2 F9.3"),
    "zstd-skippable-behind": bad(made.frame(lambda f: f + _SKIPPED), "PKG_CORRUPT", "F10.2"),
    "zstd-empty-frame-behind": bad(made.frame(lambda f: f + _EMPTY), "PKG_CORRUPT", "F10.2"),
    "cover-of-odd-amounts": good(told(AMOUNTS, {"aid": 5}, SUMS), "F4.3 F11.13"),
    "cover-of-odd-amounts-added": bad(
        told(AMOUNTS, {"aid": 5}, SUMS | {"aid.money": "123456789012357.000001"}),
        "COVER_MISMATCH",
        "F11.13",
    ),
    "trust-first-version-spoilt": bad(
        first_version_spoilt, "SIG_BAD", "F13.2", trust=None, key=None
    ),
    "trust-first-version-signed-twice": bad(
        first_version_of_two_signatures, "EXTRA_MEMBER", "F13.5 F13.6", key=None
    ),
    "trust-after-gm-1-alone": bad(
        lambda d: d.trust(spoil.second_trust()).zip(),
        "SUITE_NOT_ALLOWED",
        "F4.6",
        trust="trust-only-gm",
        key=None,
    ),
    "trust-of-an-impostor": bad(
        lambda d: spoil.another_chain(d, version=3, root=STRANGER),
        "SIGNER_UNKNOWN",
        "F13.2 F13.6 F20.2",
        trust="trust-2",
        key=None,
    ),
}
