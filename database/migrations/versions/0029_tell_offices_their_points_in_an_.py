"""Tell offices their points in an evaluation and take their appeals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "state_score_appeal",
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
        sa.Column("source", sa.Text(), nullable=True, comment="考评"),
        sa.Column("criterion", sa.Text(), nullable=True, comment="考评项目行号"),
        sa.Column("title", sa.Text(), nullable=True, comment="考评名称"),
        sa.Column("name", sa.Text(), nullable=True, comment="考评项目"),
        sa.Column("points", sa.Text(), nullable=True, comment="申诉时的得分"),
        sa.Column("said", sa.Text(), nullable=True, comment="申诉理由"),
        sa.Column("evidence", sa.Text(), nullable=True, comment="依据"),
        sa.Column("said_on", sa.Text(), nullable=True, comment="申诉日期"),
        sa.Column("said_by", sa.Text(), nullable=True, comment="经办人"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_score_appeal")),
        comment="考评申诉",
    )
    with op.batch_alter_table("state_score_appeal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_score_appeal_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_score_appeal_source"), ["source"], unique=False)
        batch_op.create_index(
            "ix_state_score_appeal_standing", ["owner", "void", "id"], unique=False
        )

    op.create_table(
        "state_score_sheet",
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
        sa.Column("station", sa.Text(), nullable=True, comment="送达单位"),
        sa.Column("source", sa.Text(), nullable=True, comment="考评"),
        sa.Column("campaign", sa.Text(), nullable=True, comment="活动"),
        sa.Column("title", sa.Text(), nullable=True, comment="考评名称"),
        sa.Column("as_of", sa.Text(), nullable=True, comment="考评日期"),
        sa.Column("lines", sa.Text(), nullable=True, comment="各项得分"),
        sa.Column("answers", sa.Text(), nullable=True, comment="申诉和答复"),
        sa.Column("total", sa.Integer(), nullable=True, comment="总分"),
        sa.Column("place", sa.Integer(), nullable=True, comment="名次"),
        sa.Column("among", sa.Integer(), nullable=True, comment="几个单位"),
        sa.Column("issued_at", sa.Text(), nullable=True, comment="定稿时间"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_score_sheet")),
        comment="考评结果",
    )
    with op.batch_alter_table("state_score_sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_score_sheet_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_score_sheet_source"), ["source"], unique=False)
        batch_op.create_index(
            "ix_state_score_sheet_standing", ["owner", "void", "id"], unique=False
        )

    with op.batch_alter_table("state_evaluation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shown_at", sa.Text(), nullable=True, comment="交核对时间"))
        batch_op.add_column(sa.Column("shown_by", sa.Text(), nullable=True, comment="交核对的人"))


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_evaluation", schema=None) as batch_op:
        batch_op.drop_column("shown_by")
        batch_op.drop_column("shown_at")

    with op.batch_alter_table("state_score_sheet", schema=None) as batch_op:
        batch_op.drop_index("ix_state_score_sheet_standing")
        batch_op.drop_index(batch_op.f("ix_state_score_sheet_source"))
        batch_op.drop_index(batch_op.f("ix_state_score_sheet_number"))

    op.drop_table("state_score_sheet")
    with op.batch_alter_table("state_score_appeal", schema=None) as batch_op:
        batch_op.drop_index("ix_state_score_appeal_standing")
        batch_op.drop_index(batch_op.f("ix_state_score_appeal_source"))
        batch_op.drop_index(batch_op.f("ix_state_score_appeal_number"))

    op.drop_table("state_score_appeal")
