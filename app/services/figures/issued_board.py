"""What is frozen beside a 定稿 for its page for leaders: coverage, pictures, indicators.

Numbers of offices and of places only: no enterprise, no person, no text of a record.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from app.services.figures import indicators
from app.services.figures.coverage import FigureView, RowView
from app.services.figures.indicators import NOTHING, IndicatorView, UnitLine
from app.services.figures.pictures import Category, Week
from app.services.figures.statistics import Statistics
from app.services.figures.totals_table import COLUMNS, TotalsRow
from app.services.office.office import Office

_BEHIND = 3
"""Units behind that are named with an indicator."""

_NAMES = [name for name, _ in COLUMNS]


class BoardRow(msgspec.Struct, frozen=True):
    """So many of so many at a unit or place."""

    name: str
    reached: int
    due: int


class BoardFigure(msgspec.Struct, frozen=True):
    """A figure of coverage, and by unit or place."""

    title: str
    total: BoardRow
    rows: tuple[BoardRow, ...]


class BoardTile(msgspec.Struct, frozen=True):
    """A row of the 汇总表: how many enterprises were visited, and how many that must be were."""

    name: str
    visited: int
    large: BoardRow


class BoardIndicator(msgspec.Struct, frozen=True):
    """An indicator in words; `behind` are the units that are farthest from their share."""

    name: str
    asked: str
    reached: str
    completion: str
    gap: str
    behind: tuple[str, ...]


class Board(msgspec.Struct, frozen=True):
    """All of it, as of the day of the 定稿; `first` heads the names (单位, else places)."""

    first: str
    figures: tuple[BoardFigure, ...]
    tiles: tuple[BoardTile, ...]
    weeks: tuple[Week, ...]
    categories: tuple[Category, ...]
    indicators: tuple[BoardIndicator, ...]


def board_of(office: Office, seen: Statistics) -> Board:
    """What was counted, for a page; raises `UserError` NO_CAMPAIGN."""
    found = indicators.look(office, seen.campaign)
    return Board(
        seen.table.first,
        tuple(map(_figure, seen.figures)),
        tuple(map(_tile, seen.table.rows)),
        seen.weeks,
        seen.categories,
        tuple(map(_indicator, found.indicators)),
    )


def _figure(one: FigureView) -> BoardFigure:
    return BoardFigure(one.title, _row(one.total), tuple(map(_row, one.rows)))


def _row(one: RowView) -> BoardRow:
    return BoardRow(one.name, one.numerator, one.denominator)


def _tile(row: TotalsRow) -> BoardTile:
    visited, large = (row.values[_NAMES.index(name)] for name in ("走访单位", "规上覆盖"))
    reached, _, due = str(large).partition("／")
    counted = BoardRow(row.name, int(reached), int(due)) if due else BoardRow(row.name, 0, 0)
    return BoardTile(row.name, int(visited), counted)


def _indicator(one: IndicatorView) -> BoardIndicator:
    total = one.total
    return BoardIndicator(
        f"{one.code} {one.title}（{one.unit}）",
        one.asked,
        total.value,
        total.completion,
        total.gap,
        tuple(f"{line.name} {line.completion}" for line in _behind(one.lines)),
    )


def _behind(lines: Iterable[UnitLine]) -> list[UnitLine]:
    """Those short of their share, the farthest first."""
    short = [one for one in lines if one.completion != NOTHING and _share(one) < 100]
    return sorted(short, key=_share)[:_BEHIND]


def _share(line: UnitLine) -> float:
    try:
        return float(line.completion.rstrip("%").replace(",", ""))
    except ValueError:
        return 100.0
