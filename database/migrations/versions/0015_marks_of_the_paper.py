"""Marks of the paper."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table("state_aid", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paper_marks", sa.Text(), nullable=True, comment="纸面标记"))

    with op.batch_alter_table("state_person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paper_marks", sa.Text(), nullable=True, comment="纸面标记"))

    with op.batch_alter_table("state_visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paper_marks", sa.Text(), nullable=True, comment="纸面标记"))


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_visit", schema=None) as batch_op:
        batch_op.drop_column("paper_marks")

    with op.batch_alter_table("state_person", schema=None) as batch_op:
        batch_op.drop_column("paper_marks")

    with op.batch_alter_table("state_aid", schema=None) as batch_op:
        batch_op.drop_column("paper_marks")
