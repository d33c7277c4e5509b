"""Keep what took long to work out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "turned",
        sa.Column("n", sa.Integer(), nullable=False, comment="order in which it happened here"),
        sa.Column(
            "revision", sa.Integer(), nullable=False, comment="that came to count, or ceased to"
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_turned")),
    )
    op.create_table(
        "worked_out",
        sa.Column("name", sa.Text(), nullable=False, comment="what was looked for"),
        sa.Column("n", sa.Integer(), nullable=False, comment="where the log stood"),
        sa.Column("turned", sa.Integer(), nullable=False, comment="where `turned` stood"),
        sa.Column(
            "content", sa.LargeBinary(), nullable=False, comment="what was found, made from the log"
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_worked_out")),
    )


def downgrade() -> None:
    """Take the schema back to the revision before."""
    op.drop_table("worked_out")
    op.drop_table("turned")
