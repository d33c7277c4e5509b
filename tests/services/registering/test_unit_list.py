"""报送单位: the city adds one of the 市级系统, invites it; an office keeps its own telephone."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Contact, Unit
from app.services.figures import dues, reminders
from app.services.office.office import Office
from app.services.records import saving
from app.services.registering import enrolment, registration, unit_list
from app.services.reviewing import answers
from app.services.starting import setting_up
from tests.services.offices import (
    CHEAP,
    COUNTY,
    PASSPHRASE,
    SetClock,
    carry,
    deliver,
    enrol,
    save_visit,
)


def _of(office: Office, code: str) -> unit_list.ListedUnit:
    return next(one for one in unit_list.listed(office) if one.unit.code == code)


def test_a_system_union_is_added_invited_and_reports(
    city: Office, tmp_path: Path, clock: SetClock
) -> None:
    begun = unit_list.proposed(city)
    assert (begun["code"], begun["order"], begun["parent"]) == ("511100003", 14, "511100")
    typed = {**begun, "name": "乐山市教育工会", "short_name": "教育"}
    unit_list.save_unit(city, typed, None, None)
    assert unit_list.proposed(city)["code"] == "511100004"
    assert ("511100003", "乐山市教育工会") in registration.stations_to_invite(city)
    with pytest.raises(UserError, match="新增加"):
        enrolment.invite(city, "511100003", tmp_path / "stick")
    invited = enrolment.invite(city, "511100003", tmp_path / "stick", root_passphrase=PASSPHRASE)
    made = setting_up.found(
        tmp_path / "edu",
        role="county",
        station="511100003",
        operator="周经办",
        passphrase=PASSPHRASE,
        enable=list(invited.files),
        enable_code=invited.enable_code,
        check_code=invited.check_code,
        clock=clock,
        cost=CHEAP,
    ).office
    enrol(city, made)
    saved = save_visit(made)
    assert saved.number.startswith("教育-2011-")
    deliver(made, city, tmp_path / "up")
    rows = {row.unit: row for row in dues.missing(city).standings if row.item == "news"}
    assert rows["511100003"].unit_name == "乐山市教育工会"


def test_an_office_keeps_its_own_telephone_and_sends_it_up(
    city: Office, county: Office, tmp_path: Path, clock: SetClock
) -> None:
    one = _of(city, COUNTY)
    typed = {"clerk": "旧经办", "clerk_telephone": "0833-1000000", "leader": "王主任"}
    unit_list.save_unit(city, typed, one.id, one.h)
    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    assert unit_list.own_contact(county)["clerk"] == "旧经办"
    clock.forward(hours=1)
    unit_list.save_contact(county, {"clerk": "新经办", "clerk_telephone": "0833-3440001"})
    clock.forward(hours=1)
    deliver(county, city, tmp_path / "up")
    now = _of(city, COUNTY)
    assert (now.unit.clerk, now.unit.leader, now.told) == ("新经办", "王主任", True)
    assert now.kept.clerk == "旧经办"
    owed = next(row for row in dues.missing(city).standings if row.unit == COUNTY)
    assert owed.clerk_telephone == "0833-3440001"
    clock.forward(hours=1)
    unit_list.save_unit(city, {"name": "沙湾区总工会机关"}, now.id, now.h)
    after = _of(city, COUNTY)
    assert (after.unit.clerk, after.told) == ("新经办", False)
    clock.forward(hours=1)
    unit_list.save_contact(county, {"clerk": "再换的", "clerk_telephone": None})
    assert [s.record.clerk for s in saving.listing(county, Contact)] == ["再换的"]
    deliver(county, city, tmp_path / "up2")
    assert _of(city, COUNTY).unit.clerk == "再换的"
    assert reminders.outstanding(city)


def test_only_the_city_adds_units_and_their_values_are_looked_at(
    city: Office, county: Office
) -> None:
    typed = {**unit_list.proposed(city), "name": "某工会", "short_name": "某"}
    with pytest.raises(UserError, match="由市总工会添加"):
        unit_list.save_unit(county, typed, None, None)
    one = _of(county, COUNTY)
    with pytest.raises(UserError):
        unit_list.save_unit(county, {"clerk": "甲"}, one.id, one.h)
    for wrong in ({"code": "12"}, {"code": "51110A"}, {"valid_to": "2000-1-1"}, {"name": None}):
        with pytest.raises(UserError, match=r"6到12位|早于启用|没有填写"):
            unit_list.save_unit(city, {**typed, **wrong}, None, None)
    with pytest.raises(UserError, match="已经登记过"):
        unit_list.save_unit(city, {**typed, "code": COUNTY}, None, None)
    stopped = _of(city, "511112")
    unit_list.save_unit(city, {"valid_to": "2011-07-01"}, stopped.id, stopped.h)
    assert not _of(city, "511112").in_force
    assert "511112" not in dict(registration.stations_to_invite(city))
    assert [s for s in saving.listing(city, Unit) if s.record.code == "511112"]
