"""Backing the data up (备份) into one file, while work goes on."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.kernel.readable import readable
from app.exchange.files import appearing, settle, words_for
from app.services.backup.backup_file import BackupReader, BackupWriter, Manifest, damaged, opened
from app.services.office import small_files
from app.services.office.alone import AT_WORK, alone, is_abandoned
from app.services.office.folder import Folder
from app.services.office.keyring import MOST_BYTES
from app.services.office.office import Office
from database.books import settings
from database.log import packages
from database.upkeep import copying, migrate, server_copying

SUFFIX = ".zfbackup"
_WORKSPACE = "backup-"


class LastBackup(msgspec.Struct, frozen=True):
    """When the data was last backed up (RFC 3339), and into which file."""

    at: str
    file: str


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written and read back."""

    file: Path
    manifest: Manifest


def back_up(
    office: Office, target: Path, *, progress: Progress = silent, cancel: Cancel | None = None
) -> Made:
    """Write store, attachments, keyring and packages into one file, and read it back.

    `target` is a folder (a stick), where the file gets a name with station and
    time, or the file itself. It appears only when it is whole. Drafts stay at
    home. Raises `UserError` BACKUP_INSIDE, `EnvironmentProblem`, `Cancelled`.
    """
    cancel = cancel or Cancel()
    file = target / _file_name(office) if target.is_dir() else target
    require_outside(office, file)
    with workspace(office.folder) as place, words_for(file), appearing(file) as out:
        with BackupWriter(out, progress, cancel) as writer:
            manifest = _write(office, writer, place, progress, cancel)
        settle(out)
        _verify(Path(out.name), office.store.key, place, progress, cancel)
    with office.store.write() as connection:
        last = settings.get(connection, "last_backup", LastBackup)
        # Another computer may have begun later and been ready sooner.
        if last is None or _moment(last.at) <= _moment(manifest.at):
            settings.put(connection, "last_backup", LastBackup(manifest.at, file.name))
    _leave_word(office.folder.root, LastBackup(manifest.at, str(file.absolute())))
    return Made(file, manifest)


_WORD = "last-backup.json"
"""Beside the data, for the day its store cannot be read."""


def require_outside(office: Office, place: Path) -> None:
    """Raise `UserError` BACKUP_INSIDE where a backup would lie in the folder it protects."""
    if place.resolve().is_relative_to(office.folder.root.resolve()):
        raise UserError(
            "BACKUP_INSIDE",
            "不能备份到数据文件夹里面。",
            why="电脑损坏时两份会一起丢失。",
            remedy="请选择优盘、移动硬盘或另一台电脑上的文件夹。",
        )


def _leave_word(root: Path, last: LastBackup) -> None:
    with suppress(OSError):
        (root / _WORD).write_bytes(msgspec.json.encode(last))


def last_made(root: Path) -> str:
    """Where the last backup was made and when, in words; empty where nobody knows.

    Needs no key: it is asked for when the data cannot be opened.
    """
    last = last_here(root)
    return f"{last.at[:16].replace('T', ' ')}，{last.file}" if last else ""


def last_here(root: Path) -> LastBackup | None:
    """The last backup that this computer made, with the whole path; needs no key either."""
    try:
        with (root / _WORD).open("rb") as reading:
            return msgspec.json.decode(reading.read(1 << 16), type=readable(LastBackup))
    except (OSError, ValueError, msgspec.DecodeError):
        return None


def _moment(at: str) -> dt.datetime:
    return dt.datetime.fromisoformat(at)


def _write(
    office: Office, writer: BackupWriter, place: Path, progress: Progress, cancel: Cancel
) -> Manifest:
    key = office.store.key
    counts = {}
    # The store first: every attachment its revisions name is in the attachments by then.
    for source in (office.folder.store, office.folder.scans):
        copy = place / f"copy of {source.name}"
        server_copying.copy(source, copy, key, progress=progress, cancel=cancel)
        counts[source.name] = copying.counts(copy, key)
        writer.put(source.name, copy)
        copy.unlink()
    held = _held(office)
    for name, path in _plain_files(office, place):
        if path not in held:
            writer.put(name, path)
    manifest = Manifest(
        format="zoufang-backup-1",
        at=office.now(),
        station=office.identity.station,
        writer=office.identity.writer,
        counts=counts[office.folder.store.name],
        scans=counts[office.folder.scans.name],
        members=tuple(writer.members),
    )
    writer.put_manifest(manifest)
    return manifest


def _held(office: Office) -> set[Path]:
    """What writers brought that nobody knows: it is no part of the office's data."""
    with office.store.read() as connection:
        rows = packages.find(connection, direction="in", state="held")
    return {office.folder.inbox / str(row.file) for row in rows}


def _plain_files(office: Office, place: Path) -> Iterator[tuple[str, Path]]:
    for path in (office.folder.keyring, office.folder.root_key):
        if small_files.exists(path):
            copy = place / path.name
            small_files.write(copy, small_files.read(path, MOST_BYTES))
            yield path.name, copy
            copy.unlink()
    yield from office.kept.every()


def verify(
    file: Path,
    key: bytes | None,
    folder: Folder,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Manifest:
    """Open a backup as a restore would: every sha256, every page, every count.

    Works in `folder`. Raises `UserError` BACKUP_DAMAGED, `EnvironmentProblem`.
    """
    with workspace(folder) as place:
        return _verify(file, key, place, progress, cancel or Cancel())


def _verify(
    file: Path, key: bytes | None, place: Path, progress: Progress, cancel: Cancel
) -> Manifest:
    with opened(file) as backup:
        backup.check(progress, cancel)
        for name in ("store.db", "attachments.db"):
            backup.unpack(name, place / name, progress, cancel)
        progress(Step("正在检查备份"))
        check_unpacked(backup, place, key)
        return backup.manifest


def check_unpacked(backup: BackupReader, place: Path, key: bytes | None) -> None:
    """See that both databases of a backup open with the key and hold what it says.

    Raises `UserError` BACKUP_DAMAGED, STORE_NEWER; `EnvironmentProblem` of the disk.
    """
    expected = (("store.db", backup.manifest.counts), ("attachments.db", backup.manifest.scans))
    for name, counts in expected:
        with _of_the_backup(name):
            copying.check(place / name, key)
            found = copying.counts(place / name, key)
        if found != counts:
            raise damaged(f"“{name}”的条数与登记的不符。")
    if migrate.require_known(place / "store.db", key) is None:
        raise damaged("“store.db”里没有记录。")


@contextmanager
def _of_the_backup(name: str) -> Iterator[None]:
    """Damage found in what was unpacked is the backup's, not that of the data at hand."""
    try:
        yield
    except EnvironmentProblem as problem:
        if problem.code != "STORE_DAMAGED":
            raise
        raise damaged(f"“{name}”打不开。") from problem


@contextmanager
def workspace(folder: Folder) -> Iterator[Path]:
    """An empty folder beside the data; what a crash left of an earlier one goes first."""
    for old in folder.root.glob(f"{_WORKSPACE}*"):
        if is_abandoned(old):
            shutil.rmtree(old, ignore_errors=True)
    with (
        words_for(folder.root),
        tempfile.TemporaryDirectory(dir=folder.root, prefix=_WORKSPACE) as path,
        alone(Path(path) / AT_WORK, Cancel()),
    ):
        yield Path(path)


def _file_name(office: Office) -> str:
    moment = re.sub(r"[^0-9T]", "", office.now()[:19]).replace("T", "-")
    return f"走访帮扶备份-{office.identity.station}-{moment}{SUFFIX}"
