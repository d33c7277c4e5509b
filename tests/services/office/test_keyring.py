"""Operators open the store with their own passphrases; a printed code is the last resort."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.services.office.keyring import Cost, Created, Keyring, key_id

CHEAP = Cost(memory_kib=64, iterations=1)
PASSPHRASE = "走访 2011 万家企业"
OTHER = "青衣江边的白鹭飞过来了"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keyring.json"


@pytest.fixture
def made(path: Path) -> Created:
    return Keyring.create(path, "op-1", "李敏", PASSPHRASE, cost=CHEAP)


def code_of(caught: pytest.ExceptionInfo[UserError]) -> str:
    return caught.value.code


def test_the_first_operator_opens_the_store_again(path: Path, made: Created) -> None:
    keyring = Keyring.open(path)
    assert keyring.operators == (("op-1", "李敏"),)
    assert keyring.unlock("op-1", PASSPHRASE) == made.key
    assert keyring.key_id == key_id(made.key)
    assert len(made.key) == 32


def test_a_passphrase_may_be_typed_full_width(path: Path, made: Created) -> None:
    assert Keyring.open(path).unlock("op-1", "走访\u30002011\u3000万家企业") == made.key


def test_a_wrong_passphrase_opens_nothing(made: Created) -> None:
    with pytest.raises(UserError) as caught:
        made.keyring.unlock("op-1", "走访 2012 万家企业")
    assert code_of(caught) == "WRONG_PASSPHRASE"
    with pytest.raises(UserError) as caught:
        made.keyring.unlock("op-9", PASSPHRASE)
    assert code_of(caught) == "NO_OPERATOR"


def test_the_recovery_code_opens_the_store(path: Path, made: Created) -> None:
    typed = made.recovery_code.lower().replace("-", " ")
    assert Keyring.open(path).unlock_with_recovery(typed) == made.key


def test_an_old_print_opens_nothing_after_a_new_one(path: Path, made: Created) -> None:
    new = made.keyring.renew_recovery(made.key)
    keyring = Keyring.open(path)
    assert keyring.unlock_with_recovery(new) == made.key
    with pytest.raises(UserError) as caught:
        keyring.unlock_with_recovery(made.recovery_code)
    assert code_of(caught) == "WRONG_RECOVERY_CODE"


def test_a_colleague_is_added_and_the_first_one_leaves(path: Path, made: Created) -> None:
    made.keyring.add_operator(made.key, "op-2", "王琦", OTHER)
    with pytest.raises(UserError) as caught:
        made.keyring.add_operator(made.key, "op-2", "王琦", PASSPHRASE)
    assert code_of(caught) == "OPERATOR_EXISTS"
    assert Keyring.open(path).unlock("op-2", OTHER) == made.key
    new = made.keyring.rekey(made.key, "op-2", OTHER, staying={"op-2"}).key
    keyring = Keyring.open(path)
    assert keyring.operators == (("op-2", "王琦"),)
    assert keyring.unlock("op-2", OTHER) == new


def test_the_last_operator_cannot_be_removed(path: Path, made: Created) -> None:
    before = path.read_bytes()
    with pytest.raises(UserError, match="至少要留下一位") as caught:
        made.keyring.rekey(made.key, "op-1", PASSPHRASE, staying=set())
    assert code_of(caught) == "LAST_OPERATOR"
    assert path.read_bytes() == before


def test_a_changed_passphrase_replaces_the_old_one(path: Path, made: Created) -> None:
    made.keyring.change_passphrase(made.key, "op-1", OTHER)
    keyring = Keyring.open(path)
    assert keyring.unlock("op-1", OTHER) == made.key
    with pytest.raises(UserError):
        keyring.unlock("op-1", PASSPHRASE)


WEAK = (
    "",
    "1234567",
    "12345678",
    "        ",
    "password",
    "𬭎𫍯𬭎𫍯𬭎𫍯𬭎",
    "aaaaaaaaaa",
    "woaini1314",
)


@pytest.mark.parametrize("weak", WEAK)
def test_a_weak_passphrase_is_refused_on_every_way_in(path: Path, made: Created, weak: str) -> None:
    before = path.read_bytes()
    with pytest.raises(UserError):
        made.keyring.change_passphrase(made.key, "op-1", weak)
    with pytest.raises(UserError):
        made.keyring.add_operator(made.key, "op-2", "王琦", weak)
    with pytest.raises(UserError):
        Keyring.create(path.with_name("new.json"), "op-1", "李敏", weak, cost=CHEAP)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["keyring.json"]


def test_a_keyring_is_never_made_over_another(path: Path, made: Created) -> None:
    with pytest.raises(UserError) as caught:
        Keyring.create(path, "op-1", "李敏", PASSPHRASE, cost=CHEAP)
    assert code_of(caught) == "KEYRING_EXISTS"


def test_another_stores_key_cannot_slip_in(made: Created) -> None:
    with pytest.raises(ValueError, match="does not belong"):
        made.keyring.add_operator(bytes(32), "op-2", "王琦", PASSPHRASE)


def test_the_file_is_the_owners_alone_and_holds_no_secret(path: Path, made: Created) -> None:
    raw = path.read_bytes()
    assert made.key not in raw
    assert made.key.hex().encode() not in raw
    assert [entry.name for entry in path.parent.iterdir()] == ["keyring.json"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_doctored_slot_opens_nothing(path: Path, made: Created) -> None:
    body = msgspec.json.decode(path.read_bytes())
    body["operators"][0]["header"]["name"] = "别人"
    path.write_bytes(msgspec.json.encode(body))
    with pytest.raises(UserError) as caught:
        Keyring.open(path).unlock("op-1", PASSPHRASE)
    assert code_of(caught) == "WRONG_PASSPHRASE"


@pytest.mark.parametrize("raw", [b"", b"{}", b"not json", b'{"version": 2}'])
def test_a_damaged_file_is_told_plainly(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    with pytest.raises(UserError) as caught:
        Keyring.open(path)
    assert code_of(caught) == "KEYRING_DAMAGED"


def test_a_greedy_cost_is_refused_unread(path: Path, made: Created) -> None:
    body = msgspec.json.decode(path.read_bytes())
    body["operators"][0]["header"]["cost"]["memory_kib"] = 1 << 40
    path.write_bytes(msgspec.json.encode(body))
    with pytest.raises(UserError) as caught:
        Keyring.open(path)
    assert code_of(caught) == "KEYRING_DAMAGED"


BAD_PARTS = {
    "salt": ("header", "salt", "AAAA"),
    "nonce": ("nonce", None, "AAAAAAAAAAA="),
    "wrapped": ("wrapped", None, "AAAA"),
    "memory for its lanes": ("header", "cost", {"memory_kib": 64, "iterations": 1, "lanes": 16}),
    "hours of work": ("header", "cost", {"memory_kib": 1 << 18, "iterations": 64, "lanes": 1}),
}


@pytest.mark.parametrize("part", BAD_PARTS)
def test_a_slot_that_no_key_could_open_is_refused_unread(
    path: Path, made: Created, part: str
) -> None:
    body = msgspec.json.decode(path.read_bytes())
    slot = body["operators"][0]
    outer, inner, value = BAD_PARTS[part]
    if inner is None:
        slot[outer] = value
    else:
        slot[outer][inner] = value
    path.write_bytes(msgspec.json.encode(body))
    with pytest.raises(UserError) as caught:
        Keyring.open(path)
    assert code_of(caught) == "KEYRING_DAMAGED"


def test_a_slot_of_another_keyring_is_noticed(path: Path, made: Created, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    Keyring.create(other, "op-1", "李敏", PASSPHRASE, cost=CHEAP)
    body, foreign = (msgspec.json.decode(one.read_bytes()) for one in (path, other))
    body["operators"] = foreign["operators"]
    path.write_bytes(msgspec.json.encode(body))
    with pytest.raises(UserError) as caught:
        Keyring.open(path).unlock("op-1", PASSPHRASE)
    assert code_of(caught) == "KEYRING_DAMAGED"


def test_a_file_of_any_size_or_depth_is_told_at_once(path: Path) -> None:
    for raw in (b"[" * 100_000, b" " * (2 << 20), b'{"version":1,"x":' + b"[" * 50_000):
        path.write_bytes(raw)
        with pytest.raises(UserError) as caught:
            Keyring.open(path)
        assert code_of(caught) == "KEYRING_DAMAGED"


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_spoilt_keyring_opens_or_says_so(path: Path, made: Created, data: st.DataObject) -> None:
    spoilt = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(spoilt) - 1))
        match data.draw(st.sampled_from(["flip", "set", "cut", "twice"])):
            case "flip":
                spoilt[at] ^= 1 << data.draw(st.integers(0, 7))
            case "set":
                spoilt[at] = data.draw(st.integers(0, 255))
            case "cut":
                del spoilt[at : at + data.draw(st.integers(1, 40))]
            case _:
                spoilt[at:at] = spoilt[at : at + 20]
    copy = path.with_name("spoilt.json")
    copy.write_bytes(spoilt)
    path.with_name("tries.json").unlink(missing_ok=True)
    try:
        keyring = Keyring.open(copy)
        assert keyring.unlock(keyring.operators[0].id, PASSPHRASE) == made.key
    except UserError as error:
        assert error.code in {"KEYRING_DAMAGED", "WRONG_PASSPHRASE"}  # noqa: PT017


def test_a_change_that_cannot_be_written_changes_nothing(path: Path, made: Created) -> None:
    path.with_name("keyring.json.part").mkdir()
    with pytest.raises(EnvironmentProblem):
        made.keyring.add_operator(made.key, "op-2", "王琦", PASSPHRASE)
    assert len(made.keyring.operators) == 1
    assert Keyring.open(path).operators == (("op-1", "李敏"),)


def test_the_standing_cost_is_felt_but_bearable(path: Path) -> None:
    made = Keyring.create(path, "op-1", "李敏", PASSPHRASE)
    body = msgspec.json.decode(path.read_bytes())
    assert body["operators"][0]["header"]["cost"] == {
        "memory_kib": 65536,
        "iterations": 3,
        "lanes": 1,
    }
    assert Keyring.open(path).unlock("op-1", PASSPHRASE) == made.key
