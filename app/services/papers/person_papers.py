"""On paper, of workers in difficulty: their files (档案表) and the 名册.

A file holds everything in full, which is logged (`reveals`) before it is printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.drawing.target import Out
from app.documents.people.person_sheet import PersonSheet, person_sheets
from app.documents.people.roster import Registered, Roster, roster
from app.domain.checking.income import monthly_per_head
from app.domain.codes import DISTRESS_CAUSE, SEX
from app.domain.kernel.fields import fields_of, value_of
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Person
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.papers import aid_choice
from app.services.records.reveals import note
from app.services.records.saving import find_one
from app.services.records.units import name_of
from database.log import revisions
from database.state.states import State
from database.store.engine import Connection

FILES_BECAUSE = "打印困难职工档案表"
"""The reason kept in the log where the person at work gives no other."""


@needs("print")
def print_person_sheets(
    office: Office,
    out: Out,
    *,
    persons: Sequence[str] | None = None,
    blank: bool = False,
    qr: bool = True,
    why: str = FILES_BECAUSE,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print the 档案表 of these persons (ids or 编号; None: all not 作废), or one blank form.

    They hold everything in full, so each is logged as seen, with `why`. Returns the pages.
    Raises `UserError` NOT_FOUND, NOTHING_TO_PRINT, WHY;
    `EnvironmentProblem`, `Cancelled`.
    """
    with office.store.read() as connection:
        found = [] if blank else _files(connection, persons)
        own = name_of(connection, office.identity.station)
        sheets = [_sheet(connection, state) for state in found]
    if blank:
        sheets = [PersonSheet(unit=own)]
    aid_choice.require_some(sheets, "困难职工档案")
    if found:
        _log(office, {state.id: _sensitive(state.record) for state in found}, why)
    return person_sheets(sheets, out, qr=qr, progress=progress, cancel=cancel)


def _files(connection: Connection, wanted: Sequence[str] | None) -> list[State[Person]]:
    """A file that is 作废 may still be printed; its footer says so."""
    if wanted is None:
        return aid_choice.persons(connection, None)
    return [find_one(connection, Person, key) for key in wanted]


def _sheet(connection: Connection, state: State[Person]) -> PersonSheet:
    person = state.record
    cases, aids = aid_choice.helped_with(connection, state.id)
    return PersonSheet(
        person=person,
        unit=name_of(connection, person.unit or person.owner),
        enterprise=aid_choice.workplaces(connection, [state])[state.id],
        area=aid_choice.area_name(connection, person.registered_area),
        cases=cases,
        aids=aids,
        record_id=state.id,
        version=len(revisions.of_record(connection, state.id, status="live")),
        h=state.h,
        void=state.void,
    )


def _sensitive(person: Person) -> tuple[str, ...]:
    """The fields of a file that a mask hides elsewhere, those that are filled in."""
    return tuple(
        spec.name
        for spec in fields_of(Person)
        if (spec.field.sensitive or any(column.field.sensitive for column in spec.columns))
        and value_of(person, spec.name)
    )


def _log(office: Office, seen: dict[str, tuple[str, ...]], why: str) -> None:
    with office.store.write() as connection:
        note(office, connection, Person, seen, why)


@needs("print")
def print_roster(
    office: Office,
    out: Out,
    *,
    persons: Sequence[str] | None = None,
    unit: str = "",
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print the 名册 of these persons (ids or 编号; None: all not 作废), ID numbers masked.

    `unit` is a station whose persons alone are listed. Raises as `print_person_sheets`, VOIDED.
    """
    with office.store.read() as connection:
        found = aid_choice.persons(connection, persons, unit)
        places = aid_choice.workplaces(connection, found)
        content = Roster(
            office=name_of(connection, unit or office.identity.station),
            clerk=aid_choice.clerk(connection, office),
            made_on=office.today(),
            persons=tuple(_registered(state.record, places[state.id]) for state in found),
        )
    aid_choice.require_some(content.persons, "困难职工档案")
    return roster(content, out, progress=progress, cancel=cancel)


def _registered(person: Person, workplace: str) -> Registered:
    return Registered(
        number=person.number,
        name=person.name,
        sex=SEX.label_of(person.sex),
        resident_id=person.resident_id,
        workplace=workplace,
        distress_class=aid_choice.class_of(person),
        cause=DISTRESS_CAUSE.label_of(person.main_cause),
        household_size=person.household_size,
        per_head=monthly_per_head(person),
        filed_on=person.filed_on,
    )
