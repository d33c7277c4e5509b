"""The first visit to each enterprise: enough to tell who was visited at all, in a moment."""

from __future__ import annotations

import datetime as dt

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.counted_visit import FirstVisit
from app.domain.campaign.enterprise_groups import is_of_city
from database.state import counts
from database.store.engine import Connection

MEMBERS = ("units", "areas", "enterprises", "links")
"""What else `coverage.cadre_coverage` asks of a ground."""


def first_visits(connection: Connection, ground: CampaignData) -> dict[str, FirstVisit]:
    """Of each enterprise's visits in the campaign only the first, under names of its own.

    Of those of the city's own the first of each office: whose figure it is depends on them.
    """
    campaign = ground.campaign.code
    firsts = {
        f"first of {enterprise}": FirstVisit(campaign, enterprise, _day(day))
        for enterprise, day in counts.first_visits(connection, campaign)
        if enterprise
    }
    city = [one for one in ground.enterprises if is_of_city(ground, one)]
    for enterprise, unit, day in counts.first_visits_by_unit(connection, campaign, city):
        firsts.pop(f"first of {enterprise}", None)
        visit = FirstVisit(campaign, enterprise, _day(day), unit=unit)
        firsts[f"first of {enterprise} by {unit}"] = visit
    return firsts


def _day(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None
