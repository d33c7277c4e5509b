"""People come and go: each opens the data with their own passphrase, and nobody else's."""

from __future__ import annotations

import datetime as dt

import pytest

from app.domain.kernel.errors import UserError
from app.services.office.keyring import Keyring
from app.services.office.office import Office, open_office
from app.services.people import operators
from app.services.people.recovery import open_with_recovery_code
from tests.services.offices import CHEAP, PASSPHRASE, SetClock

NEW = "battery staple"


def opens(office: Office, name: str, passphrase: str, clock: SetClock) -> bool:
    keyring = Keyring.open(office.folder.keyring)
    if name not in [person.name for person in keyring.operators]:
        return False
    try:
        open_office(office.folder.root, passphrase, operator=name, clock=clock).close()
    except UserError:
        return False
    return True


def names(office: Office) -> list[tuple[str, bool]]:
    return [(one.name, one.can_open) for one in operators.everyone(office)]


def refused(code: str) -> pytest.RaisesExc[UserError]:
    return pytest.RaisesExc(UserError, check=lambda error: error.code == code)


def take_on(office: Office, name: str = "王新", passphrase: str = NEW) -> operators.Colleague:
    return operators.add(office, PASSPHRASE, name, passphrase, telephone="1234", cost=CHEAP)


def test_a_newcomer_opens_the_data_and_saves_under_their_own_name(
    county: Office, clock: SetClock
) -> None:
    made = take_on(county)
    assert (made.record.on_duty_from, made.record.duties) == (dt.date(2011, 7, 21), ("clerk",))
    assert made.record.number.startswith("沙湾")
    assert names(county) == [("李经办", True), ("王新", True)]
    opened = open_office(county.folder.root, NEW, operator="王新", clock=clock)
    assert opened.operator == made.id
    opened.close()
    assert opens(county, "李经办", PASSPHRASE, clock)


def test_nobody_is_taken_on_without_the_passphrase_of_who_is_at_work(county: Office) -> None:
    with refused("WRONG_PASSPHRASE"):
        operators.add(county, "not the horse", "王新", NEW)
    with refused("PASSPHRASE_TOO_SHORT"):
        take_on(county, passphrase="short")
    with refused("NAME_NEEDED"):
        take_on(county, name=" ")
    with refused("NAME_TAKEN"):
        take_on(county, name="李经办")
    assert names(county) == [("李经办", True)]


def test_a_try_that_was_cut_off_is_taken_up_again(county: Office) -> None:
    first = take_on(county)
    Keyring.open(county.folder.keyring).remove_operator(first.id)
    assert names(county) == [("李经办", True), ("王新", False)]
    assert take_on(county).id == first.id
    assert names(county) == [("李经办", True), ("王新", True)]


def test_a_new_passphrase_replaces_the_old_one(county: Office, clock: SetClock) -> None:
    with refused("WRONG_PASSPHRASE"):
        operators.change_passphrase(county, NEW, NEW)
    operators.change_passphrase(county, PASSPHRASE, NEW, cost=CHEAP)
    assert opens(county, "李经办", NEW, clock)
    assert not opens(county, "李经办", PASSPHRASE, clock)


def test_who_leaves_opens_nothing_any_more_and_stays_in_the_records(
    county: Office, clock: SetClock
) -> None:
    gone = take_on(county)
    with refused("WRONG_PASSPHRASE"):
        operators.leave(county, NEW, "王新")
    operators.leave(county, PASSPHRASE, "王新", on=dt.date(2011, 7, 20))
    assert not opens(county, "王新", NEW, clock)
    assert operators.find(county, gone.id).record.on_duty_to == dt.date(2011, 7, 20)
    assert names(county) == [("李经办", True), ("王新", False)]
    with refused("NO_OPERATOR"):
        operators.leave(county, PASSPHRASE, "王新")
    back = take_on(county)
    assert back.id != gone.id


def test_nobody_lets_themselves_go(county: Office) -> None:
    with refused("OWN_LEAVE"):
        operators.leave(county, PASSPHRASE, "李经办")


def test_a_new_recovery_code_ends_the_old_one(county: Office, clock: SetClock) -> None:
    old = operators.renew_recovery(county, PASSPHRASE, cost=CHEAP)
    new = operators.renew_recovery(county, PASSPHRASE, cost=CHEAP)
    folder = county.folder.root
    with refused("WRONG_RECOVERY_CODE"):
        open_with_recovery_code(folder, old, county.operator, NEW, clock=clock)
    open_with_recovery_code(folder, new, county.operator, NEW, clock=clock).close()
    assert opens(county, "李经办", NEW, clock)
