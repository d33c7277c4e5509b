"""The data folder as a person sees it: what is in it, how large, and what may be cleared away."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec

from app.domain.records import TYPES, Record
from app.exchange.files import words_for
from app.services.office.duties import needs
from app.services.office.folder import Folder
from app.services.office.office import Office
from app.services.office.rekeying import REPLACED
from app.services.office.server_place import protection
from database.log import revisions
from database.state import states
from database.state.filters import live
from database.store import attachments as scans
from database.store.engine import Connection

COPY = "store.db.before-*"
"""Copies of the store from before a program update."""


class Part(msgspec.Struct, frozen=True):
    """One part of the folder and its size in bytes."""

    title: str
    size: int


class Leftover(msgspec.Struct, frozen=True):
    """Something that is kept for safety only: `replaced` what a restore put aside."""

    name: str
    size: int
    day: str
    replaced: bool


class Counted(msgspec.Struct, frozen=True):
    """How many records of one type there are; `void` are 作废 and not among them."""

    label: str
    count: int
    void: int


class Facts(msgspec.Struct, frozen=True):
    """What 设置 shows of the data."""

    folder: str
    parts: tuple[Part, ...]
    records: tuple[Counted, ...]
    revisions: int
    attachments: int
    leftovers: tuple[Leftover, ...]
    free: int
    """Bytes left on the disk."""

    protection: str = ""
    """Where the records lie and what protects them there."""


def facts(office: Office) -> Facts:
    """Sizes and counts; raises `EnvironmentProblem`."""
    folder = office.folder
    with words_for(folder.root), office.store.read() as connection:
        counted = [_counted(connection, kind) for kind in TYPES.values()]
        return Facts(
            str(folder.root),
            tuple(_parts(folder)),
            tuple(one for one in counted if one.count or one.void),
            revisions.next_n(connection) - 1,
            scans.count(office.scans),
            (*copies_before(folder), *put_aside(folder)),
            shutil.disk_usage(folder.root).free,
            protection(connection, office.store.server),
        )


def _counted(connection: Connection, kind: type[Record]) -> Counted:
    alive = states.count(connection, kind, live())
    return Counted(kind.label, alive, states.count(connection, kind) - alive)


def _parts(folder: Folder) -> Iterable[Part]:
    yield Part("记录", _size(folder.store))
    yield Part("附件", _size(folder.scans))
    yield Part("没有填完的", _size(folder.drafts))
    yield Part("发出的报送文件", _size(folder.outbox))
    yield Part("收到的报送文件", _size(folder.inbox))


def _size(path: Path) -> int:
    """Bytes of a file with what SQLite keeps beside it, or of everything in a folder."""
    if path.is_dir():
        return sum(one.stat().st_size for one in path.rglob("*") if one.is_file())
    every = [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))]
    return sum(one.stat().st_size for one in every if one.exists())


def copies_before(folder: Folder) -> list[Leftover]:
    """The copies of the store from before a program update."""
    return [_leftover(path, replaced=False) for path in sorted(folder.root.glob(COPY))]


def put_aside(folder: Folder) -> list[Leftover]:
    """The data that restored backups took the place of."""
    return [_leftover(path, replaced=True) for path in sorted(folder.root.glob(REPLACED))]


def _leftover(path: Path, *, replaced: bool) -> Leftover:
    day = dt.date.fromtimestamp(path.stat().st_mtime).isoformat()  # noqa: DTZ012  (a day to show)
    return Leftover(path.name, _size(path), day, replaced)


@needs("settings")
def clear(office: Office, names: Iterable[str]) -> int:
    """Remove leftovers by name; returns the bytes they held. Other names are left alone."""
    known = {one.name: one for one in [*copies_before(office.folder), *put_aside(office.folder)]}
    freed = 0
    for name in names:
        if name in known:
            path = office.folder.root / name
            with words_for(path):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            freed += known[name].size
    return freed
