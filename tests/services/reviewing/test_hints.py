"""提示: a county is told while it keys that others have a person or a unit, not whom or where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.checking.checks import Finding, Severity
from app.domain.doubles.hints import unpacked
from app.domain.records import Enterprise, Notice, Person, Visit
from app.services.backup.integrity import examine_store
from app.services.office.office import Office
from app.services.packages import sealing
from app.services.records import form_saving, saving, voiding
from app.services.records.append_revision import write
from app.services.records.checked_body import CheckFailed
from app.services.records.guard_marks import unanswered
from app.services.records.link_resolving import Links
from app.services.records.saving import Saved
from app.services.reporting import receipts
from app.services.reviewing import answers, pair_decisions
from database.state import states
from database.state.filters import live
from tests.services.offices import (
    SECOND_COUNTY,
    SetClock,
    carry,
    deliver,
    enrol,
    found_below,
    save_visit,
)

NUMBER, OTHER = "11010519491231002X", "110101199003077774"
SHAWAN, TOWNSHIP, BESIDE = "511111100", "511111101", "511111102"
FARMER: dict[str, Any] = {"name": "刘勇", "resident_id": NUMBER, "consent_on": "2011-07-01"}


@pytest.fixture
def other(city: Office, county: Office, clock: SetClock, tmp_path: Path) -> Iterator[Office]:
    office = found_below(city, tmp_path / SECOND_COUNTY, SECOND_COUNTY, clock)
    carry(county, enrol(city, office))
    yield office
    office.close()


def heard(city: Office, county: Office, stick: Path) -> receipts.Receipt:
    """The city's answer, taken in as a clerk does."""
    made = answers.answer(city, county.identity.station, stick)
    return receipts.take_receipts(county, made.files)


def held(office: Office) -> list[Notice]:
    with office.store.read() as connection:
        return [one.record for one in states.find(connection, Notice, live(), order=("id",))]


def keyed(office: Office, **typed: Any) -> Saved:
    """A file as the form saves it."""
    accept = typed.pop("accept", None)
    return form_saving.save(office, Person, office.new_id(), FARMER | typed, accept=accept)


def asked(office: Office, **typed: Any) -> dict[str, Finding]:
    """What the form asks before it saves a file, by code."""
    with pytest.raises(CheckFailed) as refused:
        keyed(office, **typed)
    return {finding.code: finding for finding in refused.value.findings}


def test_the_county_is_told_while_keying_that_another_has_the_person(
    city: Office, county: Office, other: Office, tmp_path: Path
) -> None:
    saving.save(other, Person, FARMER)
    deliver(other, city, tmp_path / "up")
    receipt = heard(city, county, tmp_path / "down")
    assert any("上级告知的 1 项有更新" in line for line in receipt.lines)

    found = asked(county)["G10"]

    assert (found.field, found.severity) == ("resident_id", Severity.ASK)
    assert found.sentence.startswith("另一单位已有此人")
    for word in ("五通桥", SECOND_COUNTY, "刘勇", NUMBER):
        assert word not in found.sentence + found.remedy + found.key
    assert "G10" in asked(county, resident_id="110105491231002"), "15 digits mean the same"
    assert keyed(county, resident_id=OTHER, name="王芳").findings == ()


def test_the_clerk_goes_on_with_a_reason_and_it_is_counted(
    city: Office, county: Office, other: Office, tmp_path: Path
) -> None:
    saving.save(other, Person, FARMER)
    deliver(other, city, tmp_path / "up")
    heard(city, county, tmp_path / "down")
    found = asked(county)["G10"]

    saved = keyed(county, accept={found.key: "问过市总，已迁来"})
    assert {f.code: f.accepted for f in saved.findings} == {"G10": "问过市总，已迁来"}
    assert _open(county) == 0
    left = saving.save(county, Person, {**FARMER, "resident_id": OTHER, "name": "王芳"})
    saving.save(county, Person, {"resident_id": NUMBER}, record=saved.id)
    assert left.findings == ()
    row = {"name": "刘明", "relation": "子", "resident_id": NUMBER}
    saving.save(county, Person, {"family": [row]}, record=left.id)
    assert _open(county) == 1, "a member of the family has a file elsewhere"


def _open(office: Office) -> int:
    with office.store.read() as connection:
        return unanswered(Links(office, connection)).records


def test_what_is_taken_back_elsewhere_is_hinted_no_more(
    city: Office, county: Office, other: Office, tmp_path: Path
) -> None:
    one = saving.save(other, Person, FARMER)
    deliver(other, city, tmp_path / "up")
    heard(city, county, tmp_path / "down")
    voiding.void(other, Person, one.id, "录错了")
    deliver(other, city, tmp_path / "up2")
    heard(city, county, tmp_path / "down2")

    assert {code for f in keyed(county).findings if (code := f.code)} == set()
    assert [unpacked(notice.hints) for notice in held(county)] == [frozenset()]


def test_after_the_city_decided_both_offices_know_and_nothing_is_asked(
    city: Office, county: Office, other: Office, tmp_path: Path
) -> None:
    theirs = saving.save(other, Person, FARMER)
    deliver(other, city, tmp_path / "up")
    heard(city, county, tmp_path / "down")
    found = asked(county)["G10"]
    ours = keyed(county, accept={found.key: "先建档"})
    deliver(county, city, tmp_path / "up2")
    pair_decisions.link(city, Person, ours.id, theirs.id, same=True, reason="同一身份证号")
    heard(city, county, tmp_path / "down2")

    assert saving.save(county, Person, {"telephone": "13900000000"}, record=ours.id).findings == ()


