"""Priorities of visits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table("state_visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("priorities", sa.Text(), nullable=True, comment="工作重点"))


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_visit", schema=None) as batch_op:
        batch_op.drop_column("priorities")
