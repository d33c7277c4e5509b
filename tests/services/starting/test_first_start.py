"""The first start without a screen: every step judged, then all set up at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel
from app.services.backup.backup import back_up
from app.services.office.folder import STAGED
from app.services.office.keyring import Keyring
from app.services.office.office import Office, copied_elsewhere, open_office
from app.services.packages.trust_store import trust_now
from app.services.registering import registration
from app.services.registering.enrolment import Invitation, invite
from app.services.starting import first_start
from app.services.starting.first_start import Answers
from tests.services.offices import CHEAP, CITY, COUNTY, PASSPHRASE, SetClock


@pytest.fixture
def invitation(city: Office, tmp_path: Path) -> Invitation:
    """启用包 for 沙湾 on the stick."""
    return invite(city, COUNTY, tmp_path / "stick")


def refused(code: str) -> pytest.RaisesExc[UserError]:
    return pytest.RaisesExc(UserError, check=lambda error: error.code == code)


def answers(invitation: Invitation) -> Answers:
    enable = first_start.read_enable(invitation.files)
    return Answers(
        role="county",
        station=enable.station,
        operator=" 李经办 ",
        passphrase=PASSPHRASE,
        enable=enable,
        enable_code=invitation.enable_code,
        check_code=invitation.check_code,
    )


def test_the_city_has_fewer_steps_than_the_offices_below_it() -> None:
    assert first_start.steps_for("city", enabled=False)[1] == "unit"
    assert "check_code" in first_start.steps_for("county", enabled=True)
    assert "check_code" not in first_start.steps_for("county", enabled=False)
    assert first_start.steps_for("demo", enabled=False) == ("role", "demo")
    assert first_start.steps_for("backup", enabled=False) == ("role", "backup")


def test_the_enable_package_says_whose_it_is(invitation: Invitation, tmp_path: Path) -> None:
    enable = first_start.read_enable([tmp_path / "stick"])
    assert (enable.station, enable.sealed) == (COUNTY, True)
    assert set(enable.files) == set(invitation.files)
    assert enable == first_start.read_enable(reversed(invitation.files))
    with refused("NO_TRUST_FILE"):
        first_start.read_enable(enable.files[1:])
    with refused("NO_ENABLE"):
        first_start.read_enable([tmp_path])


def test_the_check_code_is_compared_before_anything_is_made(invitation: Invitation) -> None:
    enable = first_start.read_enable(invitation.files)
    first_start.require_check_code(enable, invitation.check_code.replace(" ", "").lower())
    with refused("CODE_DIFFERS"):
        first_start.require_check_code(enable, "0000 0000 0000 0000")


def test_units_are_offered_by_role() -> None:
    assert [unit.code for unit in first_start.units_for("city")] == [CITY]
    assert COUNTY in [unit.code for unit in first_start.units_for("county")]
    first_start.require_station("county", COUNTY, enabled=False)
    first_start.require_station("county", "new one", enabled=True)
    with refused("UNKNOWN_UNIT"):
        first_start.require_station("county", "new one", enabled=False)
    with refused("ROLE_DIFFERS"):
        first_start.require_station("county", CITY, enabled=False)


def test_the_operator_is_judged() -> None:
    first_start.require_operator("李经办", PASSPHRASE, PASSPHRASE)
    with refused("NAME_NEEDED"):
        first_start.require_operator("　", PASSPHRASE, PASSPHRASE)
    with refused("PASSPHRASE_TOO_SHORT"):
        first_start.require_operator("李经办", "1234", "1234")
    with refused("PASSPHRASE_DIFFERS"):
        first_start.require_operator("李经办", PASSPHRASE, PASSPHRASE + "!")


def test_a_county_is_set_up_beside_what_the_window_keeps_and_asks_to_be_enrolled(
    invitation: Invitation, tmp_path: Path, clock: SetClock
) -> None:
    root = tmp_path / "data"
    root.mkdir()
    (root / "desktop.ini").write_text("held")
    (root / STAGED).mkdir()
    (root / STAGED / "left by a power cut").touch()

    founded = first_start.set_up(root, answers(invitation), clock=clock, cost=CHEAP)
    office = founded.office
    assert [account.state for account in founded.accounts] == ["recorded", "merged"]
    assert office.folder.root == root
    assert (root / "desktop.ini").read_text() == "held"
    assert not (root / STAGED).exists()
    assert trust_now(office) is not None

    papers = first_start.make_papers(office, tmp_path / "up")
    assert papers.request.exists()
    assert papers.registration.read_bytes().startswith(b"%PDF")
    assert papers.check_code == registration.own_check_code(office)
    office.close()
    open_office(root, PASSPHRASE, operator="李经办", clock=clock).close()


def test_a_wrong_enable_code_leaves_an_empty_folder(
    invitation: Invitation, tmp_path: Path, clock: SetClock
) -> None:
    root = tmp_path / "data"
    root.mkdir()
    wrong = Answers("county", COUNTY, "李", PASSPHRASE, enable=answers(invitation).enable)
    with pytest.raises(UserError):
        first_start.set_up(root, wrong, clock=clock, cost=CHEAP)
    wrong = replace(wrong, enable_code="AAAA-BBBB-CCCC-DDDD-EEEE", check_code=invitation.check_code)
    with refused("ENABLE_CODE"):
        first_start.set_up(root, wrong, clock=clock, cost=CHEAP)
    assert list(root.iterdir()) == []


def test_a_wrong_enable_code_is_told_where_it_is_typed(
    invitation: Invitation, tmp_path: Path
) -> None:
    stick = [tmp_path / "stick"]
    with refused("ENABLE_CODE"):
        first_start.read_enable(stick, "AAAA-BBBB-CCCC-DDDD-EEEE")
    assert first_start.read_enable(stick, invitation.enable_code).station == COUNTY


def test_the_city_founds_itself_and_shows_its_check_code(tmp_path: Path, clock: SetClock) -> None:
    root = tmp_path / "data"
    root.mkdir()
    mine = Answers("city", CITY, "市经办", PASSPHRASE, root_passphrase="root passphrase")
    office = first_start.set_up(root, mine, clock=clock, cost=CHEAP).office
    trust = trust_now(office)
    assert trust is not None
    assert registration.own_check_code(office) == trust.check_code
    assert office.folder.root_key.exists()
    office.close()


def test_the_sheet_to_be_sealed_holds_the_whole_code() -> None:
    code = "-".join(["7K2M"] * 8)
    lines = first_start.recovery_sheet("沙湾区总工会", "李经办", code, "2011-07-21")
    assert "-".join(lines[3:5]) == code


def test_what_is_stopped_leaves_the_folder_as_it_was(
    invitation: Invitation, tmp_path: Path
) -> None:
    root = tmp_path / "new"
    root.mkdir()
    (root / "desktop.ini").write_text("")
    stop = Cancel()
    stop.set()
    with pytest.raises(Cancelled):
        first_start.set_up(root, answers(invitation), cost=CHEAP, cancel=stop)
    assert [path.name for path in root.iterdir()] == ["desktop.ini"]


def test_a_backup_is_brought_back_into_an_empty_folder(
    city: Office, tmp_path: Path, clock: SetClock
) -> None:
    keyring = Keyring.open(city.folder.keyring)
    code = keyring.renew_recovery(keyring.unlock(city.operator, PASSPHRASE))
    made = back_up(city, tmp_path)
    for place, secret in (("one", PASSPHRASE), ("other", code)):
        root = tmp_path / place
        root.mkdir()
        seen = first_start.look_at_backup(root, made.file)
        assert [name for _, name in seen.people] == ["市经办"]
        with refused("WRONG_PASSPHRASE"):
            first_start.bring_back(root, seen, seen.people[0][0], "not the horse")
        assert list(root.iterdir()) == []
        first_start.bring_back(root, seen, seen.people[0][0], secret, clock=clock)
        opened = open_office(root, PASSPHRASE, clock=clock)
        assert copied_elsewhere(opened)
        opened.close()
