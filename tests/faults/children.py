"""A job done by a child process over which the shim stands; what it told, and how it ended."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from app.domain.kernel.errors import Problem
from tests.faults.shim import Plan, Shim

Tell = Callable[[str], None]
Work = Callable[[Tell], None]
How = Literal["done", "killed", "refused", "fell"]

_CALLS = 170
"""A child that makes no way is ended after so many seconds of processor time."""


@dataclass(frozen=True, slots=True)
class Ended:
    """`told` is what a person saw as done; `why` the problem's code, or the traceback."""

    how: How
    told: tuple[str, ...]
    why: str
    changes: int


def run(shim: Shim, plan: Plan, work: Work, log: int = -1) -> Ended:
    """Do the work in a child; `tell("begin")` inside it starts the counting.

    With `log`, an open file, every change and everything told goes there as well.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _live(shim, plan, work, writer, log)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        lines = pipe.read().decode("utf-8", "replace").split("\0")
    _, status = os.waitpid(child, 0)
    told = tuple(line for line in lines[:-1] if not line.startswith("="))
    last = [line[1:] for line in lines[:-1] if line.startswith("=")]
    if os.WIFSIGNALED(status) or not last:
        return Ended("killed", told, str(os.waitstatus_to_exitcode(status)), 0)
    how, changes, why = last[0].split(" ", 2)
    return Ended(_HOW[how], told, why, int(changes))


_HOW: dict[str, How] = {"done": "done", "refused": "refused", "fell": "fell"}


def _live(shim: Shim, plan: Plan, work: Work, pipe: int, log: int) -> None:
    """The whole life of the child; it never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import resource  # there is none on Windows

    resource.setrlimit(resource.RLIMIT_CPU, (_CALLS, _CALLS))

    def say(text: str) -> None:
        os.write(pipe, f"{text}\0".encode())

    def tell(text: str) -> None:
        if text == "begin":
            shim.arm(plan)
            shim.log(log)
            return
        shim.note(text)
        say(text)

    how, why = "done", ""
    try:
        work(tell)
    except Problem as problem:
        how = "refused" if problem.what and problem.remedy else "fell"
        why = f"{problem.code} {problem}"
    except BaseException:  # noqa: BLE001  (told to the parent)
        how, why = "fell", traceback.format_exc()
    finally:
        count = shim.count()
        shim.calm()
        say(f"={how} {count} {why}")
        os._exit(0)
