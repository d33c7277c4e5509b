"""age files: streamed to recipients, or sealed with a 启用码 (package format §2, §7).

pyrage's streaming calls are used so that the interpreter lock is free in between;
sealing with a 启用码 has none and stops the interpreter for about 1.5 s a file,
which happens only when an office is set up.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence
from typing import Protocol

import pyrage
from pyrage import passphrase as scrypt
from pyrage import x25519

from app.exchange.files import CHUNK
from app.exchange.keys import age_identity, age_key_id
from app.exchange.refusal import Refused

_MAGIC = b"age-encryption.org/v1\n"
_NO_KEY = "No matching keys found"
_WRONG_PASSPHRASE = "Decryption failed"


class Source(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes: ...


class Sink(Protocol):
    """Anything bytes can be written to."""

    def write(self, data: bytes, /) -> object: ...


class Tally:
    """A sink that passes bytes on and keeps their number, sha256 and CRC-32."""

    def __init__(self, out: Sink | None = None) -> None:
        self._out = out
        self._sha256 = hashlib.sha256()
        self.size = 0
        self.crc = 0

    def write(self, data: bytes) -> int:
        """Count the bytes and pass them on."""
        self._sha256.update(data)
        self.crc = zlib.crc32(data, self.crc)
        self.size += len(data)
        if self._out is not None:
            self._out.write(data)
        return len(data)

    @property
    def sha256(self) -> str:
        """The digest of everything written so far."""
        return self._sha256.hexdigest()


class _Pipe:
    """Carry data between Python streams and pyrage, keeping the error a stream raised.

    pyrage turns an exception of a stream into one of its own; `error` is the original.
    """

    def __init__(self, call: Callable[..., object]) -> None:
        self._call = call
        self.error: BaseException | None = None

    def _guarded(self, argument: object) -> object:
        try:
            return self._call(argument)
        except BaseException as error:
            self.error = error
            raise

    def read(self, size: int = -1) -> object:
        return self._guarded(size)

    def write(self, data: bytes) -> int:
        self._guarded(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""


class Recipients:
    """Seal to `age1…` recipients, in this order; `key_ids` stand in the header."""

    def __init__(self, recipients: Sequence[str]) -> None:
        self._recipients = [x25519.Recipient.from_str(text) for text in recipients]
        self.key_ids = [age_key_id(text) for text in recipients]

    def seal(self, source: Source, out: Sink) -> None:
        """Encrypt the stream; errors of either stream come out as they went in."""
        reader, writer = _Pipe(source.read), _Pipe(out.write)
        try:
            pyrage.encrypt_io(reader, writer, self._recipients)
        except (pyrage.EncryptError, OSError) as error:
            raise reader.error or writer.error or error from None


class Passphrase:
    """Seal with a 启用码: no recipients, one scrypt stanza."""

    def __init__(self, code: str) -> None:
        self._code = code
        self.key_ids: list[str] = []

    def seal(self, source: Source, out: Sink) -> None:
        """Encrypt the whole stream at once."""
        out.write(scrypt.encrypt(b"".join(iter(lambda: source.read(CHUNK), b"")), self._code))


Lock = Recipients | Passphrase
"""What a file is sealed with."""


class Opener:
    """Opens age files with our identities (`AGE-SECRET-KEY-1…`) or with a 启用码."""

    def __init__(self, identities: Sequence[str] = (), passphrase: str | None = None) -> None:
        self._identities = [age_identity(text) for text in identities]
        self._passphrase = passphrase

    def open(self, sealed: Source, out: Sink, *, by_code: bool) -> None:
        """Decrypt into `out`; NOT_FOR_US without a fitting key, PKG_CORRUPT otherwise.

        `by_code` says which of the two ways the header asks for. An exception of
        either stream comes out as it is.
        """
        if by_code:
            self._open_by_code(sealed, out)
        else:
            self._open_by_key(sealed, out)

    def _open_by_key(self, sealed: Source, out: Sink) -> None:
        if not self._identities:
            raise Refused("NOT_FOR_US")
        reader, writer = _Pipe(_WithMagic(sealed).read), _Pipe(out.write)
        try:
            pyrage.decrypt_io(reader, writer, self._identities)
        except (pyrage.DecryptError, OSError) as error:
            raise reader.error or writer.error or _judged(error) from None

    def _open_by_code(self, sealed: Source, out: Sink) -> None:
        if self._passphrase is None:
            raise Refused("NOT_FOR_US")
        data = b"".join(iter(lambda: sealed.read(CHUNK), b""))
        if not data.startswith(_MAGIC):
            raise Refused("PKG_CORRUPT")
        try:
            plain = scrypt.decrypt(data, self._passphrase)
        except (pyrage.DecryptError, OSError) as error:
            wrong = str(error) in (_NO_KEY, _WRONG_PASSPHRASE)
            raise Refused("NOT_FOR_US" if wrong else "PKG_CORRUPT") from None
        out.write(plain)


def _judged(error: Exception) -> Refused:
    return Refused("NOT_FOR_US" if str(error) == _NO_KEY else "PKG_CORRUPT")


class _WithMagic:
    """Let only binary age files through; pyrage would open armored ones as well."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._seen = b""

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        if len(self._seen) < len(_MAGIC):
            self._seen += data[: len(_MAGIC)]
            if not _MAGIC.startswith(self._seen[: len(_MAGIC)]):
                raise Refused("PKG_CORRUPT")
        return data
