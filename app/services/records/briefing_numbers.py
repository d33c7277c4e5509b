"""The issues of 简报 of an office in a year, by their 期号."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.domain.checking import issue_numbers
from app.domain.checking.checks import Finding
from app.domain.records import Briefing
from app.services.records.link_resolving import Links
from database.state import states
from database.state.filters import equal, live, owned_by
from database.state.states import State
from database.store.engine import Connection


def of_year(connection: Connection, station: str, year: int) -> list[State[Briefing]]:
    """The issues of a year that stand."""
    return states.find(connection, Briefing, live(), owned_by(station), equal("year", year))


def numbers(found: Iterable[State[Briefing]]) -> frozenset[int]:
    """The 期号 of issues."""
    return frozenset(one.record.issue for one in found if one.record.issue)


def spoken(links: Links, body: Mapping[str, Any], record: str) -> Iterator[Finding]:
    """What speaks against the number of an issue that is being kept."""
    year, issue = body.get("year"), body.get("issue")
    if not year or not issue:
        return
    station = links.office.identity.station
    found = of_year(links.connection, station, int(year))
    others = (one for one in found if one.id != record)
    yield from issue_numbers.spoken(int(year), int(issue), numbers(others))


def proposed(links: Links, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The day and the next 期号 of its year, for an issue that names none."""
    office = links.office
    dated = str(body.get("dated") or office.today().isoformat())
    year = int(body.get("year") or dated[:4])
    known = numbers(of_year(links.connection, office.identity.station, year))
    return {"dated": dated, "year": year, "issue": max(known, default=0) + 1}
