"""A job in a process of its own: for its memory, or with another library under it.

`python -m tests.bench.child JOB` prints what the job returns, as JSON.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import TypeVar

import msgspec

from tests.bench.measuring import Plan
from tests.bench.stores import Prepared

T = TypeVar("T")

JOBS = {
    "export-peak": ("tests.bench.exporting", "measure_peak"),
    "import-peak": ("tests.bench.importing", "measure_peak"),
    "save": ("tests.bench.saving", "measure"),
    "sheet-peak": ("tests.bench.sheets", "measure_peak"),
}
"""Job → the function that does it, looked up late: those modules ask this one to run them."""


def run(job: str, plan: Plan, kind: type[T], environment: Mapping[str, str] | None = None) -> T:
    """What the job returns, of type `kind`, run in a fresh process with `environment` added."""
    command = [sys.executable, "-m", "tests.bench.child", job, str(plan.rounds)]
    done = subprocess.run(
        [*command, "quick"] if plan.quick else command,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        check=True,
    )
    return msgspec.json.decode(done.stdout, type=kind)


def main(job: str, rounds: str, quick: str = "") -> None:
    """Do one job and print its result."""
    module, function = JOBS[job]
    work = getattr(importlib.import_module(module), function)
    result = work(Plan(bool(quick), int(rounds), Prepared()))
    sys.stdout.write(msgspec.json.encode(result).decode())


if __name__ == "__main__":
    main(*sys.argv[1:])
