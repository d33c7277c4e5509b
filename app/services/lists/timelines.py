"""经过: everything that happened around an enterprise, a household, a case or a visit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.domain.kernel.fields import FieldSpec, fields_of
from app.domain.records import TYPES, Aid, Person, Record
from app.domain.values.money import format_money
from app.services.lists.listing import LOOKS
from app.services.office.office import Office
from app.services.records.field_words import Wording
from app.services.records.saving import find_one
from database.state import states
from database.state.filters import among
from database.state.states import State
from database.store.engine import Connection

Around = tuple[tuple[str, str], ...]

AROUND: Mapping[str, Around] = {
    "enterprise": tuple((t, "enterprise") for t in ("visit", "demand", "hazard", "plan", "person")),
    "person": (("case", "person"), ("aid", "person")),
    "case": (("aid", "case"),),
    "visit": tuple((t, "visit") for t in ("demand", "case", "hazard")),
}
"""Which records, by which of their links, belong to the time of a record."""

_TELLING: Mapping[str, tuple[str, ...]] = {
    "visit": ("leaders", "headcount"),
    "demand": ("category", "content"),
    "hazard": ("nature", "description"),
    "plan": ("group", "source"),
    "person": ("name", "main_cause"),
    "case": ("types", "responsible"),
    "aid": ("type", "money", "goods", "fund"),
}
"""The fields that say what a record was about."""
_STEPS = ("verified_on", "aided_on", "followed_up_on", "closed_on")
_LONGEST = 60


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


def timeline(office: Office, type_name: str, key: str) -> Timeline:
    """What is known around a record. Raises `UserError` NOT_FOUND."""
    with office.store.read() as connection:
        state = find_one(connection, type_name, key)
        around = list(_around(connection, type_name, state.id))
        wording = Wording(connection)
        events = [_event(wording, kind, one) for kind, one in around]
        events += list(_own_steps(type_name, state))
        figures = tuple(_figures(connection, type_name, state, around))
    events.sort(key=lambda event: (event.day or dt.date.min, event.record), reverse=True)
    return Timeline(figures, tuple(events))


def _around(
    connection: Connection, type_name: str, record: str
) -> Iterator[tuple[str, State[Record]]]:
    for kind, link in AROUND.get(type_name, ()):
        ids = states.pointing_at(connection, TYPES[kind], link, [record])
        for one in states.find(connection, TYPES[kind], among("id", ids)):
            yield kind, one


def _event(wording: Wording, kind: str, state: State[Record]) -> Event:
    record, look = state.record, LOOKS[kind]
    specs = {spec.name: spec for spec in fields_of(TYPES[kind])}
    told = (_words(wording, specs[name], getattr(record, name)) for name in _TELLING[kind])
    progress = specs[look.progress] if look.progress else None
    return Event(
        _day(getattr(record, look.day)),
        TYPES[kind].label,
        "，".join(words for words in told if words),
        wording.of(progress, getattr(record, look.progress)) if progress else "",
        kind,
        state.id,
        record.number,
    )


def _words(wording: Wording, spec: FieldSpec, value: Any) -> str:
    """Numbers say what they count; a long text is cut."""
    words = wording.of(spec, value)
    if spec.name == "headcount" and words:
        return f"职工{words}"
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}……"


def _day(value: dt.date | dt.datetime | None) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else value


def _own_steps(type_name: str, state: State[Record]) -> Iterator[Event]:
    """The dates that stand in the record itself."""
    record, specs = state.record, {spec.name: spec for spec in fields_of(TYPES[type_name])}
    names = {"case": ("found_on", *_STEPS), "person": ("filed_on", "consent_on")}
    for name in names.get(type_name, ()):
        day = getattr(record, name)
        if day is not None:
            title = specs[name].label.removesuffix("日期")
            yield Event(day, title, "", "", type_name, state.id, record.number)


def _figures(
    connection: Connection,
    type_name: str,
    state: State[Record],
    around: Iterable[tuple[str, State[Record]]],
) -> Iterator[Figure]:
    if type_name in ("person", "case"):
        aids = [one.record for _, one in around if isinstance(one.record, Aid)]
        yield Figure("累计帮扶", format_money(_total(aids)).removesuffix(".00"), "元")
        yield Figure("次数", f"{len(aids)}", "次")
    if isinstance(state.record, Person):
        yield Figure("同户他人", f"{len(_household(connection, state.record))}", "人")
    if type_name in ("enterprise", "visit"):
        kinds = [kind for kind, _ in around]
        for kind, link in AROUND[type_name]:
            if kind in ("visit", "demand", "hazard", "case"):
                yield Figure(TYPES[kind].label, f"{kinds.count(kind)}", "件" if link else "")


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
