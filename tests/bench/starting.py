"""How soon the command line answers: `zoufang --version` against a Python that does nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.bench.measuring import Outcome, Plan, compare

NAME = "start"


def run(plan: Plan) -> Iterator[Outcome]:
    """One line, or why there is none."""
    program = Path(sys.executable).with_name("zoufang")
    command = [str(program), "--version"]
    if not program.exists() or subprocess.run(command, capture_output=True, check=False).returncode:
        yield Outcome("start", note=f"not measured: {' '.join(command)} does not run")
        return
    nothing = [sys.executable, "-c", "pass"]
    plan = Plan(plan.quick, max(plan.rounds, 9), plan.prepared)
    times = compare(plan, partial(_wall, command), partial(_wall, nothing))
    yield Outcome("zoufang --version", times)


@contextmanager
def _wall(command: list[str]) -> Iterator[Callable[[], object]]:
    yield partial(subprocess.run, command, capture_output=True, check=True)
