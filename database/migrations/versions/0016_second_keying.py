"""Second keying."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "keying_sample",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False, comment="one of so many was drawn"),
        sa.Column("start", sa.Integer(), nullable=False, comment="from which on, drawn at random"),
        sa.Column(
            "first", sa.Integer(), nullable=False, comment="arrival of the first drawn among"
        ),
        sa.Column("last", sa.Integer(), nullable=False, comment="arrival of the last drawn among"),
        sa.Column("among", sa.Integer(), nullable=False, comment="how many were drawn among"),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="operator's id"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_keying_sample")),
    )
    op.create_table(
        "second_keying",
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("keyer", sa.Text(), nullable=False, comment="operator's id who keyed it first"),
        sa.Column("at", sa.Text(), nullable=True, comment="when it was keyed again"),
        sa.Column("by", sa.Text(), nullable=True, comment="operator's id who keyed it again"),
        sa.Column("compared", sa.Integer(), nullable=False, comment="fields"),
        sa.Column("differing", sa.Integer(), nullable=False, comment="fields"),
        sa.Column("mended", sa.Integer(), nullable=False, comment="fields, the second was right"),
        sa.ForeignKeyConstraint(
            ["sample"], ["keying_sample.n"], name=op.f("fk_second_keying_sample_keying_sample")
        ),
        sa.PrimaryKeyConstraint("record", name=op.f("pk_second_keying")),
    )
    with op.batch_alter_table("second_keying", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_second_keying_sample"), ["sample"], unique=False)


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("second_keying", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_second_keying_sample"))

    op.drop_table("second_keying")
    op.drop_table("keying_sample")
