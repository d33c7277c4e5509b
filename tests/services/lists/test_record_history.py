"""历史: what was changed, in words, and what nobody may read over a shoulder."""

from __future__ import annotations

from app.domain.records import Person, Visit
from app.services.lists import record_history
from app.services.office.office import Office
from app.services.records import saving, voiding
from tests.services.offices import save_visit


def test_a_correction_is_told_with_the_old_and_the_new_value(county: Office) -> None:
    visit = save_visit(county)
    saving.save(county, Visit, {"headcount": "999"}, record=visit.id)
    newest, first = record_history.told(county, Visit, visit.id)
    assert (newest.deed, newest.now, first.deed, first.now) == ("修改", True, "添加", False)
    (change,) = newest.changes
    assert (change.field, change.new) == ("headcount", "999人")
    assert change.old.endswith("人")


def test_a_void_is_told_with_its_reason(county: Office) -> None:
    visit = save_visit(county)
    voiding.void(county, Visit, visit.id, "录重了")
    newest = record_history.told(county, Visit, visit.id)[0]
    assert (newest.deed, newest.why, newest.changes) == ("作废", "录重了", ())


def test_an_id_number_is_masked_in_the_history(county: Office) -> None:
    typed = {"name": "试用人", "resident_id": "11010519491231002X"}
    person = saving.save(county, Person, typed)
    (entry,) = record_history.told(county, Person, person.id)
    told = {change.field: change.new for change in entry.changes}
    assert told["resident_id"] == "110105**********2X"
    assert told["sex"] == "女"
