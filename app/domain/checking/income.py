"""What a household has to live on."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from app.domain.records import Person


def monthly_per_head(person: Person) -> Decimal | None:
    """家庭月人均收入 in yuan: 家庭年度总收入 by months and heads; None while one is unknown."""
    if person.yearly_income is None or not person.household_size:
        return None
    per_head = Decimal(person.yearly_income) / 12 / person.household_size
    return per_head.quantize(Decimal("0.01"), ROUND_HALF_UP)
