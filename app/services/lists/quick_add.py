"""A record that is missing is added from within another: looked for, not found, made and picked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.kernel.changes import Changes
from app.domain.records import Record
from app.services.lists import lookups
from app.services.lists.lookups import Named
from app.services.office.office import Office
from app.services.records import saving


@dataclass(frozen=True, slots=True)
class Added:
    """The new record as a look-up offers it, and what to redraw."""

    named: Named
    changes: Changes


def add(
    office: Office,
    record_type: type[Record],
    typed: Mapping[str, object],
    accept: Mapping[str, str] | None = None,
) -> Added:
    """Save a record of its own; a 核对 must be answered.

    Raises as `saving.save` (TWIN when it is there already).
    """
    saved = saving.save(office, record_type, typed, accept=accept, asking=True)
    (named,) = lookups.some(office, record_type, [saved.id])
    return Added(named, saved.changes)
