"""Export: 生成报送文件 of a year's revisions.

Floor: the package's own record lines, packed by zstd-3, sealed by age for the same recipients,
hashed, written and fsynced. What ours does beside that: find and read the unsent revisions in the
encrypted store, count the cover, sign, and write down what was sent.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path

import pyrage
from backports import zstd
from pyrage import x25519

from app.services.office import Office
from app.services.sealing import recipients
from app.services.trusting import trust_of
from tests.bench import child
from tests.bench.measuring import Outcome, Plan, compare, peak_mb
from tests.bench.packages import plain_records
from tests.bench.stores import opened, seal_all
from tests.services.offices import CITY

NAME = "export"
PEAK_JOB = "export-peak"


def size(plan: Plan) -> int:
    """How many revisions."""
    return plan.size(100_000, 5_000)


def run(plan: Plan) -> Iterator[Outcome]:
    """One line, with the peak memory of ours."""
    floor = partial(_floor, plan, *_parts(plan))
    times = compare(plan, partial(_ours, plan), floor)
    peak = child.run(PEAK_JOB, plan, float)
    yield Outcome(f"export of {size(plan):,}", times, aim=2.0, peak_mb=peak, peak_aim=250.0)


@contextmanager
def _ours(plan: Plan) -> Iterator[Callable[[], object]]:
    with plan.prepared.copy_of(plan.prepared.county(size(plan))) as folder:
        office = opened(folder)
        yield partial(seal_all, office)
        office.close()


def _parts(plan: Plan) -> tuple[list[bytes], list[x25519.Recipient]]:
    """The plain record files of our package, and whom they are sealed for."""
    office = opened(plan.prepared.county(size(plan)))
    plain = list(plain_records(plan.prepared.package(size(plan)), office.secrets.age_identity))
    keys = [x25519.Recipient.from_str(text) for text in _recipients(office)]
    office.close()
    return plain, keys


def _recipients(office: Office) -> list[str]:
    with office.store.read() as connection:
        return recipients(office, connection, trust_of(connection), CITY)


@contextmanager
def _floor(
    plan: Plan, plain: list[bytes], keys: list[x25519.Recipient]
) -> Iterator[Callable[[], object]]:
    with plan.prepared.work() as folder:
        yield partial(_pack, plain, keys, folder / "floor")


def _pack(plain: list[bytes], keys: list[x25519.Recipient], out: Path) -> None:
    with out.open("wb") as file:
        for part in plain:
            sha256(part).hexdigest()
            file.write(pyrage.encrypt(zstd.compress(part, 3), keys))
        file.flush()
        os.fsync(file.fileno())


def measure_peak(plan: Plan) -> float:
    """The peak memory of ours in this process, in MB."""
    with _ours(plan) as export:
        export()
        return peak_mb()
