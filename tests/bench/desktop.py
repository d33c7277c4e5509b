"""The window: how soon it stands, how soon one can work, how soon a letter shows while merging.

Every figure is taken in processes of their own, without a screen, by `desktop_child`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from tests.bench.measuring import Outcome, Plan, compare, median
from tests.bench.stores import BUILD, Prepared

NAME = "desktop"
_COMPILED = BUILD / "compiled"
_ENVIRONMENT = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(_COMPILED)}
"""As with an installed program, modules are compiled once and not at every start."""


def run(plan: Plan) -> Iterator[Outcome]:
    """Three lines."""
    yield _first_window(plan)
    yield _first_page(plan)
    yield _echo(plan)


def _first_window(plan: Plan) -> Outcome:
    """From the start of the process to the first paint, against a bare QMainWindow."""
    plan = Plan(plan.quick, max(plan.rounds, 9), plan.prepared)
    folder = plan.prepared.county(plan.size(20_000, 500))
    times = compare(plan, partial(_wall, "window", str(folder)), partial(_wall, "bare"))
    return Outcome("start to the unlock window", times, aim=1.5)


@contextmanager
def _wall(*words: str) -> Iterator[Callable[[], object]]:
    yield partial(_child, *words)


def _first_page(plan: Plan) -> Outcome:
    """From the passphrase to 首页 with its list, against deriving the key alone."""
    folder = plan.prepared.county(plan.size(20_000, 500))
    found = [_measured(plan.prepared, folder, "page") for _ in range(plan.rounds)]
    beyond = median([one["page"] - one["key"] for one in found])
    note = f"Argon2id {median([one['key'] for one in found]):.0f} ms + {beyond:.0f} ms (aim 600)"
    return Outcome("passphrase to 首页", note=note)


def _echo(plan: Plan) -> Outcome:
    """From a key to its letter on the screen, with and without a merge beside it."""
    package = plan.prepared.package(plan.size(20_000, 2_000))
    found = _measured(plan.prepared, plan.prepared.city(), "echo", str(package))
    words = [f"{name} p50 {_at(one, 50)} p95 {_at(one, 95)} ms" for name, one in found.items()]
    return Outcome("a letter shows", note=f"{'; '.join(words)} (aim p95 50)")


def _at(times: list[float], percent: int) -> str:
    return f"{sorted(times)[min(len(times) - 1, len(times) * percent // 100)]:.1f}"


def _measured(prepared: Prepared, folder: Path, *words: str) -> Any:
    with prepared.copy_of(folder) as copy:
        return msgspec.json.decode(_child(words[0], str(copy), *words[1:]))


def _child(*words: str) -> bytes:
    command = [sys.executable, "-m", "tests.bench.desktop_child", *words]
    environment = {**os.environ, **_ENVIRONMENT}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout
