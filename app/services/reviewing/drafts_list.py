"""待确认: who waits for whom, and what was handed back, as a list shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.codes import REVIEW_VERDICT
from app.domain.kernel.fields import by_name
from app.domain.records import TYPES, Record, body_of
from app.services.office.office import Office
from app.services.people.paper_names import operator_name
from app.services.records.field_words import Wording
from app.services.records.link_resolving import Links
from app.services.records.removed_fields import shown_with
from app.services.records.units import name_of
from app.services.reviewing import two_steps
from app.services.reviewing.review_words import words_of
from database.books import drafted_reviews
from database.books.drafted_reviews import HANDED_BACK, WAITING, DraftedReview
from database.state import states
from database.state.states import State
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Drafted:
    """One word that waits, or was handed back; `changed` where the record says otherwise by now.

    `by` drafted it, `waits_for` may confirm it, `word` tells why it was handed back by `closed_by`.
    """

    n: int
    at: str
    by: str
    own: bool
    type: str
    record: str
    number: str
    title: str
    station: str
    verdict: str
    words: str
    handed_back: bool
    closed_by: str
    word: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Drafts:
    """All of them, whether who is at work confirms, and who does so otherwise."""

    on: bool
    confirms: bool
    waits_for: tuple[str, ...]
    rows: tuple[Drafted, ...]


def drafts(office: Office) -> Drafts:
    """What waits, the oldest first, then what was handed back."""
    with office.store.read() as connection:
        rows = drafted_reviews.of_standing(connection, WAITING)
        rows += drafted_reviews.of_standing(connection, HANDED_BACK)
        others = two_steps.waits_for(office, connection)
        return Drafts(
            two_steps.is_on(office),
            not others,
            others,
            tuple(_told(office, connection, row) for row in rows),
        )


def counts(connection: Connection) -> tuple[int, int]:
    """How many wait, and how many were handed back."""
    waiting, back = (
        len(drafted_reviews.of_standing(connection, one)) for one in (WAITING, HANDED_BACK)
    )
    return waiting, back


def waiting_for(connection: Connection, station: str) -> int:
    """How many words on records of an office wait, and so are in no answer."""
    rows = drafted_reviews.of_standing(connection, WAITING)
    return sum(two_steps.read(row).station == station for row in rows)


def of_record(connection: Connection, record: str) -> Sequence[DraftedReview]:
    """The lines about one record that wait or were handed back."""
    return drafted_reviews.of_targets(connection, [record], WAITING, HANDED_BACK)


def _told(office: Office, connection: Connection, row: DraftedReview) -> Drafted:
    kind, review = TYPES[row.type], two_steps.read(row)
    state = states.get(connection, kind, row.target)
    return Drafted(
        row.n,
        row.at,
        operator_name(connection, row.by),
        row.by == office.operator,
        row.type,
        row.target,
        state.record.number if state else "",
        Wording(connection).name(kind, row.target) if state else kind.label,
        name_of(connection, review.station),
        REVIEW_VERDICT.label_of(review.verdict),
        _words(office, connection, kind, state, row),
        row.standing == HANDED_BACK,
        operator_name(connection, row.closed_by) if row.closed_by else "",
        row.word,
        state is None or state.void or state.h != row.target_h,
    )


def _words(
    office: Office,
    connection: Connection,
    kind: type[Record],
    state: State[Record] | None,
    row: DraftedReview,
) -> str:
    review = two_steps.read(row)
    if state is None:
        return review.text
    names = [q.field for q in review.questions] + [p.field for p in review.proposals]
    asked = shown_with(Links(office, connection), kind, body_of(state.record), beside=names)
    return words_of(connection, by_name(kind, asked), review)
