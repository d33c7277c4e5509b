"""Which engine the stores of this run are on, and new stores on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg
from sqlcipher3 import dbapi2

from database.store.engine import Store
from database.store.server_note import Server, server_of, write_note
from database.upkeep import migrate

if TYPE_CHECKING:
    from tests.postgres import Postgres

REFUSED = (dbapi2.Error, psycopg.Error)
"""What a driver raises when its engine refuses a statement."""

_servers: list[Postgres] = []


@contextmanager
def chosen(engine: str) -> Iterator[None]:
    """Until the end of the block stores are made on this engine."""
    if engine == "sqlite":
        yield
        return
    from tests import postgres

    with postgres.running() as server:
        _servers.append(server)
        yield
        _servers.clear()


@contextmanager
def given_back() -> Iterator[None]:
    """Databases that are made in the block go with it."""
    if not _servers:
        yield
        return
    before = _servers[0].databases()
    yield
    _servers[0].drop(_servers[0].databases() - before)


def new_server(*, empty: bool = False) -> Server | None:
    """A database with all tables (or none) and no rows; None where stores are files."""
    if not _servers:
        return None
    return _servers[0].empty() if empty else _servers[0].copy_of()


def foreign_server() -> Server:
    """An empty database that sorts by the rules of a language."""
    return _servers[0].foreign()


def new_store(path: Path, key: bytes | None) -> Store:
    """A store with all tables and no rows."""
    if server := new_server():
        write_note(path, server)
    migrate.upgrade(path, key)
    return Store(path, key)


def copied_folder(source: Path, target: Path) -> Path:
    """A data folder copied, its records with it; somebody may have it open."""
    shutil.copytree(source, target)
    if there := server_of(target / "store.db"):
        copy = _copied_database(urlsplit(there.url).path.removeprefix("/"))
        for note in ("store.db", "attachments.db", "keyring.json", "root.key"):
            if noted := server_of(target / note):
                write_note(target / note, replace(copy, part=noted.part))
    return target


def _copied_database(name: str) -> Server:
    try:
        return _servers[0].copy_of(name)
    except psycopg.errors.ObjectInUse:
        return _servers[0].copy_of_one_in_use(name)
