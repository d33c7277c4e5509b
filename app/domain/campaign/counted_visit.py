"""What the figures ask of a visit: a record says it, and so does what the store counts."""

from __future__ import annotations

import datetime as dt

import msgspec

from app.domain.records import Visit


class FirstVisit(msgspec.Struct, frozen=True):
    """The first visit to an enterprise in a campaign, as the store counts it: nothing else."""

    campaign: str
    enterprise: str
    visited_on: dt.date | None
    enterprise_name: str = ""
    unit: str = ""
    group: str = ""
    level: str = ""
    area: str = ""
    workers_met: int | None = None


CountedVisit = Visit | FirstVisit
"""A visit as far as it is counted."""
