"""JSON read without forgiveness: no member twice, no NaN, no lone surrogate, bounded depth."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn, TypeVar

import msgspec

from app.domain.kernel.readable import readable

T = TypeVar("T")

MOST_VALUES = 100_000
"""Values in a text whose size alone does not bound them."""

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SPACE = re.compile(rb"[ \t\r\n]")


def parse(raw: bytes, depth: int = 32, *, most: int = MOST_VALUES) -> Any:
    """Decode UTF-8 JSON; raises `ValueError` with a short English reason.

    `depth` is the deepest nesting of objects and arrays allowed, the outermost
    counting as 1; `most` how many values may stand in it, judged before any is made
    by what stands between them.
    """
    if raw.count(b",") + raw.count(b"[") + raw.count(b"{") > most:
        raise ValueError("too many values")
    try:
        tree = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
        )
    except RecursionError:
        raise ValueError("nested too deep") from None
    _check(tree, depth)
    return tree


def decode(raw: bytes, type: type[T], depth: int = 32, *, most: int = MOST_VALUES) -> T:
    """Decode into a typed struct after the strict checks; raises `ValueError` only."""
    parse(raw, depth, most=most)
    try:
        return msgspec.json.decode(raw, type=readable(type))
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error


def is_compact(raw: bytes) -> bool:
    """Whether valid JSON has no white space outside its strings."""
    return _SPACE.search(_STRING.sub(b"", raw)) is None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member stands twice")
    return members


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError("number out of range")
    return value


def _require_range(number: int) -> None:
    try:
        float(number)
    except OverflowError:
        raise ValueError("number out of range") from None


def _check(tree: Any, depth: int) -> None:
    """Walk level by level, so that no depth can exhaust the stack."""
    level = [tree]
    while level:
        deeper: list[Any] = []
        nested = False
        for node in level:
            if isinstance(node, str):
                node.encode()
            elif isinstance(node, int):
                _require_range(node)
            elif isinstance(node, dict):
                nested = True
                deeper += node.keys()
                deeper += node.values()
            elif isinstance(node, list):
                nested = True
                deeper += node
        depth -= nested
        if depth < 0:
            raise ValueError("nested too deep")
        level = deeper
