"""What a visit says of its unit reaches 单位名录, and is taken back with its source."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from app.domain.records import Enterprise, Visit
from app.services.figures.coverage import coverage
from app.services.office.office import Office
from app.services.records import record_versions, saving, voiding
from app.services.reviewing import reviews
from app.services.reviewing.reviews import Correction
from tests.services.offices import SetClock, deliver, record_of

NAME = "沫若水泥厂"
FORM: dict[str, Any] = {
    "leaders": "王琦",
    "enterprise_name": NAME,
    "headcount": "12345",
    "opinions": "无",
    "visited_on": "2011-07-20",
}


def visited(office: Office, **typed: Any) -> str:
    return saving.save(office, Visit, FORM | typed).id


def listed(office: Office, name: str = NAME) -> tuple[int | None, str]:
    """职工人数 and 截至日期 in 单位名录."""
    (unit,) = [s.record for s in saving.listing(office, Enterprise) if s.record.name == name]
    return unit.headcount, str(unit.headcount_on or "")


def counted(office: Office, name: str = NAME) -> str:
    """Why a unit counts in 工会干部走访覆盖, or does not."""
    cadres = coverage(office, "2011-36").figures[0]
    (item,) = [one for one in cadres.items if one.name == name]
    return item.why


def test_a_corrected_visit_corrects_its_unit(county: Office) -> None:
    visit = visited(county)
    assert listed(county) == (12345, "2011-07-20")
    assert "12345" in counted(county)

    saving.save(county, Visit, {"headcount": "1234"}, record=visit)

    assert listed(county) == (1234, "2011-07-20")
    assert "1234 人" in counted(county)
    assert "12345" not in counted(county)


def test_a_corrected_day_corrects_the_day_of_the_number(county: Office, clock: SetClock) -> None:
    clock.set(2012, 8, 1)
    visit = visited(county, visited_on="2012-07-20", campaign="2012-55")
    assert listed(county) == (12345, "2012-07-20")
    saving.save(county, Visit, {"visited_on": "2011-07-20"}, record=visit)
    assert listed(county) == (12345, "2011-07-20")


def test_the_newest_word_holds_in_whatever_order_it_is_keyed(county: Office) -> None:
    visited(county, headcount="300", visited_on="2011-07-18")
    visited(county, headcount="320", visited_on="2011-07-20")
    assert listed(county) == (320, "2011-07-20")
    visited(county, headcount="310", visited_on="2011-07-19")
    assert listed(county) == (320, "2011-07-20")


def test_a_visit_taken_back_takes_its_word_with_it(county: Office) -> None:
    visited(county, headcount="300", visited_on="2011-07-18")
    wrong = visited(county, headcount="3000", visited_on="2011-07-20")
    assert listed(county) == (3000, "2011-07-20")

    voiding.void(county, Visit, wrong, "录重了")
    assert listed(county) == (300, "2011-07-18")

    first = record_versions.history(county, Visit, wrong)[0]
    voiding.bring_back(county, Visit, wrong, first.h, "没有录重")
    assert listed(county) == (3000, "2011-07-20")


def test_the_only_visit_taken_back_leaves_nothing(county: Office) -> None:
    voiding.void(county, Visit, visited(county), "不是这家")
    assert listed(county) == (None, "")


def test_what_was_entered_in_the_list_itself_comes_back(county: Office) -> None:
    known = {"name": NAME, "headcount": "500", "headcount_on": "2011-01-31"}
    saving.save(county, Enterprise, known)
    wrong = visited(county)
    assert listed(county) == (12345, "2011-07-20")
    saving.save(county, Visit, {"headcount": "1234"}, record=wrong)
    assert listed(county) == (1234, "2011-07-20")

    voiding.void(county, Visit, wrong, "不是这家")
    assert listed(county) == (500, "2011-01-31")


def test_a_newer_word_of_the_list_stays(county: Office) -> None:
    visit = visited(county)
    (unit,) = [s.id for s in saving.listing(county, Enterprise) if s.record.name == NAME]
    newer = {"headcount": "600", "headcount_on": "2011-07-21"}
    saving.save(county, Enterprise, newer, record=unit)
    saving.save(county, Visit, {"headcount": "1234"}, record=visit)
    assert listed(county) == (600, "2011-07-21")


def test_a_number_changed_by_hand_is_of_today(county: Office) -> None:
    visited(county)
    (unit,) = [s.id for s in saving.listing(county, Enterprise) if s.record.name == NAME]
    saving.save(county, Enterprise, {"headcount": "600"}, record=unit)
    assert listed(county) == (600, "2011-07-21")


def test_a_visit_that_names_another_unit_leaves_the_first(county: Office) -> None:
    visit = visited(county)
    saving.save(county, Visit, {"enterprise_name": "远大纺织厂"}, record=visit)
    assert listed(county) == (None, "")
    assert listed(county, "远大纺织厂") == (12345, "2011-07-20")


def test_a_number_told_by_telephone_decides_coverage(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visit = visited(county)
    deliver(county, city, tmp_path / "stick")
    assert "12345" in counted(city)

    told = Correction("1234", "李四", dt.date(2011, 7, 21))
    reviews.propose(city, Visit, visit, {"headcount": told})

    assert "1234 人" in counted(city)
    assert "12345" not in counted(city)


def test_a_unit_of_the_citys_list_counts_by_what_the_visit_says(county: Office) -> None:
    name = "长征药业公司"
    visited(county, enterprise_name=name, headcount="210")
    assert listed(county, name) == (None, "")
    assert "210 人" in counted(county, name)


def test_a_place_told_at_a_visit_is_kept_where_none_is_known(county: Office) -> None:
    saving.save(county, Enterprise, {"name": NAME})
    visited(county, area="511111100")
    (unit,) = [s.record for s in saving.listing(county, Enterprise) if s.record.name == NAME]
    assert unit.area == "511111100"
    visited(county, area="511111101", visited_on="2011-07-19")
    assert record_of(county, "enterprise", unit.number).area == "511111100"


def test_saving_again_writes_no_second_version_of_the_unit(county: Office) -> None:
    visit = visited(county)
    (unit,) = [s.id for s in saving.listing(county, Enterprise) if s.record.name == NAME]
    saving.save(county, Visit, {"remarks": "改一下"}, record=visit)
    visited(county, visited_on="2011-07-19")
    assert len(record_versions.history(county, Enterprise, unit)) == 1
