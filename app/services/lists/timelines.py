"""经过: everything that happened around an enterprise, a household, a case or a visit."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.checking.state import is_submitted
from app.domain.codes import NEWS_STATE
from app.domain.kernel.fields import FieldSpec, by_name, value_of
from app.domain.records import (
    Aid,
    Document,
    Enterprise,
    Group,
    Notice,
    Person,
    Record,
    Reporter,
)
from app.domain.records.registry import standing_around
from app.domain.records.told import as_day, day_of
from app.domain.values.money import format_money
from app.services.office.office import Office
from app.services.records import city_notices
from app.services.records.field_words import Wording
from app.services.records.same_units import alike
from app.services.records.saving import find_one
from app.services.records.units import name_of
from database.state import states
from database.state.filters import among
from database.state.states import State
from database.store.engine import Connection

_LONGEST = 60
_TOLD_OF: tuple[type[Record], ...] = (Enterprise, Person)
"""Of what the city tells (走访告知)."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day: `title` names it, `words` say what, `state` how far it is.

    `type` and `record` lead to the record, whose 编号 is `number`.
    """

    day: dt.date | None
    title: str
    words: str
    state: str
    type: str
    record: str
    number: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number above the timeline, e.g. 累计帮扶 3,000.00 元."""

    label: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The figures, and what happened, the latest first."""

    figures: tuple[Figure, ...]
    events: tuple[Event, ...]


def timeline(office: Office, record_type: type[Record], key: str) -> Timeline:
    """What is known around a record. Raises `UserError` NOT_FOUND."""
    station = office.identity.station
    with office.store.read() as connection:
        state = find_one(connection, record_type, key)
        around = list(_around(connection, record_type, state.id))
        wording = Wording(connection)
        events = [_event(wording, one) for one in around]
        events += list(_own_steps(record_type, state))
        ids = alike(connection, record_type, state.id)
        if record_type in _TOLD_OF:
            notices = city_notices.of(connection, record_type, ids, station)
            events += [_of_city(connection, record_type, state, one) for one in notices]
        files = len(ids)
        joined = (Figure("合成一份", f"{files}", "份"),) if files > 1 else ()
        figures = (*_figures(connection, state, around), *joined)
    events.sort(key=lambda event: (event.day or dt.date.min, event.record), reverse=True)
    return Timeline(figures, tuple(events))


def _around(
    connection: Connection, record_type: type[Record], record: str
) -> Iterator[State[Record]]:
    records = alike(connection, record_type, record)
    for kind, link in standing_around(record_type):
        ids = states.pointing_at(connection, kind, link, records)
        yield from states.find(connection, kind, among("id", ids))


def _event(wording: Wording, state: State[Record]) -> Event:
    record, record_type = state.record, type(state.record)
    facts, specs = record_type.facts, by_name(record_type)
    told = (_words(wording, specs, record, part) for part in facts.telling)
    progress = facts.progress
    return Event(
        day_of(record),
        record_type.label,
        "，".join(words for words in told if words),
        wording.of(specs[progress], value_of(record, progress)) if progress else "",
        record_type.type_name,
        state.id,
        record.number,
    )


def _of_city(
    connection: Connection, record_type: type[Record], state: State[Record], told: State[Notice]
) -> Event:
    """Where the city was, or whom it helped: no record of it is here to lead to."""
    said = told.record
    group = states.get(connection, Group, said.group) if said.group else None
    who = group.record.name if group else name_of(connection, told.owner)
    title = "上级走访" if record_type is Enterprise else "上级帮扶"
    words = f"{who}{city_notices.met_words(said)}"
    return Event(said.met_on, title, words, "", record_type.type_name, state.id, "")


def _words(wording: Wording, specs: Mapping[str, FieldSpec], record: Record, part: str) -> str:
    """A field in words, with the word that stands before it; a long text is cut."""
    name, _, before = part.partition(" ")
    words = wording.of(specs[name], value_of(record, name))
    words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}……"
    return f"{before}{words}" if words else ""


def _own_steps(record_type: type[Record], state: State[Record]) -> Iterator[Event]:
    """The dates that stand in the record itself."""
    record, specs = state.record, by_name(record_type)
    for name in record_type.facts.steps:
        day = as_day(value_of(record, name))
        if day is not None:
            title = specs[name].label.removesuffix("日期")
            yield Event(day, title, "", "", record_type.type_name, state.id, record.number)


def _figures(
    connection: Connection, state: State[Record], around: Sequence[State[Record]]
) -> Iterator[Figure]:
    """The sum of the aid where aid stands here, else how many there are of each type."""
    kinds = [kind for kind, _ in standing_around(type(state.record))]
    if Aid in kinds:
        aids = [one.record for one in around if isinstance(one.record, Aid)]
        yield Figure("累计帮扶", format_money(_total(aids)).removesuffix(".00"), "元")
        yield Figure("次数", f"{len(aids)}", "次")
        if isinstance(state.record, Person):
            yield Figure("同户他人", f"{len(_household(connection, state.record))}", "人")
        return
    if isinstance(state.record, Reporter):
        yield from _adopted([one.record for one in around if isinstance(one.record, Document)])
        return
    counted = Counter(type(one.record) for one in around)
    for kind in kinds:
        if kind.facts.tallied:
            yield Figure(kind.label, f"{counted[kind]}", "件")


def _adopted(documents: Sequence[Document]) -> Iterator[Figure]:
    """How much of what a 信息员 wrote was sent up, adopted and returned (R69, R75)."""
    outcomes = Counter(one.outcome for one in documents)
    yield Figure("撰写", f"{len(documents)}", "篇")
    yield Figure("报送", f"{sum(map(is_submitted, documents))}", "篇")
    for outcome in ("adopted", "returned"):
        yield Figure(NEWS_STATE.label_of(outcome), f"{outcomes[outcome]}", "篇")


def _total(aids: Iterable[Aid]) -> Decimal:
    given = (value for aid in aids for value in (aid.money, aid.goods_value) if value)
    return sum(map(Decimal, given), Decimal(0))


def _household(connection: Connection, person: Person) -> list[str]:
    """The other persons with a file here who stand in this one's family."""
    numbers = [member.resident_id for member in person.family if member.resident_id]
    if not numbers:
        return []
    rows = states.pick(connection, Person, ("id",), among("resident_id", numbers))
    return [record for (record,) in rows]
