"""The few fields with which a record is added from within another; the rest is filled in later."""

from __future__ import annotations

from app.ui.forms.layouts.shape import Cell, Group, Layout, Line


def _short(*lines: Line) -> Layout:
    return Layout((Group("", lines),), rest=False)


SHORT: dict[str, Layout] = {
    "enterprise": _short(Cell("name", wide=True), ("kind", "area 所在地"), "headcount 职工人数"),
    "person": _short("name", "resident_id", ("telephone", "distress_class")),
    "case": _short("person", Cell("types", wide=True), "found_on"),
    "group": _short("campaign", "name", "level", "leaders"),
}
"""By record type; only these can be added so."""

ADDS = frozenset(SHORT)
"""For `OfficeLookups.lookups`."""
