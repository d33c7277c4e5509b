"""Packages that are accepted: every kind, and what readers stumble over (package format §1-§7)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from app.domain.merging.revision import Op
from app.exchange import kinds, zstdframe
from app.exchange.index import Ack, Rejected
from app.exchange.packagewriter import seal_package
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
    Office,
)
from tests.exchange.spoil import Desk
from tests.format.chance import Chance, seal
from tests.format.example import LATE, TOWNSHIP_PC, TRUSTS, Example, good

Line = tuple[str, bytes]

PHOTO, TABLE = b"a photograph, or so", b"%PDF-1.4 a signed sheet"
PERSON, UNIT = offices.record_id(21), offices.record_id(31)


def said(number: int, type: str, body: dict[str, Any], **facts: Any) -> Line:
    return offices.revision(number, type, body, **facts)


def visit(number: int = 11, **more: Any) -> Line:
    body = {
        "number": "2026-0001",
        "enterprise_name": "沙湾机械厂",
        "headcount": 1260,
        "workers_met": 12,
        "visited_on": "2026-07-03",
        "opinions": "希望增加高温津贴；车间里“风扇”太少。\n第二行。",
        "attachments": [
            {"id": "1", "sha256": hashlib.sha256(PHOTO).hexdigest(), "name": "照片.jpg"}
        ],
    }
    return said(number, "visit", body | more)


def lines() -> list[Line]:
    """A visit with what followed from it; the aid was put right once, the demand made void."""
    first = said(23, "aid", {"person": PERSON, "money": "500.00", "given_on": "2026-07-03"})
    later = said(
        23,
        "aid",
        {"person": PERSON, "money": "620.50", "goods": "大米", "goods_value": "80"},
        parents=(first[0],),
        op="edit",
    )
    demand = said(22, "demand", {"visit": offices.record_id(11), "content": "增加高温津贴"})
    gone = said(22, "demand", {}, parents=(demand[0],), op="void")
    return [
        visit(),
        demand,
        said(21, "person", {"name": "王某", "sex": "女", "family": []}),
        first,
        later,
        gone,
    ]


def scans() -> list[Any]:
    return [
        offices.scan(PHOTO, "走访照片.jpg"),
        offices.scan(TABLE, "签领表（第1页）.pdf"),
    ]


def sealed(office: Office, kind: Any, to: str, *, recipients: Any = READERS, **facts: Any) -> Any:
    """Make one package of these contents with the program's own writer."""

    def make(desk: Desk) -> bytes:
        contents = {key: facts[key]() for key in ("lines", "attachments", "acks") if key in facts}
        header = {
            key: facts[key] for key in ("seq", "prev", "part", "trust_version") if key in facts
        }
        path = desk.path()
        keys = {"key": office.key} | (
            {"passphrase": CODE} if recipients is None else {"recipients": recipients}
        )
        seal_package(path, office.envelope(kind, to, **header), **keys, **contents)
        return path.read_bytes()

    return make


def from_county(**facts: Any) -> Any:
    return sealed(COUNTY_PC, "submission", CITY, **facts)


def reference() -> list[Line]:
    mine = {"writer": CITY_PC.writer}
    return [
        said(31, "unit", {"code": COUNTY, "name": "沙湾县总工会", "kind": "county"}, **mine),
        said(32, "campaign", {"code": "2026-1", "title": "走访帮扶活动"}, **mine),
        said(33, "enterprise", {"name": "沙湾机械厂", "owner": COUNTY}, **mine),
    ]


def reviews() -> list[Line]:
    h, _ = visit()
    body = {
        "station": COUNTY,
        "target": offices.record_id(11),
        "target_type": "visit",
        "target_h": h,
        "verdict": "accept",
    }
    return [said(41, "review", body, writer=CITY_PC.writer)]


def acks() -> list[Ack]:
    return [
        Ack(COUNTY_PC.writer, CITY, 3, "ab" * 32, (5, 9), (Rejected(6, "SIG_BAD"),), ("cd" * 32,)),
        Ack(LATE.writer, CITY, 0, None, (), (), ()),
        Ack(COUNTY_PC.writer, "all", 0, None, (1,), (), ()),
    ]


def own_channels() -> list[Ack]:
    """What the writer says of its own numbers: one lost, one superseded."""
    gone = (Rejected(1, "LOST"), Rejected(2, "SUPERSEDED"))
    return [Ack(CITY_PC.writer, COUNTY, 0, None, (), gone, ())]


def restored() -> list[Line]:
    """Revisions of two writers of the county, brought back by the city."""
    return [
        *lines(),
        said(24, "visit", {"workers_met": 3}, writer=GONE.writer),
    ]


def joined() -> list[Line]:
    """Two versions of one visit, and the one that joins them."""
    first = visit(12)
    ops: tuple[tuple[int, Op], ...] = ((13, "edit"), (14, "edit"))
    heads = [
        offices.revision(12, "visit", {"workers_met": met}, parents=(first[0],), op=op)
        for met, op in ops
    ]
    both = tuple(sorted(h for h, _ in heads))
    last = offices.revision(12, "visit", {"workers_met": 14}, parents=both, op="merge")
    return [last, *heads, first]


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
