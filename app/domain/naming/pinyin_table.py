"""How a character may be read, from a table that is shipped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).resolve().parents[3] / "resources" / "pinyin" / "readings.txt"


def readings(char: str) -> tuple[str, ...]:
    """The toneless readings of a character, commonest first; none when it has no known one."""
    return tuple(_table().get(char, "").split())


def by_reading() -> tuple[str, ...]:
    """Every character that has a reading, by its commonest one, then by code point."""
    return tuple(sorted(_table(), key=lambda char: (readings(char)[0], char)))


@cache
def _table() -> Mapping[str, str]:
    """Readings parted by spaces, by character; read when a name is first looked up."""
    found: dict[str, str] = {}
    for line in _TABLE.read_text("utf-8").splitlines():
        read, _, chars = line.partition("\t")
        found.update(dict.fromkeys(chars, read))
    return found
