"""Bringing a backup back (恢复), never over newer work without saying what would be lost."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import TYPES
from app.exchange.files import words_for
from app.services.backup.backup import check_unpacked, workspace
from app.services.backup.backup_file import Manifest, opened
from app.services.office import folder_lock, folder_swap
from app.services.office.clock import Clock, wall_clock
from app.services.office.duties import require
from app.services.office.folder import NOTE, STAGED, Folder, tidy
from app.services.office.keyring import Keyring, key_id
from app.services.office.office import Office, open_with_key
from database.books import settings
from database.log import packages, trusts
from database.log.trusts import TrustRow
from database.store.engine import Connection, Store, change_key, opens_with
from database.store.server_note import server_of
from database.upkeep import copying
from database.upkeep.copying import Lost

_SHOWN = 10
"""How many of the records that would be lost are named."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, and where the data that lay there is now (None: there was none)."""

    manifest: Manifest
    aside: Path | None


def look(file: Path) -> Manifest:
    """Whose backup a file is and of when, without a key; raises `UserError` BACKUP_DAMAGED."""
    with opened(file) as backup:
        return backup.manifest


def keyring_for(file: Path, root: Path) -> Keyring:
    """The keyring that opens a backup: the folder's own where it fits, else the backup's.

    So today's passphrases open an old backup of the same store, under whatever key it was.
    """
    folder = Folder(root)
    with opened(file) as backup:
        inside = backup.keyring(folder.keyring)
    present = _present(folder)
    return present if present and present.knows(inside.key_id) else inside


def key_for(file: Path, root: Path, operator: str, passphrase: str) -> bytes:
    """The key that opens a backup; `operator` is the id of one of `keyring_for`'s.

    Where the data at hand is of the same key, its 管理 restore it, or whoever has the
    recovery code. Raises `UserError` NO_OPERATOR, WRONG_PASSPHRASE, BACKUP_DAMAGED,
    NOT_YOUR_DUTY.
    """
    key = keyring_for(file, root).unlock(operator, passphrase)
    office = _at_hand(Folder(root), key, operator)
    if office is not None:
        try:
            require(office, "restore")
        finally:
            office.close()
    return key


