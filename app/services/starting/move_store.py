"""An office's data moved to a server or back into its folder, and computers that join it there.

All that is moved is there whole or not at all; only then this folder is turned to it. What lay
here is put aside and stays.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.exchange.files import words_for
from app.services.backup.restoring import unused_name
from app.services.office import folder_lock, folder_swap, small_files
from app.services.office.clock import Clock, wall_clock
from app.services.office.duties import require
from app.services.office.folder import NOTE, STAGED, Folder, tidy
from app.services.office.keyring import MOST_BYTES, Keyring
from app.services.office.office import Office, open_with_key, operator_id, require_whole
from app.services.office.server_place import (
    Agreed,
    Sign,
    note_agreed,
    put_sign,
    remove_sign,
    require_sign,
    sign_of,
    taken,
    vacant,
    write_notes,
)
from app.services.starting.setting_up import sign_for
from database.books import settings
from database.store import attachments
from database.store.engine import Connection, Store
from database.store.server_note import Server
from database.upkeep import moving, server_copying

_BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the data is now, its digest, and where what lay here before is kept."""

    place: str
    digest: str
    attachments: int
    files: int
    aside: Path | None


def move_to_server(
    root: Path,
    passphrase: str,
    server: Server,
    *,
    operator: str | None = None,
    clock: Clock = wall_clock,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Moved:
    """Move everything in a data folder to an empty database, and work there from now on.

    Where the very same data lies there already (a move that was cut off at its end), only the
    folder is turned to it. Raises `UserError` ALREADY_THERE, SERVER_TAKEN, NOT_YOUR_DUTY,
    `EnvironmentProblem`, `Cancelled`; then all is as before.
    """
    watch = cancel or Cancel()
    with _staged(root) as staged:
        with closing(_opened(root, passphrase, operator, clock)) as office:
            require(office, "restore")
            if office.store.server:
                raise UserError("ALREADY_THERE", "数据已经在服务器上。")
            write_notes(staged, server, with_root=small_files.exists(office.folder.root_key))
            done = _finished_before(office, staged) or _carried(
                office, staged, server, progress, watch
            )
            watch.check()
            key = office.store.key
        aside = _turned(root, clock)
        if aside is not None:
            _mark_old(aside, key, clock)
    return Moved(server.words, *done, aside)


def move_to_folder(
    root: Path,
    passphrase: str,
    *,
    operator: str | None = None,
    clock: Clock = wall_clock,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Moved:
    """Move everything from the server back into encrypted files in this folder.

    Nobody can work on the server with it afterwards; its rows stay there until a new office is
    set up in their place. Raises `UserError` NOT_THERE, NOT_YOUR_DUTY, `EnvironmentProblem`,
    `Cancelled`; then all is as before.
    """
    watch = cancel or Cancel()
    with _staged(root) as staged:
        with closing(_opened(root, passphrase, operator, clock)) as office:
            require(office, "restore")
            if not office.store.server:
                raise UserError("NOT_THERE", "数据本来就在这台电脑上。")
            done = _brought_home(office, staged, progress, watch)
        aside = _turned(root, clock)
    return Moved(str(root), *done, aside)


def require_reachable(server: Server) -> None:
    """Raise what keeps this computer from working with a database: address, password, version."""
    from database.upkeep import server_upkeep  # noqa: PLC0415  (only who has a server)

    server_upkeep.current(server)


def join(
    root: Path,
    server: Server,
    passphrase: str,
    *,
    operator: str | None = None,
    clock: Clock = wall_clock,
) -> Office:
    """Let this computer work with an office's data on a server: the address and a passphrase.

    That the person agreed to how records are kept there is written down beside them. Raises
    `UserError` FOLDER_IN_USE, NOTHING_THERE, WHICH_OPERATOR, WRONG_PASSPHRASE.
    """
    with _staged(root, new=True) as staged:
        who, key, with_root = _unlocked(staged, server, passphrase, operator, clock)
        if with_root:
            write_notes(staged, server, with_root=True)
        folder_swap.swap(root, "", ())
    return open_with_key(Folder(root), key, who, clock)


def _opened(root: Path, passphrase: str, operator: str | None, clock: Clock) -> Office:
    """The office, wherever it is wished to be."""
    folder = Folder(root)
    require_whole(folder)
    keyring = Keyring.open(folder.keyring)
    who = operator_id(keyring, operator)
    return open_with_key(folder, keyring.unlock(who, passphrase), who, clock)


def _unlocked(
    staged: Folder, server: Server, passphrase: str, operator: str | None, clock: Clock
) -> tuple[str, bytes, bool]:
    """Who opens it, the store key, and whether the root key lies there."""
    write_notes(staged, server)
    with closing(Store(staged.store, None)) as store, store.read() as connection:
        require_sign(connection, server)
        with_root = small_files.shared(connection, staged.root_key.name) is not None
    keyring = Keyring.open(staged.keyring)
    who = operator_id(keyring, operator)
    key = keyring.unlock(who, passphrase)
    name = next(one.name for one in keyring.operators if one.id == who)
    with closing(Store(staged.store, None)) as store, store.write() as connection:
        note_agreed(connection, Agreed(name, clock().isoformat(), "加入服务器"))
    return who, key, with_root


@contextmanager
def _staged(root: Path, *, new: bool = False) -> Iterator[Folder]:
    """An empty folder beside the data, which nobody else has meanwhile."""
    made_here = not root.exists()
    try:
        with folder_lock.replacing(root, "move-store"):
            folder_swap.complete(root)
            tidy(root)
            if new and not Folder(root).is_new:
                raise UserError(
                    "FOLDER_IN_USE", f"“{root}”里已经有数据。", remedy="请换一个空的文件夹。"
                )
            staged = Folder(root / STAGED)
            with words_for(root):
                for place in (staged.root, staged.outbox, staged.inbox):
                    place.mkdir(parents=True, mode=0o700)
            try:
                yield staged
            finally:
                if not (root / NOTE).exists():
                    shutil.rmtree(staged.root, ignore_errors=True)
    except BaseException:  # also Ctrl+C: an empty folder is not left
        if made_here and root.is_dir() and not any(root.iterdir()):
            root.rmdir()
        raise


def _finished_before(office: Office, staged: Folder) -> tuple[str, int, int] | None:
    """What a move did that was cut off after all was there; raises SERVER_TAKEN for other data."""
    with closing(Store(staged.store, None)) as there:
        assert there.server
        if not _has_sign(there):
            return None
        with there.read() as connection, office.store.read() as own:
            sign = sign_of(connection)
            found = moving.digest(connection)
            if sign is None or found != moving.digest(own):
                raise taken(there.server, sign or Sign("", "另一个单位", ""))
    return found, 0, 0


def _has_sign(store: Store) -> bool:
    from database.upkeep import server_upkeep  # noqa: PLC0415  (only who has a server)

    assert store.server
    if server_upkeep.current(store.server) is None:
        return False
    with store.read() as connection:
        return sign_of(connection) is not None


def _carried(
    office: Office, staged: Folder, server: Server, progress: Progress, cancel: Cancel
) -> tuple[str, int, int]:
    """Everything in one transaction of the server."""
    with vacant(staged, server), closing(Store(staged.store, None)) as there:
        with (
            office.store.read() as reading,
            office.scans.read() as scans,
            there.write() as writing,
        ):
            digest = moving.move_rows(reading, writing, progress, cancel)
            scanned = moving.move_scans(scans, writing, progress, cancel)
            files = _carry_files(office, writing, progress, cancel)
            put_sign(writing, sign_for(office, reading, _name_of(office), "搬到服务器"))
        return digest, scanned, files


def _name_of(office: Office) -> str:
    people = Keyring.open(office.folder.keyring).operators
    return next(one.name for one in people if one.id == office.operator)


def _carry_files(office: Office, writing: Connection, progress: Progress, cancel: Cancel) -> int:
    from database.store import server_files  # noqa: PLC0415  (only who has a server)

    progress(Step("正在搬报送文件"))
    files = [(name, path) for name, path in office.kept.every() if not name.endswith(".lock")]
    small = [path for path in (office.folder.keyring, office.folder.root_key) if path.exists()]
    for name, path in (*files, *((path.name, path) for path in small)):
        cancel.check()
        with path.open("rb") as file:
            server_files.put(writing, name, file)
    return len(files)


def _brought_home(
    office: Office, staged: Folder, progress: Progress, cancel: Cancel
) -> tuple[str, int, int]:
    """Everything as encrypted files; then the server says that it has nothing any more."""
    folder, key = office.folder, office.store.key
    for source, target in ((folder.store, staged.store), (folder.scans, staged.scans)):
        server_copying.copy(source, target, key, progress=progress, cancel=cancel)
    for path in (folder.keyring, folder.root_key):
        if small_files.exists(path):
            small_files.write(staged.root / path.name, small_files.read(path, MOST_BYTES))
    files = 0
    for name, path in office.kept.every():
        cancel.check()
        shutil.copyfile(path, staged.root / name)
        files += 1
    with (
        closing(Store(staged.store, key)) as here,
        here.read() as own,
        office.store.write() as there,
    ):
        digest = moving.digest(own)
        if digest != moving.digest(there):
            raise UserError(
                "CHANGED_MEANWHILE",
                "搬的时候另一台电脑上还有人在改，没有搬。",
                remedy="请等大家都退出程序后再试一次。",
            )
        remove_sign(there)
    return digest, attachments.count(office.scans), files


_MOVED = re.compile(r"(store|attachments)\.db|keyring\.json|root\.key|last-save|outbox|inbox")


def _turned(root: Path, clock: Clock) -> Path | None:
    """Put what was staged in the place of what lay here, which goes aside."""
    aside = unused_name(root, f"replaced-{clock():%Y%m%d-%H%M%S}")
    names = [
        path.name for path in root.iterdir() if _MOVED.fullmatch(path.name) or _is_beside(path.name)
    ]
    return folder_swap.swap(root, aside, names)


def _is_beside(name: str) -> bool:
    return any(name.endswith(f".db{end}") and name != f"drafts.db{end}" for end in _BESIDE)


def _mark_old(aside: Path, key: bytes | None, clock: Clock) -> None:
    """Whoever opens what was put aside has a copy, which sends nothing under its old name."""
    moment: dt.datetime = clock()
    with closing(Store(Folder(aside).store, key)) as old, old.write() as connection:
        settings.put(connection, "restored", {"at": moment.isoformat(), "moved": True})
