"""A new store key shuts out every keyring of before, and nobody who stays notices."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from app.domain.kernel.errors import UserError
from app.services.office.keyring import Cost, Created, Keyring, key_id

CHEAP = Cost(memory_kib=64, iterations=1)
PASSPHRASE = "走访 2011 万家企业"
OTHER = "青衣江边的白鹭飞过来了"
GOLDEN = Path(__file__).parents[2] / "golden" / "keyring-1.json"
"""As the program wrote it before: 李敏 with `PASSPHRASE`, 王琦 with 12345678."""
GOLDEN_KEY = bytes.fromhex("1b06bd4ed5713cbbc7e4185230e807973f2ed0366bb0b84eb05700400cb428fa")
GOLDEN_CODE = "RKA1-583W-MV4R-3WDP-2T2V-8Q55-7QBS-AH49"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keyring.json"


@pytest.fixture
def made(path: Path) -> Created:
    made = Keyring.create(path, "op-1", "李敏", PASSPHRASE, cost=CHEAP)
    made.keyring.add_operator(made.key, "op-2", "王琦", OTHER)
    return made


@pytest.fixture
def old(path: Path) -> Keyring:
    shutil.copyfile(GOLDEN, path)
    return Keyring.open(path, cost=CHEAP)


def test_everyone_who_stays_keeps_their_passphrase_and_the_print_its_code(
    path: Path, made: Created
) -> None:
    done = made.keyring.rekey(made.key, "op-1", PASSPHRASE, staying={"op-1", "op-2"})
    assert (done.recovery_code, dict(done.temporary)) == ("", {})
    assert done.key != made.key
    keyring = Keyring.open(path)
    assert keyring.unlock("op-1", PASSPHRASE) == done.key
    assert keyring.unlock("op-2", OTHER) == done.key
    assert keyring.unlock_with_recovery(made.recovery_code) == done.key


def test_who_is_left_out_has_no_way_to_the_new_key(path: Path, made: Created) -> None:
    before = path.read_bytes()
    done = made.keyring.rekey(made.key, "op-1", PASSPHRASE, staying={"op-1"}, new_recovery=True)
    with pytest.raises(UserError):
        Keyring.open(path).unlock("op-2", OTHER)
    with pytest.raises(UserError):
        Keyring.open(path).unlock_with_recovery(made.recovery_code)
    assert Keyring.open(path).unlock_with_recovery(done.recovery_code) == done.key
    assert Keyring.parse(path, before).unlock("op-2", OTHER) == made.key != done.key


def test_the_keys_of_before_are_known_to_whoever_has_the_present_one(
    path: Path, made: Created
) -> None:
    first = made.keyring.rekey(made.key, "op-1", PASSPHRASE, staying={"op-1"})
    second = made.keyring.rekey(first.key, "op-1", PASSPHRASE, staying={"op-1"})
    keyring = Keyring.open(path)
    assert keyring.former(second.key) == (first.key, made.key)
    assert keyring.knows(key_id(made.key))
    assert keyring.key_named(key_id(made.key), second.key) == made.key
    assert made.key not in path.read_bytes()


def test_a_keyring_of_before_opens_and_becomes_a_new_one_at_the_next_unlock(
    path: Path, old: Keyring
) -> None:
    assert old.unlock("op-2", "12345678") == GOLDEN_KEY
    assert old.unlock_with_recovery(GOLDEN_CODE) == GOLDEN_KEY
    old.modernise(GOLDEN_KEY, "op-2", "12345678")
    old.modernise_recovery(GOLDEN_KEY, GOLDEN_CODE)
    keyring = Keyring.open(path)
    assert keyring.unlock("op-1", PASSPHRASE) == GOLDEN_KEY
    assert keyring.unlock("op-2", "12345678") == GOLDEN_KEY
    assert keyring.unlock_with_recovery(GOLDEN_CODE) == GOLDEN_KEY


def test_who_was_not_here_since_the_keyring_of_before_gets_a_temporary_passphrase(
    path: Path, old: Keyring
) -> None:
    done = old.rekey(GOLDEN_KEY, "op-1", PASSPHRASE, staying={"op-1", "op-2"})
    assert list(done.temporary) == ["王琦"]
    keyring = Keyring.open(path, cost=CHEAP)
    assert keyring.unlock("op-1", PASSPHRASE) == done.key
    assert keyring.unlock_with_recovery(done.recovery_code) == done.key
    for gone in ("12345678", PASSPHRASE):
        with pytest.raises(UserError):
            keyring.unlock("op-2", gone)
    typed = done.temporary["王琦"].lower().replace("-", " ")
    assert keyring.unlock("op-2", typed) == done.key
    assert keyring.is_temporary("op-2")
    keyring.change_passphrase(done.key, "op-2", OTHER)
    assert Keyring.open(path).unlock("op-2", OTHER) == done.key
    assert not Keyring.open(path).is_temporary("op-2")


@pytest.mark.parametrize("spoilt", ["public", "name", "vouched"])
def test_a_slot_slipped_into_the_file_is_not_given_the_next_key(
    path: Path, made: Created, spoilt: str
) -> None:
    stranger = Keyring.create(path.with_name("other"), "op-2", "王琦", OTHER, cost=CHEAP)
    body = msgspec.json.decode(path.read_bytes())
    theirs = msgspec.json.decode(path.with_name("other").read_bytes())["operators"][0]
    slot = body["operators"][1]
    if spoilt == "vouched":
        body["operators"][1] = theirs
    elif spoilt == "public":
        slot["header"]["public"] = theirs["header"]["public"]
    else:
        slot["header"]["name"] = "别人"
    path.write_bytes(msgspec.json.encode(body))
    done = Keyring.open(path, cost=CHEAP).rekey(
        made.key, "op-1", PASSPHRASE, staying={"op-1", "op-2"}
    )
    with pytest.raises(UserError):
        Keyring.open(path).unlock("op-2", OTHER)
    assert len(done.temporary) == 1
    assert stranger.key != done.key


def test_a_new_key_that_does_not_open_is_taken_back(
    path: Path, made: Created, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    monkeypatch.setattr(Keyring, "unlock", lambda *_: bytes(32))
    with pytest.raises(UserError) as caught:
        made.keyring.rekey(made.key, "op-1", PASSPHRASE, staying={"op-1", "op-2"})
    assert caught.value.code == "KEYRING_DAMAGED"
    assert msgspec.json.decode(path.read_bytes()) == msgspec.json.decode(before)


def test_damage_anywhere_in_the_file_is_told_plainly(path: Path, made: Created) -> None:
    raw = path.read_bytes()
    for at in range(0, len(raw), 7):
        path.write_bytes(raw[:at] + bytes([raw[at] ^ 0x9C]) + raw[at + 1 :])
        try:
            keyring = Keyring.open(path)
            assert keyring.unlock("op-1", PASSPHRASE) == made.key
        except UserError:
            continue


def test_a_huge_file_is_not_read(path: Path, made: Created) -> None:
    with path.open("ab") as file:
        file.truncate(1 << 40)
    with pytest.raises(UserError) as caught:
        Keyring.open(path)
    assert caught.value.code == "KEYRING_DAMAGED"
