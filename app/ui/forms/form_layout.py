"""Which fields stand where: a layout joined with the fields that there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.records import Campaign
from app.ui.forms.layouts.shape import BEHIND, COMMON, Cell, Layout, Line, cell

_COMMON = {cell(part).name for part in COMMON if not isinstance(part, tuple)}
_WIDE = {Kind.PROSE, Kind.CODES, Kind.LINKS, Kind.ROWS}


@dataclass(frozen=True, slots=True)
class Placed:
    """A field and how it is shown."""

    spec: FieldSpec
    cell: Cell

    @property
    def label(self) -> str:
        """The label in the form."""
        return self.cell.label or self.spec.label

    @property
    def wide(self) -> bool:
        """Whether it takes the whole width."""
        return self.cell.wide or self.spec.kind is Kind.ROWS


@dataclass(frozen=True, slots=True)
class PlacedGroup:
    """A heading and its lines of one or two fields."""

    title: str
    note: str
    lines: tuple[tuple[Placed, ...], ...]


ADDED_TITLE, KEPT_TITLE = "活动增加的项目", "原来的活动增加的项目"
REMOVED_TITLE = "活动已去掉的项目"


def place(
    layout: Layout | None, specs: Sequence[FieldSpec], campaign: Campaign | None = None
) -> tuple[PlacedGroup, ...]:
    """Every visible field once: as the layout says, and what it does not name at the end.

    What campaigns add has a group of its own, which names the campaign that asks it.
    """
    visible = {s.name: s for s in specs if not (s.field.hidden or s.field.beside)}
    groups = layout.groups if layout else ()
    placed = [
        PlacedGroup(group.title, group.note, tuple(_lines(group.lines, visible)))
        for group in groups
    ]
    named = {one.spec.name for group in placed for line in group.lines for one in line}
    rest = [spec for name, spec in visible.items() if name not in named]
    own = [spec for spec in rest if not spec.extra]
    added = list(_of_campaigns([spec for spec in rest if spec.extra], campaign))
    if layout is None:
        return (*_default(own), *added)
    return (*placed, *([_others(own)] if own else []), *added) if layout.rest else tuple(placed)


def _lines(lines: Iterable[Line], visible: dict[str, FieldSpec]) -> Iterable[tuple[Placed, ...]]:
    for line in lines:
        cells = [cell(part) for part in (line if isinstance(line, tuple) else (line,))]
        found = tuple(Placed(visible[one.name], one) for one in cells if one.name in visible)
        if found:
            yield found


def _default(specs: list[FieldSpec]) -> tuple[PlacedGroup, ...]:
    own = [spec for spec in specs if spec.name not in _COMMON]
    common = [spec for spec in specs if spec.name in _COMMON]
    return (
        PlacedGroup("", "", tuple(map(_alone, own))),
        PlacedGroup(BEHIND, "", tuple(map(_alone, common))),
    )


def _of_campaigns(specs: list[FieldSpec], campaign: Campaign | None) -> Iterator[PlacedGroup]:
    """What the campaign asks, and what is kept of each other one under its name."""
    own = (campaign.short_title or campaign.title) if campaign else ""
    for kept, removed in dict.fromkeys((spec.kept, spec.removed) for spec in specs):
        mine = tuple(_alone(one) for one in specs if (one.kept, one.removed) == (kept, removed))
        title = REMOVED_TITLE if removed else KEPT_TITLE if kept else ADDED_TITLE
        yield PlacedGroup(title, kept or own, mine)


def _others(specs: list[FieldSpec]) -> PlacedGroup:
    return PlacedGroup("其他内容", "", tuple(map(_alone, specs)))


def _alone(spec: FieldSpec) -> tuple[Placed, ...]:
    label = spec.label.removesuffix(f"（{spec.kept}）") if spec.kept else ""
    return (Placed(spec, Cell(spec.name, label, wide=spec.kind in _WIDE)),)
