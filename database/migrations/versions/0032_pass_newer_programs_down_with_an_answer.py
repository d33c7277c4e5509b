"""Pass newer programs down with an answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "state_update_part",
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
        sa.Column("version", sa.Text(), nullable=True, comment="版本"),
        sa.Column("sha256", sa.Text(), nullable=True, comment="校验值"),
        sa.Column("size", sa.Integer(), nullable=True, comment="大小"),
        sa.Column("part", sa.Integer(), nullable=True, comment="第几份"),
        sa.Column("parts", sa.Integer(), nullable=True, comment="共几份"),
        sa.Column("data", sa.Text(), nullable=True, comment="内容"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_update_part")),
        comment="新版程序",
    )
    with op.batch_alter_table("state_update_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_update_part_number"), ["number"], unique=False)
        batch_op.create_index(
            "ix_state_update_part_standing", ["owner", "void", "id"], unique=False
        )


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_update_part", schema=None) as batch_op:
        batch_op.drop_index("ix_state_update_part_standing")
        batch_op.drop_index(batch_op.f("ix_state_update_part_number"))

    op.drop_table("state_update_part")
