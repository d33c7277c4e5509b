"""Workers in difficulty and what they were given, chosen for a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.domain.codes import DISTRESS_CLASS
from app.domain.codes.person import OF_OLD
from app.domain.kernel.errors import UserError
from app.domain.records import Aid, Area, Case, Enterprise, Operator, Person, Record
from app.domain.records.told import title_of
from app.services.office.office import Office
from app.services.records.saving import find_one
from database.log import revisions
from database.state import states
from database.state.filters import Filter, among, equal, live, owned_by, since, until
from database.state.states import State
from database.store.engine import Connection

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class AidChoice:
    """Which 帮扶记录: these (ids or 编号), or all that meet what is said.

    `cases` are ids or 编号 of 帮扶事项, `since` and `until` days of 帮扶 (both included),
    `type` and `programme` codes of 帮扶类型 and 四季送, `unit` a station.
    """

    aids: Sequence[str] | None = None
    cases: Sequence[str] | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    type: str = ""
    programme: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A 帮扶记录 and whom it was given to; the person is empty where no file is known here."""

    aid: Aid
    person: Person
    person_id: str
    workplace: str


def persons(
    connection: Connection, wanted: Sequence[str] | None, unit: str = ""
) -> list[State[Person]]:
    """These files (ids or 编号, as asked for), or all that are not 作废, of one unit or of all.

    Raises `UserError` NOT_FOUND, and VOIDED for one asked for that is 作废.
    """
    if wanted is not None:
        return [_in_force(connection, Person, key) for key in wanted]
    return states.find(connection, Person, live(), *_of_unit(unit))


def _in_force(connection: Connection, record_type: type[R], key: str) -> State[R]:
    state = find_one(connection, record_type, key)
    if state.void:
        raise UserError(
            "VOIDED",
            f"“{state.record.number}”已经作废，不能列入名单。",
            remedy="请把它从选择中去掉。",
        )
    return state


def _of_unit(unit: str) -> list[Filter]:
    return [equal("unit", unit) | owned_by(unit)] if unit else []


def aids(connection: Connection, choice: AidChoice) -> list[Given]:
    """The chosen 帮扶记录 with their persons, by day; those asked for by name as asked for.

    Raises `UserError` NOT_FOUND, VOIDED.
    """
    if choice.aids is not None:
        found = [_in_force(connection, Aid, key) for key in choice.aids]
    else:
        found = states.find(
            connection, Aid, *_conditions(connection, choice), order=("given_on", "number", "id")
        )
    return list(_with_persons(connection, [state.record for state in found]))


def _conditions(connection: Connection, choice: AidChoice) -> Iterator[Filter]:
    yield live()
    yield from _of_unit(choice.unit)
    if choice.type:
        yield equal("type", choice.type)
    if choice.programme:
        yield equal("programme", choice.programme)
    if choice.since:
        yield since("given_on", choice.since)
    if choice.until:
        yield until("given_on", choice.until)
    if choice.cases is not None:
        yield among("case", [find_one(connection, Case, key).id for key in choice.cases])


def _with_persons(connection: Connection, found: Sequence[Aid]) -> Iterator[Given]:
    cases = _by_id(connection, Case, (aid.case for aid in found if not aid.person))
    owners = [aid.person or _person_of(cases.get(aid.case)) for aid in found]
    known = _by_id(connection, Person, owners)
    places = workplaces(connection, known.values())
    for aid, owner in zip(found, owners, strict=True):
        state = known.get(owner)
        person = state.record if state else Person()
        yield Given(aid, person, owner if state else "", places.get(owner, ""))


def _person_of(case: State[Case] | None) -> str:
    return case.record.person if case else ""


def _by_id(connection: Connection, record_type: type[R], ids: Iterable[str]) -> dict[str, State[R]]:
    wanted = [record for record in dict.fromkeys(ids) if record]
    return {
        state.id: state
        for chunk in revisions.chunks(wanted)
        for state in states.find(connection, record_type, among("id", chunk))
    }


def workplaces(connection: Connection, found: Iterable[State[Person]]) -> Mapping[str, str]:
    """Where each of these persons works: as typed, else by the link to 单位名录."""
    people = {state.id: state.record for state in found}
    linked = (person.enterprise for person in people.values() if not person.workplace)
    enterprises = _by_id(connection, Enterprise, linked)
    return {
        record: person.workplace or _name(enterprises.get(person.enterprise))
        for record, person in people.items()
    }


def _name(state: State[Record] | None) -> str:
    return title_of(state.record) if state else ""


def helped_with(connection: Connection, person: str) -> tuple[tuple[Case, ...], tuple[Aid, ...]]:
    """The 帮扶事项 and 帮扶记录 of a person that are not 作废, each by day."""
    mine = states.find(
        connection,
        Case,
        live(),
        equal("person", person),
        order=("found_on", "number", "id"),
    )
    given = states.find(
        connection,
        Aid,
        live(),
        equal("person", person) | among("case", [case.id for case in mine]),
        order=("given_on", "number", "id"),
    )
    return (
        tuple(state.record for state in mine),
        tuple(state.record for state in given),
    )


def area_name(connection: Connection, code: str) -> str:
    """A place with its county in front: 沙湾区沙湾镇; the code where it is not known."""
    state = states.of_code(connection, Area, code) if code else None
    if state is None:
        return code
    county = states.of_code(connection, Area, state.record.county)
    return _name(county) + _name(state)


def refuse_withdrawn(people: Iterable[Person]) -> None:
    """Raise `UserError` CONSENT_WITHDRAWN when one of them took back the consent."""
    named = [person.number for person in people if person.consent_withdrawn_on]
    if named:
        raise UserError(
            "CONSENT_WITHDRAWN",
            f"{'、'.join(named[:5])}已撤回同意，不能公示。",
            remedy="请把他们从名单中去掉。",
        )


def require_some(found: Sequence[object], what: str) -> None:
    """Raise `UserError` NOTHING_TO_PRINT when nothing was found."""
    if not found:
        raise UserError("NOTHING_TO_PRINT", f"没有可以打印的{what}。")


def class_of(person: Person) -> str:
    """The 困难类别 as it stands on paper."""
    return DISTRESS_CLASS.label_of(person.distress_class).removesuffix(OF_OLD)


def clerk(connection: Connection, office: Office) -> str:
    """Who fills the list in: the operator at work."""
    return _name(states.get(connection, Operator, office.operator))
