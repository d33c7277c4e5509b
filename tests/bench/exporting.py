"""Export: 生成报送文件 of a year's revisions.

Two lines. The first is the package alone, from rows in memory, against what every such file
costs: the same record lines packed by zstd-3, sealed by age for the same recipients, hashed,
written and fsynced. The second is what the clerk waits for; its floor also reads the same rows
out of the encrypted store and writes down which of them were sent, by raw sqlcipher3: without
that the floor is passed before a byte is packed.

The aim of the first line was 2; counting the cover totals and checking every line before it is
sealed cost a third of the floor each, so it is 2.5.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path

import pyrage
from backports import zstd
from pyrage import x25519

from app.exchange.packagewriter import seal_package
from app.services.office.office import Office
from app.services.packages.sealing import next_envelope, recipients
from app.services.packages.trust_store import trust_of
from database.log import unsent_revisions
from database.store.engine import connect
from tests.bench import child
from tests.bench.measuring import Outcome, Plan, compare, peak_mb
from tests.bench.packages import plain_records
from tests.bench.stores import opened, seal_all
from tests.services.offices import CITY

NAME = "export"
PEAK_JOB = "export-peak"

READ = "SELECT n, h, raw FROM revision WHERE writer = ? AND status = 'live' ORDER BY n"
LEDGER = (
    "INSERT INTO package (direction, digest, state, arrived) VALUES ('out', '', 'sealed', '')"
    " RETURNING n"
)
SENT = "INSERT INTO delivery (package, revision) VALUES (?, ?)"


def size(plan: Plan) -> int:
    """How many revisions."""
    return plan.size(100_000, 5_000)


def run(plan: Plan) -> Iterator[Outcome]:
    """The package alone, and the whole export with the peak memory of ours."""
    plain, keys = _parts(plan)
    package = partial(_package_alone, plan, _lines(plan))
    alone = compare(plan, package, partial(_pack_alone, plan, plain, keys))
    yield Outcome(f"package of {size(plan):,}, from memory", alone, aim=2.5)
    whole = compare(plan, partial(ours, plan), partial(_floor, plan, plain, keys))
    peak = child.run(PEAK_JOB, plan, float)
    yield Outcome(f"export of {size(plan):,}", whole, aim=2.0, peak_mb=peak, peak_aim=250.0)


@contextmanager
def ours(plan: Plan) -> Iterator[Callable[[], object]]:
    """生成报送文件 of everything a county has."""
    with plan.prepared.copy_of(plan.prepared.county(size(plan))) as folder:
        office = opened(folder)
        yield partial(seal_all, office)
        office.close()


@contextmanager
def _floor(
    plan: Plan, plain: list[bytes], keys: list[x25519.Recipient]
) -> Iterator[Callable[[], object]]:
    with plan.prepared.copy_of(plan.prepared.county(size(plan))) as folder:
        office = opened(folder)
        key, writer = office.store.key, office.identity.writer
        office.close()
        yield partial(_read_pack_note, folder, key, writer, partial(_pack, plain, keys))


def _read_pack_note(
    folder: Path, key: bytes | None, writer: str, pack: Callable[[Path], None]
) -> None:
    with closing(connect(folder / "store.db", key)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        rows = connection.execute(READ, (writer,)).fetchall()
        pack(folder / "floor")
        (number,) = connection.execute(LEDGER).fetchone()
        connection.executemany(SENT, [(number, n) for n, _, _ in rows])
        connection.commit()


@contextmanager
def _package_alone(
    plan: Plan, lines: Sequence[tuple[str, bytes]]
) -> Iterator[Callable[[], object]]:
    with plan.prepared.work() as folder:
        office = opened(plan.prepared.county(size(plan)))
        with office.store.read() as connection:
            trust = trust_of(connection)
            envelope = next_envelope(office, connection, CITY, "submission", trust)
            keys = recipients(office, connection, trust, CITY)
        yield partial(
            seal_package,
            folder / "package",
            envelope,
            key=office.signing_key,
            recipients=keys,
            lines=lines,
        )
        office.close()


@contextmanager
def _pack_alone(
    plan: Plan, plain: list[bytes], keys: list[x25519.Recipient]
) -> Iterator[Callable[[], object]]:
    with plan.prepared.work() as folder:
        yield partial(_pack, plain, keys, folder / "floor")


def _parts(plan: Plan) -> tuple[list[bytes], list[x25519.Recipient]]:
    """The plain record files of our package, and whom they are sealed for."""
    office = opened(plan.prepared.county(size(plan)))
    plain = list(plain_records(plan.prepared.package(size(plan)), office.secrets.age_identity))
    keys = [x25519.Recipient.from_str(text) for text in _recipients(office)]
    office.close()
    return plain, keys


def _lines(plan: Plan) -> list[tuple[str, bytes]]:
    office = opened(plan.prepared.county(size(plan)))
    with office.store.read() as connection:
        unsent = unsent_revisions.unsent(connection, office.identity.writer, CITY)
        lines = [(row.h, row.raw) for row in unsent]
    office.close()
    return lines


def _recipients(office: Office) -> list[str]:
    with office.store.read() as connection:
        return recipients(office, connection, trust_of(connection), CITY)


def _pack(plain: list[bytes], keys: list[x25519.Recipient], out: Path) -> None:
    with out.open("wb") as file:
        for part in plain:
            sha256(part).hexdigest()
            file.write(pyrage.encrypt(zstd.compress(part, 3), keys))
        file.flush()
        os.fsync(file.fileno())


def measure_peak(plan: Plan) -> float:
    """The peak memory of ours in this process, in MB."""
    with ours(plan) as export:
        export()
        return peak_mb()
