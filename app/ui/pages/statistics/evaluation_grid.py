"""The grid of an 考评: units by criteria, each with its place, what it counts, and its sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.campaign.evaluation_places import Place, plain
from app.domain.checking.evaluation_rules import Cell as At
from app.domain.checking.evaluation_rules import full_of
from app.services.evaluating.evaluation_seen import EvaluationSeen
from app.ui.parts.table import Cell, Column

FIRST = 2
"""The columns before the criteria: the place and the unit."""
_PLACE, _NAME, _POINTS, _TOTAL, _PER_SIGN = 52, 176, 84, 76, 15
_PER_LINE, _HEAD_LINE = 12, 18
"""Characters of a heading on a line, and the pixels of that."""

Later = Mapping[At, str]
"""The figures that are others now, by cell."""


def state_of(found: EvaluationSeen, changed: int) -> str:
    """How far it is, in words; `changed` cells have another figure now."""
    left = sum(one.open for one in found.places)
    parts = [f"满分 {plain(found.full)} 分", found.issue_words or "未定稿"]
    if not found.issued and left:
        parts.append(f"还有 {left} 格没有打分")
    if changed:
        parts.append(f"有 {changed} 格的数后来变了，后面标 →")
    parts += [found.show_words] if found.show_words else []
    if waits := sum(map(len, found.waiting.values())):
        late = "，定稿了，不能再答复" if found.issued else ""
        parts.append(f"申诉 {waits} 条没有答复{late}")
    if not found.mine:
        parts.append(f"{found.office}做的，只能看")
    return "，".join(parts)


def heading_of(name: str) -> str:
    """The name of a criterion on one line or two, the second ended by … where it is longer."""
    if len(name) <= _PER_LINE:
        return name
    half = min(-(-len(name) // 2), _PER_LINE)
    rest = name[half:]
    return f"{name[:half]}\n{rest if len(rest) <= _PER_LINE else f'{rest[: _PER_LINE - 1]}…'}"


def head_height(columns: Sequence[Column]) -> int:
    """Pixels for the lines of the headings."""
    return 8 + _HEAD_LINE * max(one.title.count("\n") + 1 for one in columns)


def columns_of(found: EvaluationSeen) -> list[Column]:
    """The place, the unit, the criteria with their full marks, the sum."""
    criteria = [
        Column(
            f"{heading}\n{plain(full_of(one))} 分",
            max(_POINTS, max(map(len, heading.split("\n"))) * _PER_SIGN + 16),
            right=True,
        )
        for one in found.record.criteria
        for heading in (heading_of(one.name),)
    ]
    return [
        Column("名次", _PLACE, right=True),
        Column("单位", _NAME),
        *criteria,
        Column(f"合计\n{plain(found.full)} 分", _TOTAL, right=True),
        Column(""),
    ]


def rows_of(found: EvaluationSeen, later: Later) -> list[Sequence[Cell]]:
    """A row for each unit."""
    by_unit = {one.unit: one for one in found.places}
    return [_row(found, later, by_unit[unit], name) for unit, name in found.units.items()]


def _row(
    found: EvaluationSeen,
    later: Later,
    place: Place,
    name: str,
) -> Sequence[Cell]:
    named = place.unit in found.record.commended
    ranked = str(place.place) if found.counts else ""
    return [
        Cell(ranked, bold=True),
        Cell(name, sign="medal" if named else ""),
        *(_cell(found, later, (place.unit, one.id)) for one in found.record.criteria),
        Cell(plain(place.total) if found.counts else "", bold=True),
        Cell(""),
    ]


def _cell(
    found: EvaluationSeen,
    later: Later,
    cell: At,
) -> Cell:
    points = found.counts.get(cell)
    asked = " 诉" if cell in found.waiting else ""
    if points is None:
        return Cell(f"—{asked}", bold=bool(asked))
    corrected = any(one.points for one in found.appeals(cell))
    mark = " 改" if corrected else ""
    later_too = " →" if cell in later else ""
    return Cell(f"{plain(points)}{mark}{asked}{later_too}", bold=corrected or bool(asked))
