"""Before a record is 作废 it is said what hangs on it."""

from __future__ import annotations

from app.domain.records import Case, Demand, Enterprise, Person, Visit
from app.services.lists.hanging import hanging, in_words
from app.services.office.office import Office
from app.services.records import saving, voiding
from tests.services.offices import record_of, save_visit


def test_what_came_of_a_visit_is_counted(county: Office) -> None:
    visit = save_visit(county)
    assert in_words(hanging(county, Visit, visit.id)) == ""

    demand = {
        "visit": visit.id,
        "content": "班车不便。",
        "category": "life",
        "raised_on": "2011-07-20",
    }
    gone = saving.save(county, Demand, demand)
    saving.save(county, Demand, demand | {"content": "食堂太贵。"})
    voiding.void(county, Demand, gone.id, "录重了")
    person = saving.save(county, Person, {"name": "刘勇", "resident_id": "11010519491231002X"})
    case = {"person": person.id, "visit": visit.id, "types": "生活救助", "found_on": "2011-07-20"}
    saving.save(county, Case, case)

    found = hanging(county, Visit, visit.id)
    assert found == {Demand: 1, Case: 1}
    assert in_words(found).startswith("还有1条意见诉求、1条帮扶事项连着它")
    unit = record_of(county, "visit", visit.id).enterprise
    assert hanging(county, Enterprise, unit)[Visit] == 1
    assert hanging(county, Person, person.id) == {Case: 1}
