"""Filters made from what a field is: what somebody narrows a list by, whatever the type.

`app.services.lists.chips` says which of them a field has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.records import TYPES
from database.state.filters import Filter
from database.state.linked_names import names_of
from database.state.ordering import column_of
from database.store.dialect import contains, marks, one_among, one_contains

_LISTS = (Kind.CODES, Kind.LINKS, Kind.NAMES)


def has_text(spec: FieldSpec, text: str) -> Filter:
    """Whose text has this in it; of a link the name of what it points at, of names any one."""
    column = column_of(spec)
    if spec.kind in (Kind.LINK, Kind.LINKS):
        names = names_of(TYPES[spec.field.links])
        keys = f"(SELECT key FROM {names} called WHERE {contains('name')})"
        linked = f"{column} IN {keys}" if spec.kind is Kind.LINK else one_among(column, keys)
        return Filter(linked, (text,))
    test = one_contains(column) if spec.kind is Kind.NAMES else contains(column)
    return Filter(test, (text,))


def has_one(spec: FieldSpec, values: Collection[str | int]) -> Filter:
    """Whose value, or one of whose values, is among these, as they are kept."""
    allowed = f"({marks(list(values))})"
    column = column_of(spec)
    test = one_among(column, allowed) if spec.kind in _LISTS else f"{column} IN {allowed}"
    return Filter(test, tuple(values))


def within(spec: FieldSpec, least: str | int | None, most: str | int | None) -> Filter:
    """Whose number or day lies between these, both included; None leaves an end open.

    Of a moment the day counts.
    """
    column = column_of(spec)
    found = Filter(f"{column} IS NOT NULL")
    if least is not None:
        found &= Filter(f"{column} >= ?", (least,))
    if most is not None:
        found &= Filter(*_until(column, spec, most))
    return found


def _until(column: str, spec: FieldSpec, most: str | int) -> tuple[str, tuple[str | int]]:
    if spec.kind is not Kind.TIME:
        return f"{column} <= ?", (most,)
    following = dt.date.fromisoformat(str(most)) + dt.timedelta(days=1)
    return f"{column} < ?", (following.isoformat(),)


def lacking(spec: FieldSpec) -> Filter:
    """Whose field was not filled in."""
    return Filter(f"{column_of(spec)} IS NULL")
