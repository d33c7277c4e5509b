"""Records of one package that share what should be one's own with a record of another office."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from app.domain.records.base import OWN
from app.domain.records.registry import shown
from database.log.revisions import chunks
from database.store.dialect import larger, marks, off_index, run, smaller


class Twins(NamedTuple):
    """Two records that may be the same: their type, ids and 编号, and the field they share."""

    type: str
    field: str
    one: str
    one_number: str
    other: str
    other_number: str


SHARED = tuple(
    (one, names[0]) for one in shown() if one.travels >= OWN for names in one.facts.certain
)
"""Of types that many offices keep, the fields that are hardly ever the same by chance."""

KINDS = tuple(one for one, _ in SHARED)

MOST = 50
"""Pairs named for one package; the rest is found by the full search for doubles."""


def of_records(connection: Connection, brought: Mapping[str, Collection[str]]) -> list[Twins]:
    """Pairs with one of these records, by type, that a package brought.

    作废 records and decided pairs are left out.
    """
    found: dict[tuple[str, str], Twins] = {}
    for record_type, field in SHARED:
        name = record_type.type_name
        for chunk in chunks(sorted(brought.get(name, ()))):
            query = _QUERY.format(type=name, field=field, marks=marks(chunk))
            for one, one_number, other, other_number in run(connection, query, tuple(chunk)):
                first, second = sorted((one, other))
                found.setdefault(
                    (first, second),
                    Twins(name, field, one, one_number or "", other, other_number or ""),
                )
            if len(found) >= MOST:
                break
    return list(found.values())[:MOST]


_QUERY = f"""
SELECT DISTINCT p.id, p.number, q.id, q.number
FROM state_{{type}} p CROSS JOIN state_{{type}} q
WHERE q.{{field}} = p.{{field}} AND q.id <> p.id AND p.id IN ({{marks}})
AND {off_index("p.void")} = 0 AND {off_index("q.void")} = 0 AND p.owner <> {off_index("q.owner")}
AND NOT EXISTS (SELECT 1 FROM state_link l WHERE l.void = 0
  AND l.one = {smaller("p.id", "q.id")} AND l.other = {larger("p.id", "q.id")})
ORDER BY 1, 3 LIMIT {MOST}
"""
