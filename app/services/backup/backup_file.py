"""The one file of a backup (备份): a stored zip of encrypted files and a manifest of facts."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Annotated, Literal

import msgspec
from msgspec import Meta

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, Step
from app.domain.kernel.readable import readable
from app.exchange.files import CHUNK, settle, words_for
from app.services.office.keyring import Keyring

MANIFEST = "manifest.json"
ALWAYS = ("store.db", "attachments.db", "keyring.json")
_NAMES = re.compile(
    r"(store\.db|attachments\.db|keyring\.json|root\.key|(outbox|inbox)/(?!\.)[^/\\:\x00-\x1f]{1,255})"
)

MOST_FILES = 500_000
"""Files in a backup; a city's inbox of many years has some tens of thousands."""

_LARGEST_FACTS = 256 << 20
"""Bytes of the manifest, which has some 150 for each file."""

_LARGEST_KEYRING = 1 << 20

Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Text = Annotated[str, Meta(max_length=300)]
Count = Annotated[int, Meta(ge=0, lt=1 << 62)]
Counts = Annotated[dict[Text, Count], Meta(max_length=1000)]


class Member(msgspec.Struct, frozen=True):
    """One file inside: its name relative to the data folder, bytes and sha256."""

    name: Annotated[str, Meta(max_length=1000)]
    size: Count
    sha256: Sha256


class Manifest(msgspec.Struct, frozen=True):
    """What a backup says of itself: whose it is, of when, and how much is in it.

    `at` is RFC 3339; `counts` and `scans` are the rows of each table of the store
    and of the attachments; the newest revision is `counts["revision"]`.
    """

    format: Literal["zoufang-backup-1"]
    at: Text
    station: Text
    writer: Text
    counts: Counts
    scans: Counts
    members: Annotated[tuple[Member, ...], Meta(max_length=MOST_FILES)]

    def __post_init__(self) -> None:
        if dt.datetime.fromisoformat(self.at).tzinfo is None:
            raise ValueError("the time of a backup has an offset")


class BackupWriter:
    """Puts files into an archive and remembers what was put; a `with` block ends it."""

    def __init__(self, out: IO[bytes], progress: Progress, cancel: Cancel) -> None:
        self._archive = zipfile.ZipFile(out, "w", zipfile.ZIP_STORED)
        self._progress = progress
        self._cancel = cancel
        self.members: list[Member] = []

    def __enter__(self) -> BackupWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def put(self, name: str, source: Path) -> None:
        """Add the bytes of a file under a name."""
        with source.open("rb") as reading, self._opened(name) as writing:
            size = source.stat().st_size
            step = Step("正在写入备份", 0, size)
            found = _pour(reading.read, writing, step, self._progress, self._cancel)
        self.members.append(Member(name, *found))

    def put_manifest(self, manifest: Manifest) -> None:
        """Add the facts, last."""
        with self._opened(MANIFEST) as writing:
            writing.write(msgspec.json.format(msgspec.json.encode(manifest), indent=2))

    def _opened(self, name: str) -> IO[bytes]:
        return self._archive.open(zipfile.ZipInfo(name), "w", force_zip64=True)


