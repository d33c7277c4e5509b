"""What the records themselves say of an indicator, by unit: one function for each formula (R60).

Amounts of persons name them, so that one who is helped by two offices counts once in the city.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property, partial

from msgspec import convert

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.enterprise_groups import Directory, firms
from app.domain.campaign.indicators import Amount, Behind, year_of
from app.domain.campaign.students import Students
from app.domain.kernel.fields import by_name
from app.domain.kernel.readable import readable
from app.domain.records import Activity, Aid, Enterprise, FamilyMember, Person, Visit
from app.services.figures import union_rates
from app.services.figures.figure_records import FigureRecords
from app.services.office.office import Office
from database.state import states
from database.state.field_filters import has_one

ByUnit = dict[str, Amount]
Persons = Collection[str]

RATES: Mapping[str, str] = {
    "union_rate": "T8",
    "member_rate": "T9",
    "wage_rate": "T10",
    "congress_rate": "T15",
    "affairs_rate": "T16",
}
"""Formulas that `union_rates` knows, by the name it has for them."""


class IndicatorCounts:
    """The amounts of one campaign's year; what several formulas need is read once."""

    def __init__(self, office: Office, campaign: str) -> None:
        self._office = office
        self._code = campaign
        self._formulas: Mapping[str, Callable[[], ByUnit]] = {
            "new_unions": self._new_unions,
            "reemployed": self._reemployed,
            "schooling": self._schooling,
            "relief": self._relief,
            "innovation": partial(self._times, "innovation"),
            "contests": partial(self._times, "skills"),
            "suggestions": partial(self._times, "suggestions"),
            "taking_part": self._taking_part,
            "enterprises_visited": self._enterprises_visited,
            "workers_met": self._workers_met,
        }

    def of(self, formula: str) -> ByUnit | None:
        """By unit the amount of a formula, None where only people can tell."""
        if formula in RATES:
            return self._rates(RATES[formula])
        return self._formulas[formula]() if formula in self._formulas else None

    # -- what is read

    @cached_property
    def ground(self) -> CampaignData:
        """The units, persons and cases that may count, and no visits."""
        with self._office.store.read() as connection:
            gathered = FigureRecords(self._office, connection, self._code, members=_MEMBERS)
            self._aids = dict(states.parts(connection, Aid, _AID))
            laid_off = has_one(by_name(Person)["categories"], ("laid_off",))
            self._laid_off = {row[0] for row in states.pick(connection, Person, ("id",), laid_off)}
            self._founded = {
                record: one.union_founded
                for record, one in states.parts(connection, Enterprise, ("union_founded",))
            }
        return gathered.ground

    @cached_property
    def _directory(self) -> Directory:
        """With all visits: they are read only for the formulas that ask for them."""
        with self._office.store.read() as connection:
            members = (*_MEMBERS, "visits")
            found = FigureRecords(self._office, connection, self._code, members=members)
        return Directory(found.ground)

    @cached_property
    def _union_rates(self) -> union_rates.UnionRates:
        return union_rates.look(self._office, self._code)

    def _in_year(self, day: dt.date | None) -> bool:
        """Of the campaign's year; any day where it has none."""
        year = year_of(self.ground.campaign)
        return day is not None and (year is None or day.year == year)

    # -- the formulas

    def _rates(self, name: str) -> ByUnit:
        table, behind = self._union_rates.table("office"), self._union_rates.by_office(name)
        place = [head.code for head in table.heads].index(name)
        cells = {row.code: row.cells[place] for row in table.rows}
        return {
            unit: Amount(
                0,
                cell.numerator,
                cell.denominator,
                behind=Behind(Enterprise, behind.get(unit, frozenset())),
                blank=cell.blank,
                asked=cell.asked,
            )
            for unit, cell in cells.items()
            if cell.denominator
        }

    def _new_unions(self) -> ByUnit:
        found: dict[str, set[str]] = defaultdict(set)
        for firm in firms(self.ground):
            days = (self._founded.get(record) for record in firm.records)
            if not firm.gone and any(map(self._in_year, days)):
                found[firm.unit].add(firm.id)
        return {
            unit: Amount(len(ids), behind=Behind(Enterprise, frozenset(ids)))
            for unit, ids in found.items()
        }

    def _times(self, kind: str) -> ByUnit:
        """人次 of the activities of a kind in the year."""
        people: dict[str, int] = defaultdict(int)
        held: dict[str, set[str]] = defaultdict(set)
        for record, one in self._held(kind):
            unit = self._unit(record, one.unit or one.owner)
            people[unit] += one.people or 0
            held[unit].add(record)
        return {
            unit: Amount(count, behind=Behind(Activity, frozenset(held[unit])))
            for unit, count in people.items()
        }

    def _taking_part(self) -> ByUnit:
        """Of the 规模以上 those whose workers took part in what T1 to T3 count (T4)."""
        there = {one.enterprise for _, one in self._held(*_TAKING_PART) if one.enterprise}
        large: dict[str, set[str]] = defaultdict(set)
        part: dict[str, set[str]] = defaultdict(set)
        for firm in firms(self.ground):
            if firm.above_scale and not firm.gone:
                large[firm.unit].add(firm.id)
                if there & set(firm.records):
                    part[firm.unit].add(firm.id)
        return {
            unit: Amount(
                0, len(part[unit]), len(ids), behind=Behind(Enterprise, frozenset(part[unit]))
            )
            for unit, ids in large.items()
        }

    def _held(self, *kinds: str) -> Iterator[tuple[str, Activity]]:
        """The activities of these kinds in the year."""
        for record, one in self._activities.items():
            if one.kind in kinds and self._in_year(one.held_on):
                yield record, one

    @cached_property
    def _activities(self) -> dict[str, Activity]:
        with self._office.store.read() as connection:
            return dict(states.parts(connection, Activity, _ACTIVITY))

    def _reemployed(self) -> ByUnit:
        def whom(aid: Aid, person: str) -> Persons:
            helped = aid.type == "employment" and person in self._laid_off
            return (self._one(person),) if helped else ()

        return self._helped(whom)

    def _schooling(self) -> ByUnit:
        """The children: those the aid names, else those at school in the file, else one."""

        def whom(aid: Aid, person: str) -> Persons:
            return self._students.of(aid.students, self._one(person)) if _for_school(aid) else ()

        return self._helped(whom)

    def _relief(self) -> ByUnit:
        helped = self._helped(
            lambda aid, person: (self._one(person),) if aid.type in ("living", "medical") else ()
        )
        filed: dict[str, set[str]] = defaultdict(set)
        for record, one in self.ground.persons.items():
            unit = self._unit(record, one.unit)
            filed[unit].add(self._one(record))
        nobody = Amount(behind=Behind(Aid, frozenset()))
        told = {unit: helped.get(unit, nobody) for unit in filed}
        return {
            unit: Amount.persons(
                told[unit].of & persons, told[unit].behind or Behind(Aid, frozenset()), persons
            )
            for unit, persons in filed.items()
        }

    def _helped(self, whom: Callable[[Aid, str], Persons]) -> ByUnit:
        """Whom aid of the year reached, each once; `whom` says it of an aid and its person."""
        persons: dict[str, set[str]] = defaultdict(set)
        aids: dict[str, set[str]] = defaultdict(set)
        for record, aid, person in self._given():
            if found := whom(aid, person):
                unit = self._unit(record, aid.unit)
                persons[unit].update(found)
                aids[unit].add(record)
        return {
            unit: Amount.persons(reached, Behind(Aid, frozenset(aids[unit])))
            for unit, reached in persons.items()
        }

    def _enterprises_visited(self) -> ByUnit:
        found: dict[str, set[str]] = defaultdict(set)
        for record, visit in self._directory.ground.campaign_visits.items():
            firm = self._directory.firm_of.get(visit.enterprise)
            if firm is not None:
                found[self._directory.ground.row_of_visit(record)].add(firm.id)
        return {
            unit: Amount.persons(ids, Behind(Enterprise, frozenset(ids)))
            for unit, ids in found.items()
        }

    def _workers_met(self) -> ByUnit:
        met: dict[str, int] = defaultdict(int)
        visits: dict[str, set[str]] = defaultdict(set)
        for record, visit in self._directory.ground.campaign_visits.items():
            if visit.workers_met:
                unit = self._directory.ground.row_of_visit(record)
                met[unit] += visit.workers_met
                visits[unit].add(record)
        return {
            unit: Amount(count, behind=Behind(Visit, frozenset(visits[unit])))
            for unit, count in met.items()
        }

    @cached_property
    def _students(self) -> Students:
        """The families of those who had aid for schooling."""
        helped = {self._one(person) for _, aid, person in self._given() if _for_school(aid)}
        files = [record for record in self.ground.persons if self._one(record) in helped]
        with self._office.store.read() as connection:
            found = states.cells(connection, Person, ("family",), files)
        return Students(
            (self._one(record), convert(file["family"] or (), readable(tuple[FamilyMember, ...])))
            for record, file in found.items()
        )

    def _given(self) -> Iterator[tuple[str, Aid, str]]:
        """The aid of the year with its record and whom it was given to."""
        cases = self.ground.cases
        for record, aid in self._aids.items():
            case = cases.get(aid.case)
            person = aid.person or (case.person if case else "")
            if person and self._in_year(aid.given_on):
                yield record, aid, person

    def _one(self, person: str) -> str:
        """The record that stands for a person, whom two offices may have filed."""
        return self.ground.same_person.one(person)

    def _unit(self, record: str, unit: str) -> str:
        return self.ground.reporting_unit(self.ground.filed_by(record, unit))


def _for_school(aid: Aid) -> bool:
    return aid.type == "schooling" or aid.programme == "autumn"


_MEMBERS = ("units", "areas", "enterprises", "persons", "cases", "links")
_TAKING_PART = ("innovation", "skills", "suggestions")
_ACTIVITY = ("number", "unit", "owner", "kind", "held_on", "enterprise", "people")
_AID = ("number", "unit", "owner", "case", "person", "given_on", "type", "programme", "students")
