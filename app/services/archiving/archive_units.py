"""Whose forms may be archived apart: the city those of each office below."""

from __future__ import annotations

from app.domain.records import Unit
from app.services.office.office import Office
from app.services.records.units import subordinates

__all__ = ["Unit", "units_below"]


def units_below(office: Office) -> tuple[Unit, ...]:
    """The offices that report to this one, in official order; none below the city."""
    if not office.is_city:
        return ()
    with office.store.read() as connection:
        return tuple(subordinates(connection, office.identity.station))
