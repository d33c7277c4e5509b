"""The form of a paper that is keyed again: what the paper has, and no offers."""

from __future__ import annotations

from dataclasses import replace

from app.domain.records import Record
from app.ui.forms.layouts import LAYOUTS
from app.ui.forms.layouts.shape import BEHIND, Cell, Group, Layout, Line, cell


def paper_layout(record_type: type[Record]) -> Layout:
    """What the paper has of a type, without offers that would tell what was keyed before."""
    groups = LAYOUTS[record_type].groups
    return Layout(
        tuple(replace(one, lines=_plain(one)) for one in groups if one.title != BEHIND), rest=False
    )


def _plain(group: Group) -> tuple[Line, ...]:
    return tuple(
        (_bare(line[0]), _bare(line[1])) if isinstance(line, tuple) else _bare(line)
        for line in group.lines
    )


def _bare(part: str | Cell) -> Cell:
    return replace(cell(part), suggests="", fills="", opens="")
