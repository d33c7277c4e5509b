"""Runs the migrations on the connection, and inside the transaction, of `database.migrate`."""

from __future__ import annotations

from alembic import context

attributes = context.config.attributes

context.configure(
    connection=attributes["connection"],
    target_metadata=attributes["metadata"],
    render_as_batch=True,
)
context.run_migrations()
