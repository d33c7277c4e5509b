"""What is kept up over saves, merges, their undoing, decisions and corrections is what is true."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from app.domain.records import Person, Visit
from app.services.deciding import doubles
from app.services.figures import possible_doubles
from app.services.figures.possible_doubles import Candidates, PairView
from app.services.office.office import Office
from app.services.receiving import package_undo
from app.services.records import saving
from app.services.reviewing import reviews
from app.services.reviewing.reviews import Correction
from tests.domain.doubles.comparing import number
from tests.services.offices import SetClock, deliver, save_visit

PERSON = {
    "name": "沈大山",
    "resident_id": "110101199003077774",
    "consent_on": "2011-07-01",
    "telephone": "13900000000",
}

OTHER = number("11010119560308042")


def kept_up(office: Office) -> Candidates:
    """What is found, after what was kept and from nothing alike."""
    seen = possible_doubles.duplicates(office)
    kept = office.remembered.pop("doubles")
    assert possible_doubles.duplicates(office) == seen
    office.remembered["doubles"] = kept
    return seen


def kinds(office: Office) -> list[str]:
    return sorted(one.kind for one in kept_up(office).open)


def persons(office: Office) -> list[PairView]:
    return [one for one in kept_up(office).open if one.kind == "person"]


def test_every_change_of_the_store_is_followed(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    saving.save(county, Person, PERSON)
    visit = save_visit(county, enterprise_name="沙湾沫若竹器厂").state.id
    deliver(county, city, tmp_path / "a")
    assert kinds(city) == []

    saving.save(second_county, Person, {**PERSON, "name": "沈大杉"})
    accounts = deliver(second_county, city, tmp_path / "b")
    account = next(one for one in accounts if one.kind == "submission")
    assert kinds(city) == ["person"]
    package_undo.undo(city, account.package)
    assert kinds(city) == []
    package_undo.merge_again(city, account.package)
    assert kinds(city) == ["person"]

    (pair,) = kept_up(city).open
    done = doubles.decide(city, [pair], same=False, reason="问过")
    assert "person" not in kinds(city)
    doubles.take_back(city, done.links)
    assert kinds(city) == ["person"]

    save_visit(city, enterprise_name="沫若竹器有限公司", opinions="另说一件事。", leaders="王主任")
    assert "visit" in kinds(city)
    said = Correction("2011-08-30", "李经办", dt.date(2011, 9, 1))
    reviews.propose(city, Visit, visit, {"visited_on": said})
    assert "visit" not in kinds(city)


def test_a_pair_comes_back_when_what_was_compared_of_it_changes(
    city: Office, county: Office, second_county: Office, tmp_path: Path, clock: SetClock
) -> None:
    mine = saving.save(county, Person, PERSON).state.id
    saving.save(second_county, Person, {**PERSON, "name": "沈大杉"})
    deliver(county, city, tmp_path / "a")
    deliver(second_county, city, tmp_path / "b")
    (pair,) = persons(city)
    doubles.decide(city, [pair], same=False, reason="问过")
    assert persons(city) == []

    saving.save(county, Person, {**PERSON, "remarks": "住院"}, record=mine)
    deliver(county, city, tmp_path / "c")
    assert persons(city) == []

    moved = {**PERSON, "telephone": "13900000001", "remarks": "住院"}
    saving.save(county, Person, moved, record=mine)
    deliver(county, city, tmp_path / "d")
    (again,) = persons(city)
    assert again.before.endswith("认定为“不是”，之后改过手机号码。")

    possible_doubles.remember(city)
    assert again in possible_doubles.strong_ones(city)
    clock.forward(days=1)
    doubles.decide(city, [again], same=False, reason="又问过")
    assert persons(city) == []
    assert again not in possible_doubles.strong_ones(city)
    doubles.take_back(city)
    assert persons(city) == [again]


def test_one_that_was_said_to_be_the_same_is_asked_again_only_when_little_speaks_for_it(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    mine = saving.save(county, Person, PERSON).state.id
    saving.save(second_county, Person, PERSON)
    deliver(county, city, tmp_path / "a")
    deliver(second_county, city, tmp_path / "b")
    doubles.decide(city, kept_up(city).open, same=True, reason="问过")

    saving.save(county, Person, {**PERSON, "telephone": "13900000001"}, record=mine)
    deliver(county, city, tmp_path / "c")
    assert kept_up(city).open == ()

    other = {**PERSON, "resident_id": OTHER, "telephone": "13900000001"}
    saving.save(county, Person, other, record=mine)
    deliver(county, city, tmp_path / "d")
    (again,) = kept_up(city).open
    assert (again.strength, again.against) == ("低", ("身份证号不同。",))
    assert "身份证号" in again.before
    assert kept_up(city).settled == ()
