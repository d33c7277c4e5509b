"""The slots of the keyring: each person's own pair of keys, and the store key sealed to it.

A passphrase opens the private half (Argon2id, ChaCha20-Poly1305); the store key is an age
file for the public half, so that a new store key reaches everyone without their
passphrases. A slot of before holds the store key itself and has no public half.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from typing import Annotated, Literal

import msgspec
import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Meta

from app.services.office.recovery_code import meant, read_code

KEY_SIZE = 32
_SALT_SIZE = 16
_NONCE_SIZE = 12

_MOST_WORK = 1 << 20
"""KiB that one guess may go over in all its passes: about a second."""

Short = Annotated[str, Meta(max_length=1000)]
Salt = Annotated[bytes, Meta(min_length=_SALT_SIZE, max_length=_SALT_SIZE)]
Nonce = Annotated[bytes, Meta(min_length=_NONCE_SIZE, max_length=_NONCE_SIZE)]
Wrapped = Annotated[bytes, Meta(min_length=KEY_SIZE + 16, max_length=200)]
Sealed = Annotated[bytes, Meta(max_length=1000)]


class Cost(msgspec.Struct, frozen=True):
    """What a guess at a passphrase costs (Argon2id); kept with every slot.

    The limits keep a doctored file from exhausting the machine. Raises `ValueError`
    beyond them.
    """

    memory_kib: Annotated[int, Meta(ge=8, le=256 * 1024)] = 64 * 1024
    iterations: Annotated[int, Meta(ge=1, le=64)] = 3
    lanes: Annotated[int, Meta(ge=1, le=16)] = 1

    def __post_init__(self) -> None:
        if self.memory_kib < 8 * self.lanes:
            raise ValueError("each lane takes 8 KiB at least")
        if self.memory_kib * self.iterations > _MOST_WORK:
            raise ValueError("a single guess would take too long")


class Header(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whose slot it is and how its key is derived; bound to the slot as associated data.

    `public` is the age recipient of its owner; `temporary` that its passphrase was made
    by the program (临时口令), to be replaced by one of their own.
    """

    kind: Literal["operator", "recovery"]
    id: Short
    name: Short
    cost: Cost
    salt: Salt
    public: Short = ""
    temporary: bool = False


class Slot(msgspec.Struct, frozen=True, omit_defaults=True):
    """One way to the store key.

    `wrapped` is the private half under the passphrase, `sealed` the store key for the
    public half. `vouched` proves that whoever made the slot had the store key, so that a
    slot slipped into the file is not given the next one. Without `public`, `wrapped` is
    the store key.
    """

    header: Header
    nonce: Nonce
    wrapped: Wrapped
    sealed: Sealed = b""
    vouched: Sealed = b""

    @property
    def is_modern(self) -> bool:
        """Whether a new store key can be sealed to it without the passphrase."""
        return bool(self.header.public)


class Former(msgspec.Struct, frozen=True):
    """A store key of before under the present one: it opens the backups made with it."""

    key_id: Short
    nonce: Nonce
    wrapped: Wrapped


class Damaged(Exception):
    """A slot whose parts do not belong together."""


def key_id(key: bytes) -> str:
    """A name of a store key that betrays nothing of it."""
    return hashlib.sha256(b"zoufang store key " + key).hexdigest()


def operator_slot(
    key: bytes, operator: str, name: str, secret: str, cost: Cost, *, temporary: bool = False
) -> Slot:
    """A slot for an operator and their passphrase, or the temporary one made for them."""
    return _made(key, Header("operator", operator, name, cost, _salt(), "", temporary), secret)


def recovery_slot(key: bytes, code: str, cost: Cost) -> Slot:
    """The slot of the printed recovery code."""
    return _made(key, Header("recovery", "", "", cost, _salt()), code)


def opened(slot: Slot, secret: str) -> bytes | None:
    """The store key, or None when the secret is not this slot's; raises `Damaged`."""
    header = slot.header
    try:
        inside = _cipher(secret, header).decrypt(slot.nonce, slot.wrapped, _bound(header))
    except InvalidTag:
        return None
    if not slot.is_modern:
        return inside
    try:
        identity = pyrage.x25519.Identity.from_str(inside.decode("ascii"))
        return bytes(pyrage.decrypt(slot.sealed, [identity]))
    except (ValueError, pyrage.IdentityError, pyrage.DecryptError) as error:
        raise Damaged from error


def resealed(slot: Slot, old: bytes, new: bytes) -> Slot | None:
    """The slot for a new store key, or None where the holder of the old one never made it."""
    if not slot.is_modern or not hmac.compare_digest(slot.vouched, _vouch(old, slot.header)):
        return None
    return _sealed(slot, new)


def former(old: bytes, key: bytes) -> Former:
    """A store key of before, for those who have the present one."""
    nonce = secrets.token_bytes(_NONCE_SIZE)
    named = key_id(old)
    return Former(named, nonce, _former_cipher(key).encrypt(nonce, old, named.encode()))


def former_key(one: Former, key: bytes) -> bytes:
    """The store key of before; raises `Damaged`."""
    try:
        return _former_cipher(key).decrypt(one.nonce, one.wrapped, one.key_id.encode())
    except InvalidTag as error:
        raise Damaged from error


def _made(key: bytes, header: Header, secret: str) -> Slot:
    identity = pyrage.x25519.Identity.generate()
    header = msgspec.structs.replace(header, public=str(identity.to_public()))
    nonce = secrets.token_bytes(_NONCE_SIZE)
    private = str(identity).encode("ascii")
    return _sealed(
        Slot(header, nonce, _cipher(secret, header).encrypt(nonce, private, _bound(header))), key
    )


def _sealed(slot: Slot, key: bytes) -> Slot:
    recipient = pyrage.x25519.Recipient.from_str(slot.header.public)
    return msgspec.structs.replace(
        slot, sealed=pyrage.encrypt(key, [recipient]), vouched=_vouch(key, slot.header)
    )


def _salt() -> bytes:
    return secrets.token_bytes(_SALT_SIZE)


def _prepared(secret: str, header: Header) -> bytes:
    """The same bytes however it was typed: full-width, and a printed code in any spelling."""
    if header.kind == "recovery":
        return read_code(secret).encode()
    if header.temporary:
        return meant(secret).encode()
    return unicodedata.normalize("NFKC", secret).encode()


def _cipher(secret: str, header: Header) -> ChaCha20Poly1305:
    cost = header.cost
    derived = Argon2id(
        salt=header.salt,
        length=KEY_SIZE,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(_prepared(secret, header))
    return ChaCha20Poly1305(derived)


def _bound(header: Header) -> bytes:
    return msgspec.json.encode(header)


def _vouch(key: bytes, header: Header) -> bytes:
    return hmac.digest(_derived(key, b"zoufang keyring slot"), _bound(header), "sha256")


def _former_cipher(key: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(_derived(key, b"zoufang former store key"))


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_SIZE, None, purpose).derive(key)
