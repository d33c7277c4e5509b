"""考评: points from a figure, the total of each unit and its place (R43, R47)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.domain.checking.evaluation_rules import INDICATOR, full_of, is_computed, points_of
from app.domain.codes import EVALUATION_BASIS
from app.domain.records import Criterion, Evaluation

_CENT = Decimal("0.01")
_RATES = ("cadres", "groups", "townships", "areas", "on_time", "closed", "indicator")


@dataclass(frozen=True, slots=True)
class Place:
    """名次 of a unit: its total, and how many criteria it has no points for yet."""

    unit: str
    total: Decimal
    place: int
    open: int


def computed_points(full: Decimal, figure: Decimal, full_at: Decimal) -> Decimal:
    """Points in proportion to a figure: two decimals, all of them from `full_at` on, never below 0.

    `full_at` is above 0.
    """
    if figure >= full_at:
        return full
    return max((full * figure / full_at).quantize(_CENT, ROUND_HALF_UP), Decimal(0))


def full_marks(evaluation: Evaluation) -> Decimal:
    """What a unit gets that has full marks everywhere; nobody says that it must be 100."""
    return sum(map(full_of, evaluation.criteria), Decimal(0))


def totals(evaluation: Evaluation, units: Sequence[str]) -> Mapping[str, Decimal]:
    """The sum of the points of each unit, by code."""
    found = dict.fromkeys(units, Decimal(0))
    for (unit, _), points in points_of(evaluation).items():
        if unit in found:
            found[unit] += points
    return found


def places(evaluation: Evaluation, units: Sequence[str]) -> tuple[Place, ...]:
    """The units from the highest total down; equal totals share a place.

    The next place counts all before it (1, 2, 2, 4). Equal ones stay in the order given.
    """
    sums, scored = totals(evaluation, units), points_of(evaluation)
    ranked = sorted(units, key=lambda unit: -sums[unit])
    better = {total: sum(other > total for other in sums.values()) for total in sums.values()}
    return tuple(
        Place(
            unit,
            sums[unit],
            better[sums[unit]] + 1,
            sum((unit, one.id) not in scored for one in evaluation.criteria),
        )
        for unit in ranked
    )


def plain(points: Decimal) -> str:
    """Points as they are written: 9.5, 10."""
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def basis_words(criterion: Criterion) -> str:
    """How its points come about, in words."""
    if not is_computed(criterion):
        return "人工打分，依据写清楚。"
    what = EVALUATION_BASIS.label_of(criterion.basis)
    sign = "%" if criterion.basis in _RATES else ""
    full_at = plain(Decimal(criterion.full_at or 0))
    named = criterion.indicator if criterion.basis == INDICATOR else ""
    return f"{what}{named}，达到 {full_at}{sign} 得满分，不到的按比例。"