class BackupReader:
    """Reads a backup, trusting nothing in it before its sha256 was seen to be right."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.manifest = self._read_manifest()
        self._members = {member.name: member for member in self.manifest.members}

    def keyring(self, path: Path) -> Keyring:
        """The keyring inside; changes to it would be written to `path`."""
        return Keyring.parse(path, self._whole("keyring.json", _LARGEST_KEYRING))

    def unpack(self, name: str, target: Path, progress: Progress, cancel: Cancel) -> None:
        """Write one file out; raises `UserError` BACKUP_DAMAGED when its bytes are not its own."""
        with words_for(target), target.open("xb") as writing:
            target.chmod(0o600)
            self._read(name, writing, Step("正在读取备份"), progress, cancel)
            settle(writing)

    def check(self, progress: Progress, cancel: Cancel) -> None:
        """Read every file inside; raises `UserError` BACKUP_DAMAGED."""
        for member in self.manifest.members:
            self._read(member.name, None, Step("正在检查备份"), progress, cancel)

    def _read(
        self, name: str, writing: IO[bytes] | None, step: Step, progress: Progress, cancel: Cancel
    ) -> None:
        member = self._members[name]
        step = replace(step, total=member.size)
        with self._opened(name, member.size) as reading:
            found = _pour(reading, writing, step, progress, cancel)
        if found != (member.size, member.sha256):
            raise damaged(f"“{name}”的内容与登记的不符。")

    @contextmanager
    def _opened(self, name: str, most: int) -> Iterator[Callable[[int], bytes]]:
        """Reads of one file inside, which may have `most` bytes; each is judged on its own.

        What the disk says of the file being written is not taken for damage of the backup.
        """
        with _readable():
            info = self._archive.getinfo(name)
            if info.file_size > most:
                raise damaged(f"“{name}”的内容与登记的不符。")
            inside = self._archive.open(info)

        def read(size: int) -> bytes:
            with _readable():
                return inside.read(size)

        with inside:
            yield read

    def _whole(self, name: str, most: int) -> bytes:
        with self._opened(name, most) as read:
            return read(most)

    def _read_manifest(self) -> Manifest:
        infos = self._archive.infolist()
        if any(info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1 for info in infos):
            raise damaged("里面的文件被另存过。")
        raw = self._whole(MANIFEST, _LARGEST_FACTS)
        with _readable():
            manifest = msgspec.json.decode(raw, type=readable(Manifest))
        names = sorted(member.name for member in manifest.members)
        inside = sorted(info.filename for info in infos if info.filename != MANIFEST)
        if names != inside or len(set(names)) < len(names) or not set(ALWAYS) <= set(names):
            raise damaged("里面的文件与目录不符。")
        if not all(_NAMES.fullmatch(name) for name in names):
            raise damaged("里面有不该有的文件。")
        return manifest


@contextmanager
def opened(file: Path) -> Iterator[BackupReader]:
    """A backup to read from; raises `UserError` BACKUP_DAMAGED, `EnvironmentProblem`."""
    with ExitStack() as stack:
        with words_for(file), _readable():
            _require_bearable(file)
            archive = stack.enter_context(zipfile.ZipFile(file))
            backup = BackupReader(archive)
        yield backup


def _require_bearable(file: Path) -> None:
    """Refuse a directory of more files than any backup has, which zipfile would read whole."""
    with file.open("rb") as reading:
        size = reading.seek(0, 2)
        reading.seek(max(0, size - _TAIL))
        tail = reading.read(_TAIL)
    for mark, record, count, length in _ENDS:
        at = tail.rfind(mark)
        if 0 <= at <= len(tail) - record.size:
            fields = record.unpack_from(tail, at)
            for value, most, unknown in (
                (fields[count], MOST_FILES, 0xFFFF),
                (fields[length], _LARGEST_FACTS, 0xFFFFFFFF),
            ):
                if value > most and value != unknown:
                    raise damaged("里面的文件太多。")


_TAIL = 0xFFFF + 200
_ENDS = (
    (b"PK\5\6", struct.Struct("<4s4H2LH"), 4, 5),
    (b"PK\6\6", struct.Struct("<4sQ2H2L4Q"), 7, 8),
)
"""The end records of a zip and of a large one: mark, form, where the count and the length stand."""

_NOT_A_BACKUP = (
    zipfile.BadZipFile,
    msgspec.DecodeError,
    struct.error,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""All that zipfile and msgspec say of bytes that make no sense; a seek to nowhere is an `OSError`
EINVAL."""


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except _NOT_A_BACKUP as error:
        raise damaged("它不是完整的备份文件。") from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise damaged("它不是完整的备份文件。") from error


def damaged(why: str) -> UserError:
    """A backup that cannot be used."""
    return UserError(
        "BACKUP_DAMAGED", "这份备份不能用。", why=why, remedy="请用另一份备份，或重新备份。"
    )


def _pour(
    read: Callable[[int], bytes],
    writing: IO[bytes] | None,
    step: Step,
    progress: Progress,
    cancel: Cancel,
) -> tuple[int, str]:
    """Move all bytes over; their number and sha256."""
    total, size = hashlib.sha256(), 0
    while data := read(CHUNK):
        cancel.check()
        total.update(data)
        size += len(data)
        if writing is not None:
            writing.write(data)
        progress(Step(step.label, size, step.total))
    return size, total.hexdigest()
