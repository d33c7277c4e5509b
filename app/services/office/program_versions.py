"""The versions of the program that updates brought, and which of them is run.

What a set-up installed stays as it is. An update (更新文件) puts a whole newer program into a
folder of the person's own beside the log of faults: `versions/1.2.0/`. At every start the
installed program looks here first, and hands over to the newer one. A version is on trial until
it has once shown a person's data; when it falls before, the next start goes back to the version
before it, and puts back the copy of the store made before its schema was changed: nobody can
have saved anything in between.

Only the standard library is loaded: all of this comes before the first window.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from app import __version__
from app.domain.kernel.errors import Cancelled, EnvironmentProblem, UserError
from app.services.office import faults

STATE = "state.json"
INSTALLED = "ZOUFANG_INSTALLED"
"""The variable in which the program that hands over says where it lies."""
OWN = Path(__file__).resolve().parents[3]
"""The folder of the program that is running."""
SAVED = "last-save"
MOST_TRIES = 2
"""Starts that a version on trial may lose, to a power cut for example, before it is given up."""

_LARGEST_STATE = 64_000
_BESIDE = ("-wal", "-shm")


class Stage(StrEnum):
    """How far a version on trial has come."""

    INSTALLED = "installed"
    STARTING = "starting"
    PAINTED = "painted"
    OPENING = "opening"
    GOOD = "good"


@dataclass(frozen=True)
class Versions:
    """Which version is run, and what became of it.

    `before` is the one to go back to (empty: what the set-up installed), `failed` those that
    did not start, `told` whether a person was told of the last of them. `store` and `copy` are
    the store that the version on trial changed, and its copy of before; `saved` the mark of the
    last save then: where it moved on, somebody else saved, and nothing is put back.
    """

    chosen: str = ""
    before: str = ""
    stage: Stage = Stage.INSTALLED
    tries: int = 0
    failed: tuple[str, ...] = ()
    told: bool = True
    store: str = ""
    copy: str = ""
    saved: str = ""


def place() -> Path:
    """The folder of the versions: `ZOUFANG_VERSIONS`, else beside the log of faults."""
    if named := os.environ.get("ZOUFANG_VERSIONS"):
        return Path(named)
    return faults.log_file().with_name("versions")


def folder_of(version: str) -> Path:
    """Where a version that came with an update lies."""
    return place() / version


def installed() -> Path:
    """The folder of the program that the set-up installed, also while a newer one is run."""
    return Path(os.environ.get(INSTALLED) or OWN)


def read() -> Versions:
    """What is noted; a note that cannot be read is none."""
    try:
        with (place() / STATE).open("rb") as file:
            said = json.loads(file.read(_LARGEST_STATE))
        known = Versions(**{**said, "stage": Stage(said["stage"])})
        return replace(known, failed=tuple(map(str, known.failed)))
    except (OSError, ValueError, TypeError, KeyError):
        return Versions()


def write(versions: Versions) -> None:
    """Note it, whole or not at all; raises `OSError`."""
    fresh = place() / f"{STATE}.part"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(versions), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(place() / STATE)


def to_run(own: str = __version__) -> Path | None:
    """The folder of the newer version that is to be run in place of this one, if there is one.

    One that fell twice before it showed anybody's data is given up here.
    """
    known = read()
    if not _is_newer(known.chosen, own) or not (folder_of(known.chosen) / "app").is_dir():
        return None
    if known.stage in (Stage.STARTING, Stage.OPENING) and known.tries >= MOST_TRIES:
        try:
            known = give_up(known)
        except OSError:
            # This version says itself that the data is newer; the next start tries again.
            return None
        return to_run(own) if known.chosen else None
    if known.stage is not Stage.GOOD:
        known = replace(known, stage=Stage.STARTING, tries=known.tries + 1)
        try:
            write(known)
        except OSError:
            return None
    return folder_of(known.chosen)


def give_up(known: Versions) -> Versions:
    """Go back to the version before; the store goes back to its copy first.

    Raises `OSError` when the store cannot be put back: then nothing is noted, and the next
    start tries again.
    """
    if known.copy and _last_save(Path(known.store)) == known.saved:
        _put_back(Path(known.store), Path(known.copy), known.chosen)
    back = Versions(
        chosen=known.before,
        stage=Stage.GOOD,
        failed=(*known.failed, known.chosen),
        told=False,
    )
    write(back)
    return back


def _put_back(store: Path, copy: Path, version: str) -> None:
    """Lay what the newer version made aside, and the copy in its place; again does no harm."""
    aside = store.with_name(f"{store.name}.by-{version}")
    if not copy.is_file():
        return
    fresh = store.with_name(f"{store.name}.part")
    shutil.copyfile(copy, fresh)
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    if store.exists() and not aside.exists():
        for end in _BESIDE:
            with suppress(FileNotFoundError):
                store.with_name(store.name + end).replace(aside.with_name(aside.name + end))
        store.replace(aside)
    fresh.replace(store)


def note_copy(store: Path, copy: Path) -> None:
    """Keep where the copy lies that was made before the version on trial changes the store."""
    if on_trial():
        noted = replace(read(), store=str(store.absolute()), copy=str(copy.absolute()))
        write(replace(noted, saved=_last_save(store)))


def _last_save(store: Path) -> str:
    """The mark of the last save beside a store; another account may have saved meanwhile."""
    try:
        with store.with_name(SAVED).open("rb") as file:
            return file.read(_LARGEST_STATE).hex()
    except OSError:
        return ""


def on_trial() -> bool:
    """Whether this program is a version that has not shown anybody's data yet."""
    known = read()
    return known.chosen == __version__ and known.stage is not Stage.GOOD


def painted() -> None:
    """The window stands."""
    _reach(Stage.PAINTED)


def proved() -> None:
    """The data is open and shown: from now on there is no way back by itself."""
    if on_trial() and read().stage is Stage.OPENING:
        with suppress(OSError):
            write(replace(read(), stage=Stage.GOOD, tries=0, store="", copy=""))


@contextmanager
def opening() -> Iterator[None]:
    """Around the opening of the data; what a person or the machine is told is no fall."""
    _reach(Stage.OPENING)
    try:
        yield
    except (UserError, EnvironmentProblem, Cancelled):
        _reach(Stage.PAINTED)
        raise


def fell() -> bool:
    """Whether this start of a version on trial ended before a window stood; then it is given up."""
    known = read()
    if known.stage is not Stage.STARTING:
        return False
    give_up(known)
    return True


def words_of_fall() -> str:
    """What a person is told once after a version was given up, else nothing."""
    known = read()
    if known.told or not known.failed:
        return ""
    with suppress(OSError):
        write(replace(known, told=True))
    return (
        f"新版本{known.failed[-1]}没能启动，已回到{__version__}，数据和更新前一样。"
        "请告诉发给您更新文件的人。"
    )


def _reach(stage: Stage) -> None:
    if on_trial():
        with suppress(OSError):
            write(replace(read(), stage=stage))


def number(version: str) -> tuple[int, ...]:
    """What versions are compared by; nothing of what is none."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()


def _is_newer(version: str, own: str) -> bool:
    return number(version) > number(own)
