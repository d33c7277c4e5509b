"""A keyring as the program wrote it before everybody had a pair of keys."""

from __future__ import annotations

import os
from collections.abc import Mapping

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.services.office.keyring_slots import key_id
from app.services.office.office import Office
from app.services.office.recovery_code import new_code, read_code
from app.services.people.operators import everyone


def make_keyring_of_before(office: Office, people: Mapping[str, str]) -> str:
    """Put it in the place of the office's own, for these people with their passphrases.

    Gives the recovery code.
    """
    key, code = office.store.key, new_code()
    assert key is not None
    ids = {one.name: one.id for one in everyone(office)}
    slots = [
        _slot(key, "operator", ids.get(name, office.operator), name, passphrase)
        for name, passphrase in people.items()
    ]
    recovery = _slot(key, "recovery", "", "", read_code(code))
    content = {"version": 1, "key_id": key_id(key), "operators": slots, "recovery": recovery}
    office.folder.keyring.write_bytes(msgspec.json.encode(content))
    return code


def _slot(key: bytes, kind: str, operator: str, name: str, secret: str) -> dict[str, object]:
    salt, nonce = os.urandom(16), os.urandom(12)
    cost = {"memory_kib": 64, "iterations": 1, "lanes": 1}
    header = {"kind": kind, "id": operator, "name": name, "cost": cost, "salt": salt}
    derived = Argon2id(salt=salt, length=32, iterations=1, lanes=1, memory_cost=64).derive(
        secret.encode()
    )
    wrapped = ChaCha20Poly1305(derived).encrypt(nonce, key, msgspec.json.encode(header))
    return {"header": header, "nonce": nonce, "wrapped": wrapped}
