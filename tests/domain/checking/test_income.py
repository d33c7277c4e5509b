"""家庭月人均收入, as the file and the roster show it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.checking.income import monthly_per_head
from app.domain.records import Person


@pytest.mark.parametrize(
    ("yearly", "heads", "monthly"),
    [
        ("14760.00", 3, "410.00"),
        ("10000", 3, "277.78"),
        ("0", 2, "0.00"),
        ("0.06", 1, "0.01"),
        ("0.30", 1, "0.03"),
        ("0.29", 1, "0.02"),
        ("100", 0, None),
        (None, 3, None),
        ("14760", None, None),
    ],
)
def test_the_income_of_the_year_is_shared_by_months_and_heads(
    yearly: str | None, heads: int | None, monthly: str | None
) -> None:
    person = Person(yearly_income=yearly, household_size=heads)
    assert monthly_per_head(person) == (None if monthly is None else Decimal(monthly))