def test_own_files_and_those_of_the_townships_are_not_hinted(
    city: Office, county: Office, other: Office, clock: SetClock, tmp_path: Path
) -> None:
    saving.save(county, Person, FARMER)
    deliver(county, city, tmp_path / "up")
    assert not answers.answer(city, county.identity.station, tmp_path / "down").hinted
    assert held(city) == []
    assert answers.answer(city, SECOND_COUNTY, tmp_path / "other").hinted
    assert not answers.answer(city, SECOND_COUNTY, tmp_path / "again").hinted
    (one,) = held(city)
    assert one.station == SECOND_COUNTY


@pytest.fixture
def township(city: Office, county: Office, clock: SetClock, tmp_path: Path) -> Iterator[Office]:
    office = found_below(city, tmp_path / TOWNSHIP, TOWNSHIP, clock, role="township")
    carry(county, enrol(city, office))
    yield office
    office.close()


def test_a_county_tells_its_township_what_it_and_other_townships_have(
    city: Office, county: Office, township: Office, clock: SetClock, tmp_path: Path
) -> None:
    saving.save(county, Person, FARMER)
    saving.save(county, Enterprise, {"name": "沙湾青岷煤业有限公司", "area": SHAWAN})
    beside = found_below(city, tmp_path / BESIDE, BESIDE, clock, role="township")
    carry(county, enrol(city, beside))
    saving.save(beside, Person, {"name": "王芳", "resident_id": OTHER, "consent_on": "2011-07-01"})
    deliver(beside, county, tmp_path / "up")
    beside.close()
    heard(county, township, tmp_path / "down")

    assert asked(township)["G10"].sentence.startswith("另一单位已有此人")
    assert "G10" in asked(township, resident_id=OTHER, name="王芳")
    unit = saving.save(township, Enterprise, {"name": "沙湾青岷煤业公司", "area": SHAWAN})
    assert "G11" in {finding.code for finding in unit.findings}
    lists = {one.hint_of: one for one in held(township)}
    assert lists[Person.type_name].hint_key != lists[Enterprise.type_name].hint_key
    assert {one.station for one in lists.values()} == {TOWNSHIP}
    assert not examine_store(township).faults


def test_a_township_is_told_by_its_county_alone(
    city: Office, county: Office, other: Office, township: Office, tmp_path: Path
) -> None:
    """What two lists under two keys both say would be nearly certain."""
    saving.save(other, Person, FARMER)
    deliver(other, city, tmp_path / "up")
    heard(city, county, tmp_path / "down")
    assert not answers.answer(city, TOWNSHIP, tmp_path / "beyond").hinted
    heard(county, township, tmp_path / "further")
    assert held(township) == [], "what the city hinted to the county stays there"
    assert keyed(township).findings == ()


def test_every_county_has_a_key_of_its_own_that_stays(
    city: Office, county: Office, other: Office, tmp_path: Path
) -> None:
    saving.save(city, Person, FARMER)
    heard(city, county, tmp_path / "1")
    heard(city, other, tmp_path / "2")
    (mine,), (theirs,) = held(county), held(other)
    assert mine.hint_key != theirs.hint_key
    assert mine.hints != theirs.hints

    saving.save(city, Person, {"name": "王芳", "resident_id": OTHER})
    heard(city, county, tmp_path / "3")
    (later,) = held(county)
    assert later.hint_key == mine.hint_key
    assert unpacked(mine.hints) < unpacked(later.hints)


def test_a_unit_that_another_office_entered_is_told_by_name_and_code(
    city: Office, county: Office, other: Office, tmp_path: Path
) -> None:
    unit = {"name": "沫若水泥有限公司", "uscc": "91511100MA62000M1D"}
    saving.save(other, Enterprise, {"name": unit["name"], "area": "511112100"})
    deliver(other, city, tmp_path / "up")
    heard(city, county, tmp_path / "down")

    told = {f.code: f for f in save_visit(county, enterprise_name="沫若水泥厂").findings}
    assert told["G11"].field == "enterprise_name"
    assert told["G11"].severity is Severity.NOTE
    added = saving.save(county, Enterprise, {"name": "沫若水泥有限责任公司", "area": SHAWAN})
    assert "G11" in {f.code for f in added.findings}
    again = save_visit(county, enterprise_name="第三化工厂", visited_on="2011-07-21")
    assert "G11" not in {f.code for f in again.findings}


def test_hints_are_no_visits_and_the_store_stays_whole(
    city: Office, county: Office, other: Office, tmp_path: Path
) -> None:
    saving.save(city, Person, FARMER)
    heard(city, county, tmp_path / "1")
    save_visit(county)
    (account,) = deliver(county, city, tmp_path / "up")
    assert "notice" not in account.records
    assert len(saving.listing(county, Visit)) == 1
    assert not examine_store(county).faults


def test_a_program_from_before_takes_what_a_later_one_says_beside(
    city: Office, county: Office
) -> None:
    """As a program without `hints` reads them: members it does not know are left alone."""
    with city.store.write() as connection:
        body = {"source": "person-1", "station": "511111", "said_later": "AAAA", "more": ["x"]}
        write(city, connection, Notice, city.new_id(), body, op="create")
    (sealed,) = sealing.seal(city, "511111", "answer", lambda row: row.type == "notice")
    (account,) = carry(county, [sealed.path])
    assert (account.state, account.parked) == ("merged", 0)
    assert [one.source for one in held(county)] == ["person-1"]
    assert not examine_store(county).faults


def test_hints_that_are_none_never_hinder_keying(city: Office, county: Office) -> None:
    with county.store.write() as connection:
        for key, text in (("", "AAAA"), ("no key", "AAAA"), ("AAAA", "???"), ("AAAA", "AAA")):
            body = {"source": "x", "station": "511111", "hint_of": "person"}
            body |= {"hint_key": key, "hints": text}
            write(county, connection, Notice, county.new_id(), body, op="create")
    assert keyed(county).findings == ()
