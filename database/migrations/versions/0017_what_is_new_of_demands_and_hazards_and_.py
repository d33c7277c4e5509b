"""What is new of demands and hazards and the students helped."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table("state_aid", schema=None) as batch_op:
        batch_op.add_column(sa.Column("students", sa.Text(), nullable=True, comment="受助学生"))

    with op.batch_alter_table("state_demand", schema=None) as batch_op:
        batch_op.add_column(sa.Column("trends", sa.Text(), nullable=True, comment="三新"))

    with op.batch_alter_table("state_hazard", schema=None) as batch_op:
        batch_op.add_column(sa.Column("trends", sa.Text(), nullable=True, comment="三新"))


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_hazard", schema=None) as batch_op:
        batch_op.drop_column("trends")

    with op.batch_alter_table("state_demand", schema=None) as batch_op:
        batch_op.drop_column("trends")

    with op.batch_alter_table("state_aid", schema=None) as batch_op:
        batch_op.drop_column("students")
