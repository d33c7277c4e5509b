"""Runs the migrations on the connection, and in the transaction, of `database.upkeep.migrate`."""

from __future__ import annotations

from alembic import context

attributes = context.config.attributes

context.configure(
    connection=attributes["connection"],
    target_metadata=attributes["metadata"],
    render_as_batch=True,
)
context.run_migrations()
