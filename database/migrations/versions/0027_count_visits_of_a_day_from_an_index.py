"""Count visits of a day from an index."""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table("state_visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_visit_counted"))
        batch_op.drop_index(batch_op.f("ix_state_visit_visited_on"))
        batch_op.create_index(
            "ix_state_visit_by_enterprise",
            [
                "enterprise",
                "campaign",
                "visited_on",
                "headcount",
                "workers_met",
                "unit",
                "owner",
                "void",
            ],
            unique=False,
        )
        batch_op.create_index(
            "ix_state_visit_by_visited_on",
            ["visited_on", "campaign", "workers_met", "void"],
            unique=False,
        )


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_visit", schema=None) as batch_op:
        batch_op.drop_index("ix_state_visit_by_visited_on")
        batch_op.drop_index("ix_state_visit_by_enterprise")
        batch_op.create_index(batch_op.f("ix_state_visit_visited_on"), ["visited_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_state_visit_counted"),
            [
                "enterprise",
                "campaign",
                "visited_on",
                "headcount",
                "workers_met",
                "unit",
                "owner",
                "void",
            ],
            unique=False,
        )
