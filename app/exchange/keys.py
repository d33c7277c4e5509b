"""Keys and their names (package format §3, §7): Ed25519 in OpenSSH form, age X25519."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from pyrage import IdentityError, RecipientError, x25519

from app.domain.kernel.errors import UserError
from app.exchange import wire

ALGORITHM = b"ssh-ed25519"
PACKAGE_NAMESPACE = "zoufang-package-v1"
TRUST_NAMESPACE = "zoufang-trust-v1"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011", " -　－—–\t")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of a signing key: 32 raw bytes."""

    raw: bytes

    @classmethod
    def from_blob(cls, blob: bytes) -> PublicKey:
        """Read the SSH blob; raises `ValueError` when it is not one Ed25519 key."""
        parts = wire.unpack(blob)
        if len(parts) != 2 or parts[0] != ALGORITHM or len(parts[1]) != 32:
            raise ValueError("not an ssh-ed25519 key")
        return cls(parts[1])

    @classmethod
    def from_text(cls, text: str) -> PublicKey:
        """Read `ssh-ed25519 <base64>`, nothing before or after; raises `ValueError`."""
        kind, _, body = text.partition(" ")
        try:
            key = cls.from_blob(base64.b64decode(body, validate=True))
        except binascii.Error as error:
            raise ValueError("not base64") from error
        if kind.encode() != ALGORITHM or key.text != text:
            raise ValueError("not an ssh-ed25519 key")
        return key

    @property
    def blob(self) -> bytes:
        """The SSH public key blob."""
        return wire.pack(ALGORITHM, self.raw)

    @property
    def text(self) -> str:
        """`ssh-ed25519 <base64>`."""
        return f"{ALGORITHM.decode()} {base64.b64encode(self.blob).decode()}"

    @property
    def key_id(self) -> str:
        """The first 16 hex digits of the blob's sha256."""
        return hashlib.sha256(self.blob).hexdigest()[:16]

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Whether the 64 bytes are this key's signature of the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """An Ed25519 private key; it never shows itself in a log."""

    private: Ed25519PrivateKey

    @classmethod
    def generate(cls) -> SigningKey:
        """Make a new key."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_openssh(cls, data: bytes, passphrase: str | None = None) -> SigningKey:
        """Open an OpenSSH private key file.

        Raises `UserError` KEY_UNREADABLE when the passphrase is wrong or missing,
        or the file is not an Ed25519 key.
        """
        try:
            key = serialization.load_ssh_private_key(
                data, passphrase.encode() if passphrase else None
            )
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise _unreadable() from error
        if not isinstance(key, Ed25519PrivateKey):
            raise _unreadable()
        return cls(key)

    def to_openssh(self, passphrase: str | None = None) -> bytes:
        """The OpenSSH private key file, encrypted when a passphrase is given."""
        lock: serialization.KeySerializationEncryption = (
            serialization.BestAvailableEncryption(passphrase.encode())
            if passphrase
            else serialization.NoEncryption()
        )
        return self.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, lock
        )

    @property
    def public(self) -> PublicKey:
        """The public half."""
        return PublicKey(self.private.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the Ed25519 signature."""
        return self.private.sign(message)


def _unreadable() -> UserError:
    return UserError(
        "KEY_UNREADABLE", "打不开密钥文件。", remedy="请检查口令是否正确、文件是否完整。"
    )


def writer_name(station: str, public: PublicKey) -> str:
    """The name of one installation: `<station>-<first 8 hex digits of its key id>`."""
    return f"{station}-{public.key_id[:8]}"


def check_code(public: PublicKey) -> str:
    """核对码 of a key: the `short_code` of its blob's sha256."""
    return short_code(hashlib.sha256(public.blob).digest())


def short_code(digest: bytes) -> str:
    """The first 80 bits of a digest in Crockford base32, four groups of four, to be read out."""
    number = int.from_bytes(digest[:10])
    letters = "".join(_CROCKFORD[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def same_code(typed: str, public: PublicKey) -> bool:
    """Whether a 核对码 heard or read matches; case, spaces, O/0 and I/L/1 do not matter."""
    heard = typed.upper().translate(_MISREAD)
    return heard == check_code(public).translate(_MISREAD)


def allowed_signers_line(writer: str, public: PublicKey) -> str:
    """One line for `ssh-keygen -Y verify -f`, without its line end."""
    return f'{writer} namespaces="{PACKAGE_NAMESPACE}" {public.text}'


def new_age_key() -> str:
    """Make a new age identity, `AGE-SECRET-KEY-1…`."""
    return str(x25519.Identity.generate())


def age_recipient(secret: str) -> str:
    """The `age1…` recipient of a secret; raises `UserError` KEY_UNREADABLE."""
    return str(age_identity(secret).to_public())


def age_identity(secret: str) -> x25519.Identity:
    """Read `AGE-SECRET-KEY-1…`; raises `UserError` KEY_UNREADABLE."""
    try:
        return x25519.Identity.from_str(secret)
    except IdentityError as error:
        raise _unreadable() from error


def is_age_recipient(text: str) -> bool:
    """Whether the text is exactly one native `age1…` recipient."""
    try:
        return str(x25519.Recipient.from_str(text)) == text
    except RecipientError:
        return False


def age_key_id(recipient: str) -> str:
    """The first 16 hex digits of the sha256 of the ASCII `age1…` string."""
    return hashlib.sha256(recipient.encode("ascii")).hexdigest()[:16]
