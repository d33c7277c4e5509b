"""Who keyed a sensitive value has it open for the day; nobody else, and not after proofreading."""

from __future__ import annotations

import dataclasses

from app.domain.records import Person
from app.services.lists import record_sheet
from app.services.office.office import Office
from app.services.records import proofreading, saving
from tests.services.offices import SetClock

PERSON = {"name": "试用人", "resident_id": "11010519491231002X"}
FAMILY = [{"name": "甲", "relation": "10", "health": "10"}]


def keyed(office: Office, key: str) -> frozenset[str]:
    return record_sheet.opened(office, Person, key).keyed


def test_what_was_keyed_today_stands_open_until_tomorrow(county: Office, clock: SetClock) -> None:
    saved = saving.save(county, Person, PERSON)
    assert {"resident_id", "name"} <= keyed(county, saved.id)
    clock.forward(days=1)
    assert not keyed(county, saved.id)
    saving.save(county, Person, {"telephone": "13800000000"}, record=saved.id)
    assert keyed(county, saved.id) == {"telephone"}, "the number was keyed yesterday"


def test_it_is_open_to_nobody_else(county: Office) -> None:
    saved = saving.save(county, Person, PERSON)
    other = dataclasses.replace(county, operator="somebody-else")
    assert not keyed(other, saved.id)


def test_proofreading_closes_it(county: Office) -> None:
    saved = saving.save(county, Person, PERSON)
    proofreading.tick(county, Person, saved.id, saved.state.h)
    assert not keyed(county, saved.id)


def test_rows_added_to_those_of_others_open_nothing(county: Office, clock: SetClock) -> None:
    saved = saving.save(county, Person, {**PERSON, "family": FAMILY})
    assert "family" in keyed(county, saved.id)
    clock.forward(days=1)
    more = [*FAMILY, {"name": "乙", "relation": "20"}]
    saving.save(county, Person, {"family": more}, record=saved.id)
    assert "family" not in keyed(county, saved.id)
