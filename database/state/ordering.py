"""By what a list of records is put in order: a column, up or down, what is empty last.

Chinese texts go by pinyin, codes in the order of their list, links by the name of what they
point at, lists by their first, rows by how many there are, all else by value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.kernel.codelist import CodeList
from app.domain.kernel.fields import FieldSpec, Kind, by_name
from app.domain.kernel.order import By
from app.domain.records import TYPES, Operator, Record
from database.state.filters import Filter
from database.state.linked_names import names_of
from database.store.dialect import (
    by_pinyin,
    first_of,
    how_many,
    hundredths,
    last_if_empty,
    member_of_type,
    quoted,
)

SAVED_AT = "changed_at"
SAVED_BY = "changed_by"
"""Columns of every state that are no field: when it was saved last, and by which operator."""

NO_RANKS: Mapping[str, Filter] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Ordering:
    """What a SELECT from the states `s` needs: joins, what stands after ORDER BY, its values."""

    joins: str
    terms: str
    values: tuple[object, ...]


def ordering(
    record_type: type[Record],
    order: Sequence[By],
    ranks: Mapping[str, Filter] = NO_RANKS,
    added: Sequence[FieldSpec] = (),
) -> Ordering:
    """The order asked for; among equals the record made last comes first.

    `ranks` are what columns that are no columns of the table are compared by, `added` the
    fields that campaigns add.
    """
    specs = {**by_name(record_type), **{spec.name: spec for spec in added}}
    joins, terms = "", ""
    values: tuple[object, ...] = ()
    for place, by in enumerate(order):
        if by.field in ranks:
            join, term = "", ranks[by.field].sql
            values += ranks[by.field].values
        else:
            join, term = _term(specs, by.field, f"j{place}")
        joins += join
        terms += last_if_empty(term, falling=by.falling) + ", "
    return Ordering(joins, f"{terms}s.id DESC", values)


def _term(specs: Mapping[str, FieldSpec], name: str, joined: str) -> tuple[str, str]:
    """The join that a column needs, and by what it is compared."""
    if name == SAVED_BY:
        return _linked(f"s.{name}", Operator, joined)
    if name == SAVED_AT:
        return "", f"s.{name}"
    spec = specs[name]
    column = column_of(spec)
    if spec.kind in (Kind.LINK, Kind.LINKS):
        one = column if spec.kind is Kind.LINK else first_of(column)
        return _linked(one, TYPES[spec.field.links], joined)
    return "", _value(spec, column)


_JSON_TYPES: Mapping[Kind, tuple[str, ...]] = {
    Kind.INTEGER: ("integer",),
    Kind.FLAG: ("true", "false"),
    Kind.CODES: ("array",),
    Kind.NAMES: ("array",),
}
"""What the values of an added field are in JSON; all others are texts."""


def column_of(spec: FieldSpec) -> str:
    """The column of a field; who reports is the owner where nobody else is named.

    What a campaign added lies in `extra`; what is there of another kind than its field's (from
    an office that knew it otherwise) is as good as empty.
    """
    if spec.extra:
        member = member_of_type("s.extra", spec.name, *_JSON_TYPES.get(spec.kind, ("text",)))
        return hundredths(member) if spec.kind is Kind.MONEY else member
    if spec.name == "unit":
        return "coalesce(s.unit, s.owner)"
    return f"s.{quoted(spec.name)}"


def _linked(column: str, other: type[Record], joined: str) -> tuple[str, str]:
    join = f" LEFT JOIN {names_of(other)} {joined} ON {joined}.key = {column}"
    return join, f"nullif({by_pinyin(f'{joined}.name')}, '')"


def _value(spec: FieldSpec, column: str) -> str:
    if spec.field.codes is not None:
        one = first_of(column) if spec.kind is Kind.CODES else column
        return _rank(spec.field.codes, one)
    if spec.kind is Kind.ROWS:
        return how_many(column)
    if spec.kind is Kind.NAMES:
        return by_pinyin(first_of(column))
    return by_pinyin(column) if spec.kind in (Kind.TEXT, Kind.PROSE) else column


def _rank(codes: CodeList, column: str) -> str:
    """The place in the list; a code that is not in it (a newer list's) stands behind."""
    cases = " ".join(f"WHEN '{code.value}' THEN {place}" for place, code in enumerate(codes))
    return f"coalesce(CASE {column} {cases} END, CASE WHEN {column} <> '' THEN {len(codes)} END)"
