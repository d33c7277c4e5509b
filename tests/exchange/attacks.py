"""What can go wrong with a package or be done to it, and the code it must get (§5)."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from backports import zstd

from app.exchange import kinds, manifest
from app.exchange.enrol import read_enrol
from app.exchange.packagereader import open_package
from app.exchange.records import join
from app.exchange.refusal import Parked, Refused
from app.exchange.trust import Trust
from tests.exchange import hostile, offices, spoil
from tests.exchange.forge import RECORDS, Forgery
from tests.exchange.offices import (
    CITY_PC,
    COUNTY,
    COUNTY_PC,
    GONE,
    NEW_ROOT,
    ROOT,
    SISTER,
    SISTER_PC,
    STRANGER,
)
from tests.exchange.spoil import INDEX, VISIT, Desk


@dataclass(frozen=True)
class Case:
    """How to make the file, the code it gets, and the trust version the reader has."""

    make: Callable[[Desk], bytes]
    code: str
    known: int = 1


def _c(make: Callable[[Desk], bytes], code: str, known: int = 1) -> Case:
    return Case(make, code, known)


BLANK = b" " * 1_000_000

ATTACKS: Mapping[str, Case] = {
    # bit flips and truncation
    "flip-header": _c(lambda d: spoil.flipped(d, manifest.BAG_INFO), "HASH_MISMATCH"),
    "flip-payload": _c(lambda d: spoil.flipped(d, RECORDS), "HASH_MISMATCH"),
    "flip-manifest": _c(lambda d: spoil.flipped(d, manifest.MANIFEST), "HASH_MISMATCH"),
    "flip-tagmanifest": _c(lambda d: spoil.flipped(d, manifest.TAG_MANIFEST), "SIG_BAD"),
    "truncated": _c(lambda d: d.forgery().zip()[:-200], "PKG_CORRUPT"),
    "half": _c(lambda d: d.forgery().zip()[:2000], "PKG_CORRUPT"),
    "empty": _c(lambda _: b"", "PKG_CORRUPT"),
    "not-a-zip": _c(lambda _: b"%PDF-1.7 not a package at all" * 20, "PKG_CORRUPT"),
    # names
    "dot-dot": _c(lambda d: spoil.rename(d, "bagit.txt", "zf/../bagit.txt"), "PATH_UNSAFE"),
    "absolute": _c(lambda d: spoil.rename(d, "bagit.txt", "/etc/passwd"), "PATH_UNSAFE"),
    "backslash": _c(lambda d: spoil.rename(d, "bagit.txt", "zf\\bagit.txt"), "PATH_UNSAFE"),
    "drive": _c(lambda d: spoil.rename(d, "bagit.txt", "C:/bagit.txt"), "PATH_UNSAFE"),
    "device": _c(lambda d: spoil.add(d, "data/CON"), "PATH_UNSAFE"),
    "device-with-ending": _c(lambda d: spoil.add(d, "data/lpt1.txt"), "PATH_UNSAFE"),
    "hidden": _c(lambda d: spoil.add(d, ".hidden"), "PATH_UNSAFE"),
    "symlink": _c(spoil.as_symlink, "PATH_UNSAFE"),
    "case-duplicate": _c(lambda d: spoil.add(d, "BAGIT.txt"), "PATH_DUP"),
    "two-roots": _c(lambda d: spoil.rename(d, "bagit.txt", "other/bagit.txt"), "ROOT"),
    "no-root": _c(lambda d: spoil.rename(d, "bagit.txt", "bagit.txt"), "ROOT"),
    "root-renamed": _c(lambda d: Forgery("zf-x", d.forgery().members).zip(), "ROOT"),
    "root-not-as-in-header": _c(lambda d: spoil.header(d, package_id="zf-x"), "ROOT"),
    # container
    "deflated": _c(lambda d: spoil.rezipped(d, compression=zipfile.ZIP_DEFLATED), "ZIP_METHOD"),
    "overlapping": _c(spoil.overlapping, "ZIP_OVERLAP"),
    "rezipped": _c(
        lambda d: spoil.rezipped(d, compression=zipfile.ZIP_STORED), "ZIP_NOT_CANONICAL"
    ),
    "prefix": _c(lambda d: b"MZ" + d.forgery().zip(), "ZIP_NOT_CANONICAL"),
    "suffix": _c(lambda d: d.forgery().zip() + b"\n", "ZIP_NOT_CANONICAL"),
    "timestamp": _c(lambda d: spoil.patched(d, b"PK\1\2", 12, 1), "ZIP_NOT_CANONICAL"),
    "local-timestamp": _c(lambda d: spoil.patched(d, b"PK\3\4", 10, 1), "ZIP_NOT_CANONICAL"),
    "local-name": _c(lambda d: spoil.patched(d, b"PK\3\4", 30, 0x41), "ZIP_NOT_CANONICAL"),
    "attributes": _c(lambda d: spoil.patched(d, b"PK\1\2", 38, 1), "ZIP_NOT_CANONICAL"),
    "order": _c(spoil.swapped_order, "ZIP_NOT_CANONICAL"),
    "header-too-large": _c(spoil.oversized, "TOO_LARGE"),
    "more-entries-than-any": _c(lambda _: hostile.many_entries(20_000), "TOO_LARGE"),
    "entries-of-a-false-count": _c(lambda _: hostile.many_entries(20_000, said=0), "TOO_LARGE"),
    "huge-count": _c(lambda _: hostile.huge_count(), "TOO_LARGE"),
    "huge-directory": _c(lambda _: hostile.huge_count(1, 0xFFFF_FFF0), "TOO_LARGE"),
    "blank-tagmanifest": _c(
        lambda d: hostile.manifest_of_blanks(d, manifest.TAG_MANIFEST, 1 << 20), "TOO_LARGE"
    ),
    "blank-manifest": _c(
        lambda d: spoil.text(d, manifest.MANIFEST, b"\n" * (4 << 20)), "PKG_CORRUPT"
    ),
    # members
    "no-header": _c(lambda d: spoil.without(d, manifest.HEADER), "MISSING_MEMBER"),
    "no-tagmanifest": _c(lambda d: spoil.without(d, manifest.TAG_MANIFEST), "MISSING_MEMBER"),
    "no-records": _c(lambda d: spoil.without(d, RECORDS), "MISSING_MEMBER"),
    "no-index": _c(lambda d: spoil.without(d, INDEX), "MISSING_MEMBER"),
    "extra-payload": _c(lambda d: spoil.add(d, "data/extra"), "EXTRA_MEMBER"),
    "fetch": _c(lambda d: spoil.add(d, "fetch.txt"), "EXTRA_MEMBER"),
    "other-manifest": _c(lambda d: spoil.add(d, "manifest-sha512.txt"), "EXTRA_MEMBER"),
    "unsorted-manifest": _c(spoil.untidy_manifest, "PKG_CORRUPT"),
    "malformed-manifest": _c(lambda d: spoil.text(d, manifest.MANIFEST, b"what?\n"), "PKG_CORRUPT"),
    # versions and suites
    "format-2": _c(lambda d: spoil.header(d, format=2), "VERSION_TOO_NEW"),
    "crit": _c(lambda d: spoil.header(d, crit=["seals"]), "VERSION_TOO_NEW"),
    "crit-unnamed": _c(lambda d: spoil.header(d, crit=[1]), "HEADER_INVALID"),
    "crit-partly-named": _c(lambda d: spoil.header(d, crit=["seals", 1]), "HEADER_INVALID"),
    "suite-unknown": _c(lambda d: spoil.header(d, suite="none"), "SUITE_NOT_ALLOWED"),
    "suite-gm": _c(spoil.suite_gm, "SUITE_NOT_ALLOWED"),
    # signature
    "unsigned": _c(spoil.unsigned, "SIG_MISSING"),
    "two-signatures": _c(spoil.second_signature, "EXTRA_MEMBER"),
    "sm2-beside-std": _c(lambda d: spoil.second_signature(d, ".sm2sig"), "EXTRA_MEMBER"),
    "sm2-only": _c(spoil.only_sm2, "SIG_BAD"),
    "signature-renamed": _c(spoil.renamed_signature, "SIG_BAD"),
    "signature-crlf": _c(lambda d: spoil.armor(d, lambda a: a.replace(b"\n", b"\r\n")), "SIG_BAD"),
    "signature-unended": _c(lambda d: spoil.armor(d, bytes.strip), "SIG_BAD"),
    "signature-junk": _c(lambda d: spoil.armor(d, lambda _: b"\xff junk"), "SIG_BAD"),
    "signature-huge": _c(lambda d: spoil.armor(d, lambda a: a * 100), "SIG_BAD"),
    "namespace": _c(lambda d: d.forgery().sign(namespace="file").zip(), "SIG_NAMESPACE"),
    # header
    "header-not-json": _c(lambda d: spoil.raw_header(d, lambda h: h[:-1]), "HEADER_INVALID"),
    "header-deep": _c(lambda d: spoil.raw_header(d, lambda _: b"[" * 60_000), "HEADER_INVALID"),
    "header-twice": _c(
        lambda d: spoil.raw_header(d, lambda h: h[:-1] + b',"to":"511100"}'), "HEADER_INVALID"
    ),
    "header-spaced": _c(lambda d: spoil.raw_header(d, lambda h: h + b"\n"), "HEADER_INVALID"),
    "header-lacks-part": _c(lambda d: spoil.without_header_member(d, "part"), "HEADER_INVALID"),
    "header-format-text": _c(lambda d: spoil.header(d, format="1"), "HEADER_INVALID"),
    "header-kind": _c(lambda d: spoil.header(d, kind="gossip"), "HEADER_INVALID"),
    "header-seq": _c(lambda d: spoil.header(d, seq=2), "HEADER_INVALID"),
    "header-to": _c(lambda d: spoil.header(d, to="all"), "HEADER_INVALID"),
    "urgent-to-self": _c(lambda d: spoil.header(d, kind="urgent", to=COUNTY), "HEADER_INVALID"),
    "answer-to-self": _c(lambda d: spoil.header(d, kind="answer", to=COUNTY), "HEADER_INVALID"),
    "header-station": _c(lambda d: spoil.header(d, station=SISTER), "HEADER_INVALID"),
    "header-created": _c(
        lambda d: spoil.header(d, created="2026-02-30T10:00:00+08:00"), "HEADER_INVALID"
    ),
    "header-created-offset": _c(
        lambda d: spoil.header(d, created="2026-07-04T10:00:00+08:60"), "HEADER_INVALID"
    ),
    "header-recipients": _c(lambda d: spoil.header(d, recipients=[]), "HEADER_INVALID"),
    "header-readers": _c(
        lambda d: spoil.header(d, recipients=[f"{one:016x}" for one in range(129)]),
        "HEADER_INVALID",
    ),
    "header-oxum": _c(
        lambda d: d.forgery().change_header(payload_oxum="1.1").manifests(oxum=False).sign().zip(),
        "HEADER_INVALID",
    ),
    "bagit": _c(
        lambda d: spoil.text(d, manifest.BAGIT, b"BagIt-Version: 0.97\n"), "HEADER_INVALID"
    ),
    "bag-info": _c(lambda d: spoil.text(d, manifest.BAG_INFO, b"Note: hello\n"), "HEADER_INVALID"),
    # signer
    "unknown-signer": _c(lambda d: d.forgery(STRANGER).zip(), "SIGNER_UNKNOWN"),
    "signed-by-sister": _c(lambda d: d.forgery().whole(SISTER_PC.key), "SIGNER_NOT_WRITER"),
    "stolen": _c(spoil.stolen, "INNER_OUTER_MISMATCH"),
    "county-restores": _c(
        lambda d: d.forgery(COUNTY_PC, "restore", to=COUNTY).zip(), "KIND_FORBIDDEN"
    ),
    "county-answers": _c(
        lambda d: d.forgery(COUNTY_PC, "answer", to=SISTER).zip(), "KIND_FORBIDDEN"
    ),
    "gone-restores": _c(
        lambda d: d.forgery(GONE, "restore", seq=9, prev="00" * 32).zip(), "KIND_FORBIDDEN"
    ),
    "other-channel": _c(lambda d: d.forgery(to=SISTER).zip(), "KIND_FORBIDDEN"),
    "revoked": _c(lambda d: d.forgery(GONE, seq=8, prev="00" * 32).zip(), "REVOKED"),
    # decryption
    "not-for-us": _c(lambda d: d.forgery(recipients=(STRANGER.age,)).zip(), "NOT_FOR_US"),
    "age-junk": _c(lambda d: spoil.ciphertext(d, INDEX, b"junk"), "PKG_CORRUPT"),
    "age-stanzas": _c(lambda d: hostile.wide_age(d.forgery(), INDEX, 30_000), "PKG_CORRUPT"),
    "age-unended-header": _c(
        lambda d: spoil.ciphertext(d, INDEX, b"age-encryption.org/v1\n" + hostile.stanzas(500)),
        "PKG_CORRUPT",
    ),
    "age-empty": _c(lambda d: spoil.ciphertext(d, INDEX, b""), "PKG_CORRUPT"),
    "age-armored": _c(lambda d: spoil.ciphertext(d, INDEX, spoil.armored()), "PKG_CORRUPT"),
    "age-cut": _c(
        lambda d: spoil.ciphertext(d, RECORDS, d.forgery().members[RECORDS][:-1]), "PKG_CORRUPT"
    ),
    "records-not-for-us": _c(
        lambda d: d.forgery().put(RECORDS, b"", (STRANGER.age,)).whole(), "NOT_FOR_US"
    ),
    # index
    "index-not-json": _c(lambda d: spoil.index_bytes(d, b"{"), "INDEX_INVALID"),
    "index-lacks-cover": _c(lambda d: spoil.index_bytes(d, b"{}"), "INDEX_INVALID"),
    "index-other-package": _c(lambda d: spoil.index(d, seq=2), "INNER_OUTER_MISMATCH"),
    "index-ack": _c(lambda d: spoil.index(d, acks=[spoil.ACK | {"writer": "x"}]), "INDEX_INVALID"),
    "index-ack-misspelt": _c(
        lambda d: spoil.index(d, acks=[spoil.ack_with("rejcted", "rejected")]), "INDEX_INVALID"
    ),
    "index-ack-short": _c(
        lambda d: spoil.index(d, acks=[spoil.ack_with(None, "missing")]), "INDEX_INVALID"
    ),
    "index-ack-without-parked": _c(
        lambda d: spoil.index(d, acks=[spoil.ack_with(None, "parked")]), "INDEX_INVALID"
    ),
    "index-sum": _c(
        lambda d: spoil.index(d, cover={"records": {}, "sums": {"aid.money": "1e9"}}),
        "INDEX_INVALID",
    ),
    "index-scan-name": _c(
        lambda d: spoil.index_with(d, lambda i: spoil.rename_scans(i, "a\nb")), "INDEX_INVALID"
    ),
    "index-too-large": _c(lambda d: spoil.index_bytes(d, b" " * (16 << 20) + b"{}"), "TOO_LARGE"),
    "index-of-too-many-values": _c(
        lambda d: hostile.stuffed_index(d.forgery(), 2 << 20), "INDEX_INVALID"
    ),
    "index-ack-of-too-many-numbers": _c(
        lambda d: spoil.index(d, acks=[spoil.ACK | {"missing": list(range(4, 10_005))}]),
        "INDEX_INVALID",
    ),
    "index-of-too-many-acks": _c(
        lambda d: spoil.index(d, acks=[spoil.ACK] * 10_001), "INDEX_INVALID"
    ),
    "index-lists-more": _c(
        lambda d: spoil.index_with(d, lambda i: i["files"].update({"data/x": spoil.facts_of(b"")})),
        "MISSING_MEMBER",
    ),
    "index-lists-less": _c(lambda d: spoil.index(d, files={}), "EXTRA_MEMBER"),
    "payload-stray": _c(
        lambda d: spoil.added_payload(d, "data/notes.age", listed=True), "EXTRA_MEMBER"
    ),
    "records-gap": _c(lambda d: spoil.added_payload(d, kinds.records_path(2)), "MISSING_MEMBER"),
    "scan-in-answer": _c(spoil.scan_in_answer, "EXTRA_MEMBER"),
    # records
    "cover-count": _c(
        lambda d: spoil.index_with(d, lambda i: i["cover"].update(records={"visit": 3})),
        "COVER_MISMATCH",
    ),
    "cover-sum": _c(
        lambda d: spoil.index_with(d, lambda i: i["cover"]["sums"].update({"aid.money": "620.51"})),
        "COVER_MISMATCH",
    ),
    "records-hash": _c(
        lambda d: spoil.index_with(d, lambda i: i["files"][RECORDS].update(sha256="00" * 32)),
        "HASH_MISMATCH",
    ),
    "bomb-ratio": _c(lambda d: spoil.records(d, BLANK, frame=zstd.compress(BLANK)), "BOMB"),
    "bomb-index": _c(lambda d: spoil.records(d, join([offices.revision()]), length=10), "BOMB"),
    "bomb-frame": _c(lambda d: spoil.lying_frame(d, 600), "BOMB"),
    "short-frame": _c(lambda d: spoil.lying_frame(d, 3000), "HASH_MISMATCH"),
    "frame-says-more": _c(lambda d: spoil.misnumbered_frame(d, +1), "HASH_MISMATCH"),
    "frame-says-less": _c(lambda d: spoil.misnumbered_frame(d, -1), "BOMB"),
    "frame-says-far-more": _c(spoil.boasting_frame, "BOMB"),
    "short-index": _c(
        lambda d: spoil.records(d, join([offices.revision()]), length=900), "HASH_MISMATCH"
    ),
    "zstd-junk": _c(lambda d: spoil.records(d, b"", frame=b"junk junk"), "PKG_CORRUPT"),
    "zstd-cut": _c(
        lambda d: spoil.records(d, b"x" * 99, frame=zstd.compress(b"x" * 99)[:-2]), "PKG_CORRUPT"
    ),
    "zstd-after": _c(
        lambda d: spoil.records(d, b"x" * 99, frame=zstd.compress(b"x" * 99) + b"y"), "PKG_CORRUPT"
    ),
    "zstd-two-frames": _c(
        lambda d: spoil.records(d, b"x" * 99, frame=zstd.compress(b"x" * 50) * 2), "PKG_CORRUPT"
    ),
    "zstd-empty-frame-before": _c(
        lambda d: spoil.records(d, b"x" * 99, frame=zstd.compress(b"") + zstd.compress(b"x" * 99)),
        "PKG_CORRUPT",
    ),
    "zstd-empty": _c(lambda d: spoil.records(d, b"x" * 99, frame=b""), "PKG_CORRUPT"),
    "zstd-three-bytes": _c(
        lambda d: spoil.records(d, b"x" * 900, frame=zstd.compress(b"x")[:3]), "PKG_CORRUPT"
    ),
    "zstd-no-size": _c(
        lambda d: spoil.records(d, b"x" * 99, frame=spoil.sizeless(b"x" * 99)), "PKG_CORRUPT"
    ),
    "zstd-window": _c(
        lambda d: spoil.records(d, b"x" * 99, frame=spoil.wide(b"x" * 99)), "PKG_CORRUPT"
    ),
    "long-line": _c(lambda d: spoil.records(d, spoil.padded((1 << 20) + 1)), "LINE_TOO_LONG"),
    "long-unended-line": _c(
        lambda d: spoil.records(d, spoil.padded(1 << 21)[:-1]), "LINE_TOO_LONG"
    ),
    "lines-more-than-the-cover": _c(
        lambda d: hostile.lines_of(d, join([offices.revision()]) * 9, 8), "COVER_MISMATCH"
    ),
    "lines-all-blank": _c(lambda d: hostile.lines_of(d, b"\n" * 100_001, 100_001), "LINES_INVALID"),
    "index-of-a-long-type": _c(
        lambda d: spoil.index_with(d, lambda i: i["cover"]["records"].update({"x" * 61: 0})),
        "INDEX_INVALID",
    ),
    "lines-of-too-many-parents": _c(
        lambda d: hostile.lines_of(d, join(hostile.mesh(100, 50)), 100), "HISTORY_INVALID"
    ),
    "records-larger-than-any": _c(
        lambda d: spoil.records(d, BLANK, length=(128 << 20) + 1), "TOO_LARGE"
    ),
    "more-lines-than-any": _c(
        lambda d: hostile.lines_of(d, join([offices.revision()]), 1_000_001), "TOO_LARGE"
    ),
    # single lines
    "line-hash": _c(lambda d: spoil.one_line(d, join([("00" * 32, VISIT)])), "RECORD_INVALID"),
    "line-blank": _c(lambda d: spoil.one_line(d, b"\n"), "RECORD_INVALID"),
    "line-bom": _c(
        lambda d: spoil.one_line(d, b"\xef\xbb\xbf" + spoil.rawline(VISIT)), "RECORD_INVALID"
    ),
    "line-unended": _c(spoil.unended, "RECORD_INVALID"),
    "line-spaced": _c(
        lambda d: spoil.one_line(d, spoil.rawline(VISIT).replace(b',"r":', b', "r":')),
        "RECORD_INVALID",
    ),
    "line-upper-hash": _c(
        lambda d: spoil.one_line(d, spoil.upper(spoil.rawline(VISIT))), "RECORD_INVALID"
    ),
    "line-not-json": _c(lambda d: spoil.one_line(d, spoil.rawline(b"{")), "RECORD_INVALID"),
    "line-not-utf8": _c(
        lambda d: spoil.one_line(d, spoil.rawline(VISIT.replace("走访".encode(), b"\xff\xfe"))),
        "RECORD_INVALID",
    ),
    "line-surrogate": _c(
        lambda d: spoil.one_line(d, spoil.rawline(VISIT.replace("走访".encode(), b"\\ud800"))),
        "RECORD_INVALID",
    ),
    "line-twice": _c(
        lambda d: spoil.one_line(
            d, spoil.rawline(VISIT[:-1] + b',"at":"%b"}' % offices.WHEN.encode())
        ),
        "RECORD_INVALID",
    ),
    "line-twice-deep": _c(
        lambda d: spoil.one_line(d, spoil.rawline(VISIT.replace(b'"note"', b'"workers_met"'))),
        "RECORD_INVALID",
    ),
    "line-nan": _c(
        lambda d: spoil.one_line(d, spoil.rawline(VISIT.replace(b":12,", b":NaN,"))),
        "RECORD_INVALID",
    ),
    "line-deep": _c(
        lambda d: spoil.one_line(d, spoil.altered(VISIT, body=spoil.nested(32))), "RECORD_INVALID"
    ),
    "line-very-deep": _c(
        lambda d: spoil.one_line(
            d, spoil.rawline(VISIT[:-1] + b',"x":' + b"[" * 50_000 + b"]" * 50_000 + b"}")
        ),
        "RECORD_INVALID",
    ),
    "line-id": _c(
        lambda d: spoil.one_line(d, spoil.altered(VISIT, id=offices.uuid4(1))), "RECORD_INVALID"
    ),
    "line-schema": _c(
        lambda d: spoil.one_line(d, spoil.altered(VISIT, schema=0)), "RECORD_INVALID"
    ),
    "line-parents": _c(
        lambda d: spoil.one_line(d, spoil.altered(VISIT, parents=["bb" * 32, "aa" * 32])),
        "RECORD_INVALID",
    ),
    "line-of-65-parents": _c(
        lambda d: spoil.one_line(d, join(hostile.joins(65))), "RECORD_INVALID"
    ),
    "line-at": _c(
        lambda d: spoil.one_line(d, spoil.altered(VISIT, at="2026-07-04T10:00:00")),
        "RECORD_INVALID",
    ),
    "line-at-offset": _c(
        lambda d: spoil.one_line(d, spoil.altered(VISIT, at="2026-07-04T10:00:00-08:99")),
        "RECORD_INVALID",
    ),
    "line-by": _c(lambda d: spoil.one_line(d, spoil.altered(VISIT, by="")), "RECORD_INVALID"),
    "line-long-by": _c(
        lambda d: spoil.one_line(d, spoil.altered(VISIT, by="x" * 101)), "RECORD_INVALID"
    ),
    "line-writer": _c(
        lambda d: spoil.one_line(d, spoil.altered(VISIT, writer="沙湾")), "RECORD_INVALID"
    ),
    "line-op": _c(lambda d: spoil.one_line(d, spoil.altered(VISIT, op="delete")), "RECORD_INVALID"),
    "line-type": _c(
        lambda d: spoil.one_line(d, spoil.altered(VISIT, type="review", body={})), "RECORD_INVALID"
    ),
    "line-other-writer": _c(
        lambda d: spoil.one_line(d, spoil.altered(VISIT, writer=SISTER_PC.writer)), "REV_FORBIDDEN"
    ),
    # single scans
    "scan-hash": _c(
        lambda d: spoil.bad_scan(d, lambda f, p: f.put(p, b"photo X")), "RECORD_INVALID"
    ),
    "scan-longer": _c(
        lambda d: spoil.bad_scan(d, lambda f, p: f.put(p, b"photo 123")), "RECORD_INVALID"
    ),
    "scan-junk": _c(
        lambda d: spoil.bad_scan(d, lambda f, p: f.members.update({p: b"junk"})), "RECORD_INVALID"
    ),
    "scan-not-for-us": _c(
        lambda d: spoil.bad_scan(d, lambda f, p: f.put(p, b"photo 1", (STRANGER.age,))),
        "RECORD_INVALID",
    ),
    # trust
    "trust-rollback": _c(lambda d: d.trust(offices.first_trust()).zip(), "TRUST_ROLLBACK", 2),
    "trust-stranger": _c(spoil.another_chain, "SIGNER_UNKNOWN"),
    "trust-stranger-same-length": _c(spoil.another_chain, "SIGNER_UNKNOWN", 2),
    "trust-older-stranger": _c(lambda d: spoil.another_chain(d, version=1), "SIGNER_UNKNOWN", 2),
    "trust-older-second-history": _c(
        lambda d: spoil.another_chain(d, version=1, root=ROOT), "CHAIN_BREAK", 2
    ),
    "trust-second-history": _c(lambda d: spoil.another_chain(d, root=ROOT), "CHAIN_BREAK"),
    "trust-wrong-root": _c(lambda d: spoil.document(d, lambda _: None, NEW_ROOT), "SIGNER_UNKNOWN"),
    "trust-previous": _c(
        lambda d: spoil.document(d, lambda m: m.update(previous="00" * 32)), "CHAIN_BREAK"
    ),
    "trust-version": _c(lambda d: spoil.document(d, lambda m: m.update(version=3)), "CHAIN_BREAK"),
    "trust-malformed": _c(
        lambda d: spoil.document(d, lambda m: m["writers"][0].update(age="age1x")), "INDEX_INVALID"
    ),
    "trust-writer-lacks-supersedes": _c(
        lambda d: spoil.document(d, lambda m: m["writers"][0].pop("supersedes")), "INDEX_INVALID"
    ),
    "trust-writer-name": _c(
        lambda d: spoil.document(d, lambda m: m["writers"][0].update(writer="511100-00000000")),
        "INDEX_INVALID",
    ),
    "trust-allowed-signers": _c(
        lambda d: spoil.trust_files(d, lambda m: m.update({kinds.ALLOWED_SIGNERS: b""})),
        "HASH_MISMATCH",
    ),
    "trust-signature-missing": _c(
        lambda d: spoil.trust_files(d, lambda m: m.pop(kinds.trust_path(2, ".sshsig"))),
        "MISSING_MEMBER",
    ),
    "trust-new-root-silent": _c(
        lambda d: spoil.trust_files(d, lambda m: m.pop(kinds.trust_path(2, ".new.sshsig"))),
        "MISSING_MEMBER",
    ),
    "trust-known-root-silent": _c(
        lambda d: spoil.trust_files(d, lambda m: m.pop(kinds.trust_path(2, ".new.sshsig"))),
        "MISSING_MEMBER",
        2,
    ),
    "trust-known-root-twice": _c(
        lambda d: spoil.trust_files(
            d,
            lambda m: m.update(
                {kinds.trust_path(1, ".new.sshsig"): m[kinds.trust_path(1, ".sshsig")]}
            ),
        ),
        "EXTRA_MEMBER",
    ),
    "trust-known-resigned": _c(
        lambda d: spoil.trust_files(d, lambda m: spoil.sign_version(m, 1, STRANGER)),
        "SIGNER_UNKNOWN",
    ),
    "trust-zero": _c(
        lambda d: spoil.trust_files(
            d,
            lambda m: m.update(
                {
                    kinds.trust_path(0): m[kinds.trust_path(1)],
                    kinds.trust_path(0, ".sshsig"): m[kinds.trust_path(1, ".sshsig")],
                }
            ),
        ),
        "EXTRA_MEMBER",
    ),
    "trust-gap": _c(
        lambda d: spoil.trust_files(d, lambda m: m.update({kinds.trust_path(900_000): b"{}"})),
        "MISSING_MEMBER",
    ),
    "trust-version-too-large": _c(lambda d: hostile.trust_of(d, 1, (2 << 20) + 1), "TOO_LARGE"),
    "trust-signature-too-large": _c(
        lambda d: spoil.trust_files(
            d, lambda m: m.update({kinds.trust_path(1, ".sshsig"): b"-" * 5000})
        ),
        "SIG_BAD",
    ),
    "trust-too-large": _c(lambda d: hostile.trust_of(d, 33, 2 << 20), "TOO_LARGE"),
    "trust-extra": _c(
        lambda d: spoil.trust_files(d, lambda m: m.update({"data/trust/notes": b"x"})),
        "EXTRA_MEMBER",
    ),
    "trust-writer": _c(
        lambda d: d.trust(spoil.second_trust()).whole(SISTER_PC.key), "SIGNER_NOT_WRITER"
    ),
    # enrol
    "enrol-other-key": _c(
        lambda d: d.enrol(signing_key=COUNTY_PC.key.public.text).read_bytes(), "SIGNER_NOT_WRITER"
    ),
    "enrol-to-self": _c(lambda d: d.enrol(to=STRANGER.station).read_bytes(), "HEADER_INVALID"),
    "enrol-to-county": _c(lambda d: d.enrol(to=COUNTY).read_bytes(), "HEADER_INVALID"),
    "enrol-age": _c(lambda d: d.enrol(age="age1x").read_bytes(), "RECORD_INVALID"),
    "enrol-machine": _c(lambda d: d.enrol(machine="x" * 256).read_bytes(), "RECORD_INVALID"),
    "enrol-two-lines": _c(lambda d: hostile.enrol_of_lines(d, 1), "RECORD_INVALID"),
    "enrol-many-lines": _c(lambda d: hostile.enrol_of_lines(d, 600_000), "RECORD_INVALID"),
    "enrol-too-large": _c(lambda d: hostile.wide_enrol(d, 64 << 10), "TOO_LARGE"),
    "enrol-stanzas": _c(lambda d: hostile.wide_enrol(d, 30_000), "PKG_CORRUPT"),
    "enrol-resigned": _c(lambda d: Forgery.of(d.enrol()).whole(SISTER_PC.key), "SIGNER_NOT_WRITER"),
}


class Nowhere:
    """A sink that keeps nothing."""

    def write(self, data: bytes) -> int:
        return len(data)


@dataclass(frozen=True)
class Verdict:
    """How reading everything ended: with a refusal, or with what was set aside."""

    refused: Refused | None
    parked: Sequence[Parked]

    @property
    def code(self) -> str:
        """`OK`, or the codes."""
        if self.refused:
            return self.refused.code
        return ",".join(sorted({one.code for one in self.parked})) or "OK"


def verdict(
    path: Path, trust: Trust | None, *, secret: str = CITY_PC.secret, passphrase: str | None = None
) -> Verdict:
    """Read everything, as the city unless told otherwise."""
    try:
        with open_package(path, trust=trust, identities=[secret], passphrase=passphrase) as package:
            if package.header.kind == "enrol":
                read_enrol(package)
            found = [one for one in package.lines() if isinstance(one, Parked)]
            copies = (one.copy_to(Nowhere()) for one in package.attachments())
            found += [one for one in copies if one]
    except Refused as refused:
        return Verdict(refused, ())
    return Verdict(None, found)


def outcome(
    path: Path, trust: Trust | None, *, secret: str = CITY_PC.secret, passphrase: str | None = None
) -> str:
    """The code that reading everything ends with: `OK`, or what went wrong."""
    return verdict(path, trust, secret=secret, passphrase=passphrase).code
