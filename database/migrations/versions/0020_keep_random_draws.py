"""Keep random draws."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "state_draw",
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
        sa.Column("title", sa.Text(), nullable=True, comment="抽取事项"),
        sa.Column("scope", sa.Text(), nullable=True, comment="抽取范围"),
        sa.Column("parted_by", sa.Text(), nullable=True, comment="分层"),
        sa.Column("allocation", sa.Text(), nullable=True, comment="各层抽取家数"),
        sa.Column("asked", sa.Integer(), nullable=True, comment="要抽的家数"),
        sa.Column("strata", sa.Text(), nullable=True, comment="各层"),
        sa.Column("algorithm", sa.Text(), nullable=True, comment="抽取方法"),
        sa.Column("frame_sha256", sa.Text(), nullable=True, comment="名单校验值"),
        sa.Column("seed", sa.Text(), nullable=True, comment="种子"),
        sa.Column("seed_from", sa.Text(), nullable=True, comment="种子来源"),
        sa.Column("drawn_at", sa.Text(), nullable=True, comment="抽取时间"),
        sa.Column("drawn_by", sa.Text(), nullable=True, comment="抽取人"),
        sa.Column("witnesses", sa.Text(), nullable=True, comment="监督人"),
        sa.Column("results", sa.Text(), nullable=True, comment="抽中的单位"),
        sa.Column("replacements", sa.Text(), nullable=True, comment="替补"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_draw")),
        comment="随机抽取",
    )
    with op.batch_alter_table("state_draw", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_draw_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_draw_standing", ["owner", "void", "id"], unique=False)


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_draw", schema=None) as batch_op:
        batch_op.drop_index("ix_state_draw_standing")
        batch_op.drop_index(batch_op.f("ix_state_draw_number"))

    op.drop_table("state_draw")
