"""What came in a package: its records by type, and one of them as a person reviews it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.domain.codes import REVIEW_VERDICT
from app.domain.kernel.added_values import said_in
from app.domain.kernel.fields import FieldSpec, by_name
from app.domain.records import Operator, Record, Review, body_of
from app.domain.records.registry import shown
from app.services.lists import listing, record_sheet
from app.services.lists.added_fields import every_field
from app.services.lists.listing import Line
from app.services.lists.record_sheet import Opened
from app.services.office.office import Office
from app.services.people.paper_names import operator_name
from app.services.records.field_words import Wording
from app.services.records.units import name_of, superiors
from app.services.reviewing import drafts_list, two_steps
from app.services.reviewing.review_words import label_of, words_of
from app.services.reviewing.stale_base import position
from app.services.reviewing.standing_refusals import refusals_of
from database.books.drafted_reviews import DraftedReview
from database.log import packages
from database.state import states
from database.state.filters import equal, live
from database.state.states import State
from database.store.engine import Connection

Fields = Mapping[str, FieldSpec]

NOT_REVIEWED = "未审核"
DRAFTED, HANDED_BACK = "待确认", "交回"
REFUSED = "县里不采用"
VERDICTS = {
    "通过": "已通过",
    "退回": "已退回",
    "更正": "待县确认",
    DRAFTED: "待负责人确认",
    HANDED_BACK: "负责人交回",
}


@dataclass(frozen=True, slots=True)
class Held:
    """The records of one type in a package."""

    type: str
    label: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What an office above said of a record: in words, by whom, and on which day.

    `still`: the record has not been changed since.
    """

    verdict: str
    words: str
    who: str
    on: str
    still: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A record to review; `below` when this office may say something of it.

    `base` is the place in the log up to which it was read.
    """

    type: str
    opened: Opened
    station_name: str
    below: bool
    said: tuple[Said, ...]
    pending: Mapping[str, str]
    base: int


class Read(NamedTuple):
    """Lines of a list, and the place in the log up to which they were read."""

    base: int
    lines: list[Line]


def held_by(office: Office, package: int) -> list[Held]:
    """The records a package brought, by type, those a list can show; the most first."""
    found: dict[str, dict[str, None]] = {}
    with office.store.read() as connection:
        for _, _, type_name, record in packages.contents(connection, package):
            found.setdefault(type_name, {})[record] = None
    known = [kind for kind in shown() if kind.type_name in found]
    held = [Held(kind.type_name, kind.label, tuple(found[kind.type_name])) for kind in known]
    return sorted(held, key=lambda one: -len(one.ids))


def lines(office: Office, record_type: type[Record], wanted: Sequence[str]) -> Read:
    """The lines of these records, with what was said of each version (未审核, 已通过)."""
    base = _position(office)
    found = listing.lines(office, record_type, wanted)
    with office.store.read() as connection:
        said = {one.id: _verdict(connection, record_type, one.id) for one in found}
    return Read(base, [replace(one, progress=said[one.id]) for one in found])


def _position(office: Office) -> int:
    """Asked for before anything is read: what comes in between counts as not seen."""
    with office.store.read() as connection:
        return position(connection)


def verdicts(
    connection: Connection, record_type: type[Record], wanted: Sequence[str]
) -> dict[str, str]:
    """What was said of each record as it stands (未审核, 已通过)."""
    return {record: _verdict(connection, record_type, record) for record in wanted}


def _verdict(connection: Connection, record_type: type[Record], record: str) -> str:
    state = states.get(connection, record_type, record)
    told = list(_said(connection, by_name(record_type), record, state.h if state else ""))
    last = next((one.verdict for one in reversed(told) if one.still), None)
    if state is not None and _refused(connection, state):
        return REFUSED
    return VERDICTS.get(last, last) if last else NOT_REVIEWED


def sheet(office: Office, record_type: type[Record], record: str) -> Sheet:
    """One record with what was said of it."""
    base = _position(office)
    opened = record_sheet.opened(office, record_type, record)
    here = office.identity.station
    with office.store.read() as connection:
        state = states.get(connection, record_type, record)
        owner = state.owner if state else here
        said = said_in(body_of(state.record)) if state else ()
        fields = every_field(office, connection, record_type, said)
        return Sheet(
            record_type.type_name,
            opened,
            name_of(connection, owner),
            state is not None and owner != here and here in superiors(connection, owner),
            tuple(_said(connection, fields, record, state.h if state else "")),
            dict(_pending(connection, fields, state)) if state else {},
            base,
        )


def _said(connection: Connection, fields: Fields, record: str, h: str) -> Iterator[Said]:
    about = equal("target", record), live()
    for state in states.find(connection, Review, *about, order=states.AS_LOGGED):
        review = state.record
        yield Said(
            REVIEW_VERDICT.label_of(review.verdict),
            words_of(connection, fields, review),
            _who(connection, state),
            state.changed_at[:10],
            review.target_h == h,
        )
    for row in drafts_list.of_record(connection, record):
        yield _drafted(connection, fields, row, h)


def _drafted(connection: Connection, fields: Fields, row: DraftedReview, h: str) -> Said:
    """What waits for 负责人, or was handed back with a word."""
    review, back = two_steps.read(row), bool(row.closed_by)
    would = f"拟{REVIEW_VERDICT.label_of(review.verdict)}"
    words = row.word if back else words_of(connection, fields, review)
    by, at = (row.closed_by, row.closed_at) if back else (row.by, row.at)
    told = "：".join(filter(None, [would, words]))
    verdict = HANDED_BACK if back else DRAFTED
    return Said(verdict, told, operator_name(connection, by), at[:10], row.target_h == h)


def _who(connection: Connection, state: State[Review]) -> str:
    known = states.get(connection, Operator, state.changed_by)
    return known.record.name if known else state.writer


def _pending(
    connection: Connection, specs: Fields, state: State[Record]
) -> Iterator[tuple[str, str]]:
    """By label: 县里填的是什么，谁说要改。"""
    wording = Wording(connection)
    refused = _refused(connection, state)
    for name, told in state.pending.items():
        spec = specs.get(name)
        own = wording.of(spec, told.get("own")) if spec else ""
        yield (
            label_of(specs, name),
            f"原填 {own or '空白'}，{told.get('said_by', '')}说要改，"
            + refused.get(str(told.get("review")), "待县确认"),
        )


def _refused(connection: Connection, state: State[Record]) -> Mapping[str, str]:
    """By the review that proposed it why the owner does not take it over."""
    told = sorted({str(one.get("review")) for one in state.pending.values()})
    reviews = [one for id in told if (one := states.get(connection, Review, id)) is not None]
    found = refusals_of(connection, reviews)
    return {id: f"{REFUSED}：{one.record.reason}" for id, one in found.items()}
