"""Real offices for the tests: set up as a clerk would, with a passphrase that costs nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.domain.records import TYPES, Visit
from app.services.office.clock import Clock
from app.services.office.keyring import Cost
from app.services.office.office import Office, open_office
from app.services.receiving import take_package
from app.services.receiving.take_package import Account
from app.services.records import saving
from app.services.records.saving import Saved
from app.services.registering import enrolment
from app.services.reporting import freeze, sealed_report, sign_off
from app.services.starting import setting_up
from tests.engines import copied_folder, new_server

CITY = "511100"
COUNTY = "511111"
SECOND_COUNTY = "511112"
PASSPHRASE = "correct horse"
CHEAP = Cost(memory_kib=8, iterations=1)
CHINA = dt.timezone(dt.timedelta(hours=8))


class SetClock:
    """A clock that stands still until it is set."""

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment

    def __call__(self) -> dt.datetime:
        return self.moment

    def set(self, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        self.moment = dt.datetime(year, month, day, hour, minute, tzinfo=CHINA)

    def forward(self, **by: float) -> None:
        self.moment += dt.timedelta(**by)


def new_clock() -> SetClock:
    return SetClock(dt.datetime(2011, 7, 1, 9, tzinfo=CHINA))


def found_city(root: Path, clock: Clock) -> Office:
    founded = setting_up.found(
        root,
        role="city",
        station=CITY,
        operator="市经办",
        passphrase=PASSPHRASE,
        clock=clock,
        cost=CHEAP,
        server=new_server(),
    )
    return founded.office


def found_below(
    city: Office,
    root: Path,
    station: str,
    clock: Clock,
    *,
    operator: str = "李经办",
    computer: int = 1,
    role: str = "county",
) -> Office:
    """An office that took in its 启用包; the city has not enrolled it yet."""
    invitation = enrolment.invite(city, station, root.with_name(f"{root.name}-enable"))
    founded = setting_up.found(
        root,
        role=role,
        station=station,
        operator=operator,
        passphrase=PASSPHRASE,
        enable=list(invitation.files),
        enable_code=invitation.enable_code,
        check_code=invitation.check_code,
        computer=computer,
        clock=clock,
        cost=CHEAP,
        server=new_server(),
    )
    return founded.office


def enrol(city: Office, office: Office) -> list[Path]:
    """报送单位登记: asked for, approved, and the new trust document taken home.

    Returns the trust files, for other offices to take as well.
    """
    stick = office.folder.root.with_name(f"{office.folder.root.name}-enrol")
    asked, code = enrolment.request(office, stick / "up")
    approval = enrolment.approve(city, asked, stick / "down", root_passphrase=PASSPHRASE, code=code)
    carry(office, approval.files)
    return list(approval.files)


def carry(office: Office, files: Sequence[Path]) -> list[Account]:
    """Take files in, in the order given."""
    return [take_package.receive(office, file) for file in files]


def send(office: Office, stick: Path, *, signed: dt.date = dt.date(2011, 12, 1)) -> list[Path]:
    """送审, 审签, 生成报送文件: the files on the stick."""
    report = freeze.freeze(office)
    sign_off.approve(office, report.n, "王主任", signed)
    return list(sealed_report.seal_report(office, report.n, stick).files)


def deliver(office: Office, above: Office, stick: Path) -> list[Account]:
    """Send all that is new to the office above, which takes it in."""
    return carry(above, send(office, stick))


def reopened(root: Path, clock: Clock, copy_of: Path | None = None) -> Office:
    """The office of a data folder, which is first copied from another when one is named."""
    if copy_of is not None:
        copied_folder(copy_of, root)
    return open_office(root, PASSPHRASE, clock=clock)


VISIT = {
    "leaders": "李明书、付志勇",
    "enterprise_name": "乐山无线电公司",
    "headcount": 1250,
    "visited_on": "2011-07-20",
    "workers_met": 35,
    "opinions": "一是希望加强技能培训。",
}
"""A visit as typed, with nothing left to complain about."""


def save_visit(office: Office, **typed: object) -> Saved:
    """Save a visit like `VISIT`, with what is named typed instead."""
    return saving.save(office, Visit, {**VISIT, **typed})


def record_of(office: Office, type_name: str, key: str) -> Any:
    """A record as this office sees it, by id or 编号."""
    return saving.show(office, TYPES[type_name], key).record
