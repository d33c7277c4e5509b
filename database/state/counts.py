"""Counts over the state tables, made by the engine: a million visits never become records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from app.domain.records import Record
from database.state.filters import Filter
from database.state.standing import closed_demands, overdue_demands
from database.state.states import table_of
from database.store.dialect import each_of, marks, off_index, padded, run


class Day(NamedTuple):
    """The visits of one day (ISO 8601, empty where none was filled in) and the workers met."""

    day: str
    visits: int
    workers: int


class Demands(NamedTuple):
    """The demands of one category: how many, how many closed, how many past their date."""

    category: str
    raised: int
    closed: int
    overdue: int


class Given(NamedTuple):
    """What one person got: money in 分, how many times."""

    person: str
    money: int
    times: int


def visits_by_day(connection: Connection, campaign: str) -> list[Day]:
    """The visits of a campaign, by day."""
    rows = run(
        connection,
        "SELECT visited_on, count(*), coalesce(sum(workers_met), 0)"
        " FROM state_visit WHERE void = 0 AND campaign = ? GROUP BY visited_on",
        (campaign,),
    )
    return sorted(Day(day or "", visits, workers) for day, visits, workers in rows)


def first_visits(connection: Connection, campaign: str) -> list[tuple[str, str | None]]:
    """Each enterprise visited (its id, or empty) and the day of its first visit."""
    rows = run(
        connection,
        "SELECT enterprise, min(visited_on) FROM state_visit"
        " WHERE void = 0 AND campaign = ? GROUP BY enterprise",
        (campaign,),
    )
    return [(enterprise or "", day) for enterprise, day in rows]


def first_visits_by_unit(
    connection: Connection, campaign: str, enterprises: Sequence[str]
) -> list[tuple[str, str, str | None]]:
    """Of these enterprises each office (its code) that visited them, and the day of its first."""
    table, values = each_of(enterprises)
    rows = run(
        connection,
        "SELECT enterprise, coalesce(unit, owner), min(visited_on) FROM state_visit"
        f" WHERE void = 0 AND campaign = ? AND enterprise IN (SELECT value FROM {table})"
        " GROUP BY 1, 2",
        (campaign, values),
    )
    return [(enterprise, unit, day) for enterprise, unit, day in rows]


def first_visits_by_visitor(
    connection: Connection, campaign: str
) -> list[tuple[str, str, str, str, str | None]]:
    """Each enterprise with each group, level and office that visited it, and their first day.

    The index of visits by enterprise holds no group: by it every visit would be looked up.
    """
    rows = run(
        connection,
        f'SELECT {off_index("enterprise")}, "group", level, coalesce(unit, owner), min(visited_on)'
        " FROM state_visit WHERE void = 0 AND campaign = ? GROUP BY 1, 2, 3, 4",
        (campaign,),
    )
    told = ((one, group or "", level or "", unit, day) for one, group, level, unit, day in rows)
    return [one for one in told if one[0]]


def led_visits(
    connection: Connection, campaign: str
) -> list[tuple[str, str | None, int | None, str | None, int]]:
    """By office, leaders (JSON), 主要领导带队 and day how many visits of a campaign there are."""
    rows = run(
        connection,
        "SELECT coalesce(unit, owner), leaders, led_by_chief, visited_on, count(*)"
        " FROM state_visit WHERE void = 0 AND campaign = ? GROUP BY 1, 2, 3, 4",
        (campaign,),
    )
    return [(unit, leaders, chief, day, count) for unit, leaders, chief, day, count in rows]


def by_enterprise(
    connection: Connection, record_type: type[Record], *filters: Filter
) -> dict[str, int]:
    """How many records of a type there are of each enterprise, as far as they are let through."""
    meets = " AND ".join(("s.void = 0", "s.enterprise IS NOT NULL", *(f.sql for f in filters)))
    rows = run(
        connection,
        f"SELECT s.enterprise, count(*) FROM {table_of(record_type)} s WHERE {meets} GROUP BY 1",
        tuple(value for one in filters for value in one.values),
    )
    return {enterprise: int(count) for enterprise, count in rows}


def headcounts(
    connection: Connection, enterprises: Collection[str] | None = None
) -> list[tuple[str, str, int]]:
    """Each enterprise visited (of these) with the newest headcount a visit says of it, and the day.

    Of two visits on one day the larger holds.
    """
    table, values = each_of(enterprises or ())
    these = f" AND enterprise IN (SELECT value FROM {table})" if enterprises is not None else ""
    rows = run(
        connection,
        f"SELECT enterprise, max(visited_on || {padded('headcount')}) FROM state_visit"
        " WHERE void = 0 AND enterprise IS NOT NULL AND headcount IS NOT NULL"
        f" AND visited_on IS NOT NULL{these} GROUP BY enterprise",
        (values,) if these else (),
    )
    return [(enterprise, told[:10], int(told[10:])) for enterprise, told in rows]


def headcount_of(connection: Connection, enterprise: str) -> tuple[str, str, int] | None:
    """The visit with the newest headcount of one enterprise: its id, its day, the headcount."""
    row = run(
        connection,
        "SELECT id, visited_on, headcount FROM state_visit WHERE void = 0 AND enterprise = ?"
        " AND headcount IS NOT NULL AND visited_on IS NOT NULL"
        " ORDER BY visited_on DESC, headcount DESC LIMIT 1",
        (enterprise,),
    ).first()
    return None if row is None else (row[0], row[1], row[2])


def enterprises_visited(connection: Connection, campaign: str) -> int:
    """How many enterprises the visits of a campaign name."""
    rows = run(
        connection,
        "SELECT count(DISTINCT enterprise) FROM state_visit WHERE void = 0 AND campaign = ?",
        (campaign,),
    )
    return int(rows.scalar_one())


def visited_of(connection: Connection, campaign: str, enterprises: Sequence[str]) -> list[str]:
    """Which of these enterprises the visits of a campaign name."""
    found = first_visits_by_unit(connection, campaign, enterprises)
    return list(dict.fromkeys(enterprise for enterprise, _, _ in found))


def without_enterprise(connection: Connection, campaign: str) -> int:
    """How many visits of a campaign name no enterprise of the directory."""
    rows = run(
        connection,
        "SELECT count(*) FROM state_visit WHERE void = 0 AND campaign = ? AND enterprise IS NULL",
        (campaign,),
    )
    return int(rows.scalar_one())


def plans(connection: Connection, campaign: str) -> list[tuple[str, str | None]]:
    """The enterprise and the planned day of every plan of a campaign."""
    rows = run(
        connection,
        "SELECT enterprise, planned FROM state_plan WHERE void = 0 AND campaign = ? ORDER BY id",
        (campaign,),
    )
    return [(enterprise, day) for enterprise, day in rows]


_OF_CAMPAIGN = "CASE WHEN v.id IS NULL THEN {day} BETWEEN ? AND ? ELSE v.campaign = ? END"
"""What a visit led to is of the visit's campaign; without a visit its day decides."""


