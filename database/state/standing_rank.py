"""Where records stand, as a rank for a list: what waits for somebody first, 作废 last.

`app.services.lists.listing.standings` says the same record by record; a test compares both.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from database.state.filters import Filter
from database.store.dialect import each_of

DIFFERS, RETURNED, DONE, SENT, RECEIVED, VOID = range(1, 7)


def standing_rank(
    owner: str, returned: Collection[str], to: str, received: Mapping[str, int]
) -> Filter:
    """The rank of a state and the values it takes.

    `owner` is whose records go to the office `to`; `received` is by writer the last package that
    it says it has.
    """
    table, listed = each_of(returned)
    has = " OR ".join("(p.writer = ? AND p.seq <= ?)" for _ in received) or "FALSE"
    sent = (
        f"SELECT max(CASE WHEN {has} THEN {RECEIVED} ELSE {SENT} END) FROM revision r"
        " JOIN delivery d ON d.revision = r.n JOIN package p ON p.n = d.package"
        " WHERE r.id = s.id AND r.h = s.h AND p.direction = 'out' AND p.\"to\" = ?"
    )
    sql = (
        f"CASE WHEN s.void = 1 THEN {VOID} WHEN s.conflicts IS NOT NULL THEN {DIFFERS}"
        f" WHEN s.id IN (SELECT value FROM {table}) THEN {RETURNED}"
        f" WHEN s.owner <> ? THEN {DONE} ELSE coalesce(({sent}), {DONE}) END"
    )
    known = [value for writer, seq in received.items() for value in (writer, seq)]
    return Filter(sql, (listed, owner, *known, to))
