"""请上级协调: demands that offices below pass up, how long they wait, and the answer (R30).

The answer is a value proposed for 上级答复, so it is used here at once, goes down with the next
answer package, and the owner takes it over onto the same record with one key.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain.checking.state import waits_above
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Demand, Review
from app.services.office.office import Office
from app.services.people.paper_names import operator_name
from app.services.records.field_words import Wording
from app.services.records.saving import Saved
from app.services.records.units import name_of, superiors
from app.services.reviewing import drafts_list, reviews, several, two_steps
from app.services.reviewing.reviews import Correction
from app.services.reviewing.several import Spoken
from app.services.reviewing.stale_base import position
from database.state import states
from database.state.filters import live
from database.state.standing import demands_waiting_above
from database.state.states import State
from database.store.engine import Connection

REPLY, REPLIED_ON = "upper_reply", "upper_replied_on"
"""The fields that an answer proposes."""


@dataclass(frozen=True, slots=True)
class PassedUp:
    """One demand that waits: of which office, what it asks for, and since how many days.

    `drafted` where an answer waits for 负责人; `base` is the place in the log it was read at.
    """

    id: str
    number: str
    station: str
    unit: str
    content: str
    requested: str
    since: dt.date | None
    days: int | None
    drafted: bool
    base: int


def passed_up(office: Office) -> list[PassedUp]:
    """Every demand of the offices below that waits for an answer here, the longest first."""
    with office.store.read() as connection:
        base = position(connection)
        found = [
            _told(office, connection, state, base)
            for state in states.find(connection, Demand, live(), demands_waiting_above())
            if _is_below(office, connection, state.owner)
        ]
    return sorted(found, key=lambda one: (one.since or dt.date.max, one.number))


def _is_below(office: Office, connection: Connection, owner: str) -> bool:
    here = office.identity.station
    return owner != here and here in superiors(connection, owner)


def _told(office: Office, connection: Connection, state: State[Demand], base: int) -> PassedUp:
    demand, wording = state.record, Wording(connection)
    since = demand.requested_on or demand.raised_on
    return PassedUp(
        state.id,
        demand.number,
        name_of(connection, state.owner),
        wording.name(Demand, state.id),
        demand.content,
        demand.requested,
        since,
        (office.today() - since).days if since else None,
        bool(drafts_list.of_record(connection, state.id)),
        base,
    )


def reply(office: Office, demand: str, text: str, *, base: int | None = None) -> Saved:
    """答复 a demand that was passed up; it waits for 负责人 where the office reviews in two steps.

    Raises `UserError` NO_REPLY, NOT_WAITING, and as `reviews.propose`.
    """
    said = text.strip()
    if not said:
        raise UserError("NO_REPLY", "要写明怎么答复。", remedy="请写答复。")
    with office.store.read() as connection:
        state = states.get(connection, Demand, demand)
        who = operator_name(connection, office.operator)
    if base is None and state is not None and not waits_above(state.record):
        raise UserError(
            "NOT_WAITING",
            f"“{state.record.number}”没有提请上级协调，或者已经答复、办结。",
            remedy="请看过最新的再办。",
        )
    today = office.today()
    told = {REPLY: Correction(said, who, today), REPLIED_ON: Correction(today, who, today)}
    return reviews.propose(office, Demand, demand, told, base=base)


def take_back(office: Office, saved: Saved, demand: str) -> Changes:
    """Take an answer back that was just given; raises as `several.take_back`."""
    if reviews.waits(saved):
        with office.store.read() as connection:
            lines = [row.n for row in drafts_list.of_record(connection, demand) if not row.made]
        return two_steps.withdraw(office, lines).changes
    return several.take_back(office, Spoken((saved.id,), ((Demand.type_name, demand),)))


def is_reply(review: Review) -> bool:
    """Whether what is proposed is the answer to a demand that was passed up."""
    return any(one.field == REPLY for one in review.proposals)


def waiting_count(office: Office, connection: Connection) -> tuple[int, dt.date | None, str]:
    """How many wait for an answer here, since when the first, and of which office."""
    found = [
        (state.record.requested_on or state.record.raised_on or dt.date.max, state.owner)
        for state in states.find(connection, Demand, live(), demands_waiting_above())
        if _is_below(office, connection, state.owner)
    ]
    first = min(found, default=None)
    day = first[0] if first and first[0] != dt.date.max else None
    return len(found), day, name_of(connection, first[1]) if first else ""
