"""The first visit to each enterprise: enough to tell who was visited at all, in a moment."""

from __future__ import annotations

import datetime as dt

from app.domain.campaign.counted_visit import FirstVisit
from database.state import counts
from database.store.engine import Connection

MEMBERS = ("units", "areas", "enterprises", "links")
"""What else `coverage.cadre_coverage` asks of a ground."""


def first_visits(connection: Connection, campaign: str) -> dict[str, FirstVisit]:
    """Of each enterprise's visits in a campaign (a code) only the first, under names of its own."""
    return {
        f"first of {enterprise}": FirstVisit(
            campaign, enterprise, dt.date.fromisoformat(day) if day else None
        )
        for enterprise, day in counts.first_visits(connection, campaign)
        if enterprise
    }
