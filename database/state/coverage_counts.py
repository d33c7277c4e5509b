"""Which enterprises 工会干部 are to visit and have visited, counted by the engine (R7).

The rule is `app.domain.campaign.coverage.large`, of units that stand alone; one test compares
both on generated records. Those decided to be one are looked at there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from app.domain.campaign.enterprise_groups import GONE, NO_FIRM
from database.state.filters import Filter
from database.store.dialect import each_of, marks, padded, run


class Large(NamedTuple):
    """Enterprises that count alike: where they lie (an area's code) and whose they are (a unit's).

    `wanted` is None where nobody knows whether they are to be visited. `visited` in the campaign,
    first on the day `first`. `mine`: they stand in the city's row as long as no county visits
    them; those that somebody visited are told one by one, under their `id`.
    """

    area: str
    filer: str
    mine: bool
    wanted: bool | None
    visited: bool
    first: str | None
    id: str
    times: int


@dataclass(frozen=True, slots=True)
class Ownership:
    """Which units and areas make an enterprise the city's own; `apart` are not looked at (ids).

    It is by its 隶属关系, or where it lies in none of `areas` and its unit is one of `units`.
    Where no city is known (`nobody`) it stands in no row: its unit is none of `units` then.
    """

    areas: Collection[str]
    units: Collection[str]
    nobody: bool = False
    apart: Iterable[str] = ()


def large_firms(
    connection: Connection, campaign: str, limit: int | None, ownership: Ownership
) -> list[Large]:
    """The enterprises that are to be visited, and those of which nobody knows.

    `limit` is the campaign's headcount from which on one is large without a flag, if it has one.
    """
    wanted, mine = _wanted(limit), _mine(ownership)
    listed, apart = each_of(ownership.apart)
    rows = run(
        connection,
        "WITH counted AS MATERIALIZED ("
        "SELECT e.id, coalesce(e.area, '') AS area, coalesce(e.owner, e.unit, '') AS filer,"
        f" {mine.sql} AS mine, {wanted.sql} AS wanted, {_FIRST} AS first"
        f" FROM state_enterprise e WHERE e.void = 0 AND e.id NOT IN (SELECT value FROM {listed}))"
        " SELECT area, filer, mine, wanted, first,"
        " CASE WHEN mine = 1 AND first IS NOT NULL THEN id ELSE '' END, count(*) FROM counted"
        " WHERE wanted IS NULL OR wanted = 1 GROUP BY 1, 2, 3, 4, 5, 6",
        (*mine.values, *wanted.values, campaign, apart),
    )
    return [
        Large(
            area,
            filer,
            mine == 1,
            None if wanted is None else True,
            first is not None,
            first or None,
            one,
            times,
        )
        for area, filer, mine, wanted, first, one, times in rows
    ]


_FIRST = (
    "(SELECT CASE WHEN count(*) > 0 THEN coalesce(min(s.visited_on), '') END FROM state_visit s"
    " WHERE s.void = 0 AND s.campaign = ? AND s.enterprise = e.id)"
)
"""The first visit to an enterprise in a campaign: empty where it has no day, else NULL."""
_TOLD = f"max(s.visited_on || {padded('s.headcount')})"
_TOLD_LAST = f"substr({_TOLD}, 1, 10) >= coalesce(e.headcount_on, '')"
_HEADS = (
    f"CASE WHEN {_TOLD} IS NOT NULL AND (e.headcount IS NULL OR {_TOLD_LAST})"
    f" THEN CAST(substr({_TOLD}, 11) AS INTEGER) ELSE e.headcount END"
)
"""The newest headcount of an enterprise: of its visits, or of the list where that is newer."""


def _wanted(limit: int | None) -> Filter:
    """1, 0, and NULL where nobody knows; its visits are read only where they decide."""
    gone, no_firm = sorted(GONE), sorted(NO_FIRM)
    large = "e.above_scale"
    if limit is not None:
        large = (
            f"(SELECT CASE WHEN {_HEADS} IS NULL THEN NULL WHEN {_HEADS} >= ? THEN 1"
            " ELSE e.above_scale END FROM state_visit s WHERE s.void = 0 AND s.enterprise = e.id)"
        )
    sql = (
        f"CASE WHEN e.verification IN ({marks(gone)}) THEN 0 WHEN e.above_scale = 1 THEN 1"
        f" WHEN e.kind IN ({marks(no_firm)}) THEN 0 ELSE {large} END"
    )
    return Filter(sql, (*gone, *no_firm, *(() if limit is None else (limit,))))


_BY_CITY = "WHEN e.affiliation = 'city' THEN 1 "


def _mine(ownership: Ownership) -> Filter:
    areas, held = each_of(ownership.areas)
    units, own = each_of(ownership.units)
    word, by_city = ("NOT IN", "") if ownership.nobody else ("IN", _BY_CITY)
    sql = (
        f"CASE {by_city}WHEN coalesce(e.area, '') IN (SELECT value FROM {areas}) THEN 0"
        f" WHEN coalesce(e.owner, e.unit, '') {word} (SELECT value FROM {units}) THEN 1 ELSE 0 END"
    )
    return Filter(sql, (held, own))
