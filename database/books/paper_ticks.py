"""已收（纸质/邮件）: what a unit handed in otherwise, ticked by a person."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from database.store.dialect import insert, quoted, run, upsert


class PaperTick(NamedTuple):
    """An item of a unit (of a group, else ""), received `on` a day; ticked `at`, by an operator."""

    campaign: str
    unit: str
    item: str
    group: str
    on: str
    at: str
    by: str


_KEY = PaperTick._fields[:4]


def put(connection: Connection, tick: PaperTick) -> None:
    """Tick an item; an earlier tick of it is replaced."""
    names = PaperTick._fields
    run(connection, upsert(insert("paper_tick", names), _KEY, names[4:]), tuple(tick))


def remove(connection: Connection, campaign: str, unit: str, item: str, group: str) -> None:
    """Take a tick back."""
    where = " AND ".join(f"{quoted(name)} = ?" for name in _KEY)
    run(connection, f"DELETE FROM paper_tick WHERE {where}", (campaign, unit, item, group))


def find(
    connection: Connection, campaign: str, unit: str, item: str, group: str
) -> PaperTick | None:
    """The tick of an item, or None."""
    columns = ", ".join(map(quoted, PaperTick._fields))
    where = " AND ".join(f"{quoted(name)} = ?" for name in _KEY)
    select = f"SELECT {columns} FROM paper_tick WHERE {where}"
    row = run(connection, select, (campaign, unit, item, group)).first()
    return PaperTick(*row) if row else None


def of(connection: Connection, campaign: str) -> list[PaperTick]:
    """The ticks of a campaign, as they were made."""
    columns = ", ".join(map(quoted, PaperTick._fields))
    rows = run(
        connection,
        f"SELECT {columns} FROM paper_tick WHERE campaign = ? ORDER BY {quoted('at')}, unit, item",
        (campaign,),
    )
    return [PaperTick(*row) for row in rows]
