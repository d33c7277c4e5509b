"""Chance that is the same every time, so that examples can be made again to the byte.

Only the makers of the examples use it. What age seals is sealed here by the age
specification itself (age-encryption.org/v1), since pyrage takes its chance elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pyrage
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_LABEL = b"age-encryption.org/v1/X25519"
_CHUNK = 1 << 16


class Chance:
    """Bytes that follow from a word."""

    def __init__(self, word: str) -> None:
        self._word = word.encode()
        self._drawn = 0

    def take(self, size: int) -> bytes:
        """The next so many bytes."""
        self._drawn += 1
        seed = b"%b %d" % (self._word, self._drawn)
        return hashlib.shake_256(seed).digest(size)


@contextmanager
def fixed(word: str) -> Iterator[None]:
    """Let everything random that the program and the forgers do follow from the word."""
    chance = Chance(word)

    def encrypt(plain: bytes, recipients: Sequence[Any], armored: bool = False) -> bytes:
        sealed = seal(plain, [str(one) for one in recipients], chance)
        return _armor(sealed) if armored else sealed

    def encrypt_io(source: Any, out: Any, recipients: Sequence[Any]) -> None:
        out.write(encrypt(b"".join(iter(lambda: source.read(1 << 20), b"")), recipients))

    with (
        patch.object(secrets, "token_bytes", chance.take),
        patch.object(secrets, "token_hex", lambda size: chance.take(size).hex()),
        patch.object(uuid, "uuid4", lambda: uuid.UUID(bytes=chance.take(16), version=4)),
        patch.object(os, "urandom", chance.take),
        patch.object(pyrage, "encrypt", encrypt),
        patch.object(pyrage, "encrypt_io", encrypt_io),
    ):
        yield


def seal(plain: bytes, recipients: Sequence[str], chance: Chance, extra: bytes = b"") -> bytes:
    """A binary age file for `age1…` recipients, with `extra` stanzas in front."""
    file_key, nonce = chance.take(16), chance.take(16)
    stanzas = b"".join(_stanza(one, file_key, chance) for one in recipients)
    head = b"age-encryption.org/v1\n" + extra + stanzas + b"---"
    mac = hmac.digest(_derive(file_key, b"", b"header"), head, "sha256")
    cipher = ChaCha20Poly1305(_derive(file_key, nonce, b"payload"))
    starts = range(0, len(plain), _CHUNK) or range(1)
    chunks = [
        cipher.encrypt(
            number.to_bytes(11) + bytes([number == len(starts) - 1]), plain[at : at + _CHUNK], None
        )
        for number, at in enumerate(starts)
    ]
    return head + b" " + _b64(mac) + b"\n" + nonce + b"".join(chunks)


def _stanza(recipient: str, file_key: bytes, chance: Chance) -> bytes:
    theirs = _key_of(recipient)
    secret = X25519PrivateKey.from_private_bytes(chance.take(32))
    share = secret.public_key().public_bytes_raw()
    shared = secret.exchange(X25519PublicKey.from_public_bytes(theirs))
    wrapper = ChaCha20Poly1305(_derive(shared, share + theirs, _LABEL))
    return b"-> X25519 %b\n%b\n" % (_b64(share), _b64(wrapper.encrypt(bytes(12), file_key, None)))


def _key_of(recipient: str) -> bytes:
    """The 32 bytes in an `age1…` string (BIP 173, its checksum taken on trust)."""
    fives = [_BECH32.index(letter) for letter in recipient.removeprefix("age1")[:-6]]
    number = 0
    for five in fives:
        number = number << 5 | five
    return (number >> len(fives) * 5 - 256).to_bytes(32)


def _derive(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, purpose).derive(key)


def _b64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _armor(sealed: bytes) -> bytes:
    body = base64.b64encode(sealed)
    lines = b"".join(body[at : at + 64] + b"\n" for at in range(0, len(body), 64))
    return b"-----BEGIN AGE ENCRYPTED FILE-----\n" + lines + b"-----END AGE ENCRYPTED FILE-----\n"
