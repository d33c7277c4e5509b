"""The installation's private keys (报送用的钥匙), and what protects what where it lies.

On a disk every file of the data is encrypted under the store key. On a server records,
attachments and settings lie as the server keeps them, and who administers it can read them.
Not so, on either:

- the private keys are sealed under the store key (ChaCha20-Poly1305, a key of its own by HKDF);
- the store key lies in the keyring alone, sealed to each operator's passphrase and to the 恢复码;
- the city's root key (根钥匙) is a file under its own passphrase;
- packages and backups are sealed to those who may open them.

So whoever copies a database without a passphrase reads records, but signs and opens nothing in
the office's name. Keys that lay there unsealed before may stand in old copies: 换钥匙 makes new.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.kernel.errors import UserError
from app.domain.kernel.readable import readable
from app.services.office.keyring import Keyring
from app.services.office.keyring_slots import KEY_SIZE
from database.books import settings
from database.store.engine import Connection, Store

_NAME = "secrets"
_PURPOSE = b"zoufang private keys 1"
_NONCE_SIZE = 12


class Secrets(msgspec.Struct, frozen=True):
    """The private keys; `earlier` are age identities of before, for what was sealed to them."""

    signing_key: bytes
    age_identity: str
    earlier: tuple[str, ...] = ()


class _Row(msgspec.Struct, frozen=True):
    """What lies in the store; unsealed keys, as they were kept before, have no such member."""

    sealed: bytes = b""


def put(connection: Connection, key: bytes, secrets: Secrets) -> None:
    """Keep the keys, sealed under the store key."""
    nonce = os.urandom(_NONCE_SIZE)
    inside = _cipher(key).encrypt(nonce, msgspec.json.encode(secrets), _PURPOSE)
    settings.put(connection, _NAME, _Row(nonce + inside))


def get(connection: Connection, *keys: bytes) -> Secrets | None:
    """The private keys, sealed under one of these; None where there are none.

    Raises `UserError` KEY_CHANGED where none of them opens what is there.
    """
    row = settings.get(connection, _NAME, _Row)
    if row is None or not row.sealed:
        return settings.get(connection, _NAME, Secrets)
    for key in keys:
        if (found := _opened(row.sealed, key)) is not None:
            return found
    raise UserError(
        "KEY_CHANGED",
        "数据钥匙刚才在别处换过，这里还拿着原来的。",
        remedy="请退出程序，重新打开后再做一次。",
    )


def settle(store: Store, keyring: Keyring) -> None:
    """Seal what is not under the store's present key: kept before it, or cut off while it changed.

    `keyring` knows the keys of before. What none of them opens stays for `get` to tell.
    """
    assert store.key is not None
    with store.read() as connection:
        if not _is_old(connection, store.key):
            return
    with suppress(UserError):
        reseal(store, keyring.former(store.key))


def reseal(store: Store, former: Iterable[bytes]) -> None:
    """Seal the keys under the store's key, which took the place of one of these.

    Raises `UserError` KEY_CHANGED.
    """
    assert store.key is not None
    with store.write() as connection:
        found = get(connection, store.key, *former)
        if found is not None:
            put(connection, store.key, found)


def _is_old(connection: Connection, key: bytes) -> bool:
    row = settings.get(connection, _NAME, _Row)
    return row is not None and (not row.sealed or _opened(row.sealed, key) is None)


def _opened(sealed: bytes, key: bytes) -> Secrets | None:
    try:
        raw = _cipher(key).decrypt(sealed[:_NONCE_SIZE], sealed[_NONCE_SIZE:], _PURPOSE)
    except InvalidTag:
        return None
    return msgspec.json.decode(raw, type=readable(Secrets))


def _cipher(key: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), KEY_SIZE, None, _PURPOSE).derive(key))
