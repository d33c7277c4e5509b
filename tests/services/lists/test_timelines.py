"""经过: one line of time for a unit and for a household."""

from __future__ import annotations

import datetime as dt

from app.domain.records import Aid, Case, Demand, Document, Enterprise, Person, Reporter, Visit
from app.services.lists import timelines
from app.services.office.office import Office
from app.services.records import saving, voiding
from tests.services.offices import save_visit


def test_a_household_is_told_from_its_file_to_the_last_gift(county: Office) -> None:
    typed = {"name": "试用人", "resident_id": "11010519491231002X", "filed_on": "2011-07-12"}
    person = saving.save(county, Person, typed)
    case = saving.save(
        county, Case, {"person": person.id, "types": "生活帮扶", "found_on": "2011-07-13"}
    )
    for day, money in (("2011-07-14", "1000"), ("2011-07-20", "500.50")):
        given = {"case": case.id, "given_on": day, "type": "生活帮扶", "money": money}
        saving.save(county, Aid, given)
    line = timelines.timeline(county, Person, person.id)
    assert [(f.label, f.value) for f in line.figures][:2] == [
        ("累计帮扶", "1,500.50"),
        ("次数", "2"),
    ]
    assert [(e.title, e.day) for e in line.events] == [
        ("帮扶记录", dt.date(2011, 7, 20)),
        ("帮扶记录", dt.date(2011, 7, 14)),
        ("帮扶事项", dt.date(2011, 7, 13)),
        ("建档", dt.date(2011, 7, 12)),
    ]
    assert line.events[0].words == "生活帮扶，500.50元"
    assert line.events[2].record == case.id


def test_a_unit_is_told_by_its_visits_and_what_they_brought_home(county: Office) -> None:
    visit = save_visit(county)
    record = visit.state.record
    demand = {"visit": visit.id, "raised_on": "2011-07-20", "category": "就业", "content": "路远"}
    saving.save(county, Demand, demand)
    line = timelines.timeline(county, Enterprise, record.enterprise)  # type: ignore[attr-defined]
    assert {event.title for event in line.events} == {"走访登记", "意见诉求"}
    assert [event.words for event in timelines.timeline(county, Visit, visit.id).events] == [
        "就业，路远"
    ]


def test_what_was_taken_back_is_not_told(county: Office) -> None:
    visit = save_visit(county)
    demand = {"visit": visit.id, "raised_on": "2011-07-20", "category": "就业", "content": "路远"}
    saved = saving.save(county, Demand, demand)
    voiding.void(county, Demand, saved.id, "录重了")
    assert timelines.timeline(county, Visit, visit.id).events == ()


def test_of_a_reporter_it_is_told_what_was_sent_and_adopted(county: Office) -> None:
    """R69, R75: counts submitted and adopted, by 信息员."""
    typed = {"name": "程学铭", "department": "办公室", "serves_from": "2011-01-01"}
    reporter = saving.save(county, Reporter, typed).id
    news: dict[str, object] = {"kind": "news", "dated": "2011-07-20", "reporter": reporter}
    outcomes: tuple[dict[str, str], ...] = (
        {},
        {"submitted_on": "2011-07-20"},
        {"outcome": "采用"},
        {"outcome": "退回"},
    )
    for n, more in enumerate(outcomes):
        saving.save(county, Document, {**news, "title": f"信息{n}", **more})
    seen = timelines.timeline(county, Reporter, reporter)
    told = {one.label: one.value for one in seen.figures}
    assert told == {"撰写": "4", "报送": "3", "采用": "1", "退回": "1"}
    first = saving.listing(county, Document)[0].record
    assert first.author == "程学铭"
