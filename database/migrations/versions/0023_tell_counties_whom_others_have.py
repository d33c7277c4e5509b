"""Tell counties whom others have."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table("state_notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hint_of", sa.Text(), nullable=True, comment="提示什么"))
        batch_op.add_column(sa.Column("hint_key", sa.Text(), nullable=True, comment="提示的密钥"))
        batch_op.add_column(sa.Column("hints", sa.Text(), nullable=True, comment="提示"))
        batch_op.create_index(batch_op.f("ix_state_notice_hint_of"), ["hint_of"], unique=False)


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_notice_hint_of"))
        batch_op.drop_column("hints")
        batch_op.drop_column("hint_key")
        batch_op.drop_column("hint_of")
