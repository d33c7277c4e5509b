"""Keep the account of each run of merging."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "merge_run",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="operator's id"),
        sa.Column("account", sa.Text(), nullable=False, comment="what came of each file, JSON"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_merge_run")),
    )


def downgrade() -> None:
    """Take the schema back to the revision before."""
    op.drop_table("merge_run")
