"""OpenSSH signatures of files (SSHSIG), byte for byte as ssh-keygen -Y writes them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass

from app.exchange import wire
from app.exchange.keys import ALGORITHM, PublicKey, SigningKey
from app.exchange.refusal import Refused

LARGEST = 4096
"""More bytes than any Ed25519 signature file has."""

_MAGIC = b"SSHSIG"
_HASH = b"sha512"
_BEGIN = "-----BEGIN SSH SIGNATURE-----\n"
_END = "-----END SSH SIGNATURE-----\n"


@dataclass(frozen=True, slots=True)
class Signature:
    """A well-formed signature file; what it says is proven only by `verifies`."""

    signer: PublicKey
    namespace: bytes
    value: bytes

    def require(self, namespace: str) -> None:
        """Refuse a signature made for another purpose (SIG_NAMESPACE)."""
        if self.namespace != namespace.encode():
            raise Refused("SIG_NAMESPACE")

    def verifies(self, message: bytes) -> bool:
        """Whether the embedded key signed this message."""
        return self.signer.verify(self.value, _signed(self.namespace, message))


def sign(key: SigningKey, namespace: str, message: bytes) -> bytes:
    """Return the armored signature file."""
    value = key.sign(_signed(namespace.encode(), message))
    return _armor(Signature(key.public, namespace.encode(), value))


def parse(armor: bytes) -> Signature:
    """Read a signature file; anything but the bytes ssh-keygen would write is SIG_BAD."""
    if len(armor) > LARGEST:
        raise Refused("SIG_BAD")
    try:
        signature = _parse(armor)
    except (ValueError, binascii.Error) as error:
        raise Refused("SIG_BAD") from error
    if _armor(signature) != armor:
        raise Refused("SIG_BAD")
    return signature


def _parse(armor: bytes) -> Signature:
    text = armor.decode("ascii")
    body = text.removeprefix(_BEGIN).removesuffix(_END)
    data = base64.b64decode(body.replace("\n", ""), validate=True)
    if data[:10] != _MAGIC + struct.pack(">I", 1):
        raise ValueError("not SSHSIG version 1")
    blob, namespace, reserved, hash_name, signature = wire.unpack(data[10:])
    algorithm, value = wire.unpack(signature)
    if reserved or hash_name != _HASH or algorithm != ALGORITHM or len(value) != 64:
        raise ValueError("not the signature suite std-1 uses")
    return Signature(PublicKey.from_blob(blob), namespace, value)


def _armor(signature: Signature) -> bytes:
    data = (
        _MAGIC
        + struct.pack(">I", 1)
        + wire.pack(
            signature.signer.blob,
            signature.namespace,
            b"",
            _HASH,
            wire.pack(ALGORITHM, signature.value),
        )
    )
    body = base64.b64encode(data).decode("ascii")
    lines = (body[at : at + 70] + "\n" for at in range(0, len(body), 70))
    return (_BEGIN + "".join(lines) + _END).encode("ascii")


def _signed(namespace: bytes, message: bytes) -> bytes:
    digest = hashlib.sha512(message).digest()
    return _MAGIC + wire.pack(namespace, b"", _HASH, digest)
