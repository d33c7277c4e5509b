"""The one file of a backup (备份): a stored zip of encrypted files and a manifest of facts."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Annotated, Literal

import msgspec
from msgspec import Meta

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, Step
from app.exchange.files import CHUNK, settle, words_for
from app.services.office.keyring import Keyring

MANIFEST = "manifest.json"
ALWAYS = ("store.db", "attachments.db", "keyring.json")
_NAMES = re.compile(r"(store\.db|attachments\.db|keyring\.json|root\.key|(outbox|inbox)/[^/\\:]+)")

Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Member(msgspec.Struct, frozen=True):
    """One file inside: its name relative to the data folder, bytes and sha256."""

    name: str
    size: int
    sha256: Sha256


class Manifest(msgspec.Struct, frozen=True):
    """What a backup says of itself: whose it is, of when, and how much is in it.

    `at` is RFC 3339; `counts` and `scans` are the rows of each table of the store
    and of the attachments; the newest revision is `counts["revision"]`.
    """

    format: Literal["zoufang-backup-1"]
    at: str
    station: str
    writer: str
    counts: dict[str, int]
    scans: dict[str, int]
    members: tuple[Member, ...]


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
            found = _pour(
                reading, writing, Step("正在写入备份", 0, size), self._progress, self._cancel
            )
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

    def keyring(self, path: Path) -> Keyring:
        """The keyring inside; changes to it would be written to `path`."""
        with _readable():
            return Keyring.parse(path, self._archive.read("keyring.json"))

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
        member = next(each for each in self.manifest.members if each.name == name)
        step = replace(step, total=member.size)
        with _readable(), self._archive.open(name) as reading:
            found = _pour(reading, writing, step, progress, cancel)
        if found != (member.size, member.sha256):
            raise damaged(f"“{name}”的内容与登记的不符。")

    def _read_manifest(self) -> Manifest:
        infos = self._archive.infolist()
        if any(info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1 for info in infos):
            raise damaged("里面的文件被另存过。")
        manifest = msgspec.json.decode(self._archive.read(MANIFEST), type=Manifest)
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
            archive = stack.enter_context(zipfile.ZipFile(file))
            backup = BackupReader(archive)
        yield backup


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, msgspec.DecodeError, KeyError, EOFError) as error:
        raise damaged("它不是完整的备份文件。") from error


def damaged(why: str) -> UserError:
    """A backup that cannot be used."""
    return UserError(
        "BACKUP_DAMAGED", "这份备份不能用。", why=why, remedy="请用另一份备份，或重新备份。"
    )


def _pour(
    reading: IO[bytes], writing: IO[bytes] | None, step: Step, progress: Progress, cancel: Cancel
) -> tuple[int, str]:
    """Move all bytes over; their number and sha256."""
    total, size = hashlib.sha256(), 0
    while data := reading.read(CHUNK):
        cancel.check()
        total.update(data)
        size += len(data)
        if writing is not None:
            writing.write(data)
        progress(Step(step.label, size, step.total))
    return size, total.hexdigest()
