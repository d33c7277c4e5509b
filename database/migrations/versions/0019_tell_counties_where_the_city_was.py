"""Tell counties where the city was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "state_notice",
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
        sa.Column("enterprise", sa.Text(), nullable=True, comment="企（事）业单位"),
        sa.Column("person", sa.Text(), nullable=True, comment="职工"),
        sa.Column("met_on", sa.Text(), nullable=True, comment="日期"),
        sa.Column("group", sa.Text(), nullable=True, comment="工作组"),
        sa.Column("level", sa.Text(), nullable=True, comment="走访级别"),
        sa.Column("workers_met", sa.Integer(), nullable=True, comment="走访职工人次"),
        sa.Column("station", sa.Text(), nullable=True, comment="送达单位"),
        sa.Column("source", sa.Text(), nullable=True, comment="告知的记录"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_notice")),
        comment="走访告知",
    )
    with op.batch_alter_table("state_notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_state_notice_enterprise"), ["enterprise"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_state_notice_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_notice_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_notice_source"), ["source"], unique=False)
        batch_op.create_index("ix_state_notice_standing", ["owner", "void", "id"], unique=False)


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_notice", schema=None) as batch_op:
        batch_op.drop_index("ix_state_notice_standing")
        batch_op.drop_index(batch_op.f("ix_state_notice_source"))
        batch_op.drop_index(batch_op.f("ix_state_notice_person"))
        batch_op.drop_index(batch_op.f("ix_state_notice_number"))
        batch_op.drop_index(batch_op.f("ix_state_notice_enterprise"))

    op.drop_table("state_notice")
