"""The cover totals, counted the same way by who writes and who reads (§7, index.json)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.exchange.index import Cover
from app.exchange.refusal import Refused

SUMMED: Mapping[str, tuple[str, ...]] = {
    "aid": ("money", "goods_value"),
    "visit": ("workers_met",),
}
"""Per record type the members that are added up."""

_AMOUNT = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?", re.ASCII)


class Totals:
    """Counts lines by type and adds what no later revision in the package replaces."""

    def __init__(self) -> None:
        self.lines = 0
        self._unread = 0
        self._types: Counter[str] = Counter()
        self._amounts: list[tuple[str, str, Decimal]] = []
        self._parents: set[str] = set()

    def add(self, h: str, type: str, parents: tuple[str, ...], body: Mapping[str, Any]) -> None:
        """Count one line that could be read."""
        self.lines += 1
        self._types[type] += 1
        if parents:
            self._parents.update(parents)
        for member in SUMMED.get(type, ()):
            if amount := _amount(body.get(member)):
                self._amounts.append((h, f"{type}.{member}", amount))

    def add_unread(self) -> None:
        """Count one line that could not be read."""
        self.lines += 1
        self._unread += 1

    def cover(self) -> Cover:
        """The totals as they stand on the cover."""
        return Cover(dict(sorted(self._types.items())), _texts(self._sums()))

    def require(self, cover: Cover) -> None:
        """Refuse a cover that does not fit the lines (COVER_MISMATCH).

        Lines that could not be read may be of any type, and of any amount.
        """
        same = sum(cover.records.values()) == self.lines
        same &= all(count <= cover.records.get(type, 0) for type, count in self._types.items())
        if same and not self._unread:
            told = {name: Decimal(text) for name, text in cover.sums.items()}
            same = all(told.get(name, 0) == total for name, total in self._sums().items())
        if not same:
            raise Refused("COVER_MISMATCH")

    def _sums(self) -> dict[str, Decimal]:
        sums = {
            f"{type}.{member}": Decimal(0) for type, members in SUMMED.items() for member in members
        }
        for h, name, amount in self._amounts:
            if h not in self._parents:
                sums[name] += amount
        return sums


def _texts(sums: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: format(total, "f") for name, total in sums.items()}


def _amount(value: Any) -> Decimal | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        return Decimal(value)
    return None
