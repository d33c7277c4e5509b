"""采用: the office above took a piece of 信息 over, and says so on the record of its author (R69).

The word is a review with the values that follow from it. It goes down with the answer; there the
record takes it over by itself, since nothing is left to be decided.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.kernel.errors import UserError
from app.domain.records import Document, Proposal, Review, body_of
from app.services.office.office import Office
from app.services.records import settling, voiding
from app.services.records.append_revision import write
from app.services.reviewing import reviews, trays
from database.log import packages
from database.state import states
from database.state.filters import equal, live, owned_by
from database.state.states import State
from database.store.engine import Connection

ADOPT = "adopt"
"""The verdict of such a review."""


def tell(
    office: Office,
    connection: Connection,
    target: State[Document],
    values: Mapping[str, object],
    text: str,
) -> str:
    """Say of a piece of 信息 of an office below that it was taken over; it shows it at once.

    Answers the id of the review. Raises `UserError` NOT_ABOVE.
    """
    reviews.require_below(office, connection, target)
    review = Review(
        station=target.owner,
        target=target.id,
        target_type=Document.type_name,
        target_h=target.h,
        verdict=ADOPT,
        proposals=tuple(
            Proposal(id=name, field=name, value=value, said_by=text, said_on=office.today())
            for name, value in values.items()
        ),
        text=text,
        unit=office.identity.station,
    )
    state = write(office, connection, Review, office.new_id(), body_of(review), op="create")
    reviews.refold_target(office, connection, target, Document)
    return state.id


def told(connection: Connection, station: str, text: str) -> list[State[Review]]:
    """What an office (its code) said in these words and did not take back."""
    asked = live(), owned_by(station), equal("verdict", ADOPT)
    return [one for one in states.find(connection, Review, *asked) if one.record.text == text]


def is_sent(connection: Connection, review: State[Review]) -> bool:
    """Whether it went down to the office it is for."""
    return bool(packages.sent_in(connection, [review.h], review.record.station))


def take_back(office: Office, connection: Connection, review: State[Review], why: str) -> None:
    """Say it no more; the record shows what its owner says."""
    voiding.void_within(office, connection, Review, review.id, why)
    target = states.get(connection, Document, review.record.target)
    if target is not None:
        reviews.refold_target(office, connection, target, Document)


def take_over(office: Office) -> int:
    """Write what was said of this office's 信息 into it; answers of how many.

    What cannot be written (作废, 两处填写不一致, a duty that is another's) stays as it is.
    """
    done = 0
    for item in trays.open_items(trays.tray(office, ADOPT)):
        try:
            settling.adopt(office, Document, item.record.id, item.review.id)
        except UserError:
            continue
        done += 1
    return done
