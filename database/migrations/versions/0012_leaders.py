"""Keep the leaders of an office with their terms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "state_leader",
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
        sa.Column("name", sa.Text(), nullable=True, comment="姓名"),
        sa.Column("post", sa.Text(), nullable=True, comment="职务"),
        sa.Column("chief", sa.Integer(), nullable=True, comment="主要负责同志"),
        sa.Column("serves_from", sa.Text(), nullable=True, comment="任职开始"),
        sa.Column("serves_to", sa.Text(), nullable=True, comment="任职结束"),
        sa.Column("order", sa.Integer(), nullable=True, comment="排列顺序"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_leader")),
        comment="领导班子成员",
    )
    with op.batch_alter_table("state_leader", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_leader_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_leader_standing", ["owner", "void", "id"], unique=False)


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_leader", schema=None) as batch_op:
        batch_op.drop_index("ix_state_leader_standing")
        batch_op.drop_index(batch_op.f("ix_state_leader_number"))

    op.drop_table("state_leader")
