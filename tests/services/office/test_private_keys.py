"""The private keys are sealed wherever the store lies, under whatever key it is."""

from __future__ import annotations

import pytest

from app.domain.kernel.errors import UserError
from app.services.office import private_keys
from app.services.office.office import Office
from app.services.people.operators import change_store_key
from database.books import settings
from database.store.dialect import run
from tests.services.offices import CHEAP, PASSPHRASE, new_clock, reopened

MARKS = (b"AGE-SECRET-KEY", b"OPENSSH PRIVATE KEY")


def kept(office: Office) -> bytes:
    """What lies in the store in the place of the keys, as whoever administers it reads it."""
    with office.store.read() as connection:
        found = run(connection, "SELECT value FROM setting WHERE name = 'secrets'")
        return bytes(found.scalar_one())


def test_nothing_of_them_is_read_without_a_passphrase(city: Office) -> None:
    signing, age = city.secrets.signing_key, city.secrets.age_identity
    assert MARKS[0] in age.encode()
    assert MARKS[1] in signing
    with city.store.read() as connection:
        values = [bytes(one) for (one,) in run(connection, "SELECT value FROM setting")]
    assert not [one for one in values for mark in MARKS if mark in one]
    assert age.encode() not in b"".join(values)


def test_keys_that_were_kept_unsealed_are_sealed_at_the_next_opening(city: Office) -> None:
    secrets, root = city.secrets, city.folder.root
    with city.store.write() as connection:
        settings.put(connection, "secrets", secrets)
    assert MARKS[0] in kept(city)
    city.close()
    again = reopened(root, new_clock())
    assert MARKS[0] not in kept(again)
    assert again.secrets == secrets
    again.close()


def test_a_new_store_key_seals_them_anew(city: Office) -> None:
    secrets, root, key = city.secrets, city.folder.root, city.store.key
    assert key
    before = kept(city)
    change_store_key(city, PASSPHRASE, cost=CHEAP)
    assert kept(city) != before
    with city.store.read() as connection, pytest.raises(UserError) as told:
        private_keys.get(connection, key)
    assert told.value.code == "KEY_CHANGED"
    city.close()
    again = reopened(root, new_clock())
    assert again.secrets == secrets
    again.close()


def test_what_a_cut_left_under_the_key_of_before_is_sealed_at_the_next_opening(
    city: Office,
) -> None:
    secrets, root, key = city.secrets, city.folder.root, city.store.key
    assert key
    change_store_key(city, PASSPHRASE, cost=CHEAP)
    with city.store.write() as connection:
        private_keys.put(connection, key, secrets)
    city.close()
    again = reopened(root, new_clock())
    assert again.secrets == secrets
    assert again.store.key
    with again.store.read() as connection:
        assert private_keys.get(connection, again.store.key) == secrets
    again.close()
