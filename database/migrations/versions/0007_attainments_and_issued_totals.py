"""Keep attainments, plans of several years, chosen columns and issued totals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INDEXED = [
    "enterprise",
    "campaign",
    "visited_on",
    "headcount",
    "workers_met",
    "unit",
    "owner",
    "void",
]


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "issued_totals",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="what the table was called"),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False, comment="when it became 定稿"),
        sa.Column("by", sa.Text(), nullable=False, comment="name of who issued it"),
        sa.Column("table", sa.Text(), nullable=False, comment="columns and rows as issued, JSON"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_issued_totals")),
    )
    with op.batch_alter_table("issued_totals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issued_totals_campaign"), ["campaign"], unique=False)

    op.create_table(
        "state_attainment",
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
        sa.Column("indicator", sa.Text(), nullable=True, comment="指标代码"),
        sa.Column("as_of", sa.Text(), nullable=True, comment="截至日期"),
        sa.Column("value", sa.Integer(), nullable=True, comment="本月完成数"),
        sa.Column("numerator", sa.Integer(), nullable=True, comment="分子"),
        sa.Column("denominator", sa.Integer(), nullable=True, comment="分母"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_attainment")),
        comment="指标进度",
    )
    with op.batch_alter_table("state_attainment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_attainment_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_attainment_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "totals_layout",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False, comment="which columns of 汇总表, JSON"),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="operator's id"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_totals_layout")),
    )
    with op.batch_alter_table("state_campaign", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plan_years", sa.Text(), nullable=True, comment="多年规划"))
        batch_op.add_column(
            sa.Column("focus_industries", sa.Text(), nullable=True, comment="重点领域（行业）")
        )
        batch_op.add_column(
            sa.Column("focus_themes", sa.Text(), nullable=True, comment="重点领域（工作）")
        )
    with op.batch_alter_table("state_visit", schema=None) as batch_op:
        batch_op.create_index("ix_state_visit_counted", INDEXED, unique=False)


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_visit", schema=None) as batch_op:
        batch_op.drop_index("ix_state_visit_counted")

    with op.batch_alter_table("state_campaign", schema=None) as batch_op:
        batch_op.drop_column("focus_themes")
        batch_op.drop_column("focus_industries")
        batch_op.drop_column("plan_years")

    op.drop_table("totals_layout")
    with op.batch_alter_table("state_attainment", schema=None) as batch_op:
        batch_op.drop_index("ix_state_attainment_standing")
        batch_op.drop_index(batch_op.f("ix_state_attainment_number"))

    op.drop_table("state_attainment")
    with op.batch_alter_table("issued_totals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issued_totals_campaign"))

    op.drop_table("issued_totals")
