"""age files sealed with a passphrase (age v1, scrypt stanza): the 启用码 of package format §3.

pyrage has this only as one call that stops the interpreter, and with a cost it
measures on the sealing PC, which an older PC then refuses. Here the cost is that
of the stock `age`, and `hashlib.scrypt` lets the window live on.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.kernel.errors import EnvironmentProblem
from app.exchange.refusal import Refused
from app.exchange.streams import Exact, Sink, Source

COST = 18
"""log2 of scrypt's N when sealing: 256 MiB, about half a second."""
HIGHEST_COST = 19
"""Twice the cost of ours, 512 MiB: what other implementations choose on a fast PC."""

_LABEL = b"age-encryption.org/v1/scrypt"
_HEADER = re.compile(
    rb"(age-encryption\.org/v1\n"
    rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n"
    rb"([A-Za-z0-9+/]{43})\n"
    rb"---) ([A-Za-z0-9+/]{43})\n"
)
_LONGEST_HEADER = 200
_CHUNK, _TAG = 1 << 16, 16


def seal(source: Source, out: Sink, passphrase: str) -> None:
    """Encrypt the stream with one scrypt stanza."""
    file_key, salt, nonce = (secrets.token_bytes(16) for _ in range(3))
    body = _wrapper(passphrase, salt, COST).encrypt(bytes(12), file_key, None)
    head = b"age-encryption.org/v1\n-> scrypt %b %d\n%b\n---" % (_b64(salt), COST, _b64(body))
    out.write(head + b" " + _b64(_mac(file_key, head)) + b"\n" + nonce)
    cipher = _payload_cipher(file_key, nonce)
    for number, (chunk, last) in enumerate(_chunks(Exact(source), _CHUNK)):
        out.write(cipher.encrypt(_nonce(number, last), chunk, None))


def open_sealed(sealed: Source, out: Sink, passphrase: str) -> None:
    """Decrypt into `out`; NOT_FOR_US for another passphrase, PKG_CORRUPT for anything else."""
    source = Exact(sealed)
    found = _HEADER.match(source.peek(_LONGEST_HEADER))
    if found is None or int(found[3]) > HIGHEST_COST:
        raise Refused("PKG_CORRUPT", "age")
    source.take(found.end())
    try:
        wrapper = _wrapper(passphrase, _unb64(found[2]), int(found[3]))
        file_key = wrapper.decrypt(bytes(12), _unb64(found[4]), None)
    except InvalidTag:
        raise Refused("NOT_FOR_US") from None
    if not hmac.compare_digest(_mac(file_key, found[1]), _unb64(found[5])):
        raise Refused("PKG_CORRUPT", "age")
    cipher = _payload_cipher(file_key, source.take(16))
    for number, (chunk, last) in enumerate(_chunks(source, _CHUNK + _TAG)):
        if len(chunk) < _TAG or (number and len(chunk) == _TAG):
            raise Refused("PKG_CORRUPT", "age")
        try:
            out.write(cipher.decrypt(_nonce(number, last), chunk, None))
        except InvalidTag:
            raise Refused("PKG_CORRUPT", "age") from None


def _chunks(source: Exact, size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces of this size and whether it is the last, which may be short or empty."""
    last = False
    while not last:
        chunk = source.take(size)
        last = not source.peek(1)
        yield chunk, last


def _wrapper(passphrase: str, salt: bytes, cost: int) -> ChaCha20Poly1305:
    # 128 × r × N bytes, and a little for the library itself.
    memory = (1 << cost + 10) + (1 << 20)
    try:
        key = hashlib.scrypt(
            passphrase.encode(), salt=_LABEL + salt, n=1 << cost, r=8, p=1, maxmem=memory, dklen=32
        )
    except (ValueError, MemoryError) as error:
        raise EnvironmentProblem(
            "NO_MEMORY",
            "内存不够，打不开用启用码加密的文件。",
            remedy="请关闭其他程序后再试。",
        ) from error
    return ChaCha20Poly1305(key)


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derive(file_key, b"", b"header"), head, "sha256")


def _payload_cipher(file_key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(_derive(file_key, nonce, b"payload"))


def _derive(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, purpose).derive(key)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])


def _b64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _unb64(text: bytes) -> bytes:
    """Decode, refusing a second spelling of the same bytes."""
    data = base64.b64decode(text + b"=" * (-len(text) % 4))
    if _b64(data) != text:
        raise Refused("PKG_CORRUPT", "age")
    return data
