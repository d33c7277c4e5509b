"""名录核实: what is still to be verified, and what one looks at to decide (R63)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from app.domain.kernel.fields import by_name, value_of
from app.domain.naming.pinyin_order import order_key
from app.domain.records import Area, Enterprise, Visit
from app.services.office.office import Office
from app.services.records.append_revision import past_of
from app.services.records.field_words import Wording
from app.services.records.like_units import LikeUnits
from app.services.records.link_resolving import Links
from app.services.records.same_units import DUPLICATE, alike, joined
from app.services.records.saving import find_one
from app.services.records.undone_save import last_said
from database.state import states
from database.state.filters import among, equal, live, owned_by
from database.state.states import State
from database.store.engine import Connection

MARK = "名录核实："
"""Begins the reason of every version that says what was found of an entry."""
PRESET, VERIFIED, MISSING = "preset", "verified", "missing"
OPEN = frozenset({"", PRESET})
"""核实情况 that nobody has decided yet."""


class Entry(msgspec.Struct, frozen=True):
    """One entry as the list shows it; `standing` is the code of 核实情况, "" for none yet."""

    id: str
    number: str
    name: str
    area: str
    standing: str
    by: str
    on: str

    @property
    def open(self) -> bool:
        """Whether nobody has checked it yet."""
        return self.standing in OPEN

    @property
    def stands(self) -> bool:
        """Whether it stands for a unit: one that is gone, or 重复, is taken back first."""
        return self.open or self.standing == VERIFIED


class Work(msgspec.Struct, frozen=True):
    """The directory of this office: what is still to be checked, by place; the rest, newest first.

    `counts` is by the code of 核实情况.
    """

    waiting: tuple[Entry, ...]
    done: tuple[Entry, ...]
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All entries."""
        return len(self.waiting) + len(self.done)


class Fact(msgspec.Struct, frozen=True):
    """A line of the card: what, and what the entry says of it."""

    label: str
    words: str


class Other(msgspec.Struct, frozen=True):
    """An entry that may be the same unit, and why one may think so."""

    id: str
    name: str
    words: str
    why: str


class Card(msgspec.Struct, frozen=True):
    """What one looks at to decide: the entry, how often it was visited, what may be the same.

    `how` says what was found of it and of which it is a 重复, once it was checked.
    """

    entry: Entry
    facts: tuple[Fact, ...]
    visits: int
    others: tuple[Other, ...]
    how: str


def work(office: Office) -> Work:
    """Everything of this office's directory that is not 作废."""
    columns = ("id", "number", "name", "area", "verification", "verified_by", "verified_on")
    with office.store.read() as connection:
        mine = live(), owned_by(office.identity.station)
        rows = states.pick(connection, Enterprise, columns, *mine)
        places = dict(states.pick(connection, Area, ("code", "name"), live()))
    found = [
        (Entry(key, number or "", name or "", places.get(area, ""), word or "", by or "", on or ""))
        for key, number, name, area, word, by, on in rows
    ]
    waiting = sorted((one for one in found if one.open), key=_place)
    done = sorted((one for one in found if not one.open), key=lambda e: (e.on, e.id), reverse=True)
    return Work(tuple(waiting), tuple(done), Counter(one.standing or PRESET for one in found))


def _place(one: Entry) -> tuple[str, str, str]:
    """By township, then by name, both as their pinyin goes."""
    return order_key(one.area), order_key(one.name), one.id


_SHOWN = (
    "uscc",
    "aliases",
    "kind",
    "ownership",
    "industry",
    "address",
    "headcount",
    "above_scale",
    "has_union",
    "management_contact",
    "management_telephone",
    "union_contact",
    "union_telephone",
    "remarks",
)


def look(office: Office, record: str) -> Card:
    """One entry as one decides on it; raises `UserError` NOT_FOUND."""
    with office.store.read() as connection:
        state = find_one(connection, Enterprise, record)
        wording, one = Wording(connection), state.record
        specs = by_name(Enterprise)
        place = wording.of(specs["area"], one.area)
        entry = Entry(
            state.id,
            one.number,
            one.name,
            place,
            one.verification,
            one.verified_by,
            one.verified_on.isoformat() if one.verified_on else "",
        )
        told = ((specs[name], value_of(one, name)) for name in _SHOWN)
        facts = [Fact(spec.label, wording.of(spec, value)) for spec, value in told]
        same = alike(connection, Enterprise, state.id)
        visits = states.count(connection, Visit, live(), among("enterprise", same))
        others = tuple(_others(office, connection, state)) if entry.stands else ()
        how = "" if entry.open else _how(connection, wording, state.id)
    return Card(entry, tuple(fact for fact in facts if fact.words), visits, others, how)


def _others(office: Office, connection: Connection, state: State[Enterprise]) -> Iterator[Other]:
    """Entries with the same credit code, then those of a like name."""
    one, seen = state.record, {state.id}
    if one.uscc:
        for other in states.find(connection, Enterprise, live(), equal("uscc", one.uscc)):
            if other.id not in seen and other.record.verification not in (MISSING, DUPLICATE):
                seen.add(other.id)
                yield Other(other.id, other.record.name, other.record.number, "信用代码相同")
    units = LikeUnits(Links(office, connection))
    for like in units.of(one.name, area=one.area, uscc=one.uscc, record=state.id):
        if like.id not in seen:
            people = f"{like.headcount} 人" if like.headcount is not None else ""
            yield Other(like.id, like.name, "，".join(filter(None, (like.place, people))), like.why)


def _how(connection: Connection, wording: Wording, record: str) -> str:
    instead = joined(connection).get(record)
    if instead:
        return f"并入“{wording.name(Enterprise, instead)}”"
    said = last_said(past_of(connection, Enterprise, record), is_mark)
    return said.why.removeprefix(MARK) if said else ""


def is_mark(why: str) -> bool:
    """Whether a version says what was found of its own entry."""
    return why.startswith(MARK) and not why.endswith("时补上")
