"""Packages that are accepted: every kind, and what readers stumble over (package format §1-§7)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from app.exchange import kinds, zstdframe
from app.exchange.records import join
from tests.exchange import offices, spoil
from tests.exchange.forge import RECORDS, Forgery, compact
from tests.exchange.offices import (
    CITY,
    CITY_PC,
    CODE,
    COUNTY,
    COUNTY_PC,
    GONE,
    READERS,
    STRANGER,
)
from tests.exchange.spoil import Desk
from tests.format.chance import Chance, seal
from tests.format.contents import (
    acks,
    from_county,
    joined,
    lines,
    own_channels,
    reference,
    restored,
    reviews,
    said,
    scans,
    sealed,
    visit,
)
from tests.format.example import LATE, TOWNSHIP_PC, TRUSTS, Example, good


def two_record_files(desk: Desk) -> bytes:
    forgery = Forgery.of(spoil_path(desk))
    second = join([visit(15), visit(16)])
    facts = {"sha256": hashlib.sha256(second).hexdigest(), "length": len(second)}
    index = forgery.index()
    index["files"][kinds.records_path(1)] = facts
    index["cover"]["records"]["visit"] += 2
    index["cover"]["sums"]["visit.workers_met"] = "36"
    forgery.change_index(**index)
    return forgery.put(kinds.records_path(1), zstdframe.compress(second)).whole()


def spoil_path(desk: Desk) -> Any:
    path = desk.path()
    path.write_bytes(from_county(lines=lines)(desk))
    return path


def unknown_members(desk: Desk) -> bytes:
    """As a later program of the same format might write: members nobody here knows."""
    forgery = Forgery.of(spoil_path(desk)).change_header(colour="red", more={"a": [1, 2]})
    index = forgery.index() | {"later": {"x": 1}}
    for facts in index["files"].values():
        facts["origin"] = "scanner"
    index["cover"]["weights"] = {}
    _, raw = visit()
    more = compact(json.loads(raw) | {"seal": {"n": 1.5}})
    plain = spoil.rawline(more)
    index["files"] = {
        RECORDS: {"sha256": hashlib.sha256(plain).hexdigest(), "length": len(plain), "origin": "x"}
    }
    index["cover"] |= {"records": {"visit": 1}, "sums": {"visit.workers_met": "12", "later.x": "9"}}
    forgery.change_index(**index)
    return forgery.put(RECORDS, zstdframe.compress(plain)).whole()


def spelt_otherwise(desk: Desk) -> bytes:
    """White space, escapes, another order of members: the hash is over the bytes as they stand."""
    _, raw = visit()
    members = json.loads(raw)
    loose = json.dumps(members, ensure_ascii=True, indent=None, separators=(", ", " : "))
    turned = json.dumps(dict(reversed(members.items())), ensure_ascii=False).encode()
    emoji = compact(members | {"why": "\U0001f600"}).replace(
        "\U0001f600".encode(), b"\\ud83d\\ude00"
    )
    nothing = compact(members | {"why": None})
    rows = [spoil.rawline(one) for one in (loose.encode(), turned, emoji, nothing)]
    return with_visits(Forgery.of(spoil_path(desk)), b"".join(rows), len(rows), "48").whole()


def with_visits(forgery: Forgery, plain: bytes, count: int, met: str) -> Forgery:
    """The record lines replaced by these, so many visits by the cover."""
    index = forgery.index()
    index["files"][RECORDS] = {"sha256": hashlib.sha256(plain).hexdigest(), "length": len(plain)}
    index["cover"] = {"records": {"visit": count}, "sums": {"visit.workers_met": met}}
    return forgery.change_index(**index).put(RECORDS, zstdframe.compress(plain))


def with_unknown_stanza(desk: Desk) -> bytes:
    """An age header with a stanza of no recipient, as other implementations add."""
    forgery = Forgery.of(spoil_path(desk))
    plain = forgery.plain(kinds.INDEX)
    extra = b"-> fallback-grease a b\nQUJDRA\n"
    forgery.members[kinds.INDEX] = seal(plain, READERS, Chance("grease"), extra)
    return forgery.whole()


def stored_frame(desk: Desk) -> bytes:
    """A zstd frame of raw blocks."""
    plain = join(lines())
    frame = b"\x28\xb5\x2f\xfd\x80\x68" + len(plain).to_bytes(4, "little")
    frame += (len(plain) << 3 | 1).to_bytes(3, "little") + plain
    forgery = Forgery.of(spoil_path(desk))
    return forgery.put(RECORDS, frame).whole()


def mixed(desk: Desk) -> bytes:
    """Good lines and a good scan beside bad ones of several sorts."""
    forgery = Forgery.of(desk.sealed(lines=lines(), attachments=scans()))
    other = said(17, "visit", {"workers_met": 1}, writer=offices.SISTER_PC.writer)
    rows = [join([visit()]), b"\n", join([other]), spoil.altered(visit(18)[1], op="delete")]
    plain = b"".join([*rows, join([visit(19)])])
    with_visits(forgery, plain, 5, "0")
    return forgery.put(spoil.scan_path(forgery), b"not the photograph").whole()


def enrol_again(desk: Desk) -> bytes:
    """A computer that takes the place of a lost one."""
    return desk.enrol(supersedes=GONE.writer, station=STRANGER.station).read_bytes()


def chained(number: int) -> Any:
    """Packages 2 and 3 of a channel are part 1 and 2 of one report, 4 brings a late scan."""
    contents: tuple[dict[str, Any], ...] = (
        {"lines": lines, "attachments": scans},
        {"lines": lambda: [visit(51)], "part": (1, 2)},
        {"lines": lambda: [visit(52)], "part": (2, 2)},
        {"attachments": lambda: [offices.scan(b"the late scan", "后补的照片.png")]},
    )

    def make(desk: Desk) -> bytes:
        prev, made = None, b""
        for seq in range(1, number + 1):
            made = from_county(seq=seq, prev=prev, **contents[seq - 1])(desk)
            path = desk.path()
            path.write_bytes(made)
            tags = Forgery.of(path).members["tagmanifest-sha256.txt"]
            prev = hashlib.sha256(tags).hexdigest()
        return made

    return make


def trust(name: str) -> Any:
    return lambda desk: desk.trust(TRUSTS[name]()).zip()


ALL_READERS = tuple(one.age for one in (CITY_PC, COUNTY_PC, offices.SISTER_PC))
PATH_READERS = (COUNTY_PC.age, CITY_PC.age, TOWNSHIP_PC.age)
_FROM_CITY = {"key": "county"}

GOOD: Mapping[str, Example] = {
    "submission": good(chained(1), "F3.7 F9.5 F11.2 F12.1 F18.1"),
    "submission-part-1": good(chained(2), "F4.13 F4.14"),
    "submission-part-2": good(chained(3), "F4.13 F4.14"),
    "submission-late-scan": good(chained(4), "F10.5 F11.9"),
    "submission-read-by-its-sender": good(chained(1), "F8.6", key="county"),
    "submission-unopened": good(chained(1), "F20.1", key=None),
    "submission-without-trust": good(chained(1), "F20.1", key=None, trust=None),
    "submission-to-own-station": good(
        sealed(COUNTY_PC, "submission", COUNTY, recipients=(COUNTY_PC.age,), lines=joined),
        "F4.11 F17.7",
        key="county",
    ),
    "submission-of-a-township": good(
        sealed(
            TOWNSHIP_PC,
            "submission",
            COUNTY,
            recipients=PATH_READERS,
            lines=lambda: [said(61, "visit", {"workers_met": 2}, writer=TOWNSHIP_PC.writer)],
        ),
        "F8.6 F16.9",
        trust="trust-gm",
    ),
    "submission-of-two-record-files": good(two_record_files, "F3.7 F10.5"),
    "submission-with-unknown-members": good(unknown_members, "F4.3 F9.2 F11.5 F18.6"),
    "submission-spelt-otherwise": good(spelt_otherwise, "F11.3 F11.4"),
    "submission-with-a-stanza-more": good(with_unknown_stanza, "F8.3"),
    "submission-of-a-stored-frame": good(stored_frame, "F10.2"),
    "submission-before-the-end": good(
        sealed(GONE, "submission", CITY, seq=7, prev="ab" * 32), "F7.5 F13.10"
    ),
    "submission-from-the-first-number": good(
        sealed(LATE, "submission", CITY, seq=5, prev="ab" * 32), "F7.5", trust="trust-gm"
    ),
    "submission-partly-set-aside": good(mixed, "F11.2 F11.5 F11.7 F12.1 F20.5"),
    "urgent": good(
        sealed(
            COUNTY_PC,
            "urgent",
            CITY,
            lines=lambda: [said(71, "hazard", {"nature": "欠薪", "people": 40}), visit()],
            attachments=lambda: scans()[:1],
        ),
        "F18.1",
    ),
    "answer": good(
        sealed(CITY_PC, "answer", COUNTY, lines=reviews, acks=acks), "F9.7 F17.6", **_FROM_CITY
    ),
    "answer-of-acknowledgements": good(
        sealed(CITY_PC, "answer", COUNTY, seq=3, prev="ab" * 32, acks=own_channels),
        "F9.7 F16.8",
        **_FROM_CITY,
    ),
    "reference": good(
        sealed(CITY_PC, "reference", "all", recipients=ALL_READERS, lines=reference),
        "F18.1",
        key="sister",
    ),
    "reference-behind-a-code": good(
        sealed(CITY_PC, "reference", "all", recipients=None, lines=reference),
        "F8.5",
        key=None,
        passphrase=CODE,
    ),
    "restore": good(
        sealed(CITY_PC, "restore", COUNTY, lines=restored, attachments=scans),
        "F11.7 F17.5",
        **_FROM_CITY,
    ),
    "enrol": good(lambda desk: desk.enrol().read_bytes(), "F14.1 F14.2"),
    "enrol-again": good(enrol_again, "F14.2"),
    "trust-at-first": good(trust("trust-2"), "F13.2", trust=None, key=None),
    "trust-risen": good(trust("trust-2"), "F13.5", key=None),
    "trust-known": good(trust("trust-1"), "F13.6", key=None),
    "trust-with-gm-1": good(trust("trust-gm"), "F18.4", trust=None, key=None),
}
