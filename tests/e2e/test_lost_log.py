"""After a crash somebody deletes store.db-wal: the saves it held are missed, not forgotten."""

from __future__ import annotations

import os
import shutil
import signal
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.records import Enterprise
from app.services.backup.backup import back_up
from app.services.backup.integrity import examine_store
from app.services.backup.restoring import restore
from app.services.office.office import Office, open_office
from app.services.records import saving
from tests.e2e.saver import PASSPHRASE
from tests.e2e.test_pulled_plug import saving as at_work
from tests.e2e.test_pulled_plug import set_up

posix = pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")


def crashed(root: Path) -> int:
    """A program that is killed in the middle of its work; how many saves it acknowledged."""
    set_up(root)
    with at_work(root) as (process, out):
        acknowledged = [out.readline() for _ in range(12)]
        process.send_signal(signal.SIGKILL)
        acknowledged += [
            line for line in out.read().splitlines(keepends=True) if line.endswith("\n")
        ]
    return len(acknowledged)


def opened(root: Path) -> Office:
    return open_office(root, PASSPHRASE)


@posix
def test_saves_that_went_with_the_log_are_missed(tmp_path: Path) -> None:
    root = tmp_path / "data"
    acknowledged = crashed(root)
    (root / "store.db-wal").unlink()
    (root / "store.db-shm").unlink()
    for time in range(2):
        with closing(opened(root)) as office:
            assert office.lost is not None
            assert acknowledged <= office.lost.last - office.lost.first + 1 <= acknowledged + 1
            assert "store.db-wal" in office.lost.words
            examined = examine_store(office)
            assert not examined.sound
            assert [fault.kind for fault in examined.faults] == ["lost"]
            saving.save(office, Enterprise, {"name": f"补录的厂{time}"})
    with closing(opened(root)) as office:
        examine_store(office, rebuild=True)
    with closing(opened(root)) as office:
        assert office.lost is None
        assert examine_store(office).sound


@posix
def test_a_crash_alone_is_no_loss(tmp_path: Path) -> None:
    root = tmp_path / "data"
    crashed(root)
    with closing(opened(root)) as office:
        assert office.lost is None


def test_an_older_store_put_in_its_place_is_noticed_and_a_restore_is_not(tmp_path: Path) -> None:
    root = tmp_path / "data"
    set_up(root)
    with closing(opened(root)) as office:
        key = office.store.key
        back_up(office, tmp_path / "evening.zfbackup")
    old = shutil.copy(root / "store.db", tmp_path / "older")
    with closing(opened(root)) as office:
        saving.save(office, Enterprise, {"name": "后来的厂"})
    assert key is not None
    kept = Path(shutil.copytree(root, tmp_path / "kept"))
    restore(tmp_path / "evening.zfbackup", root, key, force=True)
    with closing(opened(root)) as office:
        assert office.lost is None
    shutil.copy(old, kept / "store.db")
    with closing(opened(kept)) as office:
        assert office.lost is not None
        assert "少了最近1次保存的内容" in office.lost.words
