"""看全号: every look at a sensitive value is written down before it is shown."""

from __future__ import annotations

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Person
from app.services.office.office import Office
from app.services.records import record_versions, saving
from app.services.records.reveals import reveal, revealed
from app.services.records.saving import Saved
from tests.services.offices import SetClock, reopened


def save_person(office: Office, name: str, resident_id: str) -> Saved:
    return saving.save(office, Person, {"name": name, "resident_id": resident_id})


@pytest.fixture
def person(county: Office) -> Saved:
    return save_person(county, "罗文", "511111198001010019")


def test_a_look_is_kept_with_who_when_and_why(
    county: Office, person: Saved, clock: SetClock
) -> None:
    reveal(county, Person, person.id, ["resident_id", "telephone"], "  核对身份证  ")
    clock.forward(minutes=5)
    reveal(county, Person, person.id, ["bank_card"], "打印汇款单")
    later, first = revealed(county, person.id)
    assert (later.fields, later.why) == (("bank_card",), "打印汇款单")
    assert (first.operator_name, first.at) == ("李经办", "2011-07-21T09:00:00+08:00")
    assert (first.type, first.record, first.number) == ("person", person.id, person.number)
    assert (first.fields, first.why) == (("resident_id", "telephone"), "核对身份证")


def test_the_log_outlives_the_program(county: Office, person: Saved, clock: SetClock) -> None:
    reveal(county, Person, person.id, ["resident_id"], "核对身份证")
    root = county.folder.root
    county.close()
    again = reopened(root, clock)
    assert [one.why for one in revealed(again)] == ["核对身份证"]
    again.close()


def test_the_log_of_one_record_is_its_own(county: Office, person: Saved) -> None:
    other = save_person(county, "鲁𬭎", "511111198203040021")
    reveal(county, Person, person.id, ["resident_id"], "甲")
    reveal(county, Person, other.id, ["resident_id"], "乙")
    assert [one.why for one in revealed(county, other.id)] == ["乙"]
    assert [one.why for one in revealed(county)] == ["乙", "甲"]


@pytest.mark.parametrize("why", ["", "  \n"])
def test_nobody_looks_without_a_reason(county: Office, person: Saved, why: str) -> None:
    with pytest.raises(UserError, match="原因") as caught:
        reveal(county, Person, person.id, ["resident_id"], why)
    assert caught.value.code == "WHY"
    assert revealed(county) == []


def test_what_is_not_there_cannot_be_seen(county: Office) -> None:
    with pytest.raises(UserError) as caught:
        reveal(county, Person, "沙湾-困2011-9999", ["resident_id"], "核对")
    assert caught.value.code == "NOT_FOUND"


def test_looking_changes_nothing_that_is_sent(county: Office, person: Saved) -> None:
    before = saving.show(county, Person, person.id)
    reveal(county, Person, person.id, ["resident_id"], "核对")
    assert saving.show(county, Person, person.id) == before
    assert len(record_versions.history(county, Person, person.id)) == 1
