"""Keep lists under a name and what was done in batches; 复核日期."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "batch",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="operator's id"),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False, comment="in words"),
        sa.Column("count", sa.Integer(), nullable=False, comment="records that were changed"),
        sa.Column("first", sa.Integer(), nullable=False, comment="n of its first revision"),
        sa.Column("last", sa.Integer(), nullable=False, comment="n of its last revision"),
        sa.Column("undone_at", sa.Text(), nullable=True, comment="when it was taken back"),
        sa.Column("undone_by", sa.Text(), nullable=True, comment="operator's id"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_batch")),
    )
    op.create_table(
        "saved_list",
        sa.Column("type", sa.Text(), nullable=False, comment="of which records the list is"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False, comment="conditions and order, JSON"),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="operator's id"),
        sa.PrimaryKeyConstraint("type", "name", name=op.f("pk_saved_list")),
    )
    with op.batch_alter_table("state_person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rechecked_on", sa.Text(), nullable=True, comment="复核日期"))


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_person", schema=None) as batch_op:
        batch_op.drop_column("rechecked_on")

    op.drop_table("saved_list")
    op.drop_table("batch")
