"""`python -m tests.faults`: packages, kills, disks and power cuts by the thousand.

Writes build/faults.md: what was tried, refused, survived and lost. `--count 20` makes so many
tries of each kind; a seed and a number are always the same try, so that `kill --seed 1
--first 77 --count 1` repeats one. Exit status 1 when anything was lost.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from tests.faults import damaged, disks, inside, kills, power, shim, windows
from tests.faults.ready import Ready, prepared
from tests.faults.shim import Shim
from tests.faults.stage import Stage
from tests.faults.tally import Tally

BUILD = Path(__file__).resolve().parents[2] / "build"


class Kind(Protocol):
    """What a module here offers."""

    NAME: str
    FULL: int
    SHORT: int

    def run(self, stage: Stage, numbers: Iterator[int]) -> None:
        """Make these tries."""


KINDS: tuple[Kind, ...] = (damaged, inside, kills, windows, disks, power)


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("kind", nargs="*", help=", ".join(kind.NAME for kind in KINDS))
    parser.add_argument("--count", type=int, help="tries of each kind, else the full number")
    parser.add_argument("--short", action="store_true", help="the few tries of `make test`")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first try")
    parser.add_argument("--jobs", type=int, default=2, help="workers")
    parser.add_argument("--minutes", type=float, help="stop each kind then")
    parser.add_argument("--table", type=Path, default=BUILD / "faults.md")
    parser.add_argument("--kept", type=Path, default=BUILD / "faults" / "offices")
    return parser.parse_args(arguments)


_stopped: list[int] = []


def _stop(number: int, _: object) -> None:
    """Asked to end (SIGTERM, Ctrl+C), every worker ends its try, and the table is written."""
    if not _stopped:
        _stopped.append(number)
        for worker in _workers:
            os.kill(worker, signal.SIGTERM)


_workers: list[int] = []


def _numbers(first: int, count: int, worker: int, jobs: int, until: float) -> Iterator[int]:
    for number in range(first + worker, first + count, jobs):
        if time.monotonic() > until or _stopped:
            return
        yield number


def _shared(kind: Kind, ready: Ready, asked: argparse.Namespace) -> Tally:
    """One kind by several workers, each a child of its own."""
    count = asked.count or (kind.SHORT if asked.short else kind.FULL)
    until = time.monotonic() + (asked.minutes or 1e6) * 60
    pipes = []
    for worker in range(asked.jobs):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            _workers.clear()
            os.close(reader)
            numbers = _numbers(asked.first, count, worker, asked.jobs, until)
            stage = Stage(Shim(), ready, asked.seed)
            kind.run(stage, numbers)
            with os.fdopen(writer, "w") as pipe:
                json.dump(stage.tally.as_json(), pipe)
            os._exit(0)
        os.close(writer)
        _workers.append(child)
        pipes.append(reader)
    whole = Tally()
    for reader in pipes:
        with os.fdopen(reader) as pipe:
            told = pipe.read()
        if not told:
            raise SystemExit(f"a worker of {kind.NAME} fell")
        whole.join(Tally.of_json(json.loads(told)))
    while _workers:
        os.waitpid(_workers.pop(), 0)
    return whole


def main(arguments: Sequence[str]) -> int:
    """Run the kinds asked for, or all."""
    asked = _asked(arguments)
    library = shim.built()
    if library is None:
        print("There is no C compiler here, or this is not Linux.", file=sys.stderr)
        return 2
    shim.under(library, ["-m", "tests.faults", *arguments])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    began, whole = time.monotonic(), Tally()
    ready = prepared(asked.kept)
    for kind in KINDS:
        if not _stopped and (not asked.kind or kind.NAME in asked.kind):
            print(f"{kind.NAME} …", file=sys.stderr, flush=True)
            whole.join(_shared(kind, ready, asked))
            table = whole.as_table(asked.seed, time.monotonic() - began)
            asked.table.parent.mkdir(parents=True, exist_ok=True)
            asked.table.write_text(table, "utf-8")
    print(whole.as_table(asked.seed, time.monotonic() - began))
    return int(whole.lost > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
