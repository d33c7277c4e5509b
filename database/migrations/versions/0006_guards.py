"""Keep what the guards said of each record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "guard",
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column(
            "open", sa.Integer(), nullable=False, comment="核对 and 提醒 that nobody answered"
        ),
        sa.Column("kept", sa.Integer(), nullable=False, comment="those that stand with a reason"),
        sa.PrimaryKeyConstraint("record", name=op.f("pk_guard")),
    )


def downgrade() -> None:
    """Take the schema back to the revision before."""
    op.drop_table("guard")
