"""Open a package and read what is in it; nothing is ever written (package format §5, §7)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType

from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.exchange import files, index, kinds, sshsig, zstdframe
from app.exchange.agefile import Opener
from app.exchange.container import Entry
from app.exchange.envelope import SUITE, Header
from app.exchange.index import FileFacts, Index
from app.exchange.keys import PublicKey, writer_name
from app.exchange.outside import Outside, check_outside
from app.exchange.records import Good, LineReader, Validate, split
from app.exchange.refusal import Parked, Refused
from app.exchange.streams import Sink, Tally
from app.exchange.trust import LARGEST as LARGEST_TRUST
from app.exchange.trust import SignedVersion, Trust, TrustWriter, require_writer, walk

_FROM_ANYBODY = ("trust", "enrol")
_KEPT = 64 << 20
"""Bytes of deciphered record files kept in memory until they are read."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What can be seen of a sound package from outside: its header, tip, signer, size in bytes.

    `writer` is who signed, as the trust document has it; `None` without a trust
    document, and for enrol and trust, which may come from a writer not enrolled.
    """

    header: Header
    tip: str
    signer: PublicKey
    size: int
    writer: TrustWriter | None = None

    @classmethod
    def of(cls, seen: Outside, writer: TrustWriter | None = None) -> Inspection:
        """What a judged package shows."""
        return cls(seen.header, seen.tip, seen.signer, seen.container.size, writer)


def inspect_package(
    path: Path, progress: Progress = silent, cancel: Cancel | None = None
) -> Inspection:
    """Judge a package as far as that is possible with neither trust nor key."""
    with files.words_for(path), files.opened(path) as file:
        seen = check_outside(file, (SUITE,), progress, cancel or Cancel())
        if seen.header.kind in _FROM_ANYBODY:
            _require_signer(seen, None)
        return Inspection.of(seen)


def verify_package(
    path: Path, trust: Trust, progress: Progress = silent, cancel: Cancel | None = None
) -> Inspection:
    """Judge a package without opening what is sealed, and that its writer is enrolled for it.

    An enrol or trust package is sound whoever signed it: see `Inspection.writer`.
    """
    with files.words_for(path), files.opened(path) as file:
        seen = check_outside(file, trust.document.suites, progress, cancel or Cancel())
        return Inspection.of(seen, _require_signer(seen, trust))


def open_package(
    path: Path,
    *,
    trust: Trust | None,
    identities: Sequence[str] = (),
    passphrase: str | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Package:
    """Judge a package up to and with its index, and return it open (a context manager).

    `trust` is what this office has now (`None` at the first start), `identities`
    its age secrets, `passphrase` the 启用码. Raises `Refused` with the first code of
    the order of checks, `EnvironmentProblem`, `Cancelled`.
    """
    with files.words_for(path):
        file = files.opened(path)
        try:
            suites = trust.document.suites if trust else (SUITE,)
            seen = check_outside(file, suites, progress, cancel or Cancel())
            writer = _require_signer(seen, trust)
            with _named(seen):
                opener = Opener(identities, passphrase)
                return Package(path, seen, writer, trust, opener=opener, cancel=cancel or Cancel())
        except BaseException:  # also Ctrl+C: a stick with an open file cannot be pulled
            file.close()
            raise


@contextmanager
def _named(seen: Outside) -> Iterator[None]:
    """Let a refusal say whose package it was."""
    try:
        yield
    except Refused as refusal:
        refusal.header, refusal.tip = seen.header, seen.tip
        raise


def _require_signer(seen: Outside, trust: Trust | None) -> TrustWriter | None:
    """The enrolled writer that signed; `None` where it need not be enrolled, and is not."""
    head = seen.header
    _require_city(head, trust)
    with _named(seen):
        if head.kind not in _FROM_ANYBODY:
            return require_writer(
                trust, seen.signer, writer=head.writer, kind=head.kind, to=head.to, seq=head.seq
            )
        if head.writer != writer_name(head.station, seen.signer):
            raise Refused("SIGNER_NOT_WRITER", head.writer)
    # The eight digits in a name can be met by another key.
    found = trust.signer(seen.signer) if trust else None
    return found if found and found.writer == head.writer else None


def _require_city(head: Header, trust: Trust | None) -> None:
    """A new writer asks the city; only the trust document says which station that is."""
    if head.kind == "enrol" and trust and head.to not in trust.cities:
        raise Refused("HEADER_INVALID", "to")


class Package:
    """An open, verified package.

    `writer` is the enrolled writer (`None` for one not yet enrolled, in enrol and
    trust); `index` is `None` and `new_trust` set exactly for kind trust.
    """

    def __init__(
        self,
        path: Path,
        seen: Outside,
        writer: TrustWriter | None,
        trust: Trust | None,
        *,
        opener: Opener,
        cancel: Cancel,
    ) -> None:
        self.path = path
        self.header = seen.header
        self.tip = seen.tip
        self.signer = seen.signer
        self.size = seen.container.size
        self.writer = writer
        self._seen = seen
        self._opener = opener
        self._frames: dict[str, io.BytesIO] = {}
        self.index: Index | None = None
        self.new_trust: Trust | None = None
        if self.header.kind == "trust":
            self.new_trust = _trust(seen, trust, cancel)
        else:
            self.index = self._index(cancel)

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._seen.container.file.close()

    def lines(
        self,
        validate: Validate | None = None,
        progress: Progress = silent,
        cancel: Cancel | None = None,
    ) -> Iterator[Good | Parked]:
        """Every record line in turn, good or parked.

        A fault of a whole file, or totals that do not fit the cover, are raised as
        `Refused` where they are met, at the latest after the last line: nothing may
        be kept before the iterator has ended.
        """
        if self.index is None:
            return
        total = self.index.cover.lines
        reader = LineReader(self.header, total, validate)
        cancel = cancel or Cancel()
        with _named(self._seen), files.words_for(self.path):
            for path in kinds.record_files(self.index.files):
                for batch in split(self._records(path, self.index.files[path], cancel)):
                    cancel.check()
                    progress(Step("读取记录", reader.totals.lines, total))
                    yield from reader.judge_all(batch)
            reader.totals.require(self.index.cover)

    def decrypt(self, progress: Progress = silent, cancel: Cancel | None = None) -> None:
        """Decrypt the record files now, as long as they are small enough to be kept.

        `lines` then reads what is here: a caller that holds a lock while it reads
        them does not hold it for the deciphering.
        """
        paths = kinds.record_files(self._seen.payload)
        size = sum(self._seen.payload[path].size for path in paths)
        if self.index is None or size > _KEPT:
            return
        with _named(self._seen), files.words_for(self.path):
            for done, path in enumerate(paths):
                progress(Step("解密记录", done, len(paths)))
                self._frames[path] = self._frame(path, cancel)

    def attachments(self) -> list[Attachment]:
        """The scans, sorted by path; nothing is decrypted yet."""
        listed = self.index.files if self.index else {}
        return [Attachment(self, path, listed[path]) for path in kinds.scan_files(listed)]

    def unseal(self, path: str, out: Sink, cancel: Cancel | None = None) -> None:
        """Decrypt one payload file into `out` (NOT_FOR_US, PKG_CORRUPT)."""
        source = _MemberSource(self._seen, self._seen.payload[path], cancel or Cancel())
        self._opener.open(source, out, readers=len(self.header.recipients))

    def _index(self, cancel: Cancel) -> Index:
        plain = io.BytesIO()
        self.unseal(kinds.INDEX, _AtMost(plain, index.LARGEST), cancel)
        return index.parse(plain.getvalue(), self.header, self._seen.payload)

    def _frame(self, path: str, cancel: Cancel | None) -> io.BytesIO:
        """One record file deciphered, still compressed (TOO_LARGE)."""
        frame = io.BytesIO()
        self.unseal(path, _AtMost(frame, index.LARGEST_RECORDS), cancel)
        return frame

    def _records(self, path: str, facts: FileFacts, cancel: Cancel) -> Iterator[bytes]:
        """The plain bytes of one record file; HASH_MISMATCH at its end."""
        frame = self._frames.pop(path, None) or self._frame(path, cancel)
        tally = Tally()
        for piece in zstdframe.decompress(frame.getbuffer(), facts.length):
            tally.write(piece)
            yield piece
        if tally.sha256 != facts.sha256:
            raise Refused("HASH_MISMATCH", path)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A scan in a package; a record names it by `facts.sha256`."""

    package: Package
    path: str
    facts: FileFacts

    def copy_to(self, out: Sink, cancel: Cancel | None = None) -> Parked | None:
        """Decrypt into `out`; `None` when it came whole and right, else why it is parked.

        What was written so far is worthless when it is parked.
        """
        tally = Tally(out)
        try:
            with files.words_for(self.package.path):
                self.package.unseal(self.path, _AtMost(tally, self.facts.length), cancel)
        except Refused as refusal:
            return self._parked(refusal.what)
        if (tally.size, tally.sha256) != (self.facts.length, self.facts.sha256):
            return self._parked("扫描件的内容与它的校验值不一致")
        return None

    def _parked(self, reason: str) -> Parked:
        return Parked(self.facts.name or self.path, self.facts.sha256, "RECORD_INVALID", reason)


