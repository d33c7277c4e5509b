"""Seal a package: revisions, scans and acknowledgements into one signed file (§1, §7)."""

from __future__ import annotations

import hashlib
import io
import secrets
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec
from msgspec import structs

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import value_of
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.kernel.readable import readable
from app.exchange import files, header, index, kinds, names, zstdframe
from app.exchange.agefile import Lock, Passphrase, Recipients
from app.exchange.bag import close_bag, payload_of, staged_payload
from app.exchange.envelope import Envelope, Header, Payload
from app.exchange.index import Ack, FileFacts
from app.exchange.keys import PACKAGE_NAMESPACE, SigningKey, writer_name
from app.exchange.records import LONGEST_RAW, join
from app.exchange.refusal import Refused
from app.exchange.staging import Stage, Watched
from app.exchange.totals import Totals
from app.exchange.trust import Trust

LARGEST_RECORDS = 64 << 20
"""Plain bytes of one record file before the next begins."""
_BATCH = 256
_HEAVY = 8 << 20
"""Bytes of lines added together, so that no record file grows far past its end."""


class Scan(NamedTuple):
    """A scan or photo to pack: sha256 of its plaintext, real name, media type, how to open it."""

    sha256: str
    name: str
    type: str
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was written: where, its tip, its size in bytes, its header, how many lines."""

    path: Path
    tip: str
    size: int
    header: Header
    lines: int

    @property
    def package_id(self) -> str:
        """The name of the package."""
        return self.header.package_id


def seal_package(
    path: Path,
    envelope: Envelope,
    *,
    key: SigningKey,
    recipients: Sequence[str] = (),
    passphrase: str | None = None,
    acks: Iterable[Ack] = (),
    lines: Iterable[tuple[str, bytes]] = (),
    attachments: Iterable[Scan] = (),
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Sealed:
    """Write the package to `path`, which appears only when it is whole and fsynced.

    `recipients` are `age1…` strings in the order of the header, or empty when a
    reference package is sealed with a 启用码 (`passphrase`). `lines` are (h, raw
    bytes) as stored. Raises `Refused` with the code a reader would give when the
    facts do not fit, `UserError` RECORD_TOO_LONG, SCAN_CHANGED, `EnvironmentProblem`,
    `Cancelled`; then nothing is left behind.
    """
    lock: Lock = Recipients(recipients) if passphrase is None else Passphrase(passphrase)
    with _begun(
        path, envelope, key, lock.key_ids, progress=progress, cancel=cancel or Cancel()
    ) as job:
        totals = _add_records(job, lock, lines)
        _add_scans(job, lock, attachments)
        plain = index.make(job.draft, acks, totals.cover(), job.facts)
        if len(plain) > index.LARGEST:
            raise Refused("TOO_LARGE", kinds.INDEX)
        job.stage.seal(kinds.INDEX, io.BytesIO(plain), lock)
        return _finish(job, totals.lines)


def seal_trust(path: Path, envelope: Envelope, trust: Trust, *, key: SigningKey) -> Sealed:
    """Write a trust package: every version with its signatures, not encrypted."""
    with _begun(path, envelope, key, (), progress=silent, cancel=Cancel()) as job:
        for number, version in enumerate(trust.versions, 1):
            parts = {
                "": version.document,
                ".sshsig": version.signature,
                ".new.sshsig": version.new_root_signature,
            }
            for ending, data in parts.items():
                if data is not None:
                    job.stage.add(kinds.trust_path(number, ending), data)
        job.stage.add(kinds.ALLOWED_SIGNERS, trust.allowed_signers.encode("ascii"))
        return _finish(job, 0)


@dataclass(frozen=True, slots=True)
class _Job:
    """A package being made; `draft` is its header but for the payload's size."""

    path: Path
    key: SigningKey
    draft: Header
    stage: Stage
    progress: Progress
    cancel: Cancel
    facts: dict[str, FileFacts]


