"""A short part of the campaign, and that it would see what it looks for."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import shim
from tests.faults.power import Change, Disk, Recording
from tests.faults.tally import Tally

HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def library() -> Path:
    made = shim.built()
    if made is None:
        pytest.skip("needs Linux and a C compiler")
    return made


FOUND = {f"disk --seed 1 --first {number} --count 1": "refused" for number in (7, 14, 26)} | {
    "insider --seed 2014 --first 7724 --count 1": "survived"
}
"""Tries that ended badly once: a new key on a full disk; a merge and a restore where nothing
can be written any more; a review that names several records where one is meant."""

COLUMNS = {"refused": "| 1 | 1 | 0 | 0 |", "survived": "| 1 | 0 | 1 | 0 |"}


@pytest.fixture(scope="module")
def offices(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults") / library.stem


def campaign(offices: Path, *words: str) -> str:
    """The table of a part that must have lost nothing."""
    table = offices.parent / "faults.md"
    places = ["--kept", str(offices), "--table", str(table)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--jobs", "1", *places, *words],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return table.read_text("utf-8")


@pytest.mark.parametrize("words", FOUND)
def test_what_was_found_stays_mended(offices: Path, words: str) -> None:
    assert COLUMNS[FOUND[words]] in campaign(offices, *words.split())


def test_a_short_campaign_loses_nothing(offices: Path) -> None:
    table = campaign(offices, "--short")
    assert all(f"| {kind}: " in table for kind in ("bytes", "insider", "kill", "disk", "power"))


WORK = """
import os, sys
from pathlib import Path
from tests.faults.shim import Change, Mode, Plan, Shim

place, mode, at, counted = Path(sys.argv[1]), *map(int, sys.argv[2:])
Shim().arm(Plan(place, Mode(mode), at, counted=Change(counted)))
for number in range(5):
    with (place / f"{number}").open("wb") as file:
        file.write(b"0123456789")
        file.flush()
        os.fsync(file.fileno())
    print(number, flush=True)
print("changes", Shim().count())
"""
"""Three changes for each file: its name, its bytes, its sync."""


def done(library: Path, place: Path, mode: shim.Mode, at: int, counted: int = 7) -> str:
    place.mkdir()
    environment = {**os.environ, "LD_PRELOAD": str(library), "ZOUFANG_FAULTS_SHIM": str(library)}
    words = [sys.executable, "-c", WORK, str(place), str(int(mode)), str(at), str(int(counted))]
    ended = subprocess.run(
        words, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False
    )
    return ended.stdout + ended.stderr


def test_the_shim_counts_and_kills_at_the_change(library: Path, tmp_path: Path) -> None:
    assert "changes 15" in done(library, tmp_path / "whole", shim.Mode.COUNT, 0)
    assert done(library, tmp_path / "name", shim.Mode.KILL, 4) == "0\n"
    assert not (tmp_path / "name" / "1").exists()
    assert done(library, tmp_path / "torn", shim.Mode.KILL, 5) == "0\n"
    assert (tmp_path / "torn" / "1").read_bytes() == b"01234"
    assert done(library, tmp_path / "sync", shim.Mode.KILL, 9) == "0\n1\n"


def test_the_shim_refuses_a_change(library: Path, tmp_path: Path) -> None:
    said = done(library, tmp_path / "sync", shim.Mode.ONCE, 2, shim.Change.SYNC)
    assert said.startswith("0\n")
    assert "Input/output error" in said
    gone = done(library, tmp_path / "stick", shim.Mode.VANISH, 4)
    assert gone.startswith("0\n")
    assert "No such file" in gone or "Input/output error" in gone
    assert not (tmp_path / "stick").exists()


FALLS = """
import os, signal, time
from tests.faults.workers import Crew

class Kind:
    NAME, FULL, SHORT = "bytes", 6, 6

    def run(self, stage, numbers):
        for number in numbers:
            if number == 2:
                raise RuntimeError("torn")
            if number == 4:
                os.kill(os.getpid(), signal.SIGKILL)
            stage.tally.add("bytes: flipped", "refused")

heard = []
crew = Crew(Kind(), None, 7, time.monotonic() + 600)
print(crew.run([range(0, 6, 2), range(1, 6, 2)], heard.append).as_table(7, 1.0))
assert heard
"""


def test_a_fall_of_the_harness_costs_one_try(library: Path) -> None:
    environment = {**os.environ, "LD_PRELOAD": str(library), "ZOUFANG_FAULTS_SHIM": str(library)}
    ended = subprocess.run(
        [sys.executable, "-c", FALLS],
        cwd=HOUSE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    table = ended.stdout
    assert ended.returncode == 0, ended.stderr
    assert "| bytes: flipped | 4 | 4 | 0 | 0 |" in table
    assert "## Fault of the harness" in table
    assert "- bytes no. 2, seed 7: Traceback" in table
    assert "RuntimeError: torn" in table
    assert "- bytes no. 4, seed 7: ended with -9" in table


def changes(*more: Change) -> Recording:
    first = Change("w", "a", "", 0, b"new bytes")
    return Recording({"a": b"old"}, frozenset(), [first, *more])


def outcomes(recording: Recording) -> set[bytes]:
    dice = random.Random(1)
    moment = len(recording.changes)
    return {Disk(recording, moment).left(dice)[0]["a"] for _ in range(50)}


def test_what_was_not_synced_may_be_gone_when_the_power_goes() -> None:
    assert {b"old", b"new bytes"} <= outcomes(changes())
    assert outcomes(changes(Change("s", "a", "", 0, b""))) == {b"new bytes"}
    told = Disk(changes(Change("!", "saved", "", 0, b"")), 2).told
    assert told == ["saved"]


def test_a_name_that_was_not_settled_may_be_the_old_one() -> None:
    renamed = Change("r", "a", "b", 0, b"")
    disk = Disk(changes(renamed), 2)
    found = {frozenset(disk.left(random.Random(n))[0]) for n in range(50)}
    assert found == {frozenset({"a"}), frozenset({"b"})}
    settled = Disk(changes(renamed, Change("s", "", "", 0, b"")), 3)
    assert {frozenset(settled.left(random.Random(n))[0]) for n in range(50)} == {frozenset({"b"})}


def test_the_table_says_what_was_lost() -> None:
    tally = Tally()
    tally.add("kill: add", "survived", 3)
    tally.lose("kill: merge", 7, "told, but not there")
    joined = Tally.of_json(tally.as_json())
    table = joined.as_table(1, 2.0)
    assert "| **kill** | 4 | 0 | 3 | 1 |" in table
    assert "- kill: merge no. 7: told, but not there" in table
    assert joined.lost == 1
