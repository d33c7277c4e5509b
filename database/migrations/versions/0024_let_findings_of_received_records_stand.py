"""Let findings of received records stand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "let_stand",
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column(
            "finding", sa.Text(), nullable=False, comment="code of the rule, and what it is about"
        ),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False, comment="of the version that it holds for"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="operator's id"),
        sa.PrimaryKeyConstraint("record", "finding", name=op.f("pk_let_stand")),
    )


def downgrade() -> None:
    """Take the schema back to the revision before."""
    op.drop_table("let_stand")
