"""Look revisions up by their record, and by what their name begins with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_STATES = (
    "aid", "area", "campaign", "case", "demand", "document", "enterprise", "group", "hazard",
    "link", "operator", "person", "plan", "review", "target", "unit", "visit",
)  # fmt: skip

_DIGITS = 12
_MARK = " + ".join(
    f"((instr('0123456789abcdef', substr(h, {n + 1}, 1)) - 1) << {4 * (_DIGITS - 1 - n)})"
    for n in range(_DIGITS)
)
"""The first twelve of the 64 digits as a number."""


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_delivery_package_package"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_delivery_revision_revision"), type_="foreignkey")
    for name in _STATES:
        with op.batch_alter_table(f"state_{name}", schema=None) as batch_op:
            foreign = batch_op.f(f"fk_state_{name}_h_revision")
            batch_op.drop_constraint(foreign, type_="foreignkey")

    op.add_column("revision", sa.Column("mark", sa.Integer(), nullable=True))
    op.execute(f"UPDATE revision SET mark = {_MARK}")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_id"))
        batch_op.drop_constraint(batch_op.f("uq_revision_h"), type_="unique")
        batch_op.alter_column("mark", existing_type=sa.Integer(), nullable=False)
        batch_op.create_index(batch_op.f("ix_revision_mark"), ["mark"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_revision_id"), ["id", "mark"])


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_revision_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_revision_mark"))
        batch_op.create_unique_constraint(batch_op.f("uq_revision_h"), ["h"])
        batch_op.create_index(batch_op.f("ix_revision_id"), ["id"], unique=False)
        batch_op.drop_column("mark")
    for name in _STATES:
        with op.batch_alter_table(f"state_{name}", schema=None) as batch_op:
            foreign = batch_op.f(f"fk_state_{name}_h_revision")
            batch_op.create_foreign_key(foreign, "revision", ["h"], ["h"])
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_delivery_revision_revision"), "revision", ["revision"], ["n"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_delivery_package_package"), "package", ["package"], ["n"]
        )
