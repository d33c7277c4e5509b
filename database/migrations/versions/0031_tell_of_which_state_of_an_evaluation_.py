"""Tell of which state of an evaluation points are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table("state_score_sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told_of", sa.Text(), nullable=True, comment="考评最后改动"))


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_score_sheet", schema=None) as batch_op:
        batch_op.drop_column("told_of")
