"""What a record says in the fields that campaigns add: where it lies, whether it is of its kind.

In a body these values lie under `extra`; a form, a review and a history name them beside the
type's own, which no added field is called as.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from app.domain.kernel.fields import ADDED_NAME, MONEY_PATTERN, FieldSpec, Kind

EXTRA = "extra"
"""The member of a body that holds them."""


def flat(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body with what stands under `extra` beside the rest."""
    added = body.get(EXTRA)
    if not isinstance(added, Mapping):
        return dict(body)
    return {**added, **{name: value for name, value in body.items() if name != EXTRA}}


def lifted(body: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """A body in which these of its members lie under `extra`; what is None is not there."""
    told = {name: body[name] for name in names if name in body}
    held = {name: value for name, value in {**held_in(body), **told}.items() if value is not None}
    left_out = {EXTRA, *names}
    rest = {n: value for n, value in body.items() if n not in left_out and value is not None}
    return rest | ({EXTRA: held} if held else {})


def held_in(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a body says in added fields, by name."""
    held = body.get(EXTRA)
    return held if isinstance(held, Mapping) else {}


def value_in(spec: FieldSpec, body: Mapping[str, Any]) -> Any:
    """What a body says in a field, its own or an added one; None where it says nothing."""
    return (held_in(body) if spec.extra else body).get(spec.name)


def said_in(body: Mapping[str, Any]) -> frozenset[str]:
    """The names of the added fields that a body says something in."""
    return frozenset(name for name in held_in(body) if ADDED_NAME.fullmatch(name))


def texts_in(held: Mapping[str, Any]) -> dict[str, str]:
    """What is said in words in added fields, by name; a day is none."""
    told = {name: value if type(value) is list else [value] for name, value in held.items()}
    found = {
        name: "、".join(one for one in values if type(one) is str and not _DAY.fullmatch(one))
        for name, values in told.items()
    }
    return {name: text for name, text in found.items() if text}


def is_of_kind(spec: FieldSpec, value: Any) -> bool:
    """Whether a value in `extra` is what its field holds: another office may know it otherwise."""
    if spec.kind in (Kind.CODES, Kind.NAMES):
        return type(value) is list and all(type(one) is str for one in value)
    if spec.kind is Kind.DATE:
        return type(value) is str and _DAY.fullmatch(value) is not None
    if spec.kind is Kind.MONEY:
        return type(value) is str and re.fullmatch(MONEY_PATTERN, value, re.ASCII) is not None
    return type(value) is _ADDED_TYPES.get(spec.kind, str)


_ADDED_TYPES: dict[Kind, type] = {Kind.INTEGER: int, Kind.FLAG: bool}
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", re.ASCII)
