"""隐患 that can be reported at once: what it is, and whether it went up already."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain.records import Hazard
from app.services.lists.listing import lines
from app.services.office.office import Office
from app.services.reporting.frozen_report import addressee, unsent
from database.state import standing, states
from database.state.filters import live, owned_by


@dataclass(frozen=True, slots=True)
class OpenHazard:
    """One hazard that is not closed; `unsent` when its newest version is in no package."""

    id: str
    number: str
    subject: str
    nature: str
    level: str
    found_on: dt.date | None
    unsent: bool


def open_hazards(office: Office) -> list[OpenHazard]:
    """The hazards of this office that are not closed, those not sent first (R24)."""
    with office.store.read() as connection:
        waiting = {row.id for row in unsent(office, connection, addressee(office, connection))}
        mine = owned_by(office.identity.station)
        found = states.find(
            connection, Hazard, mine, live(), standing.open_hazards(), order=("found_at", "id")
        )
    told = {line.id: line for line in lines(office, Hazard, [state.id for state in found])}
    hazards = [
        OpenHazard(
            state.id,
            state.record.number,
            told[state.id].title or state.record.description[:30],
            told[state.id].who,
            state.record.level,
            told[state.id].day,
            state.id in waiting,
        )
        for state in found
    ]
    return sorted(hazards, key=lambda one: not one.unsent)
