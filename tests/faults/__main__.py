"""`python -m tests.faults`: packages, kills, disks and power cuts by the thousand.

Writes build/faults.md: what was tried, refused, survived and lost. `--count 20` makes so many
tries of each kind; a seed and a number are always the same try, so that `kill --seed 1
--first 77 --count 1` repeats one. Exit status 1 when anything was lost, or the harness fell.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.faults import damaged, disks, inside, kernel, kills, power, shim, trusted, windows
from tests.faults.ready import Ready, prepared
from tests.faults.tally import Tally
from tests.faults.workers import Crew, Kind, stop, stopped

BUILD = Path(__file__).resolve().parents[2] / "build"


KINDS: tuple[Kind, ...] = (
    damaged, inside, trusted, kills, windows, disks, kernel, power,
)  # fmt: skip


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


def _shared(kind: Kind, ready: Ready, asked: argparse.Namespace, before: Tally) -> Tally:
    """One kind by several workers; the table is written again while they work."""
    count = asked.count or (kind.SHORT if asked.short else kind.FULL)
    numbers = range(asked.first, asked.first + count)
    crew = Crew(kind, ready, asked.seed, time.monotonic() + (asked.minutes or 1e6) * 60)
    shares = [numbers[worker :: asked.jobs] for worker in range(asked.jobs)]
    return crew.run(shares, lambda counted: _write(asked, Tally.sum([before, counted])))


def _write(asked: argparse.Namespace, tally: Tally) -> None:
    asked.table.parent.mkdir(parents=True, exist_ok=True)
    asked.table.write_text(tally.as_table(asked.seed, time.monotonic() - _BEGAN), "utf-8")


_BEGAN = time.monotonic()


def main(arguments: Sequence[str]) -> int:
    """Run the kinds asked for, or all."""
    asked = _asked(arguments)
    library = shim.built()
    if library is None:
        print("There is no C compiler here, or this is not Linux.", file=sys.stderr)
        return 2
    shim.under(library, ["-m", "tests.faults", *arguments])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    whole = Tally()
    ready = prepared(asked.kept)
    for kind in KINDS:
        if not stopped() and (not asked.kind or kind.NAME in asked.kind):
            print(f"{kind.NAME} …", file=sys.stderr, flush=True)
            whole = Tally.sum([whole, _shared(kind, ready, asked, whole)])
    _write(asked, whole)
    print(asked.table.read_text("utf-8"))
    return int(whole.lost > 0 or bool(whole.fallen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
