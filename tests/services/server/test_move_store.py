"""An office moves to a server; a second computer joins; both work; it moves back."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel
from app.services.backup import backup, restoring
from app.services.backup.integrity import examine_store
from app.services.office.keyring import Keyring
from app.services.office.office import Office, copied_elsewhere, open_office
from app.services.office.server_place import VARIABLE, server_at
from app.services.packages.kept_files import examine_kept
from app.services.people import operators
from app.services.receiving import take_package
from app.services.registering import enrolment
from app.services.starting import move_store, setting_up
from database.log import packages
from database.store import attachments
from database.store.server_note import Server, server_of
from tests.cli.line import say
from tests.engines import new_server
from tests.services import forging
from tests.services.offices import CHEAP, CITY, COUNTY, PASSPHRASE, SetClock, new_clock, save_visit

SECRET = "pass word/1"


@pytest.fixture
def server() -> Server:
    made = new_server(empty=True)
    assert made is not None
    return made


@pytest.fixture
def root(in_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(in_file, tmp_path / "office"))


@pytest.fixture(scope="module")
def in_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city in a file, with a visit, an attachment and a sealed file."""
    place = tmp_path_factory.mktemp("in file")
    founded = setting_up.found(
        place / CITY, role="city", station=CITY, operator="市经办", passphrase=PASSPHRASE,
        clock=today(), cost=CHEAP,
    )  # fmt: skip
    office = founded.office
    save_visit(office)
    attachments.add(office.scans, io.BytesIO(b"page" * 500_000))
    enrolment.invite(office, COUNTY, place / "stick")
    office.close()
    return place / CITY


def today() -> SetClock:
    clock = new_clock()
    clock.set(2011, 7, 21)
    return clock


def opened(root: Path) -> Office:
    return open_office(root, PASSPHRASE, clock=today())


def test_all_is_there_and_a_second_computer_joins_by_address_and_passphrase(
    root: Path, server: Server, tmp_path: Path
) -> None:
    before = opened(root)
    held = examine_store(before)
    before.close()
    done = move_store.move_to_server(root, PASSPHRASE, server, clock=today())
    assert done.attachments == 1
    assert done.files >= 2
    assert done.aside
    assert done.aside.joinpath("store.db").stat().st_size > 1 << 16
    first = opened(root)
    second = move_store.join(tmp_path / "second", server, PASSPHRASE, clock=today())
    for office in (first, second):
        now = examine_store(office)
        assert (now.sound, now.faults, now.digest) == (True, (), held.digest)
        assert not copied_elsewhere(office)
        assert examine_kept(office) == []
        office.close()


def test_the_old_store_opens_as_a_copy_that_sends_nothing(root: Path, server: Server) -> None:
    done = move_store.move_to_server(root, PASSPHRASE, server, clock=today())
    assert done.aside
    old = opened(done.aside)
    assert copied_elsewhere(old)
    old.close()


def test_what_one_computer_sealed_or_received_the_other_hands_out(
    root: Path, server: Server, tmp_path: Path, county: Office
) -> None:
    move_store.move_to_server(root, PASSPHRASE, server, clock=today())
    first = opened(root)
    second = move_store.join(tmp_path / "second", server, PASSPHRASE, clock=today())
    shutil.rmtree(second.folder.outbox)
    second.folder.outbox.mkdir()
    enrolment.invite(first, "511112", tmp_path / "other stick")
    assert examine_kept(second) == []
    with second.store.read() as connection:
        sealed = [row for row in packages.find(connection, direction="out") if row.file]
    assert all((second.folder.outbox / str(row.file)).is_file() for row in sealed)
    file = forging.package(county, tmp_path / "in.zfpkg", [forging.line(county, "visit", {})])
    assert take_package.receive(second, file.path).state == "held"
    with first.store.read() as connection:
        (row,) = packages.find(connection, direction="in")
    assert examine_kept(first) == []
    assert (first.folder.inbox / str(row.file)).read_bytes() == file.path.read_bytes()
    first.close()
    second.close()


def test_a_colleague_added_on_one_computer_opens_on_the_other(
    root: Path, server: Server, tmp_path: Path
) -> None:
    move_store.move_to_server(root, PASSPHRASE, server, clock=today())
    first = opened(root)
    stale = Keyring.open(first.folder.keyring)
    operators.add(first, PASSPHRASE, "王敏", "走访万家 2012 王", cost=CHEAP)
    second = move_store.join(
        tmp_path / "second", server, "走访万家 2012 王", operator="王敏", clock=today()
    )
    assert second.operator != first.operator
    with pytest.raises(UserError) as refused:
        stale.renew_recovery(first.store.key or b"")
    assert refused.value.code == "CHANGED_MEANWHILE"
    first.close()
    second.close()


