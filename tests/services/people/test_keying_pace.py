"""录入情况: an office sees for itself how quickly it keys and how much it corrects."""

from __future__ import annotations

from app.domain.records import Enterprise, Visit
from app.services.office.office import Office
from app.services.people.keying_pace import keying_pace
from app.services.records import saving
from tests.services.offices import SetClock, save_visit


def test_what_was_keyed_in_how_long(county: Office, clock: SetClock) -> None:
    for number in range(4):
        save_visit(county, enterprise_name=f"第{number}砖厂")
        clock.forward(minutes=3)
    clock.forward(hours=2)
    save_visit(county, enterprise_name="午后砖厂")

    (pace,) = keying_pace(county)

    assert (pace.records, pace.seconds) == (5, (2 + 3 * 3 + 2) * 60)
    assert pace.an_hour == 23
    assert pace.corrected == 0


def test_a_record_corrected_twice_counts_once(county: Office) -> None:
    visit = save_visit(county)
    save_visit(county, enterprise_name="五通桥盐厂")
    for opinions in ("改过一次", "又改一次"):
        saving.save(county, Visit, {"opinions": opinions}, record=visit.id)
    assert [pace.corrected for pace in keying_pace(county)] == [1]


def test_what_was_not_keyed_from_paper_is_not_counted(county: Office) -> None:
    saving.save(county, Enterprise, {"name": "福禄砖厂"})
    assert keying_pace(county) == ()


def test_what_lies_long_back_is_not_counted(county: Office, clock: SetClock) -> None:
    save_visit(county)
    clock.set(2011, 10, 1)
    assert keying_pace(county) == ()
