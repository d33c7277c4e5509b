"""age files: streamed to recipients, or sealed with a 启用码 (package format §2, §7).

pyrage's streaming calls are used so that the interpreter lock is free in between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyrage
from pyrage import x25519

from app.exchange import scryptfile
from app.exchange.keys import age_identity, age_key_id
from app.exchange.refusal import Refused
from app.exchange.streams import Exact, Sink, Source

_MAGIC = b"age-encryption.org/v1\n"
_STANZA, _MAC = b"\n-> ", b"\n---"
_LONGEST_STANZA = 400
_UNKNOWN_STANZAS = 2
"""Stanzas of no recipient that an implementation may add, so that readers stay used to them."""
_NO_KEY = "No matching keys found"


class _Pipe:
    """Carry data between Python streams and pyrage, keeping the first error a stream raised.

    pyrage turns an exception of a stream into one of its own; `error` is the original.
    When it lets go of a stream that failed it writes once more what it still holds: that
    goes nowhere.
    """

    def __init__(self, call: Callable[..., object]) -> None:
        self._call = call
        self.error: BaseException | None = None

    def _guarded(self, argument: object) -> object:
        if self.error:
            raise self.error
        try:
            return self._call(argument)
        except BaseException as error:  # whatever it is, also Ctrl+C: the caller raises it again
            self.error = error
            raise

    def read(self, size: int = -1) -> object:
        return self._guarded(size)

    def write(self, data: bytes) -> int:
        self._guarded(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def require_whole(self) -> None:
        """Raise the error of the last write, which pyrage makes when nobody listens any more."""
        if self.error:
            raise self.error


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
        writer.require_whole()


class Passphrase:
    """Seal with a 启用码: no recipients, one scrypt stanza."""

    def __init__(self, code: str) -> None:
        self._code = code
        self.key_ids: list[str] = []

    def seal(self, source: Source, out: Sink) -> None:
        """Encrypt the stream."""
        scryptfile.seal(source, out, self._code)


Lock = Recipients | Passphrase
"""What a file is sealed with."""


class Opener:
    """Opens age files with our identities (`AGE-SECRET-KEY-1…`) or with a 启用码."""

    def __init__(self, identities: Sequence[str] = (), passphrase: str | None = None) -> None:
        self._identities = [age_identity(text) for text in identities]
        self._passphrase = passphrase

    def open(self, sealed: Source, out: Sink, *, readers: int) -> None:
        """Decrypt into `out`; NOT_FOR_US without a fitting key, PKG_CORRUPT otherwise.

        `readers` is how many recipients the package names; with none a 启用码 is
        asked for. An exception of either stream comes out as it is.
        """
        if readers:
            self._open_by_key(sealed, out, readers)
        else:
            self._open_by_code(sealed, out)

    def _open_by_key(self, sealed: Source, out: Sink, readers: int) -> None:
        if not self._identities:
            raise Refused("NOT_FOR_US")
        source = Exact(sealed)
        _require_header(source, readers)
        reader, writer = _Pipe(source.read), _Pipe(out.write)
        try:
            pyrage.decrypt_io(reader, writer, self._identities)
        except (pyrage.DecryptError, OSError) as error:
            raise reader.error or writer.error or _judged(error) from None
        writer.require_whole()

    def _open_by_code(self, sealed: Source, out: Sink) -> None:
        if self._passphrase is None:
            raise Refused("NOT_FOR_US")
        scryptfile.open_sealed(sealed, out, self._passphrase)


def _judged(error: Exception) -> Refused:
    return Refused("NOT_FOR_US" if str(error) == _NO_KEY else "PKG_CORRUPT")


def _require_header(source: Exact, readers: int) -> None:
    """Let only a binary age file through whose header is as long as its recipients need.

    pyrage would open armored ones as well, and reads a header in a time that grows
    with the square of its length.
    """
    most = readers + _UNKNOWN_STANZAS
    head = source.peek(len(_MAGIC) + most * _LONGEST_STANZA)
    end = head.find(_MAC)
    if not head.startswith(_MAGIC) or end < 0 or head.count(_STANZA, 0, end) > most:
        raise Refused("PKG_CORRUPT", "age")
