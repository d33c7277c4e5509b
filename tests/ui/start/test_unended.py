"""A fall, a kill, a power cut: the next start says so, and a report is at hand."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.offices import found_city, new_clock

Run = Callable[[str], "subprocess.CompletedProcess[str]"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "日志" / "faults.log"


@pytest.fixture
def run(tmp_path: Path, log: Path) -> Run:
    """Starts the program on the data of an office, ends it, and gives what it said."""
    office = found_city(tmp_path / "李经办的数据", new_clock())
    office.close()

    def run(how: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.ui.start.falling",
                how,
                "--data",
                str(office.folder.root),
            ],
            env={
                **os.environ,
                "ZOUFANG_LOG": str(log),
                "QT_QPA_PLATFORM": "offscreen",
                "DISPLAY": ":0",
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


def test_after_a_fall_the_next_start_says_so_and_the_log_where_it_was(run: Run, log: Path) -> None:
    assert run("segfault").returncode == -signal.SIGSEGV
    after = run("close")
    assert after.returncode == 0
    assert "上次程序没有正常结束" in after.stdout
    kept = log.read_text("utf-8")
    assert "Fatal Python error: Segmentation fault" in kept
    assert "app/ui/desktop.py:" in kept
    assert str(log.parent.parent) not in kept
    assert str(Path(sys.prefix).parent) not in kept
    assert list(log.parent.iterdir()) == [log]
    assert run("close").stdout == ""


def test_a_kill_leaves_no_place_but_a_word(run: Run, log: Path) -> None:
    run("kill")
    assert "上次程序没有正常结束" in run("close").stdout
    assert "ended without an end (window)" in log.read_text("utf-8")


def test_after_a_normal_end_nothing_is_said_and_nothing_is_left(run: Run, log: Path) -> None:
    assert run("close").stdout == ""
    assert run("close").stdout == ""
    assert list(log.parent.iterdir()) == []
