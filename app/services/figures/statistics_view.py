"""What 统计 shows of a campaign on a day."""

from __future__ import annotations

import datetime as dt

import msgspec

from app.domain.kernel.fields import ExtraField
from app.services.figures.coverage import FigureView, OverlapView
from app.services.figures.pictures import Category, Week
from app.services.figures.totals_table import TotalsTable


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Everything 统计 shows but the 汇总表; `office` is the unit's name.

    The `items` of the figures are those not covered and those not known; they have no `areas`.
    `empty` says that there is nothing yet to count. Rows are units where `by_unit`, else
    townships and zones. `extra_fields` are what the campaign adds.
    """

    campaign: str
    title: str
    as_of: dt.date
    office: str
    figures: tuple[FigureView, ...]
    overlaps: tuple[OverlapView, ...]
    weeks: tuple[Week, ...]
    categories: tuple[Category, ...]
    empty: bool
    by_unit: bool
    extra_fields: tuple[ExtraField, ...] = ()


class Statistics(Shown, frozen=True, kw_only=True):
    """All of it."""

    table: TotalsTable
