"""Attacks by whoever may sign: headers, seals, indexes, lines and chains made by hand (F4-F14)."""

from __future__ import annotations

from collections.abc import Mapping

from app.exchange import kinds, manifest
from app.exchange.keys import TRUST_NAMESPACE
from tests.exchange import offices, spoil
from tests.exchange.forge import RECORDS
from tests.exchange.offices import CITY_PC, CODE, COUNTY, COUNTY_PC, SISTER_PC
from tests.exchange.spoil import VISIT
from tests.format import insider_makers as made
from tests.format.contents import sealed
from tests.format.example import LATE, Example, bad

_HEADER_FORM = {
    "header-bom": (made.raw_header(b"{", b"\xef\xbb\xbf{"), "F4.1"),
    "header-nan": (made.raw_header(b'"part":null', b'"part":null,"x":NaN'), "F4.1"),
    "header-number-beyond": (made.raw_header(b'"part":null', b'"part":null,"x":1e999'), "F4.1"),
    "header-surrogate": (made.raw_header(b'"part":null', b'"part":null,"x":"\\ud800"'), "F4.1"),
    "header-not-utf8": (made.raw_header(b'"part":null', b'"part":null,"x":"\xc3\x28"'), "F4.1"),
    "header-twice-deep": (
        made.raw_header(b'"part":null', b'"part":null,"x":{"a":1,"a":1}'),
        "F4.1",
    ),
    "header-of-33-levels": (
        made.raw_header(b'"part":null', b'"part":null,"x":' + b"[" * 32 + b"]" * 32),
        "F4.1",
    ),
    "header-comma-at-the-end": (made.raw_header(b'"part":null,', b'"part":null,,'), "F4.1"),
    "header-single-quotes": (made.raw_header(b'"part"', b"'part'"), "F4.1"),
    "header-a-list": (lambda d: spoil.raw_header(d, lambda raw: b"[" + raw + b"]"), "F4.3"),
    "header-space-inside": (made.raw_header(b'"part":null', b'"part": null'), "F4.2"),
    "header-seq-with-fraction": (made.raw_header(b'"seq":1,', b'"seq":1.0,'), "F4.3"),
    "header-seq-true": (made.header(seq=True), "F4.3"),
    "header-seq-text": (made.header(seq="1"), "F4.3"),
    "header-trust-version-too-great": (made.header(trust_version=2**53), "F4.3"),
    "header-trust-version-negative": (made.header(trust_version=-1), "F4.17"),
    "header-format-0": (made.header(format=0), "F4.4"),
    "header-seq-0": (made.header(seq=0), "F4.12"),
    "header-prev-of-the-first": (made.header(prev="ab" * 32), "F4.13"),
    "header-prev-lacking": (made.second(prev=None), "F4.13"),
    "header-prev-in-capitals": (made.second(prev="AB" * 32), "F4.13"),
    "header-part-beyond": (made.header(part=[3, 2]), "F4.14"),
    "header-part-0": (made.header(part=[0, 2]), "F4.14"),
    "header-part-of-three": (made.header(part=[1, 2, 3]), "F4.14"),
    "header-created-small-z": (made.header(created="2026-07-04T10:00:00z"), "F4.15"),
    "header-created-leap-second": (made.header(created="2026-06-30T23:59:60Z"), "F4.15"),
    "header-created-fraction": (made.header(created="2026-07-04T10:00:00.5+08:00"), "F4.15"),
    "header-created-local": (made.header(created="2026-07-04T10:00:00"), "F4.15"),
    "header-created-arabic-digits": (made.header(created="٢٠٢٦-07-04T10:00:00+08:00"), "F4.15"),
    "header-recipient-twice": (made.header(recipients=["ab" * 8, "ab" * 8]), "F4.16"),
    "header-recipient-short": (made.header(recipients=["ab" * 7]), "F4.16"),
    "header-oxum-with-zero": (
        made.raw_header(b'"payload_oxum":"', b'"payload_oxum":"0'),
        "F4.18",
    ),
    "header-writer-in-capitals": (made.header(writer="511133-ABCDEF01"), "F4.10"),
    "header-station-too-long": (
        made.header(station="5111330010011", writer="5111330010011-abcdef01"),
        "F4.10",
    ),
    "header-to-nowhere": (made.header(to="51110"), "F4.11"),
    "header-id-without-tail": (lambda d: spoil.header(d, kind="trust"), "F4.11"),
}

