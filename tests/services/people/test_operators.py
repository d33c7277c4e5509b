"""People come and go: each opens the data with their own passphrase, and nobody else's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.records import Visit
from app.services.office.keyring import Keyring
from app.services.office.office import Office, open_office
from app.services.people import operators
from app.services.people.recovery import open_with_recovery_code
from app.services.records import drafts, saving
from tests.services.offices import CHEAP, PASSPHRASE, SetClock, save_visit
from tests.services.people.keyrings_of_before import make_keyring_of_before

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
    before = county.folder.keyring.read_bytes()
    first = take_on(county)
    county.folder.keyring.write_bytes(before)
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


def test_the_keyring_of_before_opens_nothing_after_somebody_left(
    county: Office, clock: SetClock
) -> None:
    colleague = take_on(county)
    save_visit(county)
    drafts.save(county, Visit, {"leaders": "李明书"})
    kept = county.folder.keyring.read_bytes()
    operators.leave(county, PASSPHRASE, colleague.id)
    assert [draft.typed for draft in drafts.every(county)] == [{"leaders": "李明书"}]
    save_visit(county, enterprise_name="沙湾铁合金厂")
    now = county.folder.keyring.read_bytes()
    county.folder.keyring.write_bytes(kept)
    for name, passphrase in (("王新", NEW), ("李经办", PASSPHRASE)):
        with pytest.raises(EnvironmentProblem) as caught:
            open_office(county.folder.root, passphrase, operator=name, clock=clock)
        assert caught.value.code == "KEYRING_DIFFERS"
    county.folder.keyring.write_bytes(now)
    again = open_office(county.folder.root, PASSPHRASE, clock=clock)
    assert len(saving.listing(again, Visit)) == 2
    assert len(drafts.every(again)) == 1
    again.close()


def test_a_new_key_at_will_leaves_everybody_their_passphrase(
    county: Office, clock: SetClock
) -> None:
    take_on(county)
    kept = county.folder.keyring.read_bytes()
    done = operators.change_store_key(county, PASSPHRASE)
    assert (done.recovery_code, dict(done.temporary)) == ("", {})
    save_visit(county)
    assert opens(county, "李经办", PASSPHRASE, clock)
    assert opens(county, "王新", NEW, clock)
    county.folder.keyring.write_bytes(kept)
    with pytest.raises(EnvironmentProblem):
        open_office(county.folder.root, NEW, operator="王新", clock=clock)


def test_a_data_folder_of_before_opens_and_its_people_are_reached_by_a_new_key(
    county: Office, clock: SetClock
) -> None:
    take_on(county)
    make_keyring_of_before(county, {"李经办": PASSPHRASE, "王新": "12345678"})
    again = open_office(county.folder.root, PASSPHRASE, operator="李经办", clock=clock)
    assert again.store.key == county.store.key
    done = operators.change_store_key(again, PASSPHRASE, cost=CHEAP)
    again.close()
    assert list(done.temporary) == ["王新"]
    assert done.recovery_code
    back = open_office(county.folder.root, done.temporary["王新"], operator="王新", clock=clock)
    operators.change_passphrase(back, done.temporary["王新"], NEW, cost=CHEAP)
    back.close()
    assert opens(county, "王新", NEW, clock)


def test_a_slot_of_nobody_is_left_behind_by_a_new_key(county: Office, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    Keyring.create(other, "018f0000-0000-7000-8000-000000000009", "生人", NEW, cost=CHEAP)
    body = msgspec.json.decode(county.folder.keyring.read_bytes())
    body["operators"] += msgspec.json.decode(other.read_bytes())["operators"]
    county.folder.keyring.write_bytes(msgspec.json.encode(body))
    done = operators.change_store_key(county, PASSPHRASE, cost=CHEAP)
    assert dict(done.temporary) == {}
    assert [one.name for one in Keyring.open(county.folder.keyring).operators] == ["李经办"]


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
