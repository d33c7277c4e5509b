"""What a record type is, besides its fields: said once, beside its class.

Lists, search, timelines, carrying over, recognising, figures, hand-over and the pages of the
window are made from it. Fields are named as the class names them; `check` compares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import msgspec

from app.domain.kernel.fields import Kind, by_name

Told = Mapping[str, Any]
"""What was read of a record so far, by field."""


class Part(IntEnum):
    """The parts of the navigation that hold records: what is done daily, what is looked up."""

    DAILY = 1
    STANDING = 2


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation with the records of one type, or of a few that belong together.

    `name` also names its page of the help, `title` stands on the screen; `order` is its rank
    within its part.
    """

    name: str
    title: str
    part: Part
    order: int


@dataclass(frozen=True, slots=True)
class Search:
    """By which fields the index of the store finds a type, besides the 编号.

    `letter` tells its pieces from those of other types.
    """

    letter: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Carry:
    """What the record that `link` points at says already.

    `fields` names the field here and the one there. Where nothing is linked yet, the 企（事）业单位
    is meant that is called as `named` says and lies in `within`; it is made if there is none.
    """

    link: str
    fields: Mapping[str, str]
    named: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a record type is; only its place must be said, all else has a plain default.

    Names of fields are those of the class.
    """

    place: Place | None
    """Where its page is; None for what is kept without a page of its own."""
    turn: int = 0
    """Its rank among the types of one place."""
    noun: str = ""
    """One of them in words (走访); else the label."""
    why: str = ""
    """Two lines for a page without any."""

    title: tuple[str, ...] = ()
    """What it is called: the first that is filled. A link stands for the name of its record."""
    who: str = ""
    """Whom it concerns."""
    day: str = ""
    """Its day: a date or a moment."""
    progress: str = ""
    """The code that says how far it is."""
    subject: str = ""
    """What it says where it has no name of its own."""

    in_order: tuple[str, ...] = ()
    """The fields its list is put in order by, for types with an order of their own; else the
    newest comes first."""
    rank: str = ""
    """The field with its place in a roster: told where what came with a document has no 编号."""
    moments: tuple[str, ...] = ()
    """Its own times that a new table shows before its other fields, as far as they fit."""
    apart: tuple[str, ...] = ("number",)
    """What tells those of one name apart in a look-up."""
    spellings: tuple[str, ...] = ()
    """Other names by which it is looked up and linked."""
    search: Search | None = None
    """How the index finds it: for types of which there may be a million. Without, all are read."""
    certain: tuple[tuple[str, ...], ...] = ()
    """Groups of fields that together name one for certain, the surest first.

    An import finds it by them, a second one is refused, and offices are asked about pairs.
    """

    around: tuple[str, ...] = ()
    """Links to the records on whose timeline it stands."""
    telling: tuple[str, ...] = ()
    """What its line there says; `headcount 职工`: with this word before."""
    tallied: bool = False
    """Whether they are counted above that timeline."""
    steps: tuple[str, ...] = ()
    """Its own dates on its own timeline."""
    timeline: str = "经过"
    """The title of its timeline."""
    begun_from: tuple[str, ...] = ()
    """Links to the records from which one is begun."""
    came_by: str = ""
    """The link to what it came of, up to the visit whose campaign is also its own."""

    campaign_of_day: bool = False
    """Whether its campaign is the one that runs on its day."""
    indicator: str = ""
    """The field with the code of an indicator of its campaign: shown and chosen by its name."""
    carried: tuple[Carry, ...] = ()
    """What linked records say already."""
    at_home: str = ""
    """The field with its place: a township's own, where nothing else says it."""
    implied: Callable[[Told], Told] = field(default=lambda told: {})
    """What follows from what was typed."""
    completed: Callable[[Told], Told] = field(default=lambda told: {})
    """What the program itself puts into a whole body before it is checked."""
    dated: Mapping[str, str] = field(default_factory=dict)
    """Fields with the field of their own day: what is changed without it is of today."""

    first_hand: tuple[str, ...] = ()
    """Fields whose words stay as they were when the day of the first save was over.

    Of a table the rows stay, and others may be added.
    """

    made_whole: bool = False
    """Whether the program makes one in one go: nobody types it, and nothing of it is changed."""
    issued: str = ""
    """The moment from which nothing of it is changed any more (定稿), once that is filled."""
    issued_as: str = "定稿"
    """What that is called."""
    recall: str = ""
    """How an issued one is taken back before it can be 作废; without, 作废 needs no more."""
    growing: tuple[str, ...] = ()
    """The tables of one that is made whole or issued which take further rows later on."""

    counted: tuple[str, ...] = ()
    """The fields that the city's figures read; none for all of them."""
    counted_fast: tuple[tuple[str, ...], ...] = ()
    """Columns that stand in an index together, for counts of hundreds of thousands of records."""
    filed_fast: tuple[str, ...] = ()
    """Columns behind those of the index by owner and id, for who filed what and when it came."""
    summed: tuple[str, ...] = ()
    """The fields added up on a cover."""
    awaited: bool = False
    """Whether the city expects it by a date."""
    proofread: bool = False
    """Whether it is keyed from paper and read against it."""
    handed_over: bool = True
    """Whether an office counts it when it changes hands, if it has a place."""

    @property
    def carried_over(self) -> frozenset[str]:
        """Fields that may be left out, since other records say them; a title is always told."""
        carried = {name for one in self.carried for name in one.fields}
        campaign = {"campaign"} if self.campaign_of_day else set()
        return frozenset((carried | campaign) - set(self.title))


_LINKS = (Kind.LINK, Kind.LINKS)


def named_fields(facts: Facts) -> Iterator[str]:
    """Every field of its own type that the facts name, as often as they do."""
    yield from (*facts.in_order, facts.rank)
    yield from (*facts.title, *facts.apart, *facts.spellings, *facts.around, *facts.begun_from)
    yield from (*facts.steps, *facts.counted, *facts.filed_fast, *facts.summed)
    yield from (name for index in facts.counted_fast for name in index)
    yield from (*facts.first_hand, *facts.growing, facts.issued)
    yield from (told.partition(" ")[0] for told in facts.telling)
    yield from (name for group in facts.certain for name in group)
    yield from facts.search.fields if facts.search else ()
    for one in facts.carried:
        yield from (one.link, *one.fields, one.named, one.within)
    yield from (facts.who, facts.day, facts.progress, facts.subject, facts.came_by)
    yield from (facts.at_home, *facts.dated, *facts.dated.values())


def check(record_type: type[msgspec.Struct], facts: Facts) -> None:
    """Raises `TypeError` when the facts name a field that the class does not have or misuse one."""
    known = by_name(record_type)
    unknown = {name for name in named_fields(facts) if name} - known.keys()
    links = {*facts.around, *facts.begun_from, *(one.link for one in facts.carried)}
    links |= {facts.came_by} - {""}
    no_links = {name for name in links - unknown if known[name].kind not in _LINKS}
    titles = {name for name in facts.title if name in known}
    no_names = {name for name in titles if known[name].kind not in (Kind.TEXT, Kind.LINK)}
    sure = {group[0] for group in facts.certain if facts.search} - unknown
    unindexed = {name for name in sure if not known[name].field.indexed}
    for names, what in (
        (unknown, "has no field"),
        (no_links, "has no link"),
        (no_names, "is not called by"),
        (unindexed, "does not index"),
    ):
        if names:
            raise TypeError(f"{record_type.__name__} {what} {', '.join(sorted(names))}")
