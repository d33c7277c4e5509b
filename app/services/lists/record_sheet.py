"""What a page needs to show one record, or an empty one, in its form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from app.domain.campaign.windows import windows_for
from app.domain.checking.checks import Finding
from app.domain.checking.first_hand import is_issued
from app.domain.kernel.fields import by_name
from app.domain.kernel.idlist import IdList
from app.domain.kernel.progress import Cancel
from app.domain.records import TYPES, Campaign, Record, body_of
from app.domain.records.told import title_in, title_link
from app.domain.values.dates import Window
from app.services.lists import listing, lookups
from app.services.lists.chips import Chip
from app.services.lists.listing import Counts, Line, View
from app.services.office.office import Office
from app.services.records import (
    city_papers,
    drafts,
    form_saving,
    guard_marks,
    proofreading,
    signed_paper,
)
from app.services.records.city_papers import PaperAtCity
from app.services.records.drafts import Draft
from app.services.records.first_words import fixed
from app.services.records.guards import Guards
from app.services.records.indicator_names import in_words
from app.services.records.just_keyed import just_keyed
from app.services.records.link_resolving import Links
from app.services.records.prefill import follow_day, prefill
from app.services.records.proofreading import Proof
from app.services.records.removed_fields import shown_with
from app.services.records.signed_paper import SignedPaper
from app.services.records.units import name_of
from app.services.reviewing import open_reviews
from app.services.reviewing.open_reviews import Offer, Refused
from database.state import id_lists, states
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Opened:
    """A record as a form shows it.

    `key` is its id, or the one its draft is kept under; `base` the version that a
    change begins from, None for a new record. `ours` is False for another office's.
    `questions` are what a return asks, by field (under "": in general), `offers` the
    values proposed, `refused` those this office refused; `unit` the reporting unit's name;
    `windows` are those of the campaigns that a day without a year may belong to,
    `keyed` the fields that who is at work keyed today and nobody has proofread since;
    `proof` says who read this version against its paper; `guards` are the 核对 and 提醒
    that look beyond the record; `fixed` are the fields whose first words stand;
    `issued` is True once it is 定稿; `paper` is what came of it on paper, `at_city` what the city
    told of its paper.
    """

    key: str
    base: str | None
    body: Mapping[str, Any]
    campaign: Campaign | None
    unit: str
    line: Line | None = None
    draft: Draft | None = None
    ours: bool = True
    questions: Mapping[str, str] = field(default_factory=dict)
    previous: Mapping[str, Any] = field(default_factory=dict)
    proof: Proof | None = None
    offers: tuple[Offer, ...] = ()
    refused: tuple[Refused, ...] = ()
    windows: tuple[Window, ...] = ()
    keyed: frozenset[str] = frozenset()
    guards: tuple[Finding, ...] = ()
    fixed: frozenset[str] = frozenset()
    issued: bool = False
    paper: SignedPaper | None = None
    at_city: PaperAtCity | None = None

    @property
    def void(self) -> bool:
        """Whether it is 作废."""
        return self.line is not None and self.line.standing == "void"


@dataclass(frozen=True, slots=True)
class Contents:
    """All ids of a list, how many there are, and what is unfinished on this computer.

    `called` are the names of drafts without one of their own, by what they hang on.
    """

    ids: IdList
    counts: Counts
    drafts: tuple[Draft, ...]
    called: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a list shows: records that answer to `text`, in a part of it, narrowed."""

    text: str = ""
    view: View = "all"
    chips: tuple[Chip, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every record of the type that is not 作废 is shown."""
        return self == EVERYTHING_SHOWN


EVERYTHING_SHOWN = Shown()


def contents(
    office: Office,
    record_type: type[Record],
    shown: Shown = EVERYTHING_SHOWN,
    cancel: Cancel | None = None,
) -> Contents:
    """The list of a type. Raises `Cancelled`."""
    found = listing.ids(
        office, record_type, text=shown.text, view=shown.view, chips=shown.chips, cancel=cancel
    )
    return _with_drafts(office, record_type, found)


def updated(
    office: Office, record_type: type[Record], before: IdList, touched: Iterable[str]
) -> Contents:
    """The whole list after some records were written: cheaper than reading all of it again."""
    if record_type.facts.in_order:
        return contents(office, record_type)
    wanted = list(touched)
    void = listing.standing_of(office, record_type, wanted)
    here = [record for record in wanted if not void.get(record, True)]
    # What an undone import takes back is not 作废: there is nothing left of it.
    gone = [record for record in wanted if void.get(record, True)]
    found = before.changed(here=here, gone=gone)
    return _with_drafts(office, record_type, found)


def _with_drafts(office: Office, record_type: type[Record], found: IdList) -> Contents:
    begun = unfinished(office, record_type)
    called = {
        draft.key: name
        for draft in begun
        if draft.base is None and not title_in(record_type, draft.typed)
        if (name := _hangs_on(office, record_type, draft.typed))
    }
    return Contents(found, listing.counts(office, record_type), begun, called)


def _hangs_on(office: Office, record_type: type[Record], typed: Mapping[str, Any]) -> str:
    """The name of the record that one is called by, else of the one it was begun from."""
    link, specs = title_link(record_type), by_name(record_type)
    came_by = specs.get(record_type.facts.came_by)
    for spec in filter(None, (link, came_by)):
        key = typed.get(spec.name)
        if key and isinstance(key, str):
            for named in lookups.some(office, TYPES[spec.field.links], [key]):
                return named.title
    return ""


def unfinished(office: Office, record_type: type[Record]) -> tuple[Draft, ...]:
    """The drafts of a type, the latest first."""
    return tuple(draft for draft in drafts.every(office) if draft.type == record_type.type_name)


def opened(office: Office, record_type: type[Record], key: str) -> Opened:
    """A record by id, or the empty one that a draft with this key belongs to."""
    draft = drafts.get(office, key)
    with office.store.read() as connection:
        state = states.get(connection, record_type, key)
        if state is None:
            return _empty(office, connection, record_type, key, draft)
        if draft is not None and form_saving.is_saved(
            office, connection, record_type, state, draft
        ):
            draft = None
        body = body_of(state.record)
        links = Links(office, connection)
        proof = proofreading.proof(connection, key, state.h)
        questions = open_reviews.questions(connection, record_type, key)
        beside = {*questions, *(draft.typed if draft else ())}
        return Opened(
            key,
            state.h,
            in_words(links, record_type, body),
            shown_with(links, record_type, body, beside=beside),
            name_of(connection, state.record.unit or state.owner),
            listing.lines_within(office, connection, record_type, [key])[0],
            draft,
            state.owner == office.identity.station,
            questions,
            offers=open_reviews.offers(office, connection, record_type, key),
            refused=open_reviews.refused(office, connection, record_type, key),
            proof=proof,
            keyed=frozenset() if proof else just_keyed(office, connection, key),
            windows=_windows(links, body),
            guards=guard_marks.said_now(links, state),
            fixed=fixed(office, connection, record_type, key, body),
            issued=is_issued(record_type, body),
            paper=signed_paper.of_record(connection, key),
            at_city=city_papers.of_record(connection, state, office.identity.station),
        )


def fresh(office: Office, record_type: type[Record], body: Mapping[str, Any]) -> Opened:
    """A new record with what can be known from `body`; `previous` is the one saved last."""
    with office.store.read() as connection:
        return _empty(office, connection, record_type, office.new_id(), None, known=body)


@dataclass(frozen=True, slots=True)
class Known:
    """What other records say of one being typed, and the campaign it is checked against.

    `windows` and `guards` as in `Opened`.
    """

    body: Mapping[str, Any]
    campaign: Campaign | None
    windows: tuple[Window, ...] = ()
    guards: tuple[Finding, ...] = ()


def known(
    office: Office, record_type: type[Record], body: Mapping[str, Any], key: str = ""
) -> Known:
    """What other records say of a record that is being typed (R51); raises as `prefill`.

    `key` is its id; where it was saved before, nothing is filled in any more.
    """
    with office.store.read() as connection:
        links = Links(office, connection)
        state = states.get(connection, record_type, key) if key else None
        before = body_of(state.record) if state else None
        filled = prefill(links, record_type, dict(body)) if before is None else dict(body)
        if before is not None and body.get("campaign") == before.get("campaign"):
            filled = follow_day(links, record_type, before, filled)
        guards = Guards(links).of(record_type, filled, record=key, before=before)
        asked = shown_with(links, record_type, filled)
        return Known(filled, asked, _windows(links, filled), tuple(guards))


def _empty(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    key: str,
    draft: Draft | None,
    *,
    known: Mapping[str, Any] = MappingProxyType({}),
) -> Opened:
    links = Links(office, connection)
    body = prefill(links, record_type, dict(known))
    last = id_lists.newest(connection, record_type, 1)
    state = states.get(connection, record_type, last[0]) if last else None
    previous = body_of(state.record) if state else {}
    unit = name_of(connection, office.identity.station)
    return Opened(
        key,
        None,
        in_words(links, record_type, body),
        shown_with(links, record_type, body, beside=draft.typed if draft else ()),
        unit,
        draft=draft,
        previous=previous,
        windows=_windows(links, body),
        guards=tuple(Guards(links).of(record_type, body)) if known else (),
    )


def _windows(links: Links, body: Mapping[str, Any]) -> tuple[Window, ...]:
    """By the campaign of the record; while it has none, by those that run, or by this year."""
    named = links.campaigns.get(str(body.get("campaign", "")))
    return windows_for(links.campaigns.values(), links.office.today(), named)
