"""What is known already and speaks against a record that is being keyed or imported.

    guards = Guards(Links(office, connection))            # within one transaction
    guards.of(Visit, body)                                # -> [Finding, …] of a new record
    guards.of(Visit, body, record=id, before=old_body)    # of a change

`body` is the whole body with its links as they are kept, after `prefill` (so a unit called by its
exact name is linked already). Each finding has a code, a sentence, a remedy and its field:

- G00 说明: the unit is not in 单位名录 and is added to it
- G01 核对: 单位名录 has a unit of a like name
- G02 核对: the name is the initials of a pinyin
- G03 核对: the same unit was visited on the same day
- G04 提醒 (核对 within 30 days): the person or household was helped this year already
- G05 提醒: another level has the unit in its plan or roster, or was there in the campaign
- G08 提醒: another level helped the worker, or workers of the unit, in the campaign
- G09 说明: a level that 不重复、不交叉 does not bind goes to the unit too
- G06 核对: nobody says where a new unit lies
- G07 核对: the headcount is far from what is known of the unit
- G10 核对: another office has a file of the person, or of one in the family (提示 of the city)
- G11 提醒: another office has a unit of this name or code
- G14 提醒: the unit was found 不存在 when 单位名录 was checked
- G12, G13: the number of an issue of 简报 is taken (核对), or leaves out others (提醒)

A reason given for one is kept in the record's `accepted` under `Finding.key`, and `of` then
tells it with `accepted`. Each guard asks one indexed query, most of them only of a new unit;
nothing here refuses anything. `saving.save_within` asks them for every record it saves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from app.domain.campaign.enterprise_groups import the_one
from app.domain.campaign.overlap import BOUND
from app.domain.checking import guards as rules
from app.domain.checking.checks import Finding
from app.domain.checking.guards import Earlier
from app.domain.merging.link_decisions import Sameness
from app.domain.records import (
    Aid,
    Briefing,
    Case,
    Enterprise,
    Person,
    Plan,
    Record,
    Visit,
    body_of,
)
from app.services.records import briefing_numbers
from app.services.records.asked_campaign import campaign_of
from app.services.records.city_hints import CityHints
from app.services.records.household_files import HOUSEHOLD, files_of, is_decided, linked
from app.services.records.like_units import LikeUnits
from app.services.records.link_resolving import Links
from app.services.records.other_levels import OtherLevels
from app.services.records.same_units import alike_by, sameness
from database.state import states
from database.state.filters import among, equal, live, not_, since, until

Body = Mapping[str, Any]
_FIELD_OF_UNIT: Mapping[type[Record], str] = {
    Visit: "enterprise_name",
    Plan: "enterprise",
    Case: "person",
}
"""Where it is said that another level was there first."""
_MOST, _FEW = 50, 4


class Guards:
    """Asks every guard of a type; what was read once is remembered.

    `others` knows the office whose records are asked about; it is this one if none is given.
    """

    def __init__(self, links: Links, others: OtherLevels | None = None) -> None:
        self.links = links
        self._others = others or OtherLevels(links, links.office.identity.station)
        self._connection = links.connection
        self._units = LikeUnits(links)
        self._hints = CityHints(self._connection, links.office.identity.station)

    def of(
        self,
        record_type: type[Record],
        body: Body,
        *,
        record: str = "",
        before: Body | None = None,
    ) -> list[Finding]:
        """The guards that speak against a body, those answered before with their reason."""
        found = [
            finding
            for guarded, guard in GUARDS
            if issubclass(record_type, guarded)
            for finding in guard(self, record_type, body, record, before or {})
        ]
        reasons = {row["check"]: row["reason"] for row in body.get("accepted", ())}
        return [replace(one, accepted=reasons.get(one.key, "")) for one in found]

    def between(self, record_type: type[Record], body: Body, record: str) -> Iterator[Finding]:
        """What only records of several levels say: G05, G08, and G09."""
        for guarded, guard in BETWEEN:
            if issubclass(record_type, guarded):
                yield from guard(self, record_type, body, record, {})

    @cached_property
    def _one_unit(self) -> Sameness:
        return sameness(self._connection, Enterprise)

    # -- units

    def new_unit(
        self, record_type: type[Record], body: Body, record: str, before: Body
    ) -> Iterator[Finding]:
        """A record names a unit that 单位名录 does not know."""
        for carry in record_type.facts.carried:
            name = str(body.get(carry.named) or "")
            if name and not body.get(carry.link):
                area = str(body.get(carry.within) or "")
                yield from rules.of_name(carry.named, name, self._units.of(name, area=area))
                yield from rules.of_new_unit(
                    carry.named, name, carry.within, placed=bool(area) or not carry.within
                )
                yield from rules.of_unit_elsewhere(carry.named, name, self._hints.units((name,)))

    def unit(
        self, record_type: type[Record], body: Body, record: str, before: Body
    ) -> Iterator[Finding]:
        """A unit is added to 单位名录 itself, or called otherwise."""
        of_name, place = Enterprise.facts.certain[-1]
        name, area = str(body.get(of_name) or ""), str(body.get(place) or "")
        if not name:
            return
        if name != before.get(of_name):
            uscc = str(body.get("uscc") or "")
            like = self._units.of(name, area=area, uscc=uscc, record=record)
            yield from rules.of_name(of_name, name, like)
        if not before and not area:
            yield rules.no_place(place, name)
        if not record or not is_decided(self._connection, record, Enterprise.type_name):
            told = self._hints.units((name, *body.get("aliases", ())), str(body.get("uscc") or ""))
            yield from rules.of_unit_elsewhere(of_name, name, told)

    # -- visits and plans

    def same_day(
        self, record_type: type[Record], body: Body, record: str, before: Body
    ) -> Iterator[Finding]:
        """The same unit on the same day."""
        unit, day = body.get("enterprise"), body.get("visited_on")
        if not unit or not day:
            return
        units = among("enterprise", self._same_units(unit))
        at = units, equal("visited_on", day), not_(equal("id", record))
        found = states.find(self._connection, Visit, live(), *at, order=(), limit=_FEW)
        told = [
            Earlier(s.id, s.record.number, s.record.visited_on, "、".join(s.record.leaders))
            for s in found
            if not rules.answered_there(s.record, "G03", record)
        ]
        yield from rules.of_same_day("visited_on", told)

    def gone(
        self, record_type: type[Record], body: Body, record: str, before: Body
    ) -> Iterator[Finding]:
        """The unit was found 不存在, and no entry that is one with it stands."""
        unit = str(body.get("enterprise") or "")
        at = live(), among("id", self._same_units(unit) if unit else ())
        found = states.pick(self._connection, Enterprise, ("id", "verification"), *at)
        verified = {one: word or "" for one, word in found}
        if verified and verified[the_one(verified)] == "missing":
            yield rules.of_gone(_FIELD_OF_UNIT[record_type], unit)

    def headcount(
        self, record_type: type[Record], body: Body, record: str, before: Body
    ) -> Iterator[Finding]:
        """The headcount is far from the one that holds, unless that came from this record."""
        unit, said = body.get("enterprise"), body.get("headcount")
        if not unit or not said or said == before.get("headcount"):
            return
        found = states.get(self._connection, Enterprise, str(unit))
        known = found.record.headcount if found else None
        if known and known != before.get("headcount"):
            yield from rules.of_headcount("headcount", int(said), known)

    def other_level(
        self, record_type: type[Record], body: Body, record: str, before: Body
    ) -> Iterator[Finding]:
        """Another level has the unit in its plan or roster, or was there (R37)."""
        unit, campaign = body.get("enterprise"), body.get("campaign")
        if not unit or not campaign:
            return
        own = self._level(body)
        stops = self._others.stops(self._same_units(str(unit)), campaign)
        others = [(level, told) for level, told in stops if level != own and told.id != record]
        bound = BOUND if own in BOUND else frozenset[str]()
        field = _FIELD_OF_UNIT[record_type]
        yield from rules.of_other_level(field, [told for level, told in others if level in bound])
        yield from rules.of_beside(field, [told for level, told in others if level not in bound])

    def workers(
        self, record_type: type[Record], body: Body, record: str, before: Body
    ) -> Iterator[Finding]:
        """Another level helped the worker of a case, or workers of the unit one goes to (R37)."""
        visit = states.get(self._connection, Visit, str(body.get("visit") or ""))
        own = self._level(
            body if record_type is not Case or visit is None else body_of(visit.record)
        )
        campaign = campaign_of(self.links, record_type, body)
        if campaign is None or own not in BOUND:
            return
        if record_type is Case:
            person = str(body.get("person") or "")
            persons = (
                [person, *linked(self._connection, person, Person.type_name)] if person else []
            )
        else:
            unit = str(body.get("enterprise") or "")
            persons = self._others.workers(self._same_units(unit)) if unit else []
        told = {
            person: told
            for level, person, told in self._others.met(persons, campaign)
            if told.id != record and level in BOUND - {own}
        }
        yield from rules.of_workers(_FIELD_OF_UNIT[record_type], list(told.values()))

    def _level(self, body: Body) -> str:
        told = body.get("unit"), body.get("group"), body.get("level")
        return self._others.level(*(str(one or "") for one in told))

    def _same_units(self, unit: str) -> Sequence[str]:
        return alike_by(self._one_unit, unit)

    # -- persons

    def elsewhere(
        self, record_type: type[Record], body: Body, record: str, before: Body
    ) -> Iterator[Finding]:
        """Another office has a file of the person or of one in the family, as the city hints.

        Nothing is said once it was decided what that file is: then both offices know.
        """
        own, family = str(body.get("resident_id") or ""), body.get("family", ())
        if record and is_decided(self._connection, record, Person.type_name, HOUSEHOLD):
            return
        yield from rules.of_person_elsewhere("resident_id", self._hints.persons([own]))
        others = [str(row.get("resident_id") or "") for row in family]
        yield from rules.of_person_elsewhere("family", self._hints.persons(others))

    # -- aid

    def aid(
        self, record_type: type[Record], body: Body, record: str, before: Body
    ) -> Iterator[Finding]:
        """The person, or one of the household, was helped in the same year."""
        day = dt.date.fromisoformat(body["given_on"]) if body.get("given_on") else None
        case = states.get(self._connection, Case, str(body.get("case") or ""))
        person = body.get("person") or (case.record.person if case else "")
        if day is None or not person:
            return
        year = since("given_on", day.replace(month=1, day=1))
        year = year & until("given_on", day.replace(month=12, day=31))
        at = (
            among("person", files_of(self._connection, str(person))),
            not_(equal("id", record)),
            year,
        )
        found = states.find(self._connection, Aid, live(), *at, limit=_MOST)
        found = [s for s in found if not rules.answered_there(s.record, "G04", record)]
        nearest = sorted(found, key=lambda s: abs((s.record.given_on or day) - day))
        told = [Earlier(s.id, s.record.number, s.record.given_on, self._given(s)) for s in nearest]
        yield from rules.of_aid("given_on", day, told)

    def _given(self, state: states.State[Aid]) -> str:
        one = state.record
        name = states.pick(self._connection, Person, ("name",), equal("id", one.person))
        money = Decimal(one.money) if one.money else None
        return rules.given_words(name[0][0] if name else "", money, one.goods)


def _issue_number(
    guards: Guards, record_type: type[Record], body: Body, record: str, before: Body
) -> Iterable[Finding]:
    """An issue of 简报 has the number of another, or leaves some out."""
    return briefing_numbers.spoken(guards.links, body, record)


Guard = Callable[[Guards, type[Record], Body, str, Body], Iterable[Finding]]

BETWEEN: tuple[tuple[type[Record], Guard], ...] = (
    (Visit, Guards.other_level),
    (Plan, Guards.other_level),
    (Visit, Guards.workers),
    (Plan, Guards.workers),
    (Case, Guards.workers),
)
"""The guards that compare levels."""

GUARDS: tuple[tuple[type[Record], Guard], ...] = (
    (Record, Guards.new_unit),
    (Enterprise, Guards.unit),
    (Visit, Guards.same_day),
    (Visit, Guards.headcount),
    *BETWEEN,
    (Person, Guards.elsewhere),
    (Aid, Guards.aid),
    (Visit, Guards.gone),
    (Plan, Guards.gone),
    (Briefing, _issue_number),
)
"""Every guard, and the type whose records it is asked about."""
