"""`make soak`: rounds of the program on one core beside busy loops, and what was seen in them.

A round is one process from its start to its end. In every other one it starts in an empty
folder, shows 先看演示, and the window moves to the demonstration (played once, beforehand); in
the others it opens a city while a package is merged. In both every place and every view in it
is opened and left while it still reads, the operator is switched in the middle of that, and
the window is closed during reads.

Counted are processes that fell or were killed by a signal, those that hung (longer than the
limit; all threads are then written down), those that ended otherwise, and every line that Qt,
Python or a dialog of the program said. Figures of the bad ones are kept in build/soak.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.domain.kernel.progress import Cancel, silent
from app.services.starting.demonstration import make, place_for
from demo import showing
from tests.bench.stores import Prepared
from tests.services.offices import PASSPHRASE

KEPT = Path(__file__).resolve().parents[2] / "build" / "soak"
_RECORDS = 2_000
"""In the package that is merged."""
_BUSY = "while True: pass"
_HUNG = "Timeout ("
_GRACE = 30
"""Seconds a process has to write where it hangs."""
_NOT_COUNTED = ("This plugin does not support propagateSizeHints()",)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a round ended: `ok`, `crash`, `hang` or `failed`, and all that was said in it."""

    how: str
    said: str
    seconds: float

    @property
    def messages(self) -> int:
        return 0 if self.how in ("crash", "hang") else len(self.said.splitlines())


@dataclass(frozen=True, slots=True)
class Place:
    """What the rounds begin with."""

    demo: Path
    city: Path
    package: Path
    limit: float
    screen: dict[str, str]

    def play(self, number: int, work: Path) -> Ended:
        """One round in its own folder."""
        kind, passphrase = (("demo", showing.PASSPHRASE), ("merge", PASSPHRASE))[number % 2]
        data = work / "data"
        if kind == "demo":
            data.mkdir()
            shutil.copytree(self.demo, place_for(data))
        else:
            shutil.copytree(self.city, data)
        words = [kind, str(number), str(self.limit), str(self.package), passphrase]
        return self._run([*words, "--data", str(data)], work / "log")

    def _run(self, words: list[str], log: Path) -> Ended:
        environment = {
            **os.environ,
            **self.screen,
            "ZOUFANG_LOG": str(log / "faults.log"),
            "XDG_CONFIG_HOME": str(log / "config"),
        }
        began = time.monotonic()
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.round", *words],
            env=environment,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )
        try:
            _, said = child.communicate(timeout=self.limit + _GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            _, said = child.communicate()
            said += _HUNG.encode()
        return _judged(child.returncode, said.decode("utf-8", "replace"), log, began)


def _judged(status: int, said: str, log: Path, began: float) -> Ended:
    lines = [line for line in said.splitlines() if line not in _NOT_COUNTED]
    left = sorted(log.glob("*.*")) if log.is_dir() else []
    lines += [line for path in left for line in path.read_text("utf-8", "replace").splitlines()]
    if _HUNG in said:
        how = "hang"
    elif status < 0:
        how = "crash"
    else:
        how = "failed" if status else "ok"
    return Ended(how, "\n".join(lines), time.monotonic() - began)


@contextmanager
def busy(count: int, nice: int) -> Iterator[None]:
    """So many processes beside this one that never rest."""
    command = ["nice", "-n", str(nice), sys.executable, "-c", _BUSY]
    loops = [subprocess.Popen(command) for _ in range(count)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """An X server of its own where there is Xvfb, else Qt without a screen."""
    if shutil.which("Xvfb") is None:
        yield {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}
        return
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[theirs], stderr=subprocess.DEVNULL)
    os.close(theirs)
    try:
        with os.fdopen(ours) as told:
            yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{told.readline().strip()}"}
    finally:
        server.terminate()
        server.wait()


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="make soak", description=__doc__)
    asked.add_argument("--rounds", type=int, default=500)
    asked.add_argument("--minutes", type=float, default=55, help="stop then, whatever is left")
    asked.add_argument("--limit", type=float, default=180, help="seconds until a round hangs")
    asked.add_argument("--load", type=int, default=4, help="busy loops on the same core")
    asked.add_argument("--nice", type=int, default=10, help="how far the busy loops stand back")
    asked.add_argument("--core", type=int, help="else the last one")
    asked.add_argument("--first", type=int, default=0, help="the number of the first round")
    return asked.parse_args()


def _prepared(work: Path, limit: float, where: dict[str, str]) -> Place:
    print("preparing: the demonstration, a city, a package", flush=True)
    make(work / "made", "city", silent, Cancel())
    prepared = Prepared()
    return Place(
        place_for(work / "made"),
        prepared.city(),
        prepared.package(_RECORDS),
        limit,
        where,
    )


def _play(asked: argparse.Namespace, place: Place, work: Path) -> Counter[str]:
    """Round after round; the counts."""
    counts: Counter[str] = Counter()
    until = time.monotonic() + asked.minutes * 60
    for number in range(asked.first, asked.first + asked.rounds):
        if time.monotonic() > until:
            break
        with TemporaryDirectory(dir=work) as folder:
            ended = place.play(number, Path(folder))
        counts["rounds"] += 1
        counts[ended.how] += 1
        counts["messages"] += ended.messages
        counts["seconds"] += round(ended.seconds)
        if ended.how != "ok" or ended.messages:
            (KEPT / f"{number}-{ended.how}.txt").write_text(ended.said, "utf-8")
            print(f"round {number}: {ended.how}, {ended.messages} messages", flush=True)
        elif number % 20 == 0:
            print(f"round {number}: {ended.seconds:.1f} s", flush=True)
    return counts


def run() -> int:
    """Play, and print what was seen; 0 when there was nothing."""
    asked = _asked()
    KEPT.mkdir(parents=True, exist_ok=True)
    with suppress(AttributeError):  # Windows has no cores to choose from
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {max(cores) if asked.core is None else asked.core})
    with TemporaryDirectory() as folder, screen() as where:
        work = Path(folder)
        place = _prepared(work, asked.limit, where)
        with busy(asked.load, asked.nice):
            counts = _play(asked, place, work)
    bad = [counts[name] for name in ("crash", "hang", "failed", "messages")]
    names = ("crashes", "hangs", "failures", "messages")
    told = ", ".join(f"{count} {name}" for count, name in zip(bad, names, strict=True))
    rounds = counts["rounds"]
    print(f"{rounds} rounds, {told}; {counts['seconds'] / max(rounds, 1):.1f} s a round")
    return int(any(bad))


if __name__ == "__main__":
    sys.exit(run())