def _at_hand(folder: Folder, key: bytes, operator: str) -> Office | None:
    """The present data, where it can be read at all."""
    try:
        if folder.store.exists() and opens_with(folder.store, key):
            return open_with_key(folder, key, operator, wall_clock)
    except (EnvironmentProblem, UserError):
        pass
    return None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a restore would do: whose backup it is, whether of the data at hand, what it lacks.

    `saves` is how many times something was saved that the backup does not have, and
    `records` names what it was. Of other data nothing is known but that it would be
    put aside; then `people` (id, name) can open the backup.
    """

    manifest: Manifest
    same: bool
    saves: int = 0
    records: tuple[str, ...] = ()
    people: tuple[tuple[str, str], ...] = ()


def require_own_files(folder: Folder) -> None:
    """Raise `UserError` ON_SERVER where a part of this folder's data lies on a server.

    Several computers work with that; a backup is not put in its place behind their backs.
    """
    parts = (folder.store, folder.scans, folder.keyring)
    server = next(filter(None, map(server_of, parts)), None)
    if server is not None:
        raise UserError(
            "ON_SERVER",
            f"这份数据在服务器“{server.words}”上，几台电脑在用，不能这样恢复。",
            remedy="请管服务器的人用数据库的备份（pg_dump 做的）恢复；没有的，先把备份文件恢复到"
            "一个空的文件夹，看过以后用 zoufang move-store 搬到空的数据库。",
        )


def foresee(
    file: Path,
    root: Path,
    key: bytes,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Outlook:
    """Compare a backup with the data at hand, which may be open; changes nothing.

    Raises `UserError` BACKUP_DAMAGED, STORE_NEWER, `EnvironmentProblem`, `Cancelled`.
    """
    folder, watch = Folder(root), cancel or Cancel()
    require_own_files(folder)
    with workspace(folder) as place, opened(file) as backup:
        inside = backup.keyring(place / folder.keyring.name)
        own = own_key(folder, inside, key)
        if own is None:
            backup.check(progress, watch)
            people = tuple((person.id, person.name) for person in inside.operators)
            return Outlook(backup.manifest, same=False, people=people)
        for name in (folder.store.name, folder.scans.name):
            backup.unpack(name, place / name, progress, watch)
        progress(Step("正在检查备份"))
        check_unpacked(backup, place, own)
        put_under(place / folder.store.name, own, key)
        lost = copying.lost(folder.store, place / folder.store.name, key)
        return Outlook(backup.manifest, True, len(lost), tuple(_names(lost)))


def restore(
    file: Path,
    root: Path,
    key: bytes,
    *,
    force: bool = False,
    clock: Clock = wall_clock,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Restored:
    """Put a backup in the place of what lies in the data folder, which must be closed.

    What lay there is kept in a dated folder inside it. The restored store
    becomes a new writer before it sends again (package format §3). Raises
    `UserError` BACKUP_DAMAGED, WRONG_KEY, STORE_NEWER, and without `force`
    RESTORE_OLDER, RESTORE_OTHER, RESTORE_OVER_DAMAGED; `EnvironmentProblem`, IN_USE where
    somebody else has the folder open; `Cancelled`.
    """
    require_own_files(Folder(root))
    with folder_lock.replacing(root, "restore"):
        _finish_earlier(root)
        folder, staged = Folder(root), Folder(root / STAGED)
        try:
            manifest = _stage(file, staged, key, progress, cancel or Cancel())
            if not force:
                _require_nothing_lost(folder, staged, key)
            _mark(staged, key, manifest, clock().isoformat(), _trust_at_hand(folder, key))
        except BaseException:  # also Ctrl+C: half of it must not be taken for the whole
            shutil.rmtree(staged.root, ignore_errors=True)
            raise
        out = _going_out(folder, staged, key)
        aside = unused_name(root, f"replaced-{clock():%Y%m%d-%H%M%S}")
        return Restored(manifest, folder_swap.swap(root, aside, out))


def _finish_earlier(root: Path) -> None:
    """What a cut left of an earlier restore; one of which nothing is known is done again."""
    try:
        folder_swap.complete(root)
    except EnvironmentProblem as problem:
        if problem.code != folder_swap.UNREADABLE:
            raise
        with words_for(root / NOTE):
            (root / NOTE).unlink()
    tidy(root)


def _stage(file: Path, staged: Folder, key: bytes, progress: Progress, cancel: Cancel) -> Manifest:
    """Unpack everything into the staged folder, see that it is whole, and put it under the key."""
    with opened(file) as backup:
        own = own_key(Folder(staged.root.parent), backup.keyring(staged.keyring), key)
        if own is None:
            raise UserError("WRONG_KEY", "这把钥匙打不开这份备份。")
        with words_for(staged.root.parent):
            for place in (staged.root, staged.outbox, staged.inbox):
                place.mkdir(mode=0o700)
        for member in backup.manifest.members:
            backup.unpack(member.name, staged.root / member.name, progress, cancel)
        progress(Step("正在检查备份"))
        check_unpacked(backup, staged.root, own)
        for path in (staged.store, staged.scans):
            put_under(path, own, key)
        cancel.check()
        return backup.manifest


def own_key(folder: Folder, inside: Keyring, key: bytes) -> bytes | None:
    """The key a backup is under: the one at hand or, of the same data, one of before it."""
    if inside.key_id == key_id(key):
        return key
    present = _present(folder)
    if present and present.key_id == key_id(key) and present.knows(inside.key_id):
        return present.key_named(inside.key_id, key)
    return None


def put_under(path: Path, old: bytes, key: bytes) -> None:
    """Put an unpacked file under the key at hand."""
    if old != key:
        change_key(path, old, key)


def _require_nothing_lost(folder: Folder, staged: Folder, key: bytes) -> None:
    if not folder.store.exists():
        return
    present = _present(folder)
    if present is None or present.key_id != key_id(key):
        raise UserError(
            "RESTORE_OTHER",
            "这里已有另一份数据，不是这份备份的。",
            remedy="确认要换下它时请选“仍然恢复”，原来的数据会另外保存。",
        )
    try:
        lost = copying.lost(folder.store, staged.store, key)
    except EnvironmentProblem as problem:
        raise UserError(
            "RESTORE_OVER_DAMAGED",
            "现有的数据读不出来，无法说明恢复后会少什么。",
            why=problem.what,
            remedy="确认要换下它时请选“仍然恢复”，原来的数据会另外保存。",
        ) from problem
    if lost:
        raise _older(lost)


def _older(lost: Sequence[Lost]) -> UserError:
    names = _names(lost)
    more = f"等{len(names)}条" if len(names) > _SHOWN else ""
    return UserError(
        "RESTORE_OLDER",
        f"这份备份比现有的数据旧，恢复后会少{len(lost)}次保存的内容。",
        why=f"涉及：{'、'.join(names[:_SHOWN])}{more}。",
        remedy="请先备份现有的数据；确认要恢复时请选“仍然恢复”。",
    )


def _names(lost: Sequence[Lost]) -> list[str]:
    """What the saves were of, each record once."""
    return list(dict.fromkeys(_named(each) for each in lost))


def _named(lost: Lost) -> str:
    label = TYPES[lost.type].label if lost.type in TYPES else lost.type
    return f"{label}{lost.number or lost.id}"


def _mark(
    staged: Folder, key: bytes, manifest: Manifest, at: str, known: Sequence[TrustRow]
) -> None:
    store = Store(staged.store, key)
    try:
        with store.write() as connection:
            settings.put(connection, "restored", {"at": at, "backup": manifest.at})
            _keep_newest_trust(connection, known)
            _forget_held(connection, staged)
    finally:
        store.close()


def _trust_at_hand(folder: Folder, key: bytes) -> list[TrustRow]:
    """The trust document of the data that is replaced, where it is the same office's."""
    present = _present(folder)
    if present is None or present.key_id != key_id(key) or not folder.store.exists():
        return []
    store = Store(folder.store, key)
    try:
        with store.read() as connection:
            return trusts.every(connection)
    except EnvironmentProblem:
        return []
    finally:
        store.close()


