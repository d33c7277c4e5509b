"""How a statement is spelled for the driver of PostgreSQL: the same words, other marks.

What is not here both engines understand alike, or the server was taught it
(`database.store.server_functions`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

_EMPTY_IS_NULL = "nullif(?,'')"
"""`database.store.dialect.NULL_FOR_EMPTY`; here the value itself is made None."""

_PARTS = re.compile(
    r"""'(?:[^']|'')*'|"[^"]*"|\bNOT\s+IN\s*\(\s*\)|\bIN\s*\(\s*\)|(?<=[ (])\+(?=[a-z])|\?|%"""
)
_TO_NUMBER = re.compile(r"CAST\(((?:(?!CAST\().)*?) AS DOUBLE PRECISION\)")
"""SQLite makes 0 of what is no number, where PostgreSQL gives up."""

_MARKS = {"?": "%s", "%": "%%", "+": ""}
"""A plus before a column keeps SQLite from an index; PostgreSQL counts for itself."""


def told(sql: str, values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """The statement and its values as the server's driver takes them."""
    spelled, empties = _spelled(sql)
    if not empties:
        return spelled, values
    if isinstance(values, list):
        return spelled, [_without_empty(row) for row in values]
    return spelled, _without_empty(values)


def _without_empty(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(None if value == "" else value for value in row)


@lru_cache(maxsize=2000)
def _spelled(sql: str) -> tuple[str, bool]:
    empties = _EMPTY_IS_NULL in sql
    numbers = _TO_NUMBER.sub(r"zf_number(\1)", sql.replace(_EMPTY_IS_NULL, "?"))
    return _PARTS.sub(_part, numbers), empties


def _part(found: re.Match[str]) -> str:
    part = found[0]
    if part in _MARKS:
        return _MARKS[part]
    if part[0] in "'\"":
        return part.replace("%", "%%")
    # Among none is nothing, and everything is not among none; SQLite takes an empty list.
    return "<> ALL ('{}')" if part.upper().startswith("NOT") else "= ANY ('{}')"
