"""疑似重复: what may be registered twice. Candidates only; a person decides (package format §4)."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.campaign.campaign_data import CampaignData
from app.domain.doubles.enterprises import same_enterprises
from app.domain.doubles.evidence import Candidate, Crowd, Found, Kind, Strength
from app.domain.doubles.persons import People, same_households, same_persons
from app.domain.doubles.visits import WITHIN_DAYS, same_visits, twice_aided

__all__ = [
    "Candidate",
    "Crowd",
    "Found",
    "Kind",
    "People",
    "Strength",
    "duplicates",
    "same_enterprises",
    "same_households",
    "same_persons",
    "same_visits",
    "twice_aided",
]


def duplicates(
    ground: CampaignData, *, places: Iterable[str] = (), within_days: int = WITHIN_DAYS
) -> Found:
    """All candidates of all kinds, the same for the same records in any order."""
    people = People(ground)
    return (
        same_enterprises(ground, places=places)
        + same_persons(people)
        + same_visits(ground, within_days=within_days)
        + twice_aided(ground, same_households(people))
    )