class _AtMost:
    """A sink that refuses to take more than was allowed (TOO_LARGE)."""

    def __init__(self, out: Sink, most: int) -> None:
        self._out = out
        self._left = most

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise Refused("TOO_LARGE")
        self._out.write(data)
        return len(data)


class _MemberSource:
    """Reads one member of the container."""

    def __init__(self, seen: Outside, entry: Entry, cancel: Cancel) -> None:
        self._pieces = seen.container.chunks(entry)
        self._cancel = cancel
        self._ready = b""
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        if self._at == len(self._ready):
            self._cancel.check()
            self._ready, self._at = next(self._pieces, b""), 0
        end = len(self._ready) if size < 0 else self._at + size
        piece = self._ready[self._at : end]
        self._at += len(piece)
        return piece


def _trust(seen: Outside, known: Trust | None, cancel: Cancel) -> Trust:
    """Walk the chain a trust package carries, and compare the list for outsiders."""
    for path, entry in seen.payload.items():
        if entry.size > LARGEST_TRUST:
            raise Refused("TOO_LARGE", path)
    trust = walk(known, _versions(seen, cancel))
    listed = seen.container.read(seen.payload[kinds.ALLOWED_SIGNERS])
    if listed != trust.allowed_signers.encode("ascii"):
        raise Refused("HASH_MISMATCH", kinds.ALLOWED_SIGNERS)
    return trust


def _versions(seen: Outside, cancel: Cancel) -> Iterator[SignedVersion]:
    """The versions from 1 on, each read when those before it have been judged."""
    for number in count(1):
        cancel.check()
        document, signature, extra = (
            seen.payload.get(kinds.trust_path(number, ending))
            for ending in ("", ".sshsig", ".new.sshsig")
        )
        if document is None or signature is None:
            return
        for entry in (signature, extra):
            if entry is not None and entry.size > sshsig.LARGEST:
                raise Refused("SIG_BAD", entry.name)
        read = seen.container.read
        yield SignedVersion(read(document), read(signature), read(extra) if extra else None)
