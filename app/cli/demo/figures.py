"""The city's figures at the end: coverage, and what may be registered twice."""

from __future__ import annotations

from collections.abc import Iterator

from app.cli.demo.result import Covered
from app.domain.coverage import coverage
from app.domain.duplicates import Candidate, duplicates
from app.domain.ground import Ground
from app.domain.records import TYPES, Campaign
from app.services.office import Office
from app.services.records import show
from database import states

CAMPAIGN = "2011-36"

GROUND = {
    "units": "unit",
    "areas": "area",
    "enterprises": "enterprise",
    "groups": "group",
    "plans": "plan",
    "visits": "visit",
    "demands": "demand",
    "persons": "person",
    "cases": "case",
    "aids": "aid",
    "links": "link",
}

KINDS = {
    "enterprise": "单位",
    "person": "困难职工",
    "household": "家庭",
    "visit": "走访",
    "aid": "帮扶",
}


def ground_of(office: Office) -> Ground:
    """All that the figures stand on, as this office holds it."""
    with office.store.read() as connection:
        held = {
            member: states.find(connection, kind, states.table(kind).c.void == 0)
            for member, kind in GROUND.items()
        }
    running = show(office, "campaign", CAMPAIGN).record
    assert isinstance(running, Campaign)
    records = {member: {s.id: s.record for s in found} for member, found in held.items()}
    owners = {s.id: s.owner for found in held.values() for s in found}
    return Ground(campaign=running, owner_of=owners, **records)  # type: ignore[arg-type]


def coverage_of(ground: Ground) -> tuple[Covered, ...]:
    """The coverage figures side by side (R6, R7, R36)."""
    seen = coverage(ground)
    return tuple(
        Covered(
            title=one.title,
            numerator=one.count.numerator,
            denominator=one.count.denominator,
            unknown=one.count.unknown,
            percent=one.count.percent,
        )
        for one in (seen.cadres, seen.groups, seen.townships, seen.areas)
    )


def duplicates_of(ground: Ground) -> tuple[str, ...]:
    """What may be registered twice, decided or not, as sentences."""
    found = duplicates(ground)
    settled = (_sentence(ground, one, "已认定同一") for one in found.settled)
    still_open = (_sentence(ground, one, "待认定") for one in found.open)
    return (*settled, *still_open)


def _sentence(ground: Ground, one: Candidate, standing: str) -> str:
    names = "和".join(_names(ground, one))
    return f"{KINDS[one.kind]}（{standing}）：{names}。{one.reasons[0]}"


def _names(ground: Ground, one: Candidate) -> Iterator[str]:
    kept = {**ground.enterprises, **ground.persons, **ground.visits, **ground.aids}
    for record in (one.one, one.other):
        known = kept[record]
        assert isinstance(known, tuple(TYPES.values()))
        yield known.number or getattr(known, "name", "")
