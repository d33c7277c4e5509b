"""首页: a county opens the program in the morning and sees what waits."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from app.services import answering, backup, drafts, records, reviewing
from app.services.office import Office
from app.services.today import Waiting, today
from tests.services.offices import COUNTY, SetClock, carry, deliver, save_visit


def waiting(office: Office) -> dict[str, Waiting]:
    return {one.name: one for one in today(office).waiting}


def test_a_new_office_has_a_date_and_nothing_of_its_own_to_do(county: Office) -> None:
    seen = today(county)
    assert seen.deadline is not None
    assert seen.deadline.days == (seen.deadline.due - dt.date(2011, 7, 21)).days
    assert seen.deadline.days > 0
    assert seen.phases
    assert seen.backup is None
    assert not {"drafts", "return", "propose", "hazards", "demands"} & set(waiting(county))


def test_a_hazard_waits_until_both_are_told(county: Office) -> None:
    typed = {
        "nature": "欠薪", "level": "一般", "description": "两个月没有发工资",
        "found_at": "2011-07-20 08:00",
    }  # fmt: skip
    saved = records.save(county, "hazard", typed)
    seen = waiting(county)["hazards"]
    assert (seen.count, seen.due, seen.page) == (1, dt.date(2011, 7, 20), "hazards")
    told = {"reported_to_party": "是", "reported_to_union": "是", "reported_at": "2011-07-20 10:00"}
    records.save(county, "hazard", told, record=saved.id)
    assert "hazards" not in waiting(county)


def test_what_the_city_said_on_the_telephone_waits_to_be_adopted(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    clock.forward(hours=1)
    said = {"headcount": reviewing.Correction(1300, "李主任", dt.date(2011, 7, 21))}
    reviewing.propose(city, "visit", visit.id, said)
    reviewing.send_back(city, "visit", visit.id, {"leaders": "是哪两位？"})
    carry(county, answering.answer(city, COUNTY, tmp_path / "down").files)
    seen = waiting(county)
    assert (seen["propose"].count, seen["return"].count) == (1, 1)
    assert "sent" not in seen


def test_what_is_half_typed_and_what_is_unsent_is_counted(county: Office) -> None:
    drafts.save(county, "visit", {"leaders": "李"})
    save_visit(county)
    seen = waiting(county)
    assert (seen["drafts"].count, seen["drafts"].page) == (1, "visits")
    assert seen["drafts"].note == "最早一条 07-21"
    assert seen["unsent"].page == "submit"
    assert seen["unsent"].count >= 1


def test_what_was_sent_waits_for_its_receipt(county: Office, city: Office, tmp_path: Path) -> None:
    save_visit(county)
    deliver(county, city, tmp_path / "stick")
    seen = waiting(county)
    assert seen["sent"].count == 1
    assert "unsent" not in seen
    assert not {"sent", "unsent"} & set(waiting(city))


def test_an_overdue_demand_comes_first_until_it_is_closed(county: Office) -> None:
    typed = {
        "raised_on": "2011-07-02", "category": "生活", "content": "班车", "due": "2011-07-15",
    }  # fmt: skip
    drafts.save(county, "visit", {"leaders": "李"})
    saved = records.save(county, "demand", typed)
    first = today(county).waiting[0]
    assert (first.name, first.count, first.due) == ("demands", 1, dt.date(2011, 7, 15))
    records.void(county, "demand", saved.state.id, "重复登记")
    assert "demands" not in waiting(county)


def test_a_backup_is_remembered(county: Office, tmp_path: Path) -> None:
    made = backup.back_up(county, tmp_path)
    kept = today(county).backup
    assert kept is not None
    assert kept.file == made.file.name
