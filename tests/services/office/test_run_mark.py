"""What a process leaves behind that did not end: entered once, in bounds, without names."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.services.office import faults, run_mark

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")

_CHILD = """
import os, sys
from app.services.office.run_mark import RunMark
mark = RunMark(sys.argv[1])
print("there", flush=True)
how = sys.stdin.readline().strip()
if how == "end":
    mark.end()
else:
    os.kill(os.getpid(), int(how))
"""


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    log = tmp_path / "faults.log"
    monkeypatch.setenv("ZOUFANG_LOG", str(log))
    return log


class Process:
    """A process with a mark."""

    def __init__(self, kind: str) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._child.stdout is not None
        assert self._child.stdout.readline() == "there\n"

    def end(self, how: str | signal.Signals) -> None:
        self._child.communicate(how if isinstance(how, str) else str(how.value))


def marks(log: Path) -> list[str]:
    return [path.name for path in log.parent.glob("running-*")]


def test_what_runs_is_left_alone(log: Path) -> None:
    running = Process(run_mark.WINDOW)
    assert not run_mark.unended()
    assert len(marks(log)) == 1
    running.end("end")
    assert not run_mark.unended()
    assert marks(log) == []
    assert not log.exists()


def test_a_window_that_was_killed_is_told_of_once(log: Path) -> None:
    Process(run_mark.WINDOW).end(signal.SIGKILL)
    assert run_mark.unended()
    assert not run_mark.unended()
    assert marks(log) == []


def test_a_command_that_was_killed_is_nobodys_business_but_a_fall_is_kept(log: Path) -> None:
    Process(run_mark.COMMAND).end(signal.SIGKILL)
    assert not run_mark.unended()
    assert not log.exists()
    Process(run_mark.COMMAND).end(signal.SIGSEGV)
    assert not run_mark.unended()
    assert "Segmentation fault" in log.read_text("utf-8")


def test_only_threads_and_places_are_kept(log: Path) -> None:
    left = log.with_name("running-1.txt")
    lines = (
        "window",
        "2011-12-10 zoufang",
        "Fatal Python error: Segmentation fault",
        "Thread 0x01 (most recent call first):",
        '  File "/home/李明书/zoufang/app/ui/desktop.py", line 9 in run',
        '  File "/home/李明书/lib.py", line 3 in go',
        "李明书 511111198001010011",
    )
    left.write_text("\n".join(lines), "utf-8")
    assert run_mark.unended()
    kept = log.read_text("utf-8")
    assert "  app/ui/desktop.py:9 run\n  lib.py:3 go" in kept
    assert "李明书" not in kept
    assert "511111" not in kept


def test_marks_and_log_stay_in_bounds(log: Path) -> None:
    for n in range(60):
        log.with_name(f"running-{n}.txt").write_bytes(b"window\nbegan\n" + b"Thread 0x" * 100_000)
    while run_mark.unended():
        pass
    assert marks(log) == []
    assert log.stat().st_size < 1_000_000


def test_a_log_that_has_become_long_keeps_the_newest(log: Path) -> None:
    for n in range(3_000):
        faults.append([f"entry {n}", "x" * 300])
    kept = log.read_text("utf-8")
    assert len(kept) < 600_000
    assert kept.startswith("entry ")
    assert kept.endswith(f"entry 2999\n{'x' * 300}\n\n")


def test_without_a_place_to_write_the_program_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ZOUFANG_LOG", str(tmp_path / "file" / "faults.log"))
    run_mark.RunMark(run_mark.WINDOW).end()
    assert not run_mark.unended()
