"""Keep drafted reviews, demands passed up and what a reminder promised."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "drafted_review",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="operator's id who would say it"),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("target_h", sa.Text(), nullable=False, comment="the version it is about"),
        sa.Column("review", sa.Text(), nullable=False, comment="what would be said, JSON"),
        sa.Column("standing", sa.Text(), nullable=False, comment="waiting, confirmed, …"),
        sa.Column("closed_at", sa.Text(), nullable=False),
        sa.Column(
            "closed_by", sa.Text(), nullable=False, comment="operator's id who decided of it"
        ),
        sa.Column("word", sa.Text(), nullable=False, comment="why it was handed back"),
        sa.Column("made", sa.Text(), nullable=False, comment="id of the review, once confirmed"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_drafted_review")),
    )
    with op.batch_alter_table("drafted_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drafted_review_standing"), ["standing"], unique=False)
        batch_op.create_index(batch_op.f("ix_drafted_review_target"), ["target"], unique=False)

    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("spoke_with", sa.Text(), nullable=True, comment="name of who was called")
        )
        batch_op.add_column(
            sa.Column("until", sa.Text(), nullable=True, comment="the day promised, ISO")
        )

    with op.batch_alter_table("state_demand", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("requested", sa.Text(), nullable=True, comment="提请上级协调")
        )
        batch_op.add_column(sa.Column("requested_on", sa.Text(), nullable=True, comment="提请日期"))
        batch_op.add_column(sa.Column("upper_reply", sa.Text(), nullable=True, comment="上级答复"))
        batch_op.add_column(
            sa.Column("upper_replied_on", sa.Text(), nullable=True, comment="上级答复日期")
        )


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_demand", schema=None) as batch_op:
        batch_op.drop_column("upper_replied_on")
        batch_op.drop_column("upper_reply")
        batch_op.drop_column("requested_on")
        batch_op.drop_column("requested")

    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_column("until")
        batch_op.drop_column("spoke_with")

    with op.batch_alter_table("drafted_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drafted_review_target"))
        batch_op.drop_index(batch_op.f("ix_drafted_review_standing"))

    op.drop_table("drafted_review")
