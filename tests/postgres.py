"""A PostgreSQL server for one run of the tests: nowhere but on a socket in a folder of its own."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg

from database.store.server_note import Server, write_note
from database.upkeep import migrate

SETTINGS = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=400",
    "wal_level=minimal",
    "max_wal_senders=0",
    "shared_buffers=64MB",
)
MADE = "zoufang_made"
"""A database with all tables and nothing in them; copies of it are quick."""

_numbers = itertools.count(1)


class Postgres:
    """The server, and databases on it."""

    def __init__(self, place: Path, programs: Path) -> None:
        self._place, self._programs = place, programs

    def url(self, database: str) -> str:
        """The address of a database here."""
        return f"postgresql://zoufang@/{database}?host={self._place}"

    def copy_of(self, database: str = MADE) -> Server:
        """A new database with all that another holds, to which nobody is connected."""
        name = f"zoufang_{next(_numbers)}"
        self.tell(f"CREATE DATABASE {name} TEMPLATE {database} STRATEGY file_copy")
        return Server(self.url(name))

    def copy_of_one_in_use(self, database: str) -> Server:
        """A new database with all that another holds, whoever is connected to that one."""
        copy = self.copy_of("template0")
        dump = self._programs / "pg_dump", "--dbname", self.url(database), "--no-owner"
        told = subprocess.run(dump, check=True, capture_output=True).stdout
        take = self._programs / "psql", "--dbname", copy.url, "--no-psqlrc", "--quiet"
        strictly = "--set", "ON_ERROR_STOP=1", "--single-transaction"
        subprocess.run([*take, *strictly], check=True, capture_output=True, input=told)
        return copy

    def empty(self) -> Server:
        """A new database without a table."""
        return self.copy_of("template0")

    def foreign(self) -> Server:
        """A new database without a table that sorts as Chinese do, and not byte by byte."""
        name = f"zoufang_{next(_numbers)}"
        sorts = "LOCALE_PROVIDER icu ICU_LOCALE 'zh-u-kn' LOCALE 'C'"
        self.tell(f"CREATE DATABASE {name} TEMPLATE template0 {sorts} ENCODING 'UTF8'")
        return Server(self.url(name))

    def databases(self) -> set[str]:
        """Those that tests were given."""
        named = "SELECT datname FROM pg_database WHERE datname ~ '^zoufang_[0-9]'"
        return {name for (name,) in self.tell(named)}

    def drop(self, names: Iterable[str]) -> None:
        """Forget databases, whoever is connected to them."""
        for name in names:
            self.tell(f"DROP DATABASE {name} WITH (FORCE)")

    def tell(self, statement: str) -> list[tuple[str, ...]]:
        """Carry out a statement of the server's keeper."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


def binaries() -> Path | None:
    """The folder with the server's programs, of the newest version there is; None without one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=_version)
    return found[-1].parent if found else None


def _version(program: Path) -> int:
    return int(program.parts[-3])


@contextlib.contextmanager
def running(*more: str, within: Path | None = None) -> Iterator[Postgres]:
    """A server that goes with this process; it is nobody's who may do much.

    `more` are settings over `SETTINGS`, `within` the folder it is made in.
    """
    programs = binaries()
    assert programs is not None, "PostgreSQL is not installed: packaging/system.sh postgres"
    place = Path(tempfile.mkdtemp(prefix="zf-pg-", dir=within or _quickest()))
    lowered = _lowered(place)
    try:
        made_with = "-U zoufang -A trust --no-locale --encoding=UTF8 --no-sync --no-instructions"
        subprocess.run(
            [*lowered, programs / "initdb", "-D", place / "data", *made_with.split()],
            check=True,
            capture_output=True,
            cwd=place,
        )
        told = [f"-c{one}" for one in (*SETTINGS, *more, f"unix_socket_directories={place}")]
        with (place / "log").open("wb") as log:
            server = subprocess.Popen(
                [*lowered, programs / "postgres", "-D", place / "data", *told],
                stdout=log, stderr=log, cwd=place,
            )  # fmt: skip
        try:
            made = Postgres(place, programs)
            _wait(made, server, programs)
            made.tell(f"CREATE DATABASE {MADE} TEMPLATE template0")
            write_note(place / "note", Server(made.url(MADE)))
            migrate.upgrade(place / "note", None)
            yield made
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _quickest() -> Path | None:
    """Memory, where there is room: thousands of small files are copied for every test."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2 << 30
    return memory if roomy and os.access(memory, os.W_OK) else None


def _wait(made: Postgres, server: subprocess.Popen[bytes], programs: Path) -> None:
    while subprocess.run(
        [programs / "pg_isready", "-q", "-h", made._place], check=False
    ).returncode:
        assert server.poll() is None, "PostgreSQL did not start"


def _lowered(place: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as one who owns nothing."""
    die = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
    if os.getuid() != 0:
        return die
    names = {one.pw_name for one in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(place, user.pw_uid, user.pw_gid)
    return [*die, "--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups"]
