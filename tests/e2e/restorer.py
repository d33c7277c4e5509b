"""Restores a backup over and over, each time dying one step of the file system later."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from unittest import mock

from app.services.backup.restoring import keyring_for, restore
from app.services.office import folder_swap
from tests.e2e.saver import PASSPHRASE

DIED = 9
STEPS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.truncate"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT

armed: list[Iterator[int]] = []
"""The steps still to be counted, while they are."""


def step() -> None:
    """Die, if this was the last step to be taken."""
    if armed and next(armed[0], None) is None:
        os._exit(DIED)


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Before each change of names, each opening to write; `fsync` is not told, but wrapped."""
    if event in STEPS or (event == "open" and int(str(arguments[2])) & _WRITES):
        step()


@contextmanager
def counted(steps: int) -> Iterator[None]:
    """Count what is done inside, and die after so many steps."""
    settled = os.fsync

    def fsync(handle: int) -> None:
        step()
        settled(handle)
        step()

    armed.append(iter(range(steps)))
    with mock.patch("os.fsync", fsync):
        yield
    armed.clear()


def died(work: Callable[[], object], steps: int) -> bool:
    """Whether the work, done by a child, was cut after so many steps."""
    child = os.fork()
    if child == 0:
        try:
            with counted(steps):
                work()
        except BaseException as error:  # noqa: BLE001  (told by the exit status)
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, DIED):
        raise SystemExit(f"after {steps} steps: exit status {status}")
    return status == DIED


def main(file: Path, data: Path, out: Path) -> None:
    """One folder in `out` for each step: `003` after a cut there, `end` when it was not cut.

    Where the cut left something to finish, `003-007` is what a start cut at its seventh step
    leaves of that, for the first such folder.
    """
    keyring = keyring_for(file, data)
    key = keyring.unlock(keyring.operators[0].id, PASSPHRASE)
    sys.addaudithook(watch)
    nested = False
    for steps in count():
        root = Path(shutil.copytree(data, out / f"{steps:03}"))
        if not died(lambda root=root: restore(file, root, key, force=True), steps):  # type: ignore[misc]
            root.rename(out / "end")
            return
        if not nested and (root / "restore.json").exists():
            nested = True
            for later in count():
                again = Path(shutil.copytree(root, out / f"{steps:03}-{later:03}"))
                if not died(lambda again=again: folder_swap.complete(again), later):  # type: ignore[misc]
                    break


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
