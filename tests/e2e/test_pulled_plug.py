"""When the screen says 已保存, nothing that happens to the computer takes it back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

import pytest

from app.services.office.keyring import Cost
from app.services.office.office import open_office
from app.services.records import state_from_log
from app.services.starting.setting_up import found
from database.log import revisions
from database.state import states
from database.upkeep import copying
from tests.disks import durable_disk
from tests.e2e.saver import PASSPHRASE

SAVER = Path(__file__).with_name("saver.py")
CHEAP = Cost(memory_kib=64, iterations=1)

posix = pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL and SIGSTOP")


def set_up(root: Path) -> None:
    founded = found(
        root, role="city", station="511100", operator="李敏", passphrase=PASSPHRASE, cost=CHEAP
    )
    founded.office.close()


@contextmanager
def saving(root: Path) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    """A program at work on the data folder, and what it acknowledges; killed at the end."""
    with subprocess.Popen(
        [sys.executable, str(SAVER), str(root)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout
        finally:
            process.kill()


def whole_lines(text: str) -> list[str]:
    """The acknowledgements; a last line cut in the middle was none."""
    return [line.strip() for line in text.splitlines(keepends=True) if line.endswith("\n")]


def require_all_there(root: Path, acknowledged: Sequence[str]) -> None:
    """Each revision is in the log, and the rows are what the log says."""
    with closing(open_office(root, PASSPHRASE)) as office:
        copying.check(office.folder.store, office.store.key)
        with office.store.read() as connection:
            missing = [h for h in acknowledged if revisions.get(connection, h) is None]
            rows = states.digest(connection)
        assert missing == []
        with office.store.write() as connection:
            state_from_log.rebuild(connection, office.standpoint)
            assert states.digest(connection) == rows


@posix
def test_a_killed_program_has_lost_nothing_it_said_was_saved(tmp_path: Path) -> None:
    root = tmp_path / "data"
    set_up(root)
    acknowledged: list[str] = []
    for life in range(4):
        with saving(root) as (process, out):
            seen = [out.readline() for _ in range(3 + 17 * life)]
            process.send_signal(signal.SIGKILL)
            acknowledged += whole_lines("".join(seen) + out.read())
    require_all_there(root, acknowledged)
    assert len(acknowledged) >= 4 * 3


@pytest.mark.parametrize("moment", [1, 40, 150])
def test_a_power_cut_has_lost_nothing_that_was_said_to_be_saved(
    tmp_path: Path, moment: int
) -> None:
    image, after = tmp_path / "disk.img", tmp_path / "disk after the cut.img"
    with durable_disk(image, tmp_path / "before") as before:
        set_up(before / "data")
        os.sync()
        with saving(before / "data") as (process, out):
            seen = [out.readline() for _ in range(moment)]
            # Stopped, its last write may be under way; what the image has now survives.
            process.send_signal(signal.SIGSTOP)
            shutil.copyfile(image, after)
            process.send_signal(signal.SIGKILL)
            acknowledged = whole_lines("".join(seen) + out.read())
    with durable_disk(after, tmp_path / "after") as there:
        require_all_there(there / "data", acknowledged)
    assert len(acknowledged) >= moment
