"""Where each field of a record stands. Data only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from app.domain.records import (
    Activity,
    Aid,
    Attainment,
    Briefing,
    Case,
    Contact,
    Demand,
    Diary,
    Document,
    Enterprise,
    Evaluation,
    Group,
    Hazard,
    Honour,
    Leader,
    Meeting,
    Operator,
    Person,
    Plan,
    Policy,
    Press,
    Record,
    Reporter,
    Unit,
    Visit,
)
from app.ui.forms.layouts import people, places, visits, worklog, writing
from app.ui.forms.layouts.shape import Group as Lines
from app.ui.forms.layouts.shape import Layout, cell

Layouts = Mapping[type[Record], Layout]

LAYOUTS: Layouts = {
    Visit: visits.VISIT,
    Enterprise: places.ENTERPRISE,
    Person: people.PERSON,
    Case: people.CASE,
    Aid: people.AID,
    Demand: visits.DEMAND,
    Hazard: visits.HAZARD,
    Attainment: places.ATTAINMENT,
    Document: writing.DOCUMENT,
    Press: writing.PRESS,
    Policy: writing.POLICY,
    Reporter: writing.REPORTER,
    Briefing: writing.BRIEFING,
    Diary: worklog.DIARY,
    Activity: worklog.ACTIVITY,
    Meeting: worklog.MEETING,
    Honour: worklog.HONOUR,
    Evaluation: worklog.EVALUATION,
    Group: places.GROUP,
    Leader: places.LEADER,
    Unit: places.UNIT,
    Contact: places.CONTACT,
    Plan: places.PLAN,
    Operator: places.OPERATOR,
}
"""A type without one gets all its fields in their own order."""

SHORT: Layouts = {
    record_type: Layout((Lines("", layout.short),), rest=False)
    for record_type, layout in LAYOUTS.items()
    if layout.short
}
"""The few fields with which a record is added from within another; only these types can be."""

ADDS = frozenset(record_type.type_name for record_type in SHORT)
"""For `OfficeLookups.lookups`."""


@cache
def titles_of(record_type: type[Record]) -> tuple[tuple[str, str], ...]:
    """By field what a form calls it, where that is shorter than its own label."""
    return tuple(_short_labels(LAYOUTS.get(record_type, Layout(()))))


def _short_labels(layout: Layout) -> Iterator[tuple[str, str]]:
    for line in (line for group in layout.groups for line in group.lines):
        for part in line if isinstance(line, tuple) else (line,):
            one = cell(part)
            if one.label:
                yield one.name, one.label