@contextmanager
def _begun(
    path: Path,
    envelope: Envelope,
    key: SigningKey,
    key_ids: Sequence[str],
    *,
    progress: Progress,
    cancel: Cancel,
) -> Iterator[_Job]:
    if envelope.writer != writer_name(envelope.station, key.public):
        raise Refused("SIGNER_NOT_WRITER", envelope.writer)
    package_id = names.package_id(envelope.writer, envelope.seq, secrets.token_hex(4))
    draft = header.make(envelope, package_id, key_ids, Payload(0, 0))
    header.parse(header.encode(draft), package_id)
    work = path.with_name(path.name + ".work")
    with files.words_for(path):
        try:
            with work.open("w+b") as file:
                yield _Job(path, key, draft, Stage(file), progress, cancel, {})
        finally:
            with suppress(OSError):
                work.unlink(missing_ok=True)


class _Body(msgspec.Struct):
    """The members the cover adds up; the others are passed over."""

    money: Any = None
    goods_value: Any = None
    workers_met: Any = None


class _Facts(msgspec.Struct):
    """What the cover needs of a revision."""

    type: str
    parents: tuple[str, ...]
    body: _Body


_facts_of = msgspec.json.Decoder(readable(_Facts)).decode_lines


def _add_records(job: _Job, lock: Lock, lines: Iterable[tuple[str, bytes]]) -> Totals:
    totals = Totals()
    plain = bytearray()
    number = 0
    for batch in _batches(lines):
        job.cancel.check()
        job.progress(Step("整理记录", totals.lines))
        _count(totals, batch)
        if totals.lines > index.MOST_LINES:
            raise Refused("TOO_LARGE", f"{totals.lines} 条")
        if len(plain) > LARGEST_RECORDS:
            _seal_records(job, lock, number, plain)
            plain = bytearray()
            number += 1
        plain += join(batch)
    _seal_records(job, lock, number, plain)
    return totals


def _batches(lines: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    batch: list[tuple[str, bytes]] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line[1])
        if len(batch) >= _BATCH or size > _HEAVY:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _count(totals: Totals, batch: Sequence[tuple[str, bytes]]) -> None:
    raws = [raw for _, raw in batch]
    if max(map(len, raws)) > LONGEST_RAW:
        raise UserError(
            "RECORD_TOO_LONG", "有一条记录太长，不能报送。", remedy="请缩短文字后再报送。"
        )
    facts = _facts_of(b"\n".join(raws))
    totals.add([(h, fact) for (h, _), fact in zip(batch, facts, strict=True)], _member)


def _member(facts: _Facts, name: str) -> Any:
    return value_of(facts.body, name)


def _seal_records(job: _Job, lock: Lock, number: int, plain: bytearray) -> None:
    path = kinds.records_path(number)
    job.progress(Step("加密记录"))
    job.facts[path] = FileFacts(hashlib.sha256(plain).hexdigest(), len(plain))
    job.stage.seal(path, Watched(io.BytesIO(zstdframe.compress(plain)), job.cancel), lock)


def _add_scans(job: _Job, lock: Lock, scans: Iterable[Scan]) -> None:
    for number, scan in enumerate(scans, 1):
        job.progress(Step("加密扫描件", number))
        path = kinds.scan_path(str(uuid.uuid4()))
        with scan.open() as stream:
            source = Watched(stream, job.cancel)
            job.stage.seal(path, source, lock)
        if source.seen.sha256 != scan.sha256:
            raise UserError(
                "SCAN_CHANGED",
                "有一张扫描件已损坏，不能报送。",
                why=scan.name,
                remedy="请重新添加它。",
            )
        facts = FileFacts(scan.sha256, source.seen.size, scan.name, scan.type)
        if not index.scan_is_sound(facts):
            raise Refused("INDEX_INVALID", scan.name)
        job.facts[path] = facts


def _finish(job: _Job, lines: int) -> Sealed:
    """Write the texts that cover the payload, sign them, and let the package appear."""
    stage, draft = job.stage, job.draft
    payload = staged_payload(stage)
    kinds.require_payload(draft.kind, payload)
    oxum = payload_of(stage, payload)
    kinds.require_size(draft.kind, oxum.octets)
    head = structs.replace(draft, payload_oxum=str(oxum))
    tags = close_bag(stage, job.key, PACKAGE_NAMESPACE, head.package_id, header.encode(head))
    with files.appearing(job.path) as out:
        stage.write_zip(head.package_id, out, job.progress, job.cancel)
        size = out.tell()
    return Sealed(job.path, hashlib.sha256(tags).hexdigest(), size, head, lines)
