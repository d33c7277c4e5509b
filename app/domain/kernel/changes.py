"""What a write changed, so that pages redraw only that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """The record types and record ids that a service function touched."""

    types: frozenset[str] = frozenset()
    ids: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, touched: Iterable[tuple[str, str]]) -> Changes:
        """From (type, id) pairs."""
        pairs = list(touched)
        return cls(frozenset(t for t, _ in pairs), frozenset(i for _, i in pairs))

    def __bool__(self) -> bool:
        """Whether anything was touched."""
        return bool(self.types or self.ids)

    def __or__(self, other: Changes) -> Changes:
        """Both together."""
        return Changes(self.types | other.types, self.ids | other.ids)
