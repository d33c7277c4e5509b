"""The first days: the city sets up, takes the offices in, and every PC is enrolled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.domain.records import Operator
from app.services.office.keyring import Cost
from app.services.office.office import Office
from app.services.receiving import take_package
from app.services.records import saving
from app.services.registering import enrolment
from app.services.starting import setting_up
from demo.places import CITY, MABIAN, PLACES, QIAOBA, SHAWAN, SHAWAN_2, Place
from demo.stage import Stage

DAYS = {MABIAN: "7-6", SHAWAN: "7-7", SHAWAN_2: "7-8", QIAOBA: "7-8"}

COST = Cost(memory_kib=8 * 1024, iterations=1)
"""The passphrase of a demonstration stands in its account: guessing it need not be dear."""


def found_everyone(stage: Stage) -> None:
    """City, counties, the second PC and the township: founded, enrolled, and of one trust.

    马边 starts from a whole 启用包 with its 启用码, the others from the newest trust
    document; each compares the city's 核对码.
    """
    stage.calendar.turn("7-5")
    city = _found(stage, CITY)
    stage.calendar.turn(DAYS[MABIAN])
    invitation = enrolment.invite(city, MABIAN.station, stage.stick("invitation"))
    code = invitation.check_code
    _found(stage, MABIAN, invitation.files, code, invitation.enable_code)
    newest = _enrol(stage, city, MABIAN)
    for place in PLACES[2:]:
        stage.calendar.turn(DAYS[place])
        _found(stage, place, newest, code)
        newest = _enrol(stage, city, place)
    stage.say("市、县、乡镇五台电脑已建立，并办好报送单位登记。")


def _found(
    stage: Stage,
    place: Place,
    enable: Sequence[Path] = (),
    check_code: str | None = None,
    enable_code: str | None = None,
) -> Office:
    stage.hold(stage.root / place.folder)
    founded = setting_up.found(
        stage.root / place.folder,
        role=place.role,
        station=place.station,
        operator=place.operator,
        passphrase=stage.passphrase,
        enable=enable,
        enable_code=enable_code,
        check_code=check_code,
        computer=place.computer,
        clock=stage.calendar,
        cost=COST,
        demo=True,
    )
    office = stage.offices[place] = founded.office
    told = {"telephone": place.telephone, "department": "办公室"}
    saving.save(office, Operator, told, record=office.operator)
    return office


def _enrol(stage: Stage, city: Office, place: Place) -> Sequence[Path]:
    """Enrol one PC, and give the new trust document to all; returns its files."""
    stick = stage.stick(f"enrol-{place.folder}")
    request, own_code = enrolment.request(stage.offices[place], stick)
    take_package.receive(city, request)
    approval = enrolment.approve(
        city, request, stick, root_passphrase=stage.passphrase, code=own_code
    )
    for one, office in stage.offices.items():
        if one is not CITY:
            take_package.receive_all(office, approval.files)
    return approval.files
