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
    """What a record type is. Of the names below only `place` must be given; no page is None.

    On the screen: `noun` is one of them (走访), `why` two lines for a page without any; `turn`
    its rank among the types of one place.

    In a list: `title` names it, the first that is filled; a link there stands for the name of
    the record it points at. `who` it concerns, its `day`, the code that is its `progress`.
    `subject` is what it says where it has no name of its own.

    In a look-up: `apart` tells those of one name apart, `spellings` are other names.
    Search: by its title alone unless `search` says more; what is in the index may be a million.

    Recognised: each of `certain` is a group of fields that together name one for certain, the
    surest first; where there may be a million, the first of a group is indexed.

    Timeline: it stands `around` what these links point at and says the fields of `telling`
    (`headcount 职工`: with this word before). Its own dates are `steps`, `timeline` is the title
    over it; `tallied` types are counted above it. It is begun from what `begun_from` links.

    Carried over: with `campaign_of_day` the campaign that runs on its day; what linked records
    say (`carried`); what follows from what was typed (`implied`).

    Figures: `counted` are the fields that the city's figures read, `summed` those added up on a
    cover. `awaited`: the city expects it by a date. `proofread`: it is keyed from paper.
    `handed_over`: it is counted when an office changes hands, if it has a place.
    """

    place: Place | None
    turn: int = 0
    noun: str = ""
    why: str = ""
    title: tuple[str, ...] = ()
    who: str = ""
    day: str = ""
    progress: str = ""
    subject: str = ""
    apart: tuple[str, ...] = ("number",)
    spellings: tuple[str, ...] = ()
    search: Search | None = None
    certain: tuple[tuple[str, ...], ...] = ()
    around: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    timeline: str = "经过"
    tallied: bool = False
    begun_from: tuple[str, ...] = ()
    campaign_of_day: bool = False
    carried: tuple[Carry, ...] = ()
    implied: Callable[[Told], Told] = field(default=lambda told: {})
    counted: tuple[str, ...] = ()
    summed: tuple[str, ...] = ()
    awaited: bool = False
    proofread: bool = False
    handed_over: bool = True

    @property
    def carried_over(self) -> frozenset[str]:
        """Fields that may be left out, since other records say them; a title is always told."""
        carried = {name for one in self.carried for name in one.fields}
        campaign = {"campaign"} if self.campaign_of_day else set()
        return frozenset((carried | campaign) - set(self.title))


def named_fields(facts: Facts) -> Iterator[str]:
    """Every field of its own type that the facts name, as often as they do."""
    yield from (*facts.title, *facts.apart, *facts.spellings, *facts.around, *facts.begun_from)
    yield from (*facts.steps, *facts.counted, *facts.summed)
    yield from (told.partition(" ")[0] for told in facts.telling)
    yield from (name for group in facts.certain for name in group)
    yield from facts.search.fields if facts.search else ()
    for one in facts.carried:
        yield from (one.link, *one.fields, one.named, one.within)
    yield from (facts.who, facts.day, facts.progress, facts.subject)


def check(record_type: type[msgspec.Struct], facts: Facts) -> None:
    """Raises `TypeError` when the facts name a field that the class does not have or misuse one."""
    known = by_name(record_type)
    unknown = {name for name in named_fields(facts) if name} - known.keys()
    links = {*facts.around, *facts.begun_from, *(one.link for one in facts.carried)}
    no_links = {name for name in links - unknown if known[name].kind is not Kind.LINK}
    sure = {group[0] for group in facts.certain if facts.search} - unknown
    unindexed = {name for name in sure if not known[name].field.indexed}
    for names, what in (
        (unknown, "has no field"),
        (no_links, "has no link"),
        (unindexed, "does not index"),
    ):
        if names:
            raise TypeError(f"{record_type.__name__} {what} {', '.join(sorted(names))}")
