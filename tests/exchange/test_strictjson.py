"""JSON without forgiveness: what is refused says why, and depth and number have their limit."""

from __future__ import annotations

import msgspec
import pytest

from app.exchange import strictjson


class Pair(msgspec.Struct):
    a: int
    b: str | None = None


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"a":1,"b":[true,null,1.5,"\\u8d70"]}', {"a": 1, "b": [True, None, 1.5, "走"]}),
        ('"走访"'.encode(), "走访"),
        (b'[{"a":1},{"a":2}]', [{"a": 1}, {"a": 2}]),
        (b"1e308", 1e308),
        (b" 7 ", 7),
        (b"{}", {}),
    ],
)
def test_what_is_strict_is_read(raw: bytes, value: object) -> None:
    assert strictjson.parse(raw) == value


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b'{"a":1,"a":1}', "^a member stands twice$"),
        (b'[{"b":{"a":1,"a":2}}]', "^a member stands twice$"),
        (b"[NaN]", "^NaN is not JSON$"),
        (b"-Infinity", "^-Infinity is not JSON$"),
        (b"1e999", "^number out of range$"),
        (b"[-1e999]", "^number out of range$"),
        (b"[-" + b"9" * 309 + b"]", "^number out of range$"),
        (b'"\\ud800"', "surrogates not allowed"),
        (b'{"\\ud800":1}', "surrogates not allowed"),
        (b'["x",["\\udfff"]]', "surrogates not allowed"),
        (b"\xff", "invalid start byte"),
        (b"\xef\xbb\xbf{}", "BOM"),
        (b"[" * 99_999, "^nested too deep$"),
        (b"", "Expecting value"),
        (b"{} {}", "Extra data"),
    ],
)
def test_what_is_not_strict_says_why(raw: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        strictjson.parse(raw)


def nested(depth: int, open_: bytes = b"[", close: bytes = b"]") -> bytes:
    return open_ * depth + close * depth


def test_depth_counts_the_outermost_as_one() -> None:
    for depth in (1, 2, 32):
        strictjson.parse(nested(depth), depth)
        with pytest.raises(ValueError, match=r"^nested too deep$"):
            strictjson.parse(nested(depth + 1), depth)
    strictjson.parse(nested(32))
    with pytest.raises(ValueError, match=r"^nested too deep$"):
        strictjson.parse(nested(33))
    objects = b'{"a":' * 3 + b"1" + b"}" * 3
    strictjson.parse(objects, 3)
    with pytest.raises(ValueError, match=r"^nested too deep$"):
        strictjson.parse(objects, 2)
    strictjson.parse(b"1", 0)


def test_lists_beside_each_other_are_no_depth() -> None:
    strictjson.parse(b"[" + b"[]," * 50 + b'{},[{"a":[]}]]', 4)


@pytest.mark.parametrize("raw", [b"[1,2,3]", b"[{},{}]", b"[[],[]]", b'{"a":1,"b":2,"c":3}'])
def test_values_are_counted_before_any_is_made(raw: bytes) -> None:
    most = sum(map(raw.count, (b",", b"[", b"{")))
    strictjson.parse(raw, most=most)
    with pytest.raises(ValueError, match=r"^too many values$"):
        strictjson.parse(raw, most=most - 1)


def test_a_hundred_thousand_values_are_usual() -> None:
    strictjson.parse(b"[" + b"1," * 99_999 + b"1]")
    with pytest.raises(ValueError, match=r"^too many values$"):
        strictjson.parse(b"[" + b"1," * 100_000 + b"1]")


def test_a_struct_is_read_with_all_checks() -> None:
    assert strictjson.decode(b'{"a":1,"b":"x","c":[]}', Pair) == Pair(1, "x")
    for raw, why in (
        (b'{"b":"x"}', "^Object missing required field `a`$"),
        (b'{"a":"1"}', r"^Expected `int`, got `str` - at `\$.a`$"),
        (b'{"a":1,"a":1}', "^a member stands twice$"),
    ):
        with pytest.raises(ValueError, match=why):
            strictjson.decode(raw, Pair)
    deep = b'{"a":1,"c":' + nested(3) + b"}"
    assert strictjson.decode(deep, Pair, 4) == Pair(1)
    with pytest.raises(ValueError, match=r"^nested too deep$"):
        strictjson.decode(deep, Pair, 3)
    with pytest.raises(ValueError, match=r"^too many values$"):
        strictjson.decode(deep, Pair, 4, most=4)
    deepest = b'{"a":1,"c":' + nested(31) + b"}"
    assert strictjson.decode(deepest, Pair) == Pair(1)
    with pytest.raises(ValueError, match=r"^nested too deep$"):
        strictjson.decode(b'{"a":1,"c":' + nested(32) + b"}", Pair)


@pytest.mark.parametrize(
    ("raw", "compact"),
    [
        (b'{"a":"x y\\t","b":[1]}', True),
        (b'{"a":"\\" "}', True),
        (b'{"a": 1}', False),
        (b'{"a":1}\n', False),
        (b"\r{}", False),
        (b"{\t}", False),
        ('{"a":"走 访\n"}'.encode(), True),
    ],
)
def test_compact_is_without_space_outside_strings(raw: bytes, compact: bool) -> None:
    assert strictjson.is_compact(raw) is compact
