"""By what each type of record is parted and added up: expressions over its row and its links.

What a record belongs to (a campaign, a township, a person) is read as `app.domain.campaign`
reads it; a test counts all of it again from the raw records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from app.domain.campaign.campaign_data import TO_COVER
from app.domain.checking.state import CLOSED
from app.domain.records import (
    Activity,
    Aid,
    Case,
    Demand,
    Diary,
    Document,
    Enterprise,
    Group,
    Hazard,
    Meeting,
    Person,
    Plan,
    Policy,
    Press,
    Record,
    Visit,
)
from database.state.filters import Filter, equal, filled, not_
from database.state.standing import (
    closed_cases,
    closed_demands,
    open_hazards,
    overdue_demands,
    submitted_documents,
)
from database.store.dialect import days_between, quoted


class Scope(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which records count: those of a campaign, and of a part of its time.

    All days ISO 8601: `first` and `last` are the window of the campaign, `since` (empty for
    any) and `until` the days counted, `today` is what ages are reckoned to.
    """

    campaign: str
    first: str
    last: str
    until: str
    today: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """By what records are parted: a value of each, or with `each` every one of a JSON list.

    `each` is "value" for a list of texts, "text" for one that may hold other things too, else
    the member of its rows. `needs` are the joins.
    """

    value: Filter
    needs: tuple[str, ...] = ()
    each: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A type as it is counted.

    `joins` by alias, in the order they build on each other; `day` is its day, `visit` the join
    with the visit it came from ("" where it is one); `person` whom it concerns, with what that
    needs; `only` what a count may be narrowed to. Those not `of_campaign` count in every one.
    """

    day: str
    joins: Mapping[str, str]
    parts: Mapping[str, Part]
    visit: str = ""
    sums: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, Filter] = field(default_factory=dict)
    person: str = ""
    person_needs: tuple[str, ...] = ()
    of_campaign: bool = True


AGES = (("30", 30), ("60", 60), ("90", 90), ("180", 180), ("more", 0))
"""办理时长: up to so many days; the last has no end."""

_COVERED = ", ".join(f"'{kind}'" for kind in sorted(TO_COVER))
_AREAS = f"(SELECT code FROM state_area WHERE void = 0 AND kind IN ({_COVERED}))"


def source_of(record_type: type[Record], scope: Scope) -> Source:
    """How a type is counted; raises `KeyError` for a type that no table is made of."""
    return _SOURCES[record_type](scope)


def _plain(name: str) -> Part:
    return Part(Filter(f"s.{quoted(name)}"))


def _list(name: str, member: str = "value") -> Part:
    return Part(Filter(f"s.{quoted(name)}"), each=member)


def _of(expression: str, *needs: str) -> Part:
    return Part(Filter(expression), needs)


def _live(record_type: type[Record], alias: str, key: str) -> str:
    table = f"state_{record_type.type_name}"
    return f"LEFT JOIN {table} {alias} ON {alias}.id = {key} AND {alias}.void = 0"


def _area(*columns: str) -> str:
    """The first of these that is a township or zone, "" for none."""
    cases = " ".join(f"WHEN {one} IN {_AREAS} THEN {one}" for one in columns)
    return f"CASE {cases} ELSE '' END"


def _common(day: str) -> dict[str, Part]:
    return {"unit": _of("coalesce(s.unit, s.owner)"), "month": _of(f"substr({day}, 1, 7)")}


def _led(own: str) -> dict[str, Part]:
    """What a visit led to stands where the visit was; without one where `own` says."""
    at_visit = _area("v.area", "ve.area")
    place = f"CASE WHEN v.id IS NULL THEN {_area(own)} ELSE {at_visit} END"
    return {"area": _of(place, "v", "ve", "e"), "group": _of('v."group"', "v")}


def _visits(scope: Scope) -> Source:
    day = "s.visited_on"
    return Source(
        day=day,
        joins={"e": _live(Enterprise, "e", "s.enterprise")},
        parts={
            **_common(day),
            "area": _of(_area("s.area", "e.area"), "e"),
            "group": _plain("group"),
            "items": _list("items", "item"),
            "front_line": _list("front_line"),
            "priorities": _list("priorities"),
            "methods": _list("methods"),
            "programmes": _list("programmes"),
            "led_by_chief": _of("CASE s.led_by_chief WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END"),
        },
        sums={"workers_met": "s.workers_met"},
    )


_FROM_VISIT = {
    "v": _live(Visit, "v", "s.visit"),
    "ve": _live(Enterprise, "ve", "v.enterprise"),
    "e": _live(Enterprise, "e", "s.enterprise"),
}


def _demands(scope: Scope) -> Source:
    closed, today = closed_demands(), dt.date.fromisoformat(scope.today)
    state = f"CASE WHEN {closed.sql} THEN '{CLOSED}' ELSE s.state END"
    return Source(
        day="s.raised_on",
        visit="v",
        joins=_FROM_VISIT,
        parts={
            **_common("s.raised_on"),
            **_led("e.area"),
            "category": _plain("category"),
            "raiser": _plain("raiser"),
            "trends": _list("trends"),
            "state": Part(Filter(state, closed.values)),
            "age": Part(_age(scope.today)),
        },
        only={"closed": closed, "overdue": overdue_demands(today)},
    )


def _age(today: str) -> Filter:
    """How long it took, or has been open by today."""
    days = days_between("s.raised_on", "coalesce(s.closed_on, ?)")
    cases = [f"WHEN {days} <= {most} THEN '{name}'" for name, most in AGES[:-1]]
    sql = f"CASE WHEN s.raised_on IS NULL THEN NULL {' '.join(cases)} ELSE '{AGES[-1][0]}' END"
    return Filter(sql, (today,) * len(cases))


def _hazards(scope: Scope) -> Source:
    return Source(
        day="substr(s.found_at, 1, 10)",
        visit="v",
        joins=_FROM_VISIT,
        parts={
            **_common("s.found_at"),
            **_led("e.area"),
            "nature": _plain("nature"),
            "level": _plain("level"),
            "trends": _list("trends"),
        },
        sums={"people": "s.people"},
        only={"closed": not_(open_hazards()), "open": open_hazards()},
    )


def _cases(scope: Scope) -> Source:
    closed = closed_cases()
    stage = f"CASE WHEN {closed.sql} THEN '{CLOSED}' ELSE s.stage END"
    return Source(
        day="s.found_on",
        visit="v",
        joins={
            "v": _live(Visit, "v", "s.visit"),
            "ve": _live(Enterprise, "ve", "v.enterprise"),
            "p": _live(Person, "p", "s.person"),
            "e": _live(Enterprise, "e", "p.enterprise"),
        },
        parts={
            **_common("s.found_on"),
            **_placed_by_person(),
            "types": _list("types"),
            "stage": Part(Filter(stage, closed.values)),
            "categories": Part(Filter("p.categories"), ("p",), "value"),
        },
        only={"closed": closed},
        person="s.person",
    )


def _placed_by_person() -> dict[str, Part]:
    led = _led("e.area")
    return {**led, "area": Part(led["area"].value, ("v", "ve", "p", "e"))}


def _aids(scope: Scope) -> Source:
    led = _led("e.area")
    return Source(
        day="s.given_on",
        visit="v",
        joins={
            "c": _live(Case, "c", 's."case"'),
            "v": _live(Visit, "v", "c.visit"),
            "ve": _live(Enterprise, "ve", "v.enterprise"),
            "p": _live(Person, "p", "coalesce(s.person, c.person)"),
            "e": _live(Enterprise, "e", "p.enterprise"),
        },
        parts={
            **_common("s.given_on"),
            "area": Part(led["area"].value, ("c", "v", "ve", "p", "e")),
            "group": Part(led["group"].value, ("c", "v")),
            "programme": _plain("programme"),
            "type": _plain("type"),
            "fund": _plain("fund"),
            "categories": Part(Filter("p.categories"), ("c", "p"), "value"),
        },
        sums={"money": "s.money", "goods_value": "s.goods_value"},
        person="coalesce(s.person, c.person, s.id)",
        person_needs=("c",),
    )


def _persons(scope: Scope) -> Source:
    """All files: a household in difficulty is of no one campaign."""
    return Source(
        day="s.filed_on",
        joins={"e": _live(Enterprise, "e", "s.enterprise")},
        parts={
            **_common("s.filed_on"),
            "area": _of(_area("s.registered_area", "e.area"), "e"),
            "group": _of("''"),
        },
        of_campaign=False,
    )


def _written(
    day: str,
    *plain: str,
    lists: tuple[str, ...] = (),
    placed: bool = False,
    group: bool = False,
    sums: Mapping[str, str] | None = None,
    only: Mapping[str, Filter] | None = None,
) -> Source:
    """What an office keeps of its own work: with a campaign and a day of its own, and no visit.

    Parted by `plain` fields and by `lists`; in the township of its enterprise where it is
    `placed`, and of its work group where it has a `group`.
    """
    return Source(
        day=f"s.{day}",
        joins={"e": _live(Enterprise, "e", "s.enterprise")} if placed else {},
        parts={
            **_common(f"s.{day}"),
            "area": _of(_area("e.area"), "e") if placed else _of("''"),
            "group": _plain("group") if group else _of("''"),
            **{name: _plain(name) for name in plain},
            **{name: _list(name) for name in lists},
        },
        sums=sums or {},
        only=only or {},
    )


def _diaries(scope: Scope) -> Source:
    return _written("kept_on", lists=("categories",), group=True)


def _activities(scope: Scope) -> Source:
    sums = {"people": "s.people"}
    return _written("held_on", "kind", placed=True, group=True, sums=sums)


def _meetings(scope: Scope) -> Source:
    only = {"done": filled("done_on")}
    return _written("held_on", "kind", placed=True, group=True, only=only)


def _documents(scope: Scope) -> Source:
    outcomes = {name: equal("outcome", name) for name in ("adopted", "returned")}
    submitted = {"submitted": submitted_documents()}
    return _written("dated", "kind", group=True, only=submitted | outcomes)


def _press(scope: Scope) -> Source:
    return _written("published_on", "form", placed=True)


def _policies(scope: Scope) -> Source:
    return _written("issued_on", "kind", lists=("mechanisms",))


def _plans(scope: Scope) -> Source:
    """All of them: what lies ahead is planned today."""
    parts = {
        **_common("s.planned"),
        "area": _of(_area("e.area"), "e"),
        "group": _plain("group"),
    }
    return Source(day=_NO_DAY, joins={"e": _live(Enterprise, "e", "s.enterprise")}, parts=parts)


def _groups(scope: Scope) -> Source:
    parts = {**_common(_NO_DAY), "area": _of("''"), "group": _of("s.id")}
    return Source(day=_NO_DAY, joins={}, parts=parts)


_NO_DAY = "NULL"
_SOURCES = {
    Visit: _visits,
    Demand: _demands,
    Hazard: _hazards,
    Person: _persons,
    Case: _cases,
    Aid: _aids,
    Diary: _diaries,
    Activity: _activities,
    Meeting: _meetings,
    Document: _documents,
    Press: _press,
    Policy: _policies,
    Plan: _plans,
    Group: _groups,
}
