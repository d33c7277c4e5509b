"""Write down the pages of paper that were scanned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "scanned_page",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False, comment="taken at one time"),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("leaf", sa.Integer(), nullable=False, comment="page of the file, from 1"),
        sa.Column("sha256", sa.Text(), nullable=False, comment="of its picture"),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False, comment="of the record's form, 0 not told"),
        sa.Column(
            "pages", sa.Integer(), nullable=False, comment="of the record's form, 0 not told"
        ),
        sa.Column("standing", sa.Text(), nullable=False, comment="what came of it"),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="operator's id"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_scanned_page")),
    )
    with op.batch_alter_table("scanned_page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scanned_page_record"), ["record"], unique=False)
        batch_op.create_index(batch_op.f("ix_scanned_page_run"), ["run"], unique=False)


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("scanned_page", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scanned_page_run"))
        batch_op.drop_index(batch_op.f("ix_scanned_page_record"))

    op.drop_table("scanned_page")
