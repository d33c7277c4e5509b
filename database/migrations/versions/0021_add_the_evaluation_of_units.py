"""Add the evaluation of units."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "state_evaluation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False, comment="of the revision it stands at"),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.Column(
            "conflicts", sa.Text(), nullable=True, comment="fields with more than one value, JSON"
        ),
        sa.Column(
            "pending",
            sa.Text(),
            nullable=True,
            comment="fields shown as corrected by telephone, JSON",
        ),
        sa.Column("number", sa.Text(), nullable=True, comment="编号"),
        sa.Column("campaign", sa.Text(), nullable=True, comment="活动"),
        sa.Column("title", sa.Text(), nullable=True, comment="考评名称"),
        sa.Column("as_of", sa.Text(), nullable=True, comment="考评日期"),
        sa.Column("kinds", sa.Text(), nullable=True, comment="考评哪类单位"),
        sa.Column("criteria", sa.Text(), nullable=True, comment="考评项目"),
        sa.Column("scores", sa.Text(), nullable=True, comment="得分"),
        sa.Column("appeals", sa.Text(), nullable=True, comment="申诉"),
        sa.Column("commended", sa.Text(), nullable=True, comment="表扬的单位"),
        sa.Column("standings", sa.Text(), nullable=True, comment="名次"),
        sa.Column("issued_at", sa.Text(), nullable=True, comment="定稿时间"),
        sa.Column("issued_by", sa.Text(), nullable=True, comment="定稿人"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_evaluation")),
        comment="考评",
    )
    with op.batch_alter_table("state_evaluation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_evaluation_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_evaluation_standing", ["owner", "void", "id"], unique=False)


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_evaluation", schema=None) as batch_op:
        batch_op.drop_index("ix_state_evaluation_standing")
        batch_op.drop_index(batch_op.f("ix_state_evaluation_number"))

    op.drop_table("state_evaluation")
