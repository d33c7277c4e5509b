"""Reads the issue of 简报 that is to be shown."""

from __future__ import annotations

from app.services.letters import briefings
from app.services.letters.briefings import BriefingSeen
from app.services.office.office import Office


def look(office: Office, key: str) -> BriefingSeen | None:
    """This issue, or the latest of this office; None where it has none."""
    if not key:
        own = [one for one in briefings.listed(office) if one.owner == office.identity.station]
        key = own[0].id if own else ""
    return briefings.seen(office, key) if key else None
