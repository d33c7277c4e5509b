"""Limits of hours for hazards, set by the campaign."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table("state_campaign", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("hazard_join_hours", sa.Integer(), nullable=True, comment="隐患介入时限")
        )
        batch_op.add_column(
            sa.Column("hazard_handle_hours", sa.Integer(), nullable=True, comment="隐患处置时限")
        )
        batch_op.add_column(
            sa.Column("hazard_report_hours", sa.Integer(), nullable=True, comment="隐患报告时限")
        )


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_campaign", schema=None) as batch_op:
        batch_op.drop_column("hazard_report_hours")
        batch_op.drop_column("hazard_handle_hours")
        batch_op.drop_column("hazard_join_hours")
