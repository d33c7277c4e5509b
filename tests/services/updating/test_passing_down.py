"""A newer program goes down with the answers, and arrives as it was sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.exchange.keys import SigningKey
from app.services.office.office import Office
from app.services.reporting import receipts
from app.services.reviewing import answers
from app.services.reviewing.answers import Answer
from app.services.todo.today import today
from app.services.updating import office_updates
from app.services.updating.passing_down import pass_down, passed_down, put_together, take_back
from tests.made_updates import made_update
from tests.services.offices import COUNTY, SetClock, carry, enrol, found_below

TOWNSHIP = "511111101"


def answered(office: Office, below: Office, folder: Path) -> Answer:
    """The answer of one office to another, carried there."""
    answer = answers.answer(office, below.identity.station, folder)
    accounts = carry(below, list(answer.files))
    assert {one.state for one in accounts} <= {"merged", "recorded", "duplicate"}
    return answer


def test_it_arrives_in_parts_as_it_was_sent(city: Office, county: Office, tmp_path: Path) -> None:
    path = made_update(tmp_path, city.signing_key, padding=300_000)
    assert path.stat().st_size > 2_000_000
    assert pass_down(city, path) == passed_down(city) == "9.1.0"

    assert answered(city, county, tmp_path / "down").newer_program
    (line,) = (one for one in today(county).waiting if one.name == "update")
    assert (line.page, line.view) == ("settings", "updates")
    standing = office_updates.standing(county)
    assert standing.ready is not None
    assert standing.ready.read_bytes() == path.read_bytes()
    offer = office_updates.look(county, standing.ready)
    assert offer.from_whom == f"市总工会的电脑{city.identity.writer}"

    assert not answered(city, county, tmp_path / "next").newer_program, "it goes down once"


def test_the_receipt_says_that_it_came(city: Office, county: Office, tmp_path: Path) -> None:
    pass_down(city, made_update(tmp_path, city.signing_key))
    answers.answer(city, COUNTY, tmp_path / "down")
    receipt = receipts.take_receipts(county, [tmp_path / "down"])
    assert "带来了新版程序，到“设置 → 程序更新”看一看，装不装由您定。" in receipt.lines


def test_a_county_passes_it_on_to_its_townships(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    township = found_below(city, tmp_path / TOWNSHIP, TOWNSHIP, clock, role="township")
    carry(county, enrol(city, township))
    pass_down(city, made_update(tmp_path, city.signing_key))
    answered(city, county, tmp_path / "down")
    assert not answered(county, township, tmp_path / "first").newer_program

    arrived = put_together(county)
    assert arrived is not None
    pass_down(county, arrived)
    assert answered(county, township, tmp_path / "second").newer_program
    ready = put_together(township)
    assert ready is not None
    assert office_updates.look(township, ready).header.version == "9.1.0"
    with pytest.raises(UserError) as told:
        pass_down(township, ready)
    assert told.value.code == "NOBODY_BELOW"
    township.close()


def test_what_was_taken_back_does_not_go_down(city: Office, county: Office, tmp_path: Path) -> None:
    pass_down(city, made_update(tmp_path, city.signing_key))
    take_back(city)
    assert passed_down(city) == ""
    answered(city, county, tmp_path / "down")
    assert put_together(county) is None


def test_a_newer_one_takes_the_place_of_the_one_before(
    city: Office, county: Office, tmp_path: Path
) -> None:
    for version in ("9.1.0", "9.2.0"):
        pass_down(city, made_update(tmp_path, city.signing_key, version))
    assert passed_down(city) == "9.2.0"
    answered(city, county, tmp_path / "down")
    ready = put_together(county)
    assert ready is not None
    assert ready.name == "zoufang-9.2.0.zfupdate"


def test_nobody_passes_down_what_a_stranger_signed(city: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        pass_down(city, made_update(tmp_path, SigningKey.generate()))
    assert told.value.code == "UPDATE_STRANGER"
    assert passed_down(city) == ""


def test_a_part_that_was_changed_on_the_way_makes_no_file(
    city: Office, county: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made_update(tmp_path, city.signing_key)
    with monkeypatch.context() as patch:
        patch.setattr("app.exchange.zstdframe.compress", lambda whole: b"no frame of its kind")
        pass_down(city, path)
    answered(city, county, tmp_path / "down")
    assert put_together(county) is None
    assert office_updates.standing(county).ready is None
