"""Give what an office notes tables of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "baseline",
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column(
            "seq", sa.Integer(), nullable=False, comment="the channel is counted on from here"
        ),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("writer", "to", name=op.f("pk_baseline")),
    )
    op.create_table(
        "handover",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("giver", sa.Text(), nullable=False),
        sa.Column("taker", sa.Text(), nullable=False),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="operator's id"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_handover")),
    )
    op.create_table(
        "paper_tick",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False, comment="the day it was received"),
        sa.Column("at", sa.Text(), nullable=False, comment="when it was ticked"),
        sa.Column("by", sa.Text(), nullable=False, comment="operator's id"),
        sa.PrimaryKeyConstraint("campaign", "unit", "item", "group", name=op.f("pk_paper_tick")),
    )
    op.create_table(
        "put_away",
        sa.Column("package", sa.Integer(), nullable=False, comment="n of the package"),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("package", name=op.f("pk_put_away")),
    )
    op.create_table(
        "reminder",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="name of who called"),
        sa.Column("promised", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_reminder")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_campaign"), ["campaign"], unique=False)

    op.create_table(
        "report_step",
        sa.Column("report", sa.Integer(), nullable=False, comment="n of the report"),
        sa.Column("step", sa.Text(), nullable=False, comment="frozen, approved, sealed, carried"),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("came", sa.Text(), nullable=False, comment="what came of it, JSON"),
        sa.PrimaryKeyConstraint("report", "step", name=op.f("pk_report_step")),
    )
    _carry(op.get_bind())


def _carry(connection: sa.Connection) -> None:
    """Bring what lay as JSON under names among the settings; who noted it is not known of all."""
    _add(connection, "baseline", _baselines(connection))
    _add(connection, "put_away", ([n, "", ""] for n in _taken(connection, "inbox/away") or []))
    _add(connection, "paper_tick", _ticks(connection))
    _add(connection, "reminder", _reminders(connection))
    _add(connection, "report_step", _steps(connection))
    done = _taken(connection, "handovers") or []
    lines = ([n, *map(one.get, ("on", "giver", "taker", "witness")), ""] for n, one in _told(done))
    _add(connection, "handover", lines)


def _add(connection: sa.Connection, table: str, rows: Iterator[list[Any]]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({marks})", tuple(row))


def _told(found: list[Any]) -> Iterator[tuple[int, Any]]:
    yield from enumerate(found, 1)


def _taken(connection: sa.Connection, name: str) -> Any:
    """The value under a name, which is there no longer."""
    row = connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (name,)).first()
    connection.exec_driver_sql("DELETE FROM setting WHERE name = ?", (name,))
    return json.loads(row[0]) if row else None


def _of_campaigns(connection: sa.Connection, before: str) -> Iterator[tuple[str, Any]]:
    """Campaign and line of all lists under names that begin so."""
    names = connection.exec_driver_sql(
        "SELECT name FROM setting WHERE substr(name, 1, ?) = ? ORDER BY name", (len(before), before)
    ).all()
    for (name,) in names:
        for line in _taken(connection, name):
            yield name.removeprefix(before), line


def _baselines(connection: sa.Connection) -> Iterator[list[Any]]:
    for channel, seq in (_taken(connection, "baselines") or {}).items():
        writer, _, to = channel.partition(" ")
        yield [writer, to, seq, "", ""]


def _ticks(connection: sa.Connection) -> Iterator[list[Any]]:
    found = {
        (campaign, one["unit"], one["item"], one.get("group", "")): one["on"]
        for campaign, one in _of_campaigns(connection, "paper/")
    }
    for key, on in found.items():
        yield [*key, on, "", ""]


def _reminders(connection: sa.Connection) -> Iterator[list[Any]]:
    for n, (campaign, one) in _told(list(_of_campaigns(connection, "reminders/"))):
        yield [n, campaign, one["unit"], one["on"], one["by"], one.get("promised", "")]


def _steps(connection: sa.Connection) -> Iterator[list[Any]]:
    for report, steps in (_taken(connection, "report_marks") or {}).items():
        for step, mark in steps.items():
            came = {name: value for name, value in mark.items() if name not in ("at", "by")}
            text = json.dumps(came, ensure_ascii=False)
            yield [int(report), step, mark["at"], mark["by"], text]


def downgrade() -> None:
    """Take the schema back to the revision before."""
    op.drop_table("report_step")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_campaign"))

    op.drop_table("reminder")
    op.drop_table("put_away")
    op.drop_table("paper_tick")
    op.drop_table("handover")
    op.drop_table("baseline")
