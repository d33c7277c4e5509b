"""Read who filed visits from an index."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table("state_visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_visit_enterprise"))
        batch_op.drop_index(batch_op.f("ix_state_visit_standing"))
        batch_op.create_index(
            "ix_state_visit_standing", ["owner", "void", "id", "campaign", "unit"], unique=False
        )


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_visit", schema=None) as batch_op:
        batch_op.drop_index("ix_state_visit_standing")
        batch_op.create_index(
            batch_op.f("ix_state_visit_standing"), ["owner", "void", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_state_visit_enterprise"), ["enterprise"], unique=False)
