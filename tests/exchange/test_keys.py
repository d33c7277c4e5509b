"""Keys are read strictly, and a wrong passphrase is a sentence, not a crash (§3)."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.domain.kernel.errors import UserError
from app.exchange import keys
from app.exchange.agefile import Opener, Passphrase, Recipients
from tests.exchange.offices import CITY_PC, COUNTY_PC


def test_a_key_opens_only_with_its_passphrase() -> None:
    locked = COUNTY_PC.key.to_openssh("走访")
    assert keys.SigningKey.from_openssh(locked, "走访").public == COUNTY_PC.key.public
    for wrong in ("帮扶", None):
        with pytest.raises(UserError, match="打不开密钥文件"):
            keys.SigningKey.from_openssh(locked, wrong)
    with pytest.raises(UserError, match="打不开密钥文件"):
        keys.SigningKey.from_openssh(b"junk")


def test_a_key_of_another_kind_is_not_ours() -> None:
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.OpenSSH,
        serialization.NoEncryption(),
    )
    with pytest.raises(UserError, match="打不开密钥文件"):
        keys.SigningKey.from_openssh(other)


def test_a_public_key_has_one_spelling() -> None:
    text = COUNTY_PC.key.public.text
    assert keys.PublicKey.from_text(text) == COUNTY_PC.key.public
    for other in (text + " a comment", text[:-4], text.upper(), "ssh-rsa" + text[11:], text + "="):
        with pytest.raises(ValueError, match=r"\w"):
            keys.PublicKey.from_text(other)


def test_a_private_key_does_not_show_itself() -> None:
    assert "private" not in repr(COUNTY_PC.key)


def test_new_keys_differ_and_name_their_writer() -> None:
    one, other = keys.SigningKey.generate(), keys.SigningKey.generate()
    assert one.public != other.public
    assert keys.writer_name("511133", one.public) == f"511133-{one.public.key_id[:8]}"
    secret = keys.new_age_key()
    assert keys.is_age_recipient(keys.age_recipient(secret))
    assert not keys.is_age_recipient(secret)
    assert len(keys.age_key_id(CITY_PC.age)) == 16


def test_an_age_secret_that_is_none_is_said_so() -> None:
    with pytest.raises(UserError, match="打不开密钥文件"):
        Opener(["AGE-SECRET-KEY-1"])


def test_what_a_file_is_sealed_with_stands_in_the_header() -> None:
    assert Recipients([CITY_PC.age]).key_ids == [keys.age_key_id(CITY_PC.age)]
    assert Passphrase("7K3M").key_ids == []