ATTACKS: Mapping[str, Example] = {
    **{name: bad(make, "HEADER_INVALID", rule) for name, (make, rule) in _HEADER_FORM.items()},
    # versions and suites
    "format-2-of-another-form": bad(made.other_format, "VERSION_TOO_NEW", "F4.4 F18.5"),
    "crit-of-a-later-program": bad(made.header(crit=["a", "b"]), "VERSION_TOO_NEW", "F4.5"),
    "suite-gm-listed": bad(
        made.header(suite="gm-1"), "VERSION_TOO_NEW", "F4.6 F18.4", trust="trust-gm"
    ),
    # signatures and manifests
    "signature-of-another": bad(made.of_another, "SIG_BAD", "F5.6"),
    "signature-malleable": bad(made.signature(made.malleable), "SIG_BAD", "F5.6"),
    "signature-of-zeros": bad(made.signature(lambda _: bytes(64)), "SIG_BAD", "F5.6"),
    "signature-short": bad(made.signature(lambda value: value[:-1]), "SIG_BAD", "F5.2"),
    "signature-sha256": bad(made.with_sha256, "SIG_BAD", "F5.2"),
    "signature-one-row": bad(
        lambda d: spoil.armor(d, lambda a: a[:100].replace(b"\n", b"") + a[100:]),
        "SIG_BAD",
        "F5.3",
    ),
    "namespace-of-trust": bad(
        lambda d: d.forgery().sign(namespace=TRUST_NAMESPACE).zip(), "SIG_NAMESPACE", "F5.5"
    ),
    "tagmanifest-with-more": bad(made.unsigned_extra, "EXTRA_MEMBER", "F3.3"),
    "tagmanifest-with-payload": bad(
        made.tagged(*manifest.TAGGED, RECORDS), "MISSING_MEMBER", "F6.2"
    ),
    "tagmanifest-without-header": bad(
        made.tagged(*manifest.TAGGED[:2], manifest.MANIFEST), "EXTRA_MEMBER", "F6.2"
    ),
    "manifest-in-capitals": bad(made.upper_manifest, "PKG_CORRUPT", "F6.1"),
    "manifest-with-more": bad(made.manifest_with_more, "MISSING_MEMBER", "F6.4"),
    # who may send
    "before-the-first-number": bad(
        sealed(LATE, "submission", "511100", seq=4, prev="ab" * 32),
        "REVOKED",
        "F7.5",
        trust="trust-gm",
    ),
    "city-submits": bad(sealed(CITY_PC, "submission", COUNTY), "KIND_FORBIDDEN", "F7.3"),
    "county-refers": bad(sealed(COUNTY_PC, "reference", "511100"), "KIND_FORBIDDEN", "F7.3"),
    "nobody-known": bad(lambda d: d.forgery().zip(), "SIGNER_UNKNOWN", "F7.1", trust=None),
    # sealing
    "age-mac": bad(made.age_changed(lambda a: a.index(b"--- ") + 6), "PKG_CORRUPT", "F8.1"),
    "age-last-byte": bad(made.age_changed(lambda a: len(a) - 1), "PKG_CORRUPT", "F8.1"),
    "age-nonce": bad(
        made.age_changed(lambda a: a.index(b"\n", a.index(b"---")) + 1), "PKG_CORRUPT", "F8.1"
    ),
    "age-longer": bad(made.age_longer, "PKG_CORRUPT", "F8.1"),
    "age-of-more-than-named": bad(made.age_of_many, "PKG_CORRUPT", "F8.3"),
    "not-ours": bad(lambda d: d.forgery().zip(), "NOT_FOR_US", "F8.4", key="sister"),
    "code-wrong": bad(
        made.behind_a_code(), "NOT_FOR_US", "F8.5", key=None, passphrase=CODE.replace("7", "1")
    ),
    "code-not-given": bad(made.behind_a_code(), "NOT_FOR_US", "F8.5"),
    "code-too-costly": bad(
        made.behind_a_code(made.costly), "PKG_CORRUPT", "F8.5", key=None, passphrase=CODE
    ),
    "code-and-a-stanza": bad(
        made.behind_a_code(made.stanza_more), "PKG_CORRUPT", "F8.5", key=None, passphrase=CODE
    ),
    # indexes
    "index-bom": bad(made.index_raw(b"{", b"\xef\xbb\xbf{"), "INDEX_INVALID", "F9.2"),
    "index-twice": bad(made.index_raw(b'"acks"', b'"seq":1,"acks"'), "INDEX_INVALID", "F9.2"),
    "index-length-with-fraction": bad(
        made.index_with(lambda i: i["files"][RECORDS].update(length=1.5)), "INDEX_INVALID", "F9.2"
    ),
    "index-length-negative": bad(
        made.index_with(lambda i: i["files"][RECORDS].update(length=-1)), "INDEX_INVALID", "F9.5"
    ),
    "index-digest-in-capitals": bad(
        made.index_with(lambda i: i["files"][RECORDS].update(sha256="AB" * 32)),
        "INDEX_INVALID",
        "F9.5",
    ),
    "index-scan-without-name": bad(
        made.index_with(lambda i: [one.pop("name", None) for one in i["files"].values()]),
        "INDEX_INVALID",
        "F9.5",
    ),
    "index-scan-of-a-long-name": bad(
        made.index_with(lambda i: spoil.rename_scans(i, "长" * 256)), "INDEX_INVALID", "F9.5"
    ),
    "index-scan-escape": bad(
        made.index_with(lambda i: spoil.rename_scans(i, "a\x9bb")), "INDEX_INVALID", "F9.5"
    ),
    "index-count-negative": bad(
        made.index_with(lambda i: i["cover"]["records"].update(visit=-1)), "INDEX_INVALID", "F9.6"
    ),
    "inner-writer": bad(made.index(writer=SISTER_PC.writer), "INNER_OUTER_MISMATCH", "F9.3"),
    "inner-kind": bad(made.index(kind="urgent"), "INNER_OUTER_MISMATCH", "F9.3"),
    "inner-to": bad(made.index(to="511133"), "INNER_OUTER_MISMATCH", "F9.3"),
    "inner-prev": bad(made.index(prev="ab" * 32), "INNER_OUTER_MISMATCH", "F9.3"),
    "ack-tip-without-seq": bad(made.ack(seq=0), "INDEX_INVALID", "F9.7"),
    "ack-seq-without-tip": bad(made.ack(tip=None), "INDEX_INVALID", "F9.7"),
    "ack-missing-below": bad(made.ack(missing=[3]), "INDEX_INVALID", "F9.7"),
    "ack-rejected-0": bad(
        made.ack(rejected=[{"seq": 0, "code": "SIG_BAD"}]), "INDEX_INVALID", "F9.7"
    ),
    "ack-rejected-words": bad(
        made.ack(rejected=[{"seq": 4, "code": "not a code"}]), "INDEX_INVALID", "F9.7"
    ),
    "ack-parked-short": bad(made.ack(parked=["ab"]), "INDEX_INVALID", "F9.7"),
    # record files
    "cover-type": bad(made.swapped_types, "COVER_MISMATCH", "F11.12"),
    "zstd-dictionary": bad(made.frame(made.with_dictionary), "PKG_CORRUPT", "F10.2"),
    "zstd-reserved-bit": bad(made.frame(made.reserved), "PKG_CORRUPT", "F10.2"),
    "zstd-skippable-before": bad(made.frame(made.behind_skippable), "PKG_CORRUPT", "F10.2"),
    "zstd-checksum": bad(made.frame(made.checksummed), "PKG_CORRUPT", "F10.2"),
    "zstd-gzip": bad(made.frame(lambda _: b"\x1f\x8b\x08" + bytes(20)), "PKG_CORRUPT", "F10.2"),
    # lines
    "line-a-byte-too-long": bad(made.long_line, "LINE_TOO_LONG", "F11.1"),
    "line-crlf": bad(made.line(spoil.rawline(VISIT)[:-1] + b"\r\n"), "RECORD_INVALID", "F11.2"),
    "line-turned-round": bad(
        made.line(b'{"r":' + VISIT + b',"h":"' + b"ab" * 32 + b'"}\n'), "RECORD_INVALID", "F11.2"
    ),
    "line-with-more": bad(
        made.line(spoil.rawline(VISIT)[:-2] + b',"x":1}\n'), "RECORD_INVALID", "F11.2"
    ),
    "line-number-beyond": bad(made.raw(b":12,", b":1e999,"), "RECORD_INVALID", "F11.4"),
    "line-infinity": bad(made.raw(b":12,", b":-Infinity,"), "RECORD_INVALID", "F11.4"),
    "line-leading-zero": bad(made.raw(b":12,", b":012,"), "RECORD_INVALID", "F11.4"),
    "line-control-in-text": bad(made.raw("走访".encode(), b"\x01"), "RECORD_INVALID", "F11.4"),
    "line-overlong-utf8": bad(made.raw("走访".encode(), b"\xc0\xaf"), "RECORD_INVALID", "F11.4"),
    "line-utf8-surrogate": bad(
        made.raw("走访".encode(), b"\xed\xa0\x80"), "RECORD_INVALID", "F11.4"
    ),
    "line-id-in-capitals": bad(
        made.altered(id=offices.record_id(0xABC).upper()), "RECORD_INVALID", "F11.5"
    ),
    "line-schema-true": bad(made.altered(schema=True), "RECORD_INVALID", "F11.5"),
    "line-parent-twice": bad(made.altered(parents=["ab" * 32] * 2), "RECORD_INVALID", "F11.5"),
    "line-parent-short": bad(made.altered(parents=["ab"]), "RECORD_INVALID", "F11.5"),
    "line-why-number": bad(made.altered(why=1), "RECORD_INVALID", "F11.5"),
    "line-body-a-list": bad(made.altered(body=[]), "RECORD_INVALID", "F11.5"),
    "line-at-day": bad(made.altered(at="2026-02-29T10:00:00+08:00"), "RECORD_INVALID", "F11.5"),
    "line-without-by": bad(made.raw(b'"by":"operator-1",', b""), "RECORD_INVALID", "F11.5"),
    "line-of-no-type": bad(made.altered(type="gossip", body={}), "RECORD_INVALID", "F11.6"),
    "line-enrols": bad(made.altered(type="enrol", body={}), "RECORD_INVALID", "F11.6"),
    "line-links-in-urgent": bad(
        lambda d: d.sealed(kind="urgent", lines=[offices.revision(7, "link", {})]).read_bytes(),
        "RECORD_INVALID",
        "F11.6",
    ),
    # trust documents
    "trust-namespace": bad(made.trust(made.other_namespace), "SIG_NAMESPACE", "F13.2"),
    "trust-flipped": bad(made.trust(made.flipped_version), "SIG_BAD", "F13.2"),
    "trust-new-root-by-stranger": bad(
        made.trust(made.new_root_by_stranger), "SIGNER_UNKNOWN", "F13.2 F13.5"
    ),
    "trust-twin-key": bad(made.document(made.twin_key), "INDEX_INVALID", "F13.3"),
    "trust-no-suites": bad(made.document(lambda m: m.update(suites=[])), "INDEX_INVALID", "F13.3"),
    "trust-no-role": bad(
        made.document(lambda m: m["writers"][0].update(role="")), "INDEX_INVALID", "F13.3"
    ),
    "trust-first-0": bad(
        made.document(lambda m: m["writers"][0].update(channels={"all": [0, None]})),
        "INDEX_INVALID",
        "F13.3",
    ),
    "trust-key-of-another-kind": bad(
        made.document(lambda m: m["writers"][0].update(signing_key="ssh-rsa AAAA")),
        "INDEX_INVALID",
        "F13.3",
    ),
    "trust-signers-in-another-order": bad(
        made.trust(
            lambda m: m.update(
                {
                    kinds.ALLOWED_SIGNERS: b"".join(
                        reversed(m[kinds.ALLOWED_SIGNERS].splitlines(keepends=True))
                    )
                }
            )
        ),
        "HASH_MISMATCH",
        "F13.8",
    ),
    # enrolment
    "enrol-supersedes-words": bad(
        lambda d: d.enrol(supersedes="the old one").read_bytes(), "RECORD_INVALID", "F14.2"
    ),
    "enrol-station": bad(
        lambda d: d.enrol(station=COUNTY).read_bytes(), "SIGNER_NOT_WRITER", "F14.3"
    ),
    "enrol-writer-of-another": bad(
        made.enrolled(writer=COUNTY_PC.writer), "RECORD_INVALID", "F14.1"
    ),
    "enrol-of-no-schema": bad(made.enrolled(schema=0), "RECORD_INVALID", "F14.1"),
}
