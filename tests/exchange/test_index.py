"""index.json: every limit and one past it, and what belongs to another package (§1, §7)."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from app.exchange import index, kinds, names
from app.exchange.envelope import Header, Payload
from app.exchange.header import make as make_header
from app.exchange.index import Ack, Cover, FileFacts, Index, Rejected
from tests.exchange.forge import RECORDS, compact
from tests.exchange.offices import CITY, COUNTY_PC, uuid4
from tests.exchange.refusals import refusal, refusal_if_any

HEADER: Header = make_header(
    COUNTY_PC.envelope(), f"zf-{COUNTY_PC.writer}-000001-0123abcd", ["0" * 16], Payload(1, 2)
)
SCAN = kinds.scan_path(uuid4(1))
PAYLOAD = (kinds.INDEX, RECORDS, SCAN)
ACK: dict[str, Any] = {
    "writer": COUNTY_PC.writer,
    "to": CITY,
    "seq": 3,
    "tip": "ab" * 32,
    "missing": [5],
    "rejected": [{"seq": 6, "code": "SIG_BAD"}],
    "parked": ["cd" * 32],
}
BARE = ACK | {"missing": [], "rejected": [], "parked": []}
SHA = "00" * 32


def members(**changes: Any) -> dict[str, Any]:
    return {
        "package_id": HEADER.package_id,
        "kind": "submission",
        "writer": COUNTY_PC.writer,
        "to": CITY,
        "seq": 1,
        "prev": None,
        "acks": [ACK],
        "cover": {"records": {"visit": 2}, "sums": {"aid.money": "620.50"}},
        "files": {
            RECORDS: {"sha256": SHA, "length": 10},
            SCAN: {"sha256": SHA, "length": 5, "name": "签领表.jpg", "type": "image/jpeg"},
        },
    } | changes


def judge(**changes: Any) -> Index:
    return index.parse(compact(members(**changes)), HEADER, PAYLOAD)


def ack(**changes: Any) -> dict[str, Any]:
    return {"acks": [ACK | changes]}


def cover(records: dict[str, Any] | None = None, sums: dict[str, Any] | None = None) -> Any:
    return {"cover": {"records": records or {}, "sums": sums or {}}}


def scan(**changes: Any) -> dict[str, Any]:
    files = members()["files"]
    return {"files": {RECORDS: files[RECORDS], SCAN: files[SCAN] | changes}}


def records_of(*lengths: int) -> Any:
    """The files of an index that announces so many bytes of records."""
    return {kinds.records_path(n): {"sha256": SHA, "length": at} for n, at in enumerate(lengths)}


def test_what_is_written_is_read_back() -> None:
    acks = [
        Ack(COUNTY_PC.writer, CITY, 3, "ab" * 32, (5,), (Rejected(6, "SIG_BAD"),), ("cd" * 32,))
    ]
    files = {
        RECORDS: FileFacts(SHA, 10),
        SCAN: FileFacts(SHA, 5, "签领表.jpg", "image/jpeg"),
    }
    told = Cover({"visit": 2}, {"aid.money": "620.50"})
    raw = index.make(HEADER, acks, told, files)
    assert json.loads(raw) == members()
    found = index.parse(raw, HEADER, PAYLOAD)
    assert (found.acks, found.cover, found.files) == (tuple(acks), told, files)
    assert found == judge()


def test_the_cover_counts_lines_of_all_types() -> None:
    assert Cover({"visit": 2, "aid": 3}, {}).lines == 5


@pytest.mark.parametrize(
    "changes",
    [
        {"package_id": "zf"},
        {"kind": "urgent"},
        {"writer": f"{CITY}-00000000"},
        {"to": "511133"},
        {"seq": 2},
        {"prev": "00" * 32},
    ],
)
def test_an_index_of_another_header_is_noticed(changes: dict[str, Any]) -> None:
    assert refusal(lambda: judge(**changes)) == ("INNER_OUTER_MISMATCH", "")


def test_files_listed_and_files_there_are_the_same() -> None:
    one = members()["files"]
    lacking = {"files": {RECORDS: one[RECORDS]}}
    assert refusal(lambda: judge(**lacking)) == ("EXTRA_MEMBER", SCAN)
    more = {"files": one | {"data/z": one[RECORDS]}}
    assert refusal(lambda: judge(**more)) == ("MISSING_MEMBER", "data/z")


def test_what_is_no_index_says_why() -> None:
    raw = compact(members(seq="1"))
    assert refusal(lambda: index.parse(raw, HEADER, PAYLOAD)) == (
        "INDEX_INVALID",
        "Expected `int`, got `str` - at `$.seq`",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"acks": []},
        ack(to="all"),
        ack(seq=0, tip=None),
        ack(seq=names.MOST - 1, missing=[names.MOST]),
        ack(missing=[]),
        ack(missing=[4, names.MOST]),
        ack(missing=list(range(4, 10_004))),
        ack(rejected=[{"seq": 1, "code": "A"}, {"seq": names.MOST, "code": "A_" * 20}]),
        ack(parked=[]),
        ack(parked=[SHA] * 10_000),
        {"acks": [BARE] * 10_000},
        cover({"x" * 60: 0, "y": 1_000_000}),
        cover({str(n): 0 for n in range(200)}),
        cover(sums={str(n): "0" for n in range(200)}),
        cover(sums={"a": "-" + "9" * 24 + ".999999"}),
        scan(length=0),
        scan(length=names.MOST),
        scan(name="x" * 255),
        scan(type="x"),
    ],
)
def test_what_may_stand_in_an_index(changes: dict[str, Any]) -> None:
    assert json.loads(msgspec.json.encode(judge(**changes))) == members(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"acks": [BARE] * 10_001},
        {"acks": [ACK, ACK | {"seq": -1}]},
        ack(writer="511100"),
        ack(writer=f"{COUNTY_PC.writer} "),
        ack(to="51110"),
        ack(to="everyone"),
        ack(seq=0),
        ack(tip=None),
        ack(tip="AB" * 32),
        ack(seq=-1, tip=None),
        ack(seq=names.MOST + 1),
        ack(missing=[3]),
        ack(missing=[5, names.MOST + 1]),
        ack(missing=list(range(4, 10_005))),
        ack(rejected=[{"seq": 0, "code": "A"}]),
        ack(rejected=[{"seq": names.MOST + 1, "code": "A"}]),
        ack(rejected=[{"seq": 1, "code": ""}]),
        ack(rejected=[{"seq": 1, "code": "A" * 41}]),
        ack(rejected=[{"seq": 1, "code": "sig bad"}]),
        ack(rejected=[{"seq": 6, "code": "A"}] * 10_001),
        ack(parked=["cd"]),
        ack(parked=[SHA] * 10_001),
        cover({"": 1}),
        cover({"x" * 61: 0}),
        cover({"visit": -1}),
        cover({"visit": names.MOST + 1}),
        cover({str(n): 0 for n in range(201)}),
        cover(sums={str(n): "0" for n in range(201)}),
        cover(sums={"": "0"}),
        cover(sums={"x" * 61: "0"}),
        cover(sums={"a": "1e9"}),
        cover(sums={"a": "9" * 25}),
        cover(sums={"a": "1.0000000"}),
        scan(sha256="0" * 63),
        scan(length=-1),
        scan(length=names.MOST + 1),
        scan(name=""),
        scan(name="x" * 256),
        scan(name="a\tb"),
        scan(name=None),
        scan(type=None),
        scan(type="image\njpeg"),
    ],
)
def test_what_may_not_stand_in_an_index(changes: dict[str, Any]) -> None:
    assert refusal(lambda: judge(**changes)) == ("INDEX_INVALID", "")


def test_half_a_million_values_may_stand_in_an_index_and_no_more() -> None:
    """Counted by what stands between them, before any of them is made."""

    def stuffed(more: int) -> bytes:
        raw = compact(members())
        own = raw.count(b",") + raw.count(b"[") + raw.count(b"{")
        return raw[:-1] + b',"x":[' + b"1," * (more - own - 2) + b"1]}"

    assert index.parse(stuffed(500_000), HEADER, PAYLOAD) == judge()
    assert refusal(lambda: index.parse(stuffed(500_001), HEADER, PAYLOAD)) == (
        "INDEX_INVALID",
        "too many values",
    )


FILE, LINES, MANY = 128 << 20, 1 << 30, 1_000_000


@pytest.mark.parametrize(
    ("lengths", "lines", "named"),
    [
        ((FILE,), 1, None),
        ((FILE + 1,), 1, "134217729 字节"),
        ((1, FILE + 1), 1, "134217730 字节"),
        ((FILE,) * 8, 1, None),
        ((*(FILE,) * 8, 1), 1, "1073741825 字节"),
        ((1,), MANY, None),
        ((1,), MANY + 1, "1000001 条"),
    ],
)
def test_records_are_announced_up_to_a_limit(
    lengths: tuple[int, ...], lines: int, named: str | None
) -> None:
    files = records_of(*lengths)
    raw = compact(members(files=files, **cover({"visit": lines - 1, "aid": 1})))
    expected = ("TOO_LARGE", named) if named else None
    found = refusal_if_any(lambda: index.parse(raw, HEADER, [kinds.INDEX, *files]))
    assert found == expected


def test_an_index_without_records_announces_nothing() -> None:
    raw = compact(members(files={}, **cover()))
    assert index.parse(raw, HEADER, [kinds.INDEX]).cover.lines == 0
