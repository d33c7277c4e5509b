"""走访覆盖: the records behind its numbers, here and in the 汇总表."""

from __future__ import annotations

from app.domain.campaign.coverage_figures import Standing
from app.domain.records import Area, Enterprise, Record, Visit
from app.services.figures.coverage import FigureView
from app.services.lists.chips import Chip, How, of_these

AREAS = "areas"
"""乡镇（街道）与园区覆盖: its places are no records with a page.

Behind those reached are the visits there, behind those to be reached the units there.
"""


def units_of_places(figure: FigureView, code: str | None, *, by_unit: bool) -> Chip:
    """The units in the places of a row that are to be reached: lets through just those."""
    row = _in_row(_due(figure), code, by_unit)
    return Chip(Area.type_name, How.IS, row, f"应走访的 {len(row):,} 个地方")


def uncounted(figure: FigureView) -> Chip:
    """The visits that could not be counted anywhere."""
    return of_these(figure.uncounted, f"{figure.title} · 没有计入的走访")


def behind(
    figure: FigureView, code: str | None, *, by_unit: bool, due: bool
) -> tuple[type[Record], tuple[str, ...]]:
    """The type and ids behind a number of a row (`code`, None for 合计).

    Those already visited, with `due` all that are to be; of areas the visits that reached them.
    """
    if figure.code == AREAS:
        return Visit, _in_row(figure.touched, code, by_unit)
    found = _due(figure) if due else figure.covered
    return Enterprise, _in_row(found, code, by_unit)


def _due(figure: FigureView) -> tuple[tuple[str, str, str], ...]:
    """Those visited and those not visited yet, as (id, unit, area)."""
    left = (one for one in figure.items if one.standing == Standing.UNCOVERED)
    return (*figure.covered, *((one.id, one.unit, one.area) for one in left))


def _in_row(
    placed: tuple[tuple[str, str, str], ...],
    code: str | None,
    by_unit: bool,
) -> tuple[str, ...]:
    """Of what is placed as (id, unit, area) the ids in a row."""
    place = 1 if by_unit else 2
    return tuple(one[0] for one in placed if code is None or one[place] == code)
