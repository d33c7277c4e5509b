"""The city's figures at the end: coverage, and what may be registered twice."""

from __future__ import annotations

from app.services.figures import coverage, possible_doubles
from app.services.figures.possible_doubles import PairView
from app.services.office.office import Office
from demo.result import Covered

CAMPAIGN = "2011-36"


def coverage_of(city: Office) -> tuple[Covered, ...]:
    """The coverage figures side by side (R6, R7, R36)."""
    return tuple(
        Covered(
            title=one.title,
            numerator=one.total.numerator,
            denominator=one.total.denominator,
            unknown=one.total.unknown,
            percent=one.total.percent,
        )
        for one in coverage.coverage(city, CAMPAIGN).figures
    )


def duplicates_of(city: Office) -> tuple[str, ...]:
    """What may be registered twice, decided or not, as sentences."""
    found = possible_doubles.duplicates(city, CAMPAIGN)
    settled = (_sentence(pair, "已认定") for pair in found.settled)
    still_open = (_sentence(pair, "待认定") for pair in found.open)
    return (*settled, *still_open)


def _sentence(pair: PairView, standing: str) -> str:
    one, other = (side.number or side.name for side in (pair.one, pair.other))
    return f"{pair.words}（{standing}）：{one}和{other}。{''.join(pair.reasons)}"