def test_it_is_moved_back_and_nobody_goes_on_over_there(
    root: Path, server: Server, tmp_path: Path
) -> None:
    move_store.move_to_server(root, PASSPHRASE, server, clock=today())
    still_open = move_store.join(tmp_path / "second", server, PASSPHRASE, clock=today())
    move_store.move_to_folder(root, PASSPHRASE, clock=today())
    with pytest.raises(UserError) as late:
        save_visit(still_open)
    assert late.value.code == "NOTHING_THERE"
    still_open.close()
    assert server_of(root / "store.db") is None
    home = opened(root)
    assert examine_store(home).sound
    assert examine_kept(home) == []
    home.close()
    with pytest.raises(UserError) as refused:
        opened(tmp_path / "second")
    assert refused.value.code == "NOTHING_THERE"


def test_a_full_target_is_refused_and_a_stopped_move_leaves_all_as_it_was(
    root: Path, server: Server, city: Office
) -> None:
    watch = Cancel()

    def stop(_step: object) -> None:
        watch.set()

    with pytest.raises(Cancelled):
        move_store.move_to_server(
            root, PASSPHRASE, server, clock=today(), progress=stop, cancel=watch
        )
    opened(root).close()
    full = city.store.server
    assert full
    with pytest.raises(UserError) as refused:
        move_store.move_to_server(root, PASSPHRASE, full, clock=today())
    assert refused.value.code == "SERVER_TAKEN"
    assert not list(root.glob("replaced-*"))
    move_store.move_to_server(root, PASSPHRASE, server, clock=today())


def test_a_move_that_was_cut_off_at_its_end_is_finished(
    root: Path, server: Server, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(root, tmp_path / "copy"))
    first = move_store.move_to_server(copy, PASSPHRASE, server, clock=today())
    again = move_store.move_to_server(root, PASSPHRASE, server, clock=today())
    assert again.digest == first.digest
    opened(root).close()


def test_the_wish_names_where_the_data_is_or_is_refused_in_words(
    root: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, server.url)
    with pytest.raises(UserError) as refused:
        opened(root)
    assert refused.value.code == "STORE_IN_FILE"
    move_store.move_to_server(root, PASSPHRASE, server, clock=today())
    opened(root).close()
    monkeypatch.setenv(VARIABLE, "postgresql://zoufang:pass%20word%2F1@other/city")
    with pytest.raises(UserError) as refused:
        opened(root)
    assert refused.value.code == "SERVER_DIFFERS"
    assert "pass" not in str(refused.value)


def test_a_password_is_in_no_note_and_in_no_words(tmp_path: Path) -> None:
    server = server_at("postgresql://zoufang:pass%20word%2F1@127.0.0.1:1/city")
    assert server.password == SECRET
    assert "pass" not in server.open_url + server.words
    with pytest.raises(UserError) as refused:
        server_at("http://zoufang:pass%20word@127.0.0.1/")
    assert refused.value.code == "SERVER_ADDRESS"
    assert "pass" not in str(refused.value)


def test_a_backup_of_a_server_is_restored_into_a_folder(
    root: Path, server: Server, tmp_path: Path
) -> None:
    move_store.move_to_server(root, PASSPHRASE, server, clock=today())
    office = opened(root)
    made = backup.back_up(office, tmp_path)
    with pytest.raises(UserError) as refused:
        restoring.restore(made.file, root, office.store.key or b"")
    assert refused.value.code == "ON_SERVER"
    restoring.restore(made.file, tmp_path / "restored", office.store.key or b"")
    office.close()
    restored = opened(tmp_path / "restored")
    assert restored.store.server is None
    assert examine_store(restored).sound
    assert examine_kept(restored) == []
    restored.close()


def test_by_command_it_is_agreed_to_first(
    root: Path, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZOUFANG_PASSPHRASE", PASSPHRASE)
    move = ("move-store", "--data", root, "--url", server.url)
    refused = say(*move)
    assert refused.status == 1
    assert "不再给它们加密" in refused.err
    assert say(*move, "--agree").status == 0
    join = ("join", "--data", tmp_path / "second", "--url", server.url)
    refused = say(*join)
    assert refused.status == 1
    assert "不再给它们加密" in refused.err
    assert say(*join, "--agree").status == 0
    told = say("check", "--data", tmp_path / "second").out
    assert "记录在服务器" in told
    assert "市经办2" in told
    assert "搬到服务器时、市经办2" in told
    assert "加入服务器时。" in told


def test_a_new_data_key_shuts_out_who_left_on_every_computer(
    root: Path, server: Server, tmp_path: Path
) -> None:
    move_store.move_to_server(root, PASSPHRASE, server, clock=today())
    first = opened(root)
    gone = operators.add(first, PASSPHRASE, "王敏", "走访万家 2012 王", cost=CHEAP)
    second = move_store.join(
        tmp_path / "second", server, PASSPHRASE, operator="市经办", clock=today()
    )
    operators.change_store_key(first, PASSPHRASE, without=gone.id, cost=CHEAP)
    save_visit(second, enterprise_name="乐山二厂")
    for office in (first, second):
        office.close()
    opened(tmp_path / "second").close()
    with pytest.raises(UserError) as refused:
        open_office(tmp_path / "second", "走访万家 2012 王", operator="王敏", clock=today())
    assert refused.value.code == "WHICH_OPERATOR"
