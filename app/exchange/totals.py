"""The cover totals, counted the same way by who writes and who reads (§7, index.json)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from app.domain.records.registry import summed
from app.exchange.index import Cover
from app.exchange.refusal import Refused

SUMMED = summed()

_AMOUNT = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?", re.ASCII)


class Counted(Protocol):
    """What counting needs of a revision."""

    @property
    def type(self) -> str: ...
    @property
    def parents(self) -> tuple[str, ...]: ...


class Plain(Counted, Protocol):
    """A revision whose body is a mapping."""

    @property
    def body(self) -> Mapping[str, Any]: ...


C = TypeVar("C", bound=Counted)


def of_body(revision: Plain, name: str) -> Any:
    """A member of a body, for `Totals.add`."""
    return revision.body.get(name)


class Totals:
    """Counts lines by type and adds what no later revision in the package replaces."""

    def __init__(self) -> None:
        self.lines = 0
        self._unread = 0
        self._types: Counter[str] = Counter()
        self._rows: dict[str, list[tuple[Any, ...]]] = {type: [] for type in SUMMED}
        self._parents: set[str] = set()

    def add(
        self,
        lines: Sequence[tuple[str, C]],
        value: Callable[[C, str], Any],
    ) -> None:
        """Count lines that could be read, as (h, revision); `value` takes a member of its body."""
        self.lines += len(lines)
        self._types.update([one.type for _, one in lines])
        for _, one in lines:
            if one.parents:
                self._parents.update(one.parents)
        for type, members in SUMMED.items():
            self._rows[type] += [
                (h, *[value(one, member) for member in members])
                for h, one in lines
                if one.type == type
            ]

    def add_unread(self, count: int) -> None:
        """Count lines that could not be read."""
        self.lines += count
        self._unread += count

    def cover(self) -> Cover:
        """The totals as they stand on the cover."""
        sums = {name: format(total, "f") for name, total in self._sums().items()}
        return Cover(dict(sorted(self._types.items())), sums)

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
        sums = {}
        for type, members in SUMMED.items():
            rows = [row for row in self._rows[type] if row[0] not in self._parents]
            for column, member in enumerate(members, 1):
                # A few amounts make up most of the aid: each is read once.
                counts = Counter(row[column] for row in rows if _is_plain(row[column]))
                parts = (_amount(value) * times for value, times in counts.items())
                sums[f"{type}.{member}"] = sum(parts, Decimal(0))
        return sums


def _is_plain(value: Any) -> bool:
    return type(value) in (str, int)


def _amount(value: str | int) -> Decimal:
    """A whole number or a decimal string; anything else counts nothing."""
    return Decimal(value) if _AMOUNT.fullmatch(str(value)) else Decimal(0)
