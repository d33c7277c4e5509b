"""header.json: which member is wrong, at every limit and one past it (§1, §7)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from app.exchange import header, names
from app.exchange.envelope import Header, Payload
from tests.exchange.forge import compact
from tests.exchange.offices import CITY, CITY_PC, COUNTY, COUNTY_PC, SISTER, WHEN
from tests.exchange.refusals import refusal, refusal_if_any

ROOT = f"zf-{COUNTY_PC.writer}-000001-0123abcd"
KEYS = [f"{number:016x}" for number in range(1001)]
MEMBERS: dict[str, Any] = {
    "format": 1,
    "crit": [],
    "suite": "std-1",
    "package_id": ROOT,
    "kind": "submission",
    "station": COUNTY,
    "writer": COUNTY_PC.writer,
    "to": CITY,
    "seq": 1,
    "prev": None,
    "part": None,
    "created": WHEN,
    "recipients": KEYS[:2],
    "trust_version": 1,
    "payload_oxum": "10.2",
}


def judge(**changes: Any) -> Header:
    members = MEMBERS | changes
    return header.parse(compact(members), members["package_id"])


def wrong(**changes: Any) -> str:
    """The member that is named."""
    code, member = refusal(lambda: judge(**changes))
    assert code == "HEADER_INVALID"
    return member


def test_what_the_envelope_says_stands_in_the_header() -> None:
    made = header.make(
        COUNTY_PC.envelope(seq=7, prev="ab" * 32, part=(1, 3), trust_version=4),
        ROOT,
        KEYS[:3],
        Payload(1234, 5),
    )
    assert json.loads(header.encode(made)) == MEMBERS | {
        "seq": 7,
        "prev": "ab" * 32,
        "part": [1, 3],
        "recipients": KEYS[:3],
        "trust_version": 4,
        "payload_oxum": "1234.5",
    }
    assert header.encode(made).startswith(b'{"format":1,"crit":[],"suite":"std-1","package_id":')


def test_a_sound_header_is_read_as_it_was_written() -> None:
    assert header.encode(judge()) == compact(MEMBERS)


def second(seq: int) -> dict[str, Any]:
    """The members of a later package."""
    stem = names.package_id(COUNTY_PC.writer, seq, "0123abcd")
    return {"seq": seq, "package_id": stem, "prev": "ab" * 32}


@pytest.mark.parametrize(
    "changes",
    [
        second(2),
        second(names.MOST),
        {"trust_version": 0},
        {"trust_version": names.MOST},
        {"part": [1, 1]},
        {"part": [2, 2]},
        {"part": [1, names.MOST]},
        {"to": COUNTY},
        {"to": "123456789012"},
        {"created": "2026-07-04T10:00:00Z"},
        {"created": "2026-07-04T23:59:59-23:59"},
        {"recipients": KEYS[:1]},
        {"recipients": KEYS[:128]},
        {"kind": "reference", "to": "all", "recipients": []},
        {"kind": "reference", "to": "all", "recipients": KEYS[:1000]},
        {"kind": "reference", "to": CITY},
        {"kind": "trust", "to": "all", "recipients": []},
        {"kind": "urgent"},
        {"kind": "answer"},
        {"kind": "restore", "to": COUNTY},
        {"payload_oxum": "0.0"},
    ],
)
def test_what_may_stand_in_a_header(changes: dict[str, Any]) -> None:
    assert json.loads(header.encode(judge(**changes))) == MEMBERS | changes


@pytest.mark.parametrize(
    ("member", "changes"),
    [
        ("format", {"format": 0}),
        ("seq", {"seq": 0}),
        ("seq", second(names.MOST + 1)),
        ("writer", {"writer": "51113-0123abcd"}),
        ("station", {"station": SISTER}),
        ("package_id", {"package_id": ROOT[:-1]}),
        ("package_id", {"package_id": ROOT.replace("000001", "000002")}),
        ("to", {"to": "all"}),
        ("to", {"to": "51110"}),
        ("to", {"kind": "trust", "to": CITY, "recipients": []}),
        ("to", {"kind": "urgent", "to": COUNTY}),
        ("to", {"kind": "answer", "to": COUNTY}),
        ("prev", {"prev": "ab" * 32}),
        ("prev", second(2) | {"prev": None}),
        ("prev", second(2) | {"prev": "AB" * 32}),
        ("part", {"part": [0, 1]}),
        ("part", {"part": [3, 2]}),
        ("part", {"part": [1, names.MOST + 1]}),
        ("created", {"created": "2026-07-04T10:00:00"}),
        ("created", {"created": "2026-07-04T10:00:00.5+08:00"}),
        ("created", {"created": "2026-02-29T10:00:00+08:00"}),
        ("trust_version", {"trust_version": -1}),
        ("trust_version", {"trust_version": names.MOST + 1}),
        ("recipients", {"recipients": []}),
        ("recipients", {"recipients": KEYS[:129]}),
        ("recipients", {"recipients": [KEYS[0], KEYS[0]]}),
        ("recipients", {"recipients": ["x" * 16]}),
        ("recipients", {"kind": "trust", "to": "all"}),
        ("recipients", {"kind": "reference", "to": "all", "recipients": KEYS}),
        ("recipients", {"kind": "reference", "to": "all", "recipients": KEYS[:1] * 2}),
        ("payload_oxum", {"payload_oxum": "10"}),
        ("payload_oxum", {"payload_oxum": "010.2"}),
        ("payload_oxum", {"payload_oxum": "10.2 "}),
    ],
)
def test_the_wrong_member_is_named(member: str, changes: dict[str, Any]) -> None:
    assert wrong(**changes) == member


def test_of_several_wrong_members_the_first_is_named() -> None:
    assert wrong(seq=0, to="all", payload_oxum="") == "seq"


def test_white_space_outside_strings_is_named() -> None:
    spaced = json.dumps(MEMBERS).encode()
    assert refusal(lambda: header.parse(spaced, ROOT)) == ("HEADER_INVALID", "white space")


def test_a_member_of_another_kind_is_named() -> None:
    raw = compact(MEMBERS | {"seq": "1"})
    assert refusal(lambda: header.parse(raw, ROOT)) == (
        "HEADER_INVALID",
        "Expected `int`, got `str` - at `$.seq`",
    )


def test_a_folder_of_another_name_is_named() -> None:
    raw = compact(MEMBERS)
    assert refusal(lambda: header.parse(raw, "zf-other")) == ("ROOT", "zf-other")


def test_a_peek_takes_what_is_an_object_and_nothing_else() -> None:
    assert header.peek(b'{"format":2}') == {"format": 2}
    for raw in (b"", b"{", b"[1]", b'"format"', b"null"):
        assert header.peek(raw) == {}


@pytest.mark.parametrize(
    ("members", "named"),
    [
        ({}, None),
        ({"format": 1}, None),
        ({"format": 2}, "格式 2"),
        ({"format": "2"}, None),
        ({"crit": []}, None),
        ({"crit": "seals"}, None),
        ({"crit": ["seals", "more"]}, "seals、more"),
        ({"crit": ["x" * 199, "yz"]}, "x" * 199 + "、"),
        ({"crit": ["seals", 1]}, None),
    ],
)
def test_a_newer_format_or_feature_is_named(members: dict[str, Any], named: str | None) -> None:
    expected = ("VERSION_TOO_NEW", named) if named else None
    assert refusal_if_any(lambda: header.require_version(members)) == expected


@pytest.mark.parametrize(
    ("suite", "allowed", "found"),
    [
        ("std-1", ("std-1",), None),
        (7, ("std-1",), None),
        ("std-1", ("gm-1",), ("SUITE_NOT_ALLOWED", "std-1")),
        ("gm-1", ("std-1", "gm-1"), ("VERSION_TOO_NEW", "gm-1")),
        ("x" * 101, ("std-1",), ("SUITE_NOT_ALLOWED", "x" * 100)),
        ("x" * 101, ("x" * 101,), ("VERSION_TOO_NEW", "x" * 100)),
    ],
)
def test_a_suite_must_be_allowed_and_built(
    suite: object, allowed: tuple[str, ...], found: tuple[str, str] | None
) -> None:
    assert refusal_if_any(lambda: header.require_suite({"suite": suite}, allowed)) == found


def test_a_header_that_says_no_suite_is_of_the_first() -> None:
    header.require_suite({}, ("std-1",))
    assert refusal(lambda: header.require_suite({}, ("gm-1",))) == ("SUITE_NOT_ALLOWED", "std-1")


@pytest.mark.parametrize(
    ("text", "good"),
    [
        (WHEN, True),
        ("2026-07-04T10:00:00.123456Z", True),
        ("2024-02-29T00:00:00-00:00", True),
        ("2026-02-29T00:00:00Z", False),
        ("2026-07-04T24:00:00Z", False),
        ("2026-07-04T10:00:00", False),
        ("2026-07-04 10:00:00Z", False),
        ("２026-07-04T10:00:00Z", False),
    ],
)
def test_a_time_has_an_offset_and_stands_in_the_calendar(text: str, good: bool) -> None:
    assert header.is_time(text) is good
    assert not good or datetime.fromisoformat(text).utcoffset() is not None


def test_the_citys_restore_goes_to_its_own_station() -> None:
    made = header.make(CITY_PC.envelope("restore", CITY), ROOT, KEYS[:1], Payload(0, 0))
    assert (made.kind, made.to, made.writer) == ("restore", CITY, CITY_PC.writer)
