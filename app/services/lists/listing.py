"""The list beside a record: which records there are, newest first, and a line about each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from app.domain.kernel.fields import FieldSpec, by_name, value_of
from app.domain.kernel.idlist import IdList, IdOrder
from app.domain.kernel.order import By
from app.domain.kernel.progress import Cancel
from app.domain.naming.search_pieces import Sought
from app.domain.records import TYPES, Record, body_of
from app.domain.records.facts import Facts
from app.domain.records.told import (
    day_of,
    first_text,
    key_field,
    number_of,
    own_titles,
    title_link,
    title_of,
)
from app.services.lists.added_fields import added_within
from app.services.lists.chips import Chip, conditions
from app.services.lists.delivery_status import reached
from app.services.lists.questions import Moment
from app.services.office.office import Office
from app.services.packages.channels import acknowledged
from app.services.records.indicator_names import in_words, meant
from app.services.records.link_resolving import Links
from app.services.records.proofreading import unread
from app.services.records.units import superiors
from app.services.reviewing import open_reviews
from database.log import packages
from database.state import id_lists, search, states
from database.state.filters import Filter, among, equal, live, void
from database.state.standing_rank import standing_rank
from database.state.states import State
from database.store.engine import Connection

_BEGINNING = 40
"""Characters of a text that stands where a name would."""

Standing = Literal["done", "sent", "received", "returned", "differs", "void"]
"""已填完, 已报送, 上级已收, 退回待改, 两处填写不一致, 作废."""
ON_ITS_WAY: tuple[Standing, ...] = ("done", "sent", "received")
"""Where nothing is asked of a record, it is told how far it has come."""

View = Literal["all", "returned", "unread", "void"]
"""Parts of a list: all that are not 作废, the returned, those not 已核对, the 作废."""

ENOUGH = 60
"""Rows that fill the tallest list."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the list shows of one record; `progress` is a label, `day` a date or None."""

    id: str
    title: str
    number: str
    who: str
    day: dt.date | None
    standing: Standing
    progress: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records there are, and how many were returned, are not 已核对, or are 作废."""

    all: int
    returned: int
    unread: int
    void: int


def first_page(office: Office, record_type: type[Record]) -> list[Line]:
    """What a list begins with: the newest records of a type, found by key alone."""
    with office.store.read() as connection:
        if record_type.facts.in_order:
            wanted = list(_ordered(connection, record_type, live()))[:ENOUGH]
        else:
            wanted = id_lists.newest(connection, record_type, ENOUGH)
        return lines_within(office, connection, record_type, wanted)


def counts(office: Office, record_type: type[Record]) -> Counts:
    """How many records there are of each standing."""
    with office.store.read() as connection:
        return Counts(
            states.count(connection, record_type, live()),
            len(open_reviews.returned(connection, record_type)),
            len(unread(office, connection, record_type)),
            states.count(connection, record_type, void()),
        )


def ids(
    office: Office,
    record_type: type[Record],
    *,
    text: str = "",
    view: View = "all",
    chips: Sequence[Chip] = (),
    cancel: Cancel | None = None,
) -> IdList:
    """The ids of the records that answer, newest first, or as `Facts.in_order` says.

    `text` is a part of what a type is searched by (`database.state.search.SEARCHED`), or of its
    initials in pinyin; `view` is the part of the list; all `chips` are met. Raises `Cancelled`.
    """
    void = view == "void"
    with office.store.read() as connection:
        added = added_within(office, connection, record_type) if chips else ()
        meets = tuple(conditions(record_type, chips, Moment(office, connection), added))
        if text.strip():
            sought = Sought(text)
            watch = cancel or Cancel()
            answers = search.every(connection, record_type, sought, void=void, cancel=watch)
            called = _of_indicators(Links(office, connection), record_type, sought, void=void)
            found = _within(connection, record_type, {*answers, *called}, meets)
        elif view in ("returned", "unread") and not chips:
            return IdList.of(_apart(office, connection, record_type, view))
        else:
            here = equal("void", int(void))
            found = IdList(id_lists.packed(connection, record_type, here, *meets))
        if view in ("returned", "unread"):
            apart = _apart(office, connection, record_type, view)
            found = IdList.of(record for record in apart if record in found)
        if record_type.facts.in_order:
            found = _ordered(connection, record_type, within=found)
    return found


def _ordered(
    connection: Connection,
    record_type: type[Record],
    *filters: Filter,
    within: Iterable[str] | None = None,
) -> IdList:
    """Those of a type that has an order of its own, in it."""
    order = tuple(map(By, record_type.facts.in_order))
    return IdOrder(id_lists.ordered(connection, record_type, order, *filters, within=within))


def standing_of(
    office: Office, record_type: type[Record], wanted: Iterable[str]
) -> dict[str, bool]:
    """Which of these records there are, and whether they are 作废."""
    with office.store.read() as connection:
        rows = states.pick(connection, record_type, ("id", "void"), among("id", list(wanted)))
    return {record: bool(void) for record, void in rows}


def _apart(
    office: Office, connection: Connection, record_type: type[Record], view: View
) -> Iterable[str]:
    if view == "returned":
        return open_reviews.returned(connection, record_type)
    return unread(office, connection, record_type)


def lines(office: Office, record_type: type[Record], wanted: Sequence[str]) -> list[Line]:
    """The lines of these records, in the order asked for; those that are gone are left out."""
    with office.store.read() as connection:
        return lines_within(office, connection, record_type, wanted)


def _within(
    connection: Connection, record_type: type[Record], found: Iterable[str], meets: Sequence[Filter]
) -> IdList:
    if not meets:
        return IdList.of(found)
    within = IdList(id_lists.packed(connection, record_type, *meets))
    return IdList.of(record for record in found if record in within)


def _of_indicators(
    links: Links, record_type: type[Record], sought: Sought, *, void: bool
) -> Iterator[str]:
    """The records whose indicator is called so; they keep its code alone."""
    name = record_type.facts.indicator
    if not name or not sought:
        return
    for campaign, codes in meant(links, sought):
        here = equal("campaign", campaign), among(name, codes), equal("void", int(void))
        yield from IdList(id_lists.packed(links.connection, record_type, *here))


def lines_within(
    office: Office, connection: Connection, record_type: type[Record], wanted: Sequence[str]
) -> list[Line]:
    """As `lines`, within a transaction."""
    found = states.find(connection, record_type, among("id", list(wanted)))
    known = {state.id: state for state in found}
    names = _names_linked(connection, title_link(record_type), found)
    if record_type.facts.indicator:
        names = _indicators(Links(office, connection), record_type, found)
    heads = [Head(s.id, s.h, s.owner, s.void, bool(s.conflicts)) for s in found]
    standing = standings(office, connection, record_type, heads)
    return [_line(known[record], names, standing[record]) for record in wanted if record in known]


def _names_linked(
    connection: Connection, link: FieldSpec | None, found: Iterable[State[Record]]
) -> Mapping[str, str]:
    """By record the name of the one it is called by, where it has no words of its own."""
    if link is None:
        return {}
    nameless = (state for state in found if not title_of(state.record))
    linked = {state.id: str(value_of(state.record, link.name)) for state in nameless}
    kind = TYPES[link.field.links]
    columns = (key_field(kind), *own_titles(kind))
    rows = states.pick(connection, kind, columns, among(columns[0], sorted(set(linked.values()))))
    names = {key: first_text(texts) for key, *texts in rows}
    return {record: names.get(key, "") for record, key in linked.items()}


def _indicators(
    links: Links, record_type: type[Record], found: Iterable[State[Record]]
) -> Mapping[str, str]:
    """By record the name of the indicator that it is called by."""
    told = ((state.id, in_words(links, record_type, body_of(state.record))) for state in found)
    return {record: str(body.get(record_type.facts.indicator, "")) for record, body in told}


def _line(state: State[Record], names: Mapping[str, str], standing: Standing) -> Line:
    record, facts = state.record, type(state.record).facts
    return Line(
        state.id,
        names.get(state.id, "") or title_of(record) or _beginning(record, facts.subject),
        number_of(record),
        _who(record, facts.who),
        day_of(record),
        standing,
        _issued(record, facts) or _label(record, facts.progress),
    )


def _beginning(record: Record, name: str) -> str:
    """How a text begins: what has no name of its own is known by what it is about."""
    return "".join(_label(record, name).splitlines()[:1])[:_BEGINNING]


def _issued(record: Record, facts: Facts) -> str:
    """Without the day: a row has its own, and little room for what it is called."""
    if not facts.issued:
        return ""
    return issued_words(facts, value_of(record, facts.issued)).partition(" ")[0]


def issued_words(facts: Facts, at: dt.datetime | None) -> str:
    """已印发 12-20 of one that is issued, 未印发 before."""
    return f"已{facts.issued_as} {at:%m-%d}" if at else f"未{facts.issued_as}"


class Head(NamedTuple):
    """What tells where a record stands: its version, whose it is, 作废, with two versions."""

    id: str
    h: str
    owner: str
    void: bool
    differs: bool


def standings(
    office: Office, connection: Connection, record_type: type[Record], heads: Sequence[Head]
) -> dict[str, Standing]:
    """Where each of these records stands."""
    returned = open_reviews.returned(connection, record_type, [head.id for head in heads])
    ours = [head.h for head in heads if head.owner == office.identity.station]
    way = reached(office, connection, ours)

    def one(head: Head) -> Standing:
        if head.void:
            return "void"
        if head.differs:
            return "differs"
        return "returned" if head.id in returned else way.get(head.h, "done")

    return {head.id: one(head) for head in heads}


def standing_order(office: Office, connection: Connection, record_type: type[Record]) -> Filter:
    """By what a list is put in order by where its records stand: what waits for somebody first."""
    own = office.identity.station
    above = next(iter(superiors(connection, own)), "")
    received = {
        writer: acknowledged(connection, writer, above, above)
        for writer in packages.writers_to(connection, above)
    }
    returned = open_reviews.returned(connection, record_type)
    return standing_rank(own, sorted(returned), above, received)


def _who(record: Record, name: str) -> str:
    value: Any = value_of(record, name) if name else ""
    if isinstance(value, tuple):
        first = str(value[0]) if value else ""
        return f"{first} 等{len(value)}人" if len(value) > 1 else first
    return _label(record, name)


def _label(record: Record, name: str) -> str:
    """A field in words: the label of a code, a text as it is."""
    if not name:
        return ""
    spec = by_name(type(record))[name]
    value = str(value_of(record, name) or "")
    return spec.field.codes.label_of(value) if value and spec.field.codes else value
