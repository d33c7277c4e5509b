"""Write down what was imported from sheets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "sheet_import",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="operator's id"),
        sa.Column("type", sa.Text(), nullable=False, comment="what the rows of the sheet are"),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False, comment="rows that nobody decided about"),
        sa.Column("first", sa.Integer(), nullable=False, comment="n of its first revision"),
        sa.Column("last", sa.Integer(), nullable=False, comment="n of its last revision"),
        sa.Column("undone_at", sa.Text(), nullable=True, comment="when it was taken back"),
        sa.Column("undone_by", sa.Text(), nullable=True, comment="operator's id"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_sheet_import")),
    )


def downgrade() -> None:
    """Take the schema back to the revision before."""
    op.drop_table("sheet_import")
