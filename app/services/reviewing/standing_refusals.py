"""Which proposals were refused by the office they were made to, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.domain.records import Refusal, Review
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, live
from database.state.states import State
from database.store.engine import Connection


def refusals_of(
    connection: Connection, proposals: Iterable[State[Review]]
) -> Mapping[str, State[Refusal]]:
    """By proposal the first 不采用 of the office it was made to; what others say does not count."""
    made_to = {one.id: one.record.station for one in proposals}
    found: dict[str, State[Refusal]] = {}
    for some in chunks(sorted(made_to)):
        for state in states.find(
            connection, Refusal, among("review", some), live(), order=states.AS_LOGGED
        ):
            if state.owner == made_to[state.record.review]:
                found.setdefault(state.record.review, state)
    return found
