"""Which record types there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain.kernel.fields import by_name
from app.domain.records.activity import Activity
from app.domain.records.aid import Aid
from app.domain.records.area import Area
from app.domain.records.attainment import Attainment
from app.domain.records.base import Record
from app.domain.records.briefing import Briefing
from app.domain.records.campaign import Campaign
from app.domain.records.case import Case
from app.domain.records.contact import Contact
from app.domain.records.demand import Demand
from app.domain.records.diary import Diary
from app.domain.records.document import Document
from app.domain.records.draw import Draw
from app.domain.records.enterprise import Enterprise
from app.domain.records.evaluation import Evaluation
from app.domain.records.facts import Facts, check
from app.domain.records.group import Group
from app.domain.records.hazard import Hazard
from app.domain.records.honour import Honour
from app.domain.records.leader import Leader
from app.domain.records.link import Link
from app.domain.records.meeting import Meeting
from app.domain.records.notice import Notice
from app.domain.records.operator import Operator
from app.domain.records.person import Person
from app.domain.records.plan import Plan
from app.domain.records.policy import Policy
from app.domain.records.press import Press
from app.domain.records.refusal import Refusal
from app.domain.records.reporter import Reporter
from app.domain.records.review import Review
from app.domain.records.score_appeal import ScoreAppeal
from app.domain.records.score_sheet import ScoreSheet
from app.domain.records.target import Target
from app.domain.records.unit import Unit
from app.domain.records.update_part import UpdatePart
from app.domain.records.visit import Visit

TYPES: dict[str, type[Record]] = {}
"""By name, those first that others are told by."""


def register(record_type: type[Record]) -> None:
    """Make a record type known; tables are made of those known when the database is loaded.

    Raises `TypeError` for a class without `facts`, or with facts that do not fit it.
    """
    facts = getattr(record_type, "facts", None)
    if facts is None:
        raise TypeError(f"{record_type.__name__} has no facts")
    check(record_type, facts)
    letter = facts.search.letter if facts.search else ""
    known = [one for one in TYPES.values() if one.type_name != record_type.type_name]
    if any(letter and one.facts.search and one.facts.search.letter == letter for one in known):
        raise TypeError(f"{record_type.__name__} is searched by the letter of another type")
    TYPES[record_type.type_name] = record_type


def shown() -> tuple[type[Record], ...]:
    """The types that have a page, in the order of the navigation."""
    placed = [(one.facts.place, one) for one in TYPES.values()]
    ranked = [(place.part, place.order, one.facts.turn, one) for place, one in placed if place]
    return tuple(one for *_, one in sorted(ranked, key=lambda rank: rank[:3]))


def awaited() -> tuple[type[Record], ...]:
    """The types that the city expects by a date."""
    return tuple(one for one in TYPES.values() if one.facts.awaited)


def summed() -> dict[str, tuple[str, ...]]:
    """Per record type the members that are added up (package format §7, cover)."""
    return {name: TYPES[name].facts.summed for name in sorted(TYPES) if TYPES[name].facts.summed}


Pointing = tuple[type[Record], str]
"""A type, and the name of its link."""


def standing_around(record_type: type[Record]) -> tuple[Pointing, ...]:
    """The types that stand on the timeline of a type, by the link that puts them there."""
    return _pointing(record_type, lambda facts: facts.around)


def begun_from(record_type: type[Record]) -> tuple[Pointing, ...]:
    """The types that are begun from a record of a type, by the link that then names it."""
    return _pointing(record_type, lambda facts: facts.begun_from)


def linked_type(record_type: type[Record], link: str) -> type[Record]:
    """The type that a link of a type points at."""
    return TYPES[by_name(record_type)[link].field.links]


def _pointing(
    record_type: type[Record], links: Callable[[Facts], Sequence[str]]
) -> tuple[Pointing, ...]:
    return tuple(
        (one, name)
        for one in shown()
        for name in links(one.facts)
        if by_name(one)[name].field.links == record_type.type_name
    )


for _known in (
    Campaign, Unit, Area, Enterprise, Group, Leader, Plan, Target, Visit, Demand, Hazard,
    Person, Case, Aid, Reporter, Document, Press, Policy, Attainment,
    Diary, Activity, Meeting, Honour, Operator, Contact, Review, Link, Notice, Draw, Evaluation,
    ScoreSheet, ScoreAppeal, Briefing, Refusal, UpdatePart,
):  # fmt: skip
    register(_known)
