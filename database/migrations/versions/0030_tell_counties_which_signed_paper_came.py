"""Tell counties which signed paper came."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table("scanned_page", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "version",
                sa.Text(),
                server_default="",
                nullable=False,
                comment="h on it, as printed",
            )
        )

    with op.batch_alter_table("state_notice", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("paper_of", sa.Text(), nullable=True, comment="收到纸质的记录")
        )
        batch_op.add_column(sa.Column("papers", sa.Text(), nullable=True, comment="收到的纸质"))
        batch_op.create_index(batch_op.f("ix_state_notice_paper_of"), ["paper_of"], unique=False)


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_notice_paper_of"))
        batch_op.drop_column("papers")
        batch_op.drop_column("paper_of")

    with op.batch_alter_table("scanned_page", schema=None) as batch_op:
        batch_op.drop_column("version")
