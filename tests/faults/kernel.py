"""The kernel itself answers EIO to an fsync (strace), while a command of the program runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from database.log import revisions
from tests.faults.jobs import JOBS
from tests.faults.ready import numbered, opened, scratch
from tests.faults.stage import Stage
from tests.services.offices import COUNTY, PASSPHRASE, VISIT

NAME = "fsync"
FULL, SHORT = 120, 2
_CALLS = "fsync,fdatasync"
_UNTRUE = ("STORE_BUSY", "IN_USE", "STORE_DAMAGED", "WRONG_PASSPHRASE")


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the program; `words` go behind `--data DIR`, DIR/../stick is the stick."""

    name: str
    words: tuple[str, ...]


COMMANDS = (
    Command("add", ("add", "visit", "--from", "{stick}/visit.json")),
    Command("backup", ("backup", "{stick}")),
)


def run(stage: Stage, numbers: Iterator[int]) -> None:
    """Try these numbers; each is a command, and the sync that fails."""
    most: dict[str, int] = {}
    jobs = {job.name: job for job in JOBS}
    with scratch() as folder:
        for number, empty in zip(numbers, numbered(folder), strict=False):
            if shutil.which("strace") is None:
                stage.tally.facts["fsync: strace is not here, nothing was tried"] = 1
                return
            command = COMMANDS[number % len(COMMANDS)]
            if command.name not in most:
                most[command.name] = _syncs(stage, command)
            place = stage.ready.place(COUNTY, empty)
            before = _saved(place)
            at = stage.dice(NAME, number).randint(1, most[command.name])
            found = _judged(stage, command, place, at)
            found += [f"gone: {one}" for one in before - _saved(place)]
            found += stage.losses(place, jobs[command.name], ())
            if found:
                stage.tally.lose(f"{NAME}: {command.name}", number, f"at {at}: {'; '.join(found)}")


def _judged(stage: Stage, command: Command, place: Path, at: int) -> list[str]:
    """Play it with this sync failing; what is wrong with how it ended."""
    before = len(_saved(place))
    status, said = _played(command, place, f"inject={_CALLS}:error=EIO:when={at}")
    if status not in (0, 3) or any(code in said for code in _UNTRUE):
        return [f"ended with {status}: {said[-900:]}"]
    if status == 0 and command.name == "add" and len(_saved(place)) == before:
        return ["told as saved, but not there"]
    stage.tally.add(f"{NAME}: {command.name}", "refused" if status else "survived")
    return []


def _syncs(stage: Stage, command: Command) -> int:
    """How many syncs the command makes when each succeeds."""
    with scratch() as folder:
        place = stage.ready.place(COUNTY, folder)
        status, said = _played(command, place, f"trace={_CALLS}", folder / "calls")
        if status:
            raise RuntimeError(f"{command.name} does not even end by itself: {said}")
        return len(re.findall(r"\bf(?:data)?sync\(\d", (folder / "calls").read_text("utf-8")))


def _played(command: Command, place: Path, doing: str, log: Path | None = None) -> tuple[int, str]:
    (place / "stick" / "visit.json").write_text(json.dumps([VISIT]), "utf-8")
    stick = str(place / "stick")
    words = [word.format(stick=stick) for word in command.words]
    quiet = {"ZOUFANG_PASSPHRASE": PASSPHRASE, "ZOUFANG_LOG": str(place / "log" / "faults.log")}
    environment = {**os.environ, **quiet, "ZOUFANG_VERSIONS": str(place / "versions")}
    environment.pop("LD_PRELOAD", None)
    # `inject` alone traces nothing.
    spy = ["strace", "-f", "-qq", "-o", str(log or "/dev/null"), "-e", f"trace={_CALLS}"]
    program = [sys.executable, "-m", "app", words[0], "--data", str(place / "data"), *words[1:]]
    ended = subprocess.run(
        [*spy, "-e", doing, *program], env=environment, capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout + ended.stderr


def _saved(place: Path) -> set[str]:
    office = opened(place / "data")
    try:
        with office.store.read() as connection:
            return {row.h for row in revisions.in_order(connection)}
    finally:
        office.close()
