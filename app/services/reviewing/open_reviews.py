"""What the office above says of a record and its owner has not acted on yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.kernel.added_values import flat
from app.domain.kernel.fields import by_name
from app.domain.records import Record, Review, body_of
from app.services.office.office import Office
from app.services.people.paper_names import operator_name
from app.services.records.asked_campaign import asked_of
from app.services.records.field_words import Wording
from app.services.records.link_resolving import Links
from app.services.records.units import name_of
from app.services.reviewing.standing_refusals import refusals_of
from app.services.reviewing.trays import still_stands
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, equal, live
from database.state.states import State
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Offer:
    """更正建议: the new value of a field, in words; `review` is what adopting it names.

    `by` is the office that proposes, `said_by` who told it, `said_on` when.
    """

    review: str
    field: str
    label: str
    old: str
    new: str
    by: str
    said_by: str
    said_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Refused:
    """不采用: what this office said of a proposal that still stands; `refusal` takes it back."""

    refusal: str
    what: str
    reason: str
    by: str
    on: str


def returned(
    connection: Connection, record_type: type[Record], wanted: Sequence[str] | None = None
) -> set[str]:
    """The records, of all or of those wanted, that were sent back and not mended since."""
    return {state.id for state, _ in _standing(connection, record_type, "return", wanted)}


def questions(connection: Connection, record_type: type[Record], record: str) -> Mapping[str, str]:
    """What a return asks, by field; under "" what it says of the whole record."""
    found: dict[str, str] = {}
    for _, review in _standing(connection, record_type, "return", [record]):
        found |= {one.field: one.text for one in review.record.questions}
        if review.record.text:
            found[""] = review.record.text
    return found


def offers(
    office: Office, connection: Connection, record_type: type[Record], record: str
) -> tuple[Offer, ...]:
    """The values proposed for a record that nobody refused, oldest first."""
    found = _open(connection, record_type, [record])
    return tuple(_offered(office, connection, record_type, found))


def refused(
    office: Office, connection: Connection, record_type: type[Record], record: str
) -> tuple[Refused, ...]:
    """What this office refused of a record, and the office above has not withdrawn."""
    standing = list(_standing(connection, record_type, "propose", [record]))
    said = refusals_of(connection, [review for _, review in standing])
    offers = _offered(office, connection, record_type, standing)
    what: dict[str, list[str]] = {}
    for offer in offers:
        what.setdefault(offer.review, []).append(f"{offer.label} {offer.new}")
    return tuple(
        Refused(
            one.id,
            "、".join(what.get(review.id, ())),
            one.record.reason,
            operator_name(connection, one.changed_by),
            one.changed_at[:10],
        )
        for _, review in standing
        if (one := said.get(review.id)) is not None
    )


def _offered(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    standing: Iterable[tuple[State[Record], State[Review]]],
) -> Iterator[Offer]:
    links, wording = Links(office, connection), Wording(connection)
    for state, review in standing:
        kept = body_of(state.record)
        names = [one.field for one in review.record.proposals]
        asked = asked_of(links, record_type, kept, beside=names)
        specs, body = by_name(record_type, asked), flat(kept)
        for one in review.record.proposals:
            spec = specs.get(one.field)
            if spec is not None:
                old, new = wording.of(spec, body.get(one.field)), wording.of(spec, one.value)
                by = name_of(connection, review.owner)
                yield Offer(
                    review.id, one.field, spec.label, old, new, by, one.said_by, one.said_on
                )


def proposed(
    connection: Connection, record_type: type[Record], records: Sequence[str]
) -> Mapping[str, Sequence[str]]:
    """The reviews that propose something of these records and still wait, oldest first."""
    found: dict[str, list[str]] = {}
    for state, review in _open(connection, record_type, records):
        found.setdefault(state.id, []).append(review.id)
    return found


def _open(
    connection: Connection, record_type: type[Record], records: Sequence[str]
) -> list[tuple[State[Record], State[Review]]]:
    """Records with a proposal that still stands and that their owner has not refused."""
    standing = list(_standing(connection, record_type, "propose", records))
    refused = refusals_of(connection, [review for _, review in standing])
    return [(state, review) for state, review in standing if review.id not in refused]


def _standing(
    connection: Connection, record_type: type[Record], verdict: str, wanted: Sequence[str] | None
) -> Iterator[tuple[State[Record], State[Review]]]:
    """Records with a review of theirs that still stands."""
    reviews = list(_reviews(connection, record_type, verdict, wanted))
    targets = sorted({review.record.target for review in reviews})
    known = {state.id: state for state in _found(connection, record_type, targets)}
    for review in reviews:
        state = known.get(review.record.target)
        if state and not state.void and still_stands(connection, state, review.record):
            yield state, review


def _reviews(
    connection: Connection, record_type: type[Record], verdict: str, wanted: Sequence[str] | None
) -> Iterator[State[Review]]:
    about = (
        equal("target_type", record_type.type_name),
        equal("verdict", verdict),
        live(),
    )
    order = states.AS_LOGGED
    if wanted is None:
        yield from states.find(connection, Review, *about, order=order)
        return
    for chunk in chunks(wanted):
        here = among("target", chunk)
        yield from states.find(connection, Review, *about, here, order=order)


def _found(
    connection: Connection, record_type: type[Record], ids: Sequence[str]
) -> Iterator[State[Record]]:
    for chunk in chunks(ids):
        yield from states.find(connection, record_type, among("id", chunk))
