"""`python -m tests.bench`: how fast, as a ratio to what the libraries alone need.

Nothing here is a test: machines differ, so only ratios measured in one run are compared with
their aims. One more benchmark is one more module with `NAME` and `run`, named below.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Protocol

from tests.bench import (
    desktop,
    doubling,
    exporting,
    figures,
    growing,
    importing,
    listing,
    merging,
    printing,
    report,
    saving,
    searching,
    server,
    sheets,
    starting,
    tables,
)
from tests.bench.measuring import Outcome, Plan
from tests.bench.stores import Prepared


class Benchmark(Protocol):
    """What a module here offers."""

    NAME: str

    def run(self, plan: Plan) -> Iterator[Outcome]:
        """Measure, line by line."""


BENCHMARKS: tuple[Benchmark, ...] = (
    saving,
    exporting,
    importing,
    sheets,
    growing,
    printing,
    starting,
    tables,
    listing,
    searching,
    figures,
    doubling,
    merging,
    desktop,
    server,
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmarks named, or all, and print the table."""
    names = [one.NAME for one in BENCHMARKS]
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("name", nargs="*", help=f"which ones: {', '.join(names)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    parser.add_argument("--rounds", type=int, help="turns of each side (default 5; quick 3)")
    parser.add_argument("--json", action="store_true", help="every single time, as JSON")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.name) - set(names):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    plan = Plan(asked.quick, asked.rounds or (3 if asked.quick else 5), Prepared())
    plan.prepared.forget_others()
    found: list[Outcome] = []
    for benchmark in BENCHMARKS:
        if not asked.name or benchmark.NAME in asked.name:
            print(f"{benchmark.NAME} …", file=sys.stderr, flush=True)
            found += benchmark.run(plan)
    print(report.as_json(found) if asked.json else report.as_table(found))


if __name__ == "__main__":
    main()
