"""The same office on a PostgreSQL server beside its encrypted file, both on this disk.

Ours is the server, durable as a server is (fsync on), and the floor is the file: saving one
record at a time, a page of a list of visits, and merging a package at the city.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from app.services.lists import table_query
from app.services.office.office import Office
from app.services.receiving import take_package
from app.services.starting import move_store
from database.store.server_note import Server, server_of, write_note
from tests.bench.listing import LEDGER
from tests.bench.measuring import Outcome, Plan, Side, compare
from tests.bench.saving import changes
from tests.bench.stores import opened
from tests.postgres import Postgres, binaries, running
from tests.services.offices import PASSPHRASE

NAME = "postgresql"
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on", "shared_buffers=256MB")
RECORDS = 10_000
PAGE = 50
"""Rows of a list that a window shows."""


def run(plan: Plan) -> Iterator[Outcome]:
    """Save, list, merge; no server on this computer is said."""
    if binaries() is None:
        yield Outcome("PostgreSQL beside SQLite", note="not measured: no PostgreSQL here")
        return
    with running(*DURABLE, within=Path(tempfile.gettempdir())) as server:
        yield from _saved_and_listed(plan, server)
        yield from _merged(plan, server)


def _saved_and_listed(plan: Plan, server: Postgres) -> Iterator[Outcome]:
    stored, each = plan.prepared.county(plan.size(RECORDS, 1_000)), plan.size(50, 10)
    with ExitStack() as work:
        here, there = (work.enter_context(plan.prepared.copy_of(stored)) for _ in range(2))
        _moved(there, server)
        both = opened(there), opened(here)
        saves = [partial(_saving, changes(one, each * 100), each) for one in both]
        times = compare(plan, *saves, per=each)
        yield Outcome("PostgreSQL beside SQLite: save", times)
        times = compare(plan, *(partial(_listing, one) for one in both))
        yield Outcome(f"PostgreSQL beside SQLite: {PAGE} rows of a list", times)
        for one in both:
            one.close()


@contextmanager
def _saving(todo: Iterator[Callable[[], object]], each: int) -> Iterator[Callable[[], object]]:
    saves = [next(todo) for _ in range(each)]
    yield lambda: [save() for save in saves]


@contextmanager
def _listing(office: Office) -> Iterator[Callable[[], object]]:
    def page() -> object:
        ids = table_query.listed(office, LEDGER).ids[:PAGE]
        return list(table_query.every_row(office, LEDGER, ids))

    yield page


def _merged(plan: Plan, server: Postgres) -> Iterator[Outcome]:
    count = plan.size(RECORDS, 500)
    package = plan.prepared.package(count)
    with plan.prepared.copy_of(plan.prepared.city()) as moved:
        _moved(moved, server)
        merging = _Merging(plan, server, package, moved)
        times = compare(plan, merging.there, merging.here)
    yield Outcome(f"PostgreSQL beside SQLite: merge of {count:,}", times)


@dataclass
class _Merging:
    """A city that has received nothing, anew for every turn."""

    plan: Plan
    server: Postgres
    package: Path
    moved: Path

    @property
    def here(self) -> Side:
        """In a file."""
        return partial(self._turn, self.plan.prepared.city())

    @property
    def there(self) -> Side:
        """On the server, of whose database every turn has its own copy."""
        return partial(self._turn, self.moved)

    @contextmanager
    def _turn(self, source: Path) -> Iterator[Callable[[], object]]:
        with self.plan.prepared.copy_of(source) as folder:
            if noted := server_of(source / "store.db"):
                _point(folder, self.server.copy_of(urlsplit(noted.url).path[1:]))
            office = opened(folder)
            yield lambda: take_package.receive(office, self.package)
            office.close()


def _moved(folder: Path, server: Postgres) -> None:
    """The office of a folder on the server; what lay in the folder goes."""
    done = move_store.move_to_server(folder, PASSPHRASE, server.empty())
    assert done.aside
    shutil.rmtree(done.aside)


def _point(folder: Path, server: Server) -> None:
    for path in folder.iterdir():
        if path.is_file() and (noted := server_of(path)):
            write_note(path, replace(server, part=noted.part))
