"""走访覆盖: the records behind its numbers, here and in the 汇总表."""

from __future__ import annotations

from app.domain.campaign.coverage_figures import Standing
from app.domain.records import Enterprise, Record, Visit
from app.services.figures.coverage import FigureView

AREAS = "areas"
"""乡镇（街道）与园区覆盖: its places are no records with a page; behind it are the visits there."""


def behind(
    figure: FigureView, code: str | None, *, by_unit: bool, due: bool
) -> tuple[type[Record], tuple[str, ...]]:
    """The type and ids behind a number of a row (`code`, None for 合计).

    Those already visited, with `due` all that are to be; of areas the visits that reached them.
    """
    if figure.code == AREAS:
        return Visit, _in_row(figure.touched, code, by_unit)
    found = list(figure.covered)
    if due:
        left = (one for one in figure.items if one.standing == Standing.UNCOVERED)
        found += [(one.id, one.unit, one.area) for one in left]
    return Enterprise, _in_row(found, code, by_unit)


def _in_row(
    placed: tuple[tuple[str, str, str], ...] | list[tuple[str, str, str]],
    code: str | None,
    by_unit: bool,
) -> tuple[str, ...]:
    """Of what is placed as (id, unit, area) the ids in a row."""
    place = 1 if by_unit else 2
    return tuple(one[0] for one in placed if code is None or one[place] == code)
