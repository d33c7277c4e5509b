"""The rules of 考评, as data, and what a cell of it counts (R43, R47)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from app.domain.checking.rule import Context, Rule, Severity
from app.domain.records import Evaluation
from app.domain.records.evaluation import TYPED, Criterion

INDICATOR = "indicator"

Cell = tuple[str, str]
"""A unit's code and the id of a criterion."""


def is_computed(criterion: Criterion) -> bool:
    """Whether its points follow a figure that the program counts."""
    return criterion.basis not in ("", TYPED)


def full_of(criterion: Criterion) -> Decimal:
    """Its full marks; 0 while none are written."""
    return Decimal(criterion.points or 0)


def points_of(evaluation: Evaluation) -> Mapping[Cell, Decimal]:
    """What counts in each cell that was scored.

    The last correction after an appeal, else the points given; criteria that are no longer there
    do not count.
    """
    known = {one.id for one in evaluation.criteria}
    found = {(one.unit, one.criterion): one.points for one in evaluation.scores}
    found |= {(one.unit, one.criterion): one.points for one in evaluation.appeals if one.points}
    return {cell: Decimal(said) for cell, said in found.items() if said and cell[1] in known}


def _scored_too_high(one: Evaluation, context: Context) -> bool:
    full = {criterion.id: full_of(criterion) for criterion in one.criteria}
    given = [(row.criterion, row.points) for row in one.scores]
    given += [(row.criterion, row.points) for row in one.appeals]
    return any(points and Decimal(points) > full[at] for at, points in given if at in full)


def _no_full_mark(one: Evaluation, context: Context) -> bool:
    return any(is_computed(row) and not Decimal(row.full_at or 0) for row in one.criteria)


def _no_such_indicator(one: Evaluation, context: Context) -> bool:
    asked = [row for row in one.criteria if row.basis == INDICATOR]
    known = context.campaign.indicators if context.campaign else ()
    codes = {indicator.code for indicator in known}
    return any(not row.indicator or (codes and row.indicator not in codes) for row in asked)


def _named_twice(one: Evaluation, context: Context) -> bool:
    return max(Counter(row.name for row in one.criteria).values(), default=0) > 1


_E = Severity.ERROR

EVALUATION_RULES: tuple[Rule, ...] = (
    Rule(
        "E01", _E, Evaluation, "criteria", _scored_too_high,
        "有一个得分比它的满分高。", "请改得分，或者改这一项的满分。",
    ),
    Rule(
        "E02", _E, Evaluation, "criteria", _no_full_mark,
        "有一项按数算分，没有填得满分的数。", "请填达到多少得满分；不按数算的选“人工打分”。",
    ),
    Rule(
        "E03", _E, Evaluation, "criteria", _no_such_indicator,
        "按指标完成率打分的一项，没有填这个活动的指标代码。",
        "请填“统计”的“指标进度”里的代码，如 T8。",
    ),
    Rule(
        "E04", _E, Evaluation, "criteria", _named_twice,
        "有两个考评项目同名。", "请换一个名称。",
    ),
)  # fmt: skip
