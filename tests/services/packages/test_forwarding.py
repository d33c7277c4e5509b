"""A township's package goes on through its county to the city, untouched (package format §1)."""

from __future__ import annotations

from pathlib import Path

from app.domain.records import Enterprise
from app.services.office.office import Office
from app.services.records import saving
from app.services.reviewing import answers
from tests.services.offices import (
    COUNTY,
    SetClock,
    carry,
    enrol,
    found_below,
    record_of,
    save_visit,
    send,
)

TOWNSHIP = "511111101"


def test_the_county_passes_the_townships_file_on_under_its_own_name(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    township = found_below(city, tmp_path / TOWNSHIP, TOWNSHIP, clock, role="township")
    carry(county, enrol(city, township))
    visit = save_visit(township)
    sealed = send(township, tmp_path / "to the county")
    carry(county, sealed)

    save_visit(county, enterprise_name="沙湾水泥厂")
    stick = send(county, tmp_path / "to the city")
    passed_on = [file for file in stick if file.name == sealed[-1].name]
    assert [file.read_bytes() for file in passed_on] == [sealed[-1].read_bytes()]
    assert len(stick) == len({file.name for file in stick})

    accounts = carry(city, stick)
    assert {account.state for account in accounts} <= {"merged", "recorded", "duplicate"}
    assert record_of(city, "visit", visit.number).owner == TOWNSHIP

    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    save_visit(county, enterprise_name="沙湾陶瓷厂")
    assert not [f for f in send(county, tmp_path / "next") if f.name == sealed[-1].name]
    township.close()


def test_the_county_passes_on_what_the_city_gave_out_until_the_township_has_it(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    township = found_below(city, tmp_path / TOWNSHIP, TOWNSHIP, clock, role="township")
    carry(county, enrol(city, township))
    saving.save(city, Enterprise, {"name": "新办的市属企业", "affiliation": "市属以上"})
    carry(county, answers.answer(city, COUNTY, tmp_path / "to the county").files)

    down = answers.answer(county, TOWNSHIP, tmp_path / "to the township").files
    accounts = carry(township, down)
    assert {account.state for account in accounts} <= {"merged", "recorded", "duplicate"}
    assert "新办的市属企业" in {s.record.name for s in saving.listing(township, Enterprise)}

    save_visit(township)
    carry(county, send(township, tmp_path / "up"))
    again = answers.answer(county, TOWNSHIP, tmp_path / "again").files
    assert not {file.name for file in again} & {f.name for f in down if "511100-" in f.name}
    township.close()