def _forget_held(connection: Connection, staged: Folder) -> None:
    """What was held is in no backup; its writers have it still, and bring it again."""
    for row in packages.find(connection, direction="in", state="held"):
        if not (staged.inbox / str(row.file)).exists():
            packages.update(connection, row.n, state="refused", file=None)


def _keep_newest_trust(connection: Connection, known: Sequence[TrustRow]) -> None:
    """A restored store trusts nobody whom the city had ended by the time of the restore."""
    restored = trusts.every(connection)
    if list(known[: len(restored)]) == restored:
        trusts.put(connection, list(known))


def _going_out(folder: Folder, staged: Folder, key: bytes) -> list[str]:
    """What the backup replaces; the keyring and the drafts of the same key stay."""
    files = [folder.store, folder.scans, folder.mark]
    present = _present(folder)
    if present and present.key_id == key_id(key):
        staged.keyring.unlink()
    else:
        files += [folder.keyring, folder.drafts]
    if staged.root_key.exists():
        files.append(folder.root_key)
    # What SQLite left beside a store goes first, or it would be taken for the new one's.
    beside = [path.name + end for end in ("-wal", "-shm") for path in files]
    return [*beside, *(path.name for path in files), folder.outbox.name, folder.inbox.name]


def _present(folder: Folder) -> Keyring | None:
    """The folder's keyring, or None when there is none or it cannot be read."""
    try:
        return Keyring.open(folder.keyring) if folder.keyring.exists() else None
    except UserError:
        return None


def unused_name(root: Path, name: str) -> str:
    """The name, or one with a number after it that nothing in the folder has."""
    tries = [name, *(f"{name}-{n}" for n in range(2, 100))]
    return next(each for each in tries if not (root / each).exists())
