"""Each duty does its own work; who may not is told who may, on every way in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Enterprise, Operator, Visit
from app.services.backup import backup_schedule, data_folder, restoring
from app.services.backup.backup import back_up
from app.services.office import duties
from app.services.office.duties import ACTIONS, ADMIN, CLERK, LEADER
from app.services.office.office import Office
from app.services.packages.writer_replacement import become_new_writer
from app.services.people import operators
from app.services.people.recovery import open_with_recovery_code
from app.services.people.recovery_place import note_recovery_place
from app.services.receiving import take_package
from app.services.records import saving, voiding
from app.services.registering import enrolment
from app.services.reporting import freeze, reporting_steps, sign_off
from app.services.reviewing import pair_decisions, reviews
from tests.services.offices import CHEAP, PASSPHRASE, VISIT, SetClock, save_visit, send

OTHER = "battery staple"


def take_on(office: Office, name: str, *held: str) -> Office:
    """The office with somebody new at work."""
    made = operators.add(office, PASSPHRASE, name, OTHER, duties=held, cost=CHEAP)
    return office.as_operator(made.id)


def hold(office: Office, *held: str) -> None:
    """Give who is at work these duties, whatever the rules say."""
    saving.save(office, Operator, {"duties": list(held)}, record=office.operator)


def refused(action: Callable[[], Any]) -> UserError:
    with pytest.raises(UserError) as caught:
        action()
    assert caught.value.code == "NOT_YOUR_DUTY"
    return caught.value


def test_the_first_operator_holds_every_duty(county: Office) -> None:
    assert operators.find(county, "李经办").record.duties == (CLERK, LEADER, ADMIN)


def test_a_refusal_says_who_may_and_what_to_do(county: Office) -> None:
    clerk = take_on(county, "王新", CLERK)
    said = str(refused(lambda: operators.renew_recovery(clerk, OTHER)))
    assert said == (
        "您不能更换钥匙和恢复码。这是“管理”的职责，现在是李经办。"
        "请切换经办人，由他本人办理；他已经离开的，请用封存的恢复码以他的名字打开。"
    )


def test_a_clerk_manages_nothing(county: Office, tmp_path: Path) -> None:
    clerk = take_on(county, "王新", CLERK)
    file = back_up(county, tmp_path / "evening.zfbackup").file
    for action in (
        lambda: operators.add(clerk, OTHER, "同伙", OTHER, duties=[ADMIN]),
        lambda: operators.change(clerk, clerk.operator, {"duties": [ADMIN]}),
        lambda: operators.leave(clerk, OTHER, "李经办"),
        lambda: operators.renew_recovery(clerk, OTHER),
        lambda: operators.change_store_key(clerk, OTHER),
        lambda: saving.save(clerk, Operator, {"duties": [ADMIN]}, record=clerk.operator),
        lambda: saving.save(clerk, Operator, {"name": "同伙", "duties": [ADMIN]}),
        lambda: voiding.void(clerk, Operator, county.operator, "不要他"),
        lambda: note_recovery_place(clerk, "抽屉", "王新"),
        lambda: become_new_writer(clerk),
        lambda: enrolment.request(clerk, tmp_path / "out"),
        lambda: backup_schedule.set_plan(clerk, str(tmp_path), daily=True),
        lambda: data_folder.clear(clerk, ["replaced-1"]),
        lambda: restoring.key_for(file, county.folder.root, clerk.operator, OTHER),
    ):
        refused(action)
    assert operators.find(county, "王新").record.duties == (CLERK,)


def test_an_administrator_neither_keys_nor_approves(city: Office, county: Office) -> None:
    admin = take_on(county, "王新", ADMIN)
    refused(lambda: save_visit(admin))
    refused(lambda: freeze.freeze(admin))
    refused(lambda: take_package.receive(admin, county.folder.root / "any.zfpkg"))
    operators.add(admin, OTHER, "赵敏", "blue whale sings", cost=CHEAP)


def test_the_city_reviews_and_decides_by_its_leader(
    city: Office, county: Office, tmp_path: Path
) -> None:
    number = save_visit(county).number
    one = saving.save(county, Enterprise, {"name": "甲厂"}).id
    other = saving.save(county, Enterprise, {"name": "甲厂有限公司"}).id
    for file in send(county, tmp_path / "stick"):
        take_package.receive(city, file)
    clerk = take_on(city, "王新", CLERK)
    refused(lambda: reviews.accept(clerk, Visit, number))
    refused(lambda: reviews.send_back(clerk, Visit, number, {"headcount": "多少人？"}))
    refused(lambda: pair_decisions.link(clerk, Enterprise, one, other, same=True, reason="同一家"))
    said = reviews.Correction(1251, "张三", dt.date(2011, 7, 20))
    reviews.propose(clerk, Visit, number, {"headcount": said})
    leader = take_on(city, "付志勇", LEADER)
    reviews.accept(leader, Visit, number)
    pair_decisions.link(leader, Enterprise, one, other, same=True, reason="同一家")
    refused(lambda: take_package.receive(leader, tmp_path / "any.zfpkg"))


def test_who_is_alone_may_do_everything(county: Office, tmp_path: Path) -> None:
    for held in ([], [CLERK], [LEADER], [ADMIN]):
        hold(county, *held)
        assert not [one for one in ACTIONS if duties.refusal(county, one)]


def test_an_office_of_before_goes_on_until_somebody_holds_the_duty(county: Office) -> None:
    clerk = take_on(county, "王新", CLERK)
    hold(county, CLERK)
    assert duties.unheld(county) == (LEADER, ADMIN)
    for action in ACTIONS:
        assert duties.refusal(clerk, action) is None
    operators.change(clerk, clerk.operator, {"duties": [CLERK, ADMIN]})
    assert duties.unheld(county) == (LEADER,)
    refused(lambda: operators.change(county, county.operator, {"duties": [ADMIN]}))
    assert duties.refusal(county, "sign off") is None


def test_without_a_duty_one_is_a_clerk(county: Office) -> None:
    nobody = take_on(county, "王新")
    save_visit(nobody)
    refused(lambda: operators.renew_recovery(nobody, OTHER))


def test_who_was_alone_decides_when_a_second_one_comes(county: Office) -> None:
    hold(county, CLERK)
    clerk = take_on(county, "王新", CLERK)
    assert operators.find(county, county.operator).record.duties == (CLERK, ADMIN)
    refused(lambda: operators.change(clerk, clerk.operator, {"duties": [ADMIN]}))


def test_the_last_administrator_cannot_give_it_up(county: Office) -> None:
    second = take_on(county, "王新", CLERK)
    with pytest.raises(UserError) as caught:
        operators.change(county, county.operator, {"duties": [CLERK]})
    assert caught.value.code == "LAST_ADMIN"
    operators.change(county, second.operator, {"duties": [CLERK, ADMIN]})
    operators.change(county, county.operator, {"duties": [CLERK]})
    refused(lambda: operators.add(county, PASSPHRASE, "赵敏", "blue whale sings"))


def test_who_left_holds_nothing_here(county: Office) -> None:
    leader = take_on(county, "付志勇", LEADER, ADMIN)
    hold(county, CLERK, ADMIN)
    assert duties.refusal(county, "sign off") is not None
    operators.leave(county, PASSPHRASE, leader.operator)
    assert duties.refusal(county, "sign off") is None


def test_the_leader_signs_off_or_the_clerk_says_it_was_on_paper(county: Office) -> None:
    leader = take_on(county, "付志勇", LEADER)
    hold(county, CLERK, ADMIN)
    save_visit(county)
    n, day = freeze.freeze(county).n, dt.date(2011, 7, 21)
    said = refused(lambda: sign_off.approve(county, n, "付志勇", day))
    assert "纸质签字" in said.remedy
    assert reporting_steps.situation(county).leaders == ("付志勇",)
    sign_off.approve(county, n, "付志勇", day, on_paper=True)
    (approved,) = (one for one in reporting_steps.situation(county).steps if one.name == "approve")
    assert approved.note == "付志勇 07-21 纸质签字"
    sign_off.approve(leader, n, "付志勇", day)
    (approved,) = (one for one in reporting_steps.situation(leader).steps if one.name == "approve")
    assert approved.note == "付志勇 07-21 签字"
    assert reporting_steps.situation(leader).leaders == ()


def test_where_no_leader_works_the_clerk_notes_the_signature(county: Office) -> None:
    hold(county, CLERK, ADMIN)
    clerk = take_on(county, "王新", CLERK)
    saving.save(clerk, Visit, VISIT)
    sign_off.approve(clerk, freeze.freeze(clerk).n, "王主任", dt.date(2011, 7, 21))


def test_an_administrator_who_is_gone_is_replaced_with_the_recovery_code(
    county: Office, clock: SetClock
) -> None:
    code = operators.renew_recovery(county, PASSPHRASE, cost=CHEAP)
    clerk = take_on(county, "王新", CLERK)
    refused(lambda: operators.leave(clerk, OTHER, county.operator))
    new = "blue whale sings"
    opened = open_with_recovery_code(county.folder.root, code, county.operator, new, clock=clock)
    operators.change(opened, clerk.operator, {"duties": [CLERK, ADMIN]})
    opened.close()
    operators.leave(clerk, OTHER, county.operator)
