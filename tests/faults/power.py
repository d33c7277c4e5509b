"""The power goes: of what was not synced some is there, some is not, and some is torn.

A job is done once, every change on the disk and everything told written down. For each try
the disk is made anew up to some moment, as a journalling file system might have left it: names
change in order, up to some point behind the last sync of anything; what was written to a file
since its own last sync is there whole, in parts, in any order, or not at all.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from tests.faults import children
from tests.faults.children import Tell
from tests.faults.jobs import JOBS, Job
from tests.faults.ready import Ready, numbered, scratch
from tests.faults.shim import Plan
from tests.faults.stage import Stage

NAME = "power"
FULL, SHORT = 220, 6
_SECTOR = 512
_HEAD = struct.Struct("<c2i2q")


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log: what was done, to which names below the root, where, with what."""

    letter: str
    one: str
    two: str
    at: int
    data: bytes


@dataclass
class File:
    """What is surely on the disk of a file, and what may be."""

    durable: bytes = b""
    pending: list[Change] = field(default_factory=list)

    def sync(self) -> None:
        """Everything is on the disk."""
        self.durable, self.pending = _written(self.durable, self.pending), []


@dataclass(frozen=True, slots=True)
class Recording:
    """A job as it went: the files before it, and every change."""

    before: dict[str, bytes]
    folders: frozenset[str]
    changes: Sequence[Change]


def _written(data: bytes, changes: Sequence[Change]) -> bytes:
    whole = bytearray(data)
    for one in changes:
        if one.letter == "t":
            whole = whole[: one.at].ljust(one.at, b"\0")
        else:
            whole = whole.ljust(one.at, b"\0")
            whole[one.at : one.at + len(one.data)] = one.data
    return bytes(whole)


def recorded(stage: Stage, job: Job) -> Recording:
    """Do the job with nobody disturbing it."""
    stage.warm(job)
    with scratch() as folder:
        place = stage.ready.place(job.data, folder).resolve()
        files = {_below(path, place): path.read_bytes() for path in _files(place)}
        folders = frozenset(_below(path, place) for path in place.rglob("*") if path.is_dir())
        with (folder.parent / f"{folder.name}.log").open("w+b") as log:
            try:
                work = partial(_from_the_start, stage.ready, place, job)
                ended = children.run(stage.shim, Plan(place), work, log.fileno())
                log.seek(0)
                changes = list(_read(log.read(), f"{place}/"))
            finally:
                Path(log.name).unlink()
    if ended.how != "done":
        raise RuntimeError(f"{job.name} does not even end by itself: {ended.why}")
    return Recording(files, folders, changes)


def _from_the_start(ready: Ready, place: Path, job: Job, tell: Tell) -> None:
    """The job, watched from before the data is opened."""
    tell("begin")
    job.work(ready, place, lambda text: tell(text) if text != "begin" else None)


def _files(place: Path) -> Iterator[Path]:
    return (path for path in place.rglob("*") if path.is_file())


def _below(path: Path, place: Path) -> str:
    return str(path.relative_to(place))


def _read(log: bytes, root: str) -> Iterator[Change]:
    at = 0
    while at < len(log):
        letter, first, second, place, size = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        one, two = log[at : at + first].decode(), log[at + first : at + first + second].decode()
        at += first + second
        data = b""
        if letter == b"w":
            data = log[at : at + size]
            at += size
        if letter in b"!y" or one.startswith(root):
            yield Change(
                letter.decode(), one.removeprefix(root), two.removeprefix(root), place, data
            )


class Disk:
    """What a disk may hold when the power goes after the first `moment` changes."""

    def __init__(self, recording: Recording, moment: int) -> None:
        self.told: list[str] = []
        self._names = {name: File(data) for name, data in recording.before.items()}
        self._folders = set(recording.folders)
        self._after: list[tuple[Change, File | None]] = []
        """Changes of names since the last sync of anything, and the file that each is about."""
        self._live = dict(self._names)
        for change in recording.changes[:moment]:
            self._take(change)

    def _take(self, change: Change) -> None:
        file = self._live.get(change.one)
        if change.letter == "!":
            self.told.append(change.one)
        elif change.letter in "sy":
            for one, about in self._after:
                _rename(self._names, self._folders, one, about)
            self._after.clear()
            if change.letter == "y":
                for written in self._live.values():
                    written.sync()
            elif file is not None:
                file.sync()
        elif change.letter in "wt":
            if file is not None:
                file.pending.append(change)
        else:
            about = File() if change.letter == "c" else file
            _rename(self._live, set(), change, about)
            self._after.append((change, about))

    def left(self, dice: random.Random) -> tuple[dict[str, bytes], set[str]]:
        """The files and folders after the cut."""
        names, folders = dict(self._names), set(self._folders)
        for one, about in self._after[: dice.randint(0, len(self._after))]:
            _rename(names, folders, one, about)
        fate = dice.choice(("none", "all", "some", "torn", "early"))
        return {name: self._content(file, fate, dice) for name, file in names.items()}, folders

    def _content(self, file: File, fate: str, dice: random.Random) -> bytes:
        pending = file.pending
        if fate == "none":
            pending = []
        elif fate == "early":
            pending = pending[: dice.randint(0, len(pending))]
        elif fate in ("some", "torn"):
            kept = [one for one in pending if dice.random() < 0.5]
            pending = [_torn(one, dice) if fate == "torn" else one for one in kept]
        return _written(file.durable, pending)


def _torn(change: Change, dice: random.Random) -> Change:
    """The first sectors of a write."""
    sectors = dice.randint(0, len(change.data) // _SECTOR + 1)
    return replace(change, data=change.data[: sectors * _SECTOR])


def _rename(names: dict[str, File], folders: set[str], change: Change, about: File | None) -> None:
    """Carry out one change of names; `about` is the file, None for a folder."""
    one, two = change.one, change.two
    if change.letter == "m":
        folders.add(one)
    elif change.letter == "d":
        folders.discard(one)
    elif change.letter == "c" and about is not None:
        names[one] = about
    elif change.letter == "u":
        names.pop(one, None)
    elif change.letter == "r" and about is not None:
        names.pop(one, None)
        names[two] = about
    elif change.letter == "r":
        for name in [name for name in names if name.startswith(f"{one}/")]:
            names[f"{two}{name[len(one) :]}"] = names.pop(name)
        moved = {name for name in folders if name == one or name.startswith(f"{one}/")}
        folders -= moved
        folders |= {f"{two}{name[len(one) :]}" for name in moved}


def made_again(place: Path, files: dict[str, bytes], folders: set[str]) -> None:
    """Write the disk after the cut; a shared index beside a store is worth nothing then."""
    for name in sorted(folders):
        (place / name).mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)


def run(stage: Stage, numbers: Iterator[int]) -> None:
    """Try these numbers; each is a job, a moment, and what the disk kept."""
    known: dict[str, Recording] = {}
    with scratch() as folder:
        for number, place in zip(numbers, numbered(folder), strict=False):
            job, dice = JOBS[number % len(JOBS)], stage.dice(NAME, number)
            if job.name not in known:
                known[job.name] = recorded(stage, job)
            moment = dice.randint(1, len(known[job.name].changes))
            disk = Disk(known[job.name], moment)
            made_again(place, *disk.left(dice))
            found = stage.losses(place, job, disk.told)
            if found:
                stage.tally.lose(f"{NAME}: {job.name}", number, f"at {moment}: {'; '.join(found)}")
            else:
                stage.tally.add(f"{NAME}: {job.name}", "survived")
