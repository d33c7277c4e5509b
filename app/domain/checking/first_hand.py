"""What is not written over: 第一手资料 after its day (R16), what was made whole or issued (R34)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from app.domain.records import Record


def stands(first_saved: dt.date, today: dt.date) -> bool:
    """Whether the words of a record stand: the day on which it was first saved is over."""
    return first_saved < today


def overwritten(
    record_type: type[Record], before: Mapping[str, Any], body: Mapping[str, Any]
) -> tuple[str, ...]:
    """The first-hand fields whose words a new body no longer has; rows may be added to a table."""
    return tuple(
        name
        for name in record_type.facts.first_hand
        if before.get(name) and not _holds(body.get(name), before[name])
    )


def is_issued(record_type: type[Record], body: Mapping[str, Any]) -> bool:
    """Whether a record is 定稿."""
    return bool(body.get(record_type.facts.issued))


def altered(
    record_type: type[Record], before: Mapping[str, Any], body: Mapping[str, Any]
) -> tuple[str, ...]:
    """The fields of a record that is made whole, or issued, which a new body has otherwise."""
    facts = record_type.facts
    if not (facts.made_whole or is_issued(record_type, before)):
        return ()
    return tuple(
        name
        for name in sorted(before.keys() | body.keys())
        if not (
            _holds(body.get(name), before.get(name, ()))
            if name in facts.growing
            else body.get(name) == before.get(name)
        )
    )


def _holds(now: Any, before: Any) -> bool:
    if isinstance(before, list | tuple):
        return all(row in (now or ()) for row in before)
    return bool(now == before)