def demands(
    connection: Connection, campaign: str, window: tuple[str, str], today: dt.date
) -> list[Demands]:
    """The demands of a campaign by category; `window` are its first and last day."""
    of_campaign = _OF_CAMPAIGN.format(day="coalesce(s.raised_on, ?)")
    closed, overdue = closed_demands(), overdue_demands(today)
    rows = run(
        connection,
        "SELECT coalesce(s.category, ''), count(*), count(*) FILTER (WHERE "
        f"{closed.sql}), count(*) FILTER (WHERE {overdue.sql})"
        " FROM state_demand s LEFT JOIN state_visit v ON v.id = s.visit AND v.void = 0"
        f" WHERE s.void = 0 AND {of_campaign} GROUP BY 1 ORDER BY 1",
        (*closed.values, *overdue.values, window[0], *window, campaign),
    )
    return [Demands(*row) for row in rows]


def given(connection: Connection, campaign: str, window: tuple[str, str]) -> list[Given]:
    """What each person was given in a campaign; aid that names nobody stands under its own id."""
    of_campaign = _OF_CAMPAIGN.format(day="coalesce(a.given_on, ?)")
    rows = run(
        connection,
        "SELECT coalesce(a.person, c.person, a.id), coalesce(sum(a.money), 0), count(*)"
        ' FROM state_aid a LEFT JOIN state_case c ON c.id = a."case" AND c.void = 0'
        " LEFT JOIN state_visit v ON v.id = c.visit AND v.void = 0"
        f" WHERE a.void = 0 AND {of_campaign} GROUP BY 1",
        (window[0], *window, campaign),
    )
    return [Given(*row) for row in rows]


def doubled_numbers(
    connection: Connection, record_type: type[Record]
) -> list[tuple[str, str, int]]:
    """Each 编号 that several records of a type have, the first id among them, and how many."""
    table = table_of(record_type)
    rows = run(
        connection,
        f"SELECT number, min(id), count(*) FROM {table} WHERE number IN (SELECT number FROM {table}"
        " WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1) GROUP BY number ORDER BY 1",
    )
    return [(number, record, int(times)) for number, record, times in rows]


def differing(connection: Connection, record_type: type[Record], owner: str) -> int:
    """How many records of an office have two versions that differ and nobody has chosen."""
    rows = run(
        connection,
        f"SELECT count(*) FROM {table_of(record_type)} WHERE conflicts IS NOT NULL AND owner = ?",
        (owner,),
    )
    return int(rows.scalar_one())


def delivered(connection: Connection, package: int) -> int:
    """How many records a package of the ledger holds."""
    rows = run(
        connection,
        "SELECT count(DISTINCT r.id) FROM delivery d JOIN revision r ON r.n = d.revision"
        " WHERE d.package = ?",
        (package,),
    )
    return int(rows.scalar_one())


def unsent(connection: Connection, writer: str, to: str, types: frozenset[str]) -> int:
    """How many records a package of the writer's channel to `to` would hold now."""
    rows = run(
        connection,
        "SELECT count(DISTINCT r.id) FROM revision r"
        f" WHERE r.writer = ? AND r.status = 'live' AND r.type IN ({marks(sorted(types))})"
        " AND NOT EXISTS"
        " (SELECT 1 FROM delivery d JOIN package p ON p.n = d.package"
        "  WHERE d.revision = r.n AND p.direction = 'out' AND p.writer = ? AND p.\"to\" = ?)",
        (writer, *sorted(types), writer, to),
    )
    return int(rows.scalar_one())


def never_sent(connection: Connection, record_type: type[Record], writer: str, to: str) -> int:
    """How many records of a type no package of the writer's channel to `to` has held yet."""
    rows = run(
        connection,
        "SELECT count(DISTINCT r.id) FROM revision r"
        " WHERE r.writer = ? AND r.status = 'live' AND r.type = ? AND NOT EXISTS"
        " (SELECT 1 FROM revision o JOIN delivery d ON d.revision = o.n"
        "  JOIN package p ON p.n = d.package WHERE o.type = r.type AND o.id = r.id"
        "  AND p.direction = 'out' AND p.writer = ? AND p.\"to\" = ?)",
        (writer, record_type.type_name, writer, to),
    )
    return int(rows.scalar_one())
