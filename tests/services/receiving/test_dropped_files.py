"""What was dropped on the window is told apart, and sent to its place."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.domain.records import Hazard
from app.services.office.office import Office
from app.services.receiving import dropped_files
from app.services.records import saving
from app.services.registering import enrolment
from app.services.reporting import send_apart
from app.services.reviewing import answers
from tests.services.offices import COUNTY, SetClock, found_below, save_visit, send

TOWNSHIP = "511111101"


def places(office: Office, *paths: Path) -> dict[str, tuple[str, str]]:
    return {one.path.name: (one.what, one.place) for one in dropped_files.look_at(office, paths)}


def test_each_side_knows_what_comes_to_it(
    city: Office, county: Office, second_county: Office, clock: SetClock, tmp_path: Path
) -> None:
    save_visit(county)
    up = send(county, tmp_path / "up")[-1]
    down = answers.answer(city, COUNTY, tmp_path / "down").files
    assert places(city, up) == {up.name: ("报送", "inbox")}
    assert places(county, up)[up.name] == ("报送", "submit")
    told = places(county, tmp_path / "down")
    assert set(told) == {file.name for file in down}
    assert ("回执答复", "submit") in told.values()
    assert {place for _, place in told.values()} == {"submit"}
    asked, _ = enrolment.request(second_county, tmp_path / "asked")
    assert places(city, asked)[asked.name] == ("登记申请", "inbox")

    invitation = enrolment.invite(city, TOWNSHIP, tmp_path / "enable")
    assert ("名录和活动", "settings") in places(county, *invitation.files).values()


def test_a_township_takes_everything_in_at_its_own_page(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    township = found_below(city, tmp_path / TOWNSHIP, TOWNSHIP, clock, role="township")
    down = answers.answer(city, COUNTY, tmp_path / "down").files
    told = places(township, *(file for file in down if "_to_all_" in file.name))
    assert {place for _, place in told.values()} == {"submit"}
    broken = tmp_path / "broken.zfpkg"
    broken.write_bytes(down[0].read_bytes()[:100])
    assert places(township, broken)["broken.zfpkg"][1] == "submit"
    township.close()


def test_what_is_no_package_belongs_nowhere(county: Office, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0")
    broken = tmp_path / "broken.zfpkg"
    broken.write_bytes(b"PK\x03\x04")
    shutil.copyfile(broken, tmp_path / "copy.zfpkg")
    assert places(county, photo) == {"photo.jpg": ("不是报送文件", "")}
    assert places(county, broken)["broken.zfpkg"] == ("文件不完整或已损坏", "inbox")
    assert places(county, tmp_path / "gone.zfpkg")["gone.zfpkg"][1] == ""


def test_an_urgent_report_comes_from_below(city: Office, county: Office, tmp_path: Path) -> None:
    typed = {
        "nature": "欠薪", "level": "一般", "description": "两个月没有发工资",
        "found_at": "2011-07-20 08:00",
    }  # fmt: skip
    hazard = saving.save(county, Hazard, typed)
    (*_, file) = send_apart.urgent(county, hazard.id, tmp_path / "urgent")
    assert places(city, file)[file.name] == ("加急报告", "inbox")
