"""The city's root key: under a passphrase worth the name, and not to be guessed at."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.exchange.keys import SigningKey
from app.services.office.office import Office
from app.services.office.wrong_tries import FREE
from app.services.packages.trust_issuing import root_lies_open, root_of
from app.services.packages.trust_store import trust_now
from app.services.registering import enrolment
from app.services.starting.passphrase_advice import advice
from tests.services.offices import PASSPHRASE

NEW = "blue whale sings"


def code_of(caught: pytest.ExceptionInfo[UserError]) -> str:
    return caught.value.code


@pytest.mark.parametrize("weak", ["", " ", "12345678", "password", "aaaaaaaaaa"])
def test_no_new_root_key_is_kept_under_a_weak_passphrase(
    city: Office, tmp_path: Path, weak: str
) -> None:
    before = city.folder.root_key.read_bytes()
    with pytest.raises(UserError) as caught:
        enrolment.change_root(city, tmp_path, root_passphrase=PASSPHRASE, new_passphrase=weak)
    assert code_of(caught).startswith("PASSPHRASE_")
    with pytest.raises(UserError) as caught:
        enrolment.change_root_passphrase(city, root_passphrase=PASSPHRASE, new_passphrase=weak)
    assert code_of(caught).startswith("PASSPHRASE_")
    assert city.folder.root_key.read_bytes() == before
    assert not list(tmp_path.glob("*.zfpkg"))


def test_another_passphrase_leaves_the_key_as_it_is(city: Office) -> None:
    before = trust_now(city)
    enrolment.change_root_passphrase(city, root_passphrase=PASSPHRASE, new_passphrase=NEW)
    assert before is not None
    assert root_of(city, NEW).public == before.root
    with pytest.raises(UserError) as caught:
        root_of(city, PASSPHRASE)
    assert code_of(caught) == "KEY_UNREADABLE"
    assert city.folder.root_key.stat().st_mode & 0o777 == 0o600


def test_a_root_key_without_a_passphrase_opens_and_is_pointed_out(city: Office) -> None:
    key = SigningKey.from_openssh(city.folder.root_key.read_bytes(), PASSPHRASE)
    city.folder.root_key.write_bytes(key.to_openssh())
    assert root_lies_open(city)
    assert "根钥匙还没有口令" in "".join(advice(city, PASSPHRASE))
    assert root_of(city, "").public == key.public
    enrolment.change_root_passphrase(city, root_passphrase="", new_passphrase=NEW)
    assert not root_lies_open(city)
    assert advice(city, PASSPHRASE) == []


def test_who_guesses_at_the_root_key_waits(city: Office) -> None:
    for _ in range(FREE):
        with pytest.raises(UserError) as caught:
            root_of(city, "guess")
        assert code_of(caught) == "KEY_UNREADABLE"
    with pytest.raises(UserError) as caught:
        root_of(city, PASSPHRASE)
    assert code_of(caught) == "TRY_LATER"
