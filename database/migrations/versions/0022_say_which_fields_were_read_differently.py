"""Say which fields were read differently."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table("second_keying", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "fields",
                sa.Text(),
                nullable=True,
                comment="each compared and what came of it, JSON",
            )
        )


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("second_keying", schema=None) as batch_op:
        batch_op.drop_column("fields")
