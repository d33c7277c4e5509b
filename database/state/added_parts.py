"""What a campaign adds to records, as it is counted: by option, 是 or 否, and added up.

A part is named by the kind and the name of its field (`extra.code.heat`), so that a question
says by itself what it asks, also of records of another campaign.
"""

from __future__ import annotations

from app.domain.kernel.fields import ADDED_NAME, Field, FieldSpec, Kind
from database.state.filters import Filter
from database.state.ordering import column_of
from database.state.tally_sources import Part

YES, NO, FILLED = "yes", "no", "filled"
"""The values of a part that is no choice: 是, 否, and whatever number there is."""

COUNTED = frozenset({Kind.CODE, Kind.CODES, Kind.FLAG, Kind.INTEGER, Kind.MONEY})
"""The kinds of added fields that are counted or added up."""

_NAMED = "extra"
_MOST = 10**15
"""A greater number is a slip, and would be the end of a sum."""


def name_of(spec: FieldSpec) -> str:
    """The name of the part, and of the sum, that an added field is."""
    return f"{_NAMED}.{spec.kind}.{spec.name}"


def is_added(name: str) -> bool:
    """Whether a part or a sum is what a campaign added."""
    return name.startswith(f"{_NAMED}.")


def added_part(name: str) -> Part:
    """By what an added field parts records; raises `KeyError` where nothing is named so."""
    spec = _spec(name)
    column = column_of(spec)
    if spec.kind is Kind.CODES:
        return Part(Filter(column), each="text")
    if spec.kind is Kind.FLAG:
        return Part(Filter(f"CASE {column} WHEN 1 THEN '{YES}' WHEN 0 THEN '{NO}' END"))
    if spec.kind in (Kind.INTEGER, Kind.MONEY):
        return Part(Filter(f"CASE WHEN {_number(column)} THEN '{FILLED}' END"))
    return Part(Filter(column))


def added_sum(name: str) -> str:
    """What is added up of an added number, money in 分; raises `KeyError` as `added_part`."""
    column = column_of(_spec(name))
    return f"CASE WHEN {_number(column)} THEN {column} END"


def _number(column: str) -> str:
    return f"{column} BETWEEN -{_MOST} AND {_MOST}"


def _spec(name: str) -> FieldSpec:
    first, _, rest = name.partition(".")
    kind, _, field = rest.partition(".")
    if first != _NAMED or kind not in COUNTED or not ADDED_NAME.fullmatch(field):
        raise KeyError(name)
    return FieldSpec(field, Kind(kind), Field(field), extra=True)
