"""add the issues of the briefing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "state_briefing",
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
        sa.Column("title", sa.Text(), nullable=True, comment="简报"),
        sa.Column("masthead", sa.Text(), nullable=True, comment="刊名"),
        sa.Column("year", sa.Integer(), nullable=True, comment="年度"),
        sa.Column("issue", sa.Integer(), nullable=True, comment="期号"),
        sa.Column("dated", sa.Text(), nullable=True, comment="印发日期"),
        sa.Column("editor", sa.Text(), nullable=True, comment="编印单位"),
        sa.Column("approved_by", sa.Text(), nullable=True, comment="签发人"),
        sa.Column("recipients", sa.Text(), nullable=True, comment="主送"),
        sa.Column("copies_to", sa.Text(), nullable=True, comment="抄送"),
        sa.Column("printed", sa.Integer(), nullable=True, comment="印数"),
        sa.Column("note", sa.Text(), nullable=True, comment="编者按"),
        sa.Column("parts", sa.Text(), nullable=True, comment="正文各部分"),
        sa.Column("issued_at", sa.Text(), nullable=True, comment="印发时间"),
        sa.Column("issued_by", sa.Text(), nullable=True, comment="印发人"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_briefing")),
        comment="工作简报",
    )
    with op.batch_alter_table("state_briefing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_briefing_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_briefing_standing", ["owner", "void", "id"], unique=False)


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_briefing", schema=None) as batch_op:
        batch_op.drop_index("ix_state_briefing_standing")
        batch_op.drop_index(batch_op.f("ix_state_briefing_number"))

    op.drop_table("state_briefing")
