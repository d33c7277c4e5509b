"""The answer of an office above: reviews, decisions, what was received, reference data (R30)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.domain.progress import Cancel, Progress, silent
from app.exchange.header import EVERYONE
from app.exchange.kinds import CARRIES
from app.services import forwarding, sealing
from app.services.office import Office
from app.services.reviewing import speaks_to
from app.services.units import require_unit


@dataclass(frozen=True, slots=True)
class Answer:
    """All files the office has not confirmed, and how many reviews and decisions are new."""

    files: tuple[Path, ...]
    reviews: int


def answer(
    office: Office,
    station: str,
    out: Path,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Answer:
    """Write the answer to one office.

    One package holds all reviews and decisions for it and says what was received;
    reference data changed since goes out beside it, to everyone. A county passes on
    what the city gave out.
    """
    with office.store.read() as connection:
        require_unit(connection, station)
    if office.is_city:
        sealing.seal(
            office, EVERYONE, "reference", lambda row: row.type in CARRIES["reference"].types
        )
    sealed = sealing.seal(
        office,
        station,
        "answer",
        lambda row: speaks_to(row, station),
        even_empty=True,
        progress=progress,
        cancel=cancel,
    )
    passed_on = {} if office.is_city else forwarding.downward(office, station)
    files = sealing.unacknowledged(office, EVERYONE, station) if office.is_city else []
    files += [*passed_on, *sealing.unacknowledged(office, station)]
    copied = sealing.copy_out(files, out, names=passed_on, progress=progress, cancel=cancel)
    return Answer(tuple(copied), sum(one.lines for one in sealed))
