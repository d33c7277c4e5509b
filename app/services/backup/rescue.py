"""A data folder that lacks files: what is lost, and bringing back only that (补上缺少的文件)."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.services.backup import restoring
from app.services.backup.backup import last_made
from app.services.backup.backup_file import BackupReader, opened
from app.services.office import folder_lock, folder_swap
from app.services.office.clock import Clock, wall_clock
from app.services.office.folder import STAGED, Folder, tidy
from app.services.office.keyring import Keyring
from database.store import attachments
from database.store.engine import opens_with
from database.upkeep import copying


@dataclass(frozen=True, slots=True)
class Lack:
    """What a data folder is without: in words, what that means, and where the last backup is."""

    files: str
    meaning: str
    backup: str
    can_begin_anew: bool
    """Whether the rest can be used without them, once somebody says so."""


def _meaning(names: Collection[str]) -> str:
    """What that means for the work; of several lost files the worst says enough."""
    worst = [name for name in _MEANING if name in names]
    shown = worst[:1] if worst[0] in ("keyring.json", "store.db") else worst
    return "".join(_MEANING[name] for name in shown)


_MEANING = {
    "store.db": "没有记录文件，要用备份恢复；备份以后填的要重新填，或请上级交还报送过的。",
    "keyring.json": "没有口令文件，口令和恢复码都打不开数据；备份里有它。",
    "attachments.db": "记录还在；备份里有备份那天以前的附件。",
    "outbox": "不能再拷一次以前发出的报送文件。",
    "inbox": "收到的报送文件汇总出来的内容没有少。",
}


def lack(root: Path) -> Lack | None:
    """What is missing; None for a folder that is whole, or holds nobody's data."""
    folder = Folder(root)
    lost = () if folder.is_new else folder.missing
    if not lost:
        return None
    names = {path.name for path in lost}
    return Lack(
        folder.words_for(lost),
        _meaning(names),
        last_made(root),
        not names & {"keyring.json", "store.db"},
    )


@dataclass(frozen=True, slots=True)
class Rescued:
    """Which files came back; `restored` where the records did too, as in a restore."""

    files: tuple[str, ...]
    restored: bool


def bring_missing(
    file: Path,
    root: Path,
    key: bytes,
    *,
    clock: Clock = wall_clock,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Rescued:
    """Bring what a data folder lacks out of a backup of the same data; all else stays.

    Without the records everything comes out of the backup, and what lies there is put
    aside. Raises `UserError` NOTHING_MISSING, NOT_THE_SAME_DATA, BACKUP_DAMAGED;
    `EnvironmentProblem`, IN_USE; `Cancelled`.
    """
    restoring.require_own_files(Folder(root))
    with folder_lock.replacing(root, "rescue"):
        folder_swap.complete(root)
        tidy(root)
        folder, watch = Folder(root), cancel or Cancel()
        lost = {path.name for path in folder.missing}
        if folder.store.name in lost:
            restoring.restore(file, root, key, clock=clock, progress=progress, cancel=watch)
            return Rescued(tuple(sorted(lost)), restored=True)
        staged = Folder(root / STAGED)
        try:
            with opened(file) as backup:
                wanted = _wanted(folder, lost, backup)
                own = _own_key(folder, backup, key, has_keyring=folder.keyring.name not in lost)
                _stage(backup, staged, wanted, progress, watch)
            if staged.scans.exists():
                progress(Step("正在检查备份"))
                copying.check(staged.scans, own)
                restoring.put_under(staged.scans, own, key)
            watch.check()
        except BaseException:  # also Ctrl+C: half of it must not be taken for the whole
            shutil.rmtree(staged.root, ignore_errors=True)
            raise
        _let_empty_ones_go(folder)
        folder_swap.swap(root, "", ())
        return Rescued(tuple(sorted(wanted)), restored=False)


def begin_anew(root: Path, operator: str, passphrase: str) -> tuple[str, ...]:
    """Make empty what is lost for good, so that the rest can be used; its names.

    `operator` is an id of the keyring. Raises `UserError` NOTHING_MISSING, NEEDS_BACKUP
    (without records or keyring nothing can be used), WRONG_PASSPHRASE.
    """
    with folder_lock.replacing(root, "rescue"):
        found = lack(root)
        if found is None:
            raise _nothing_missing()
        if not found.can_begin_anew:
            raise UserError("NEEDS_BACKUP", "没有备份打不开这份数据。", why=found.meaning)
        folder = Folder(root)
        key = Keyring.open(folder.keyring).unlock(operator, passphrase)
        lost = [path.name for path in folder.missing]
        for place in (folder.outbox, folder.inbox):
            place.mkdir(mode=0o700, exist_ok=True)
        if folder.scans.name in lost:
            _let_empty_ones_go(folder)
            with closing(attachments.open_store(folder.scans, key)):
                pass
        return tuple(lost)


def _wanted(folder: Folder, lost: Collection[str], backup: BackupReader) -> set[str]:
    """Top names to be brought; the city's root key too, where it went with the rest."""
    inside = {member.name.partition("/")[0] for member in backup.manifest.members}
    wanted = set(lost)
    if folder.root_key.name in inside and not folder.root_key.exists():
        wanted.add(folder.root_key.name)
    if not wanted:
        raise _nothing_missing()
    return wanted


def _own_key(folder: Folder, backup: BackupReader, key: bytes, *, has_keyring: bool) -> bytes:
    """The key of the backup, which must be one of the data at hand."""
    inside = backup.keyring(folder.keyring)
    own = restoring.own_key(folder, inside, key)
    # A keyring from before the last change of the store key would not open the records.
    if own is None or not opens_with(folder.store, key) or not (has_keyring or own == key):
        raise UserError(
            "NOT_THE_SAME_DATA",
            "这份备份补不上这里缺少的文件。",
            why="它是另一份数据的，或者备份以后换过数据钥匙。",
            remedy="请选本单位最近的一份备份。",
        )
    return own


def _stage(
    backup: BackupReader,
    staged: Folder,
    wanted: Collection[str],
    progress: Progress,
    cancel: Cancel,
) -> None:
    staged.root.mkdir(mode=0o700)
    for place in (staged.outbox, staged.inbox):
        if place.name in wanted:
            place.mkdir(mode=0o700)
    for member in backup.manifest.members:
        if member.name.partition("/")[0] in wanted:
            backup.unpack(member.name, staged.root / member.name, progress, cancel)


def _let_empty_ones_go(folder: Folder) -> None:
    """A file of no bytes is as good as none, and would be in the way."""
    for path in folder.missing:
        if path.is_file():
            path.unlink()


def _nothing_missing() -> UserError:
    return UserError("NOTHING_MISSING", "数据文件夹里什么都不缺。", remedy="可以直接打开。")
