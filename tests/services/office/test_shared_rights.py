"""A folder of a group: what one account makes, the others may change."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.exchange.files import write_private
from app.services.office.folder import Folder
from app.services.office.folder_lock import FolderLock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows hands rights down itself")


@pytest.fixture(autouse=True)
def _mask() -> Iterator[None]:
    """The mask of the process as it was."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """The data folder in a folder that a group shares, as the package makes it."""
    place = tmp_path / "lib"
    place.mkdir()
    place.chmod(0o2770)
    (place / "data").mkdir()
    return place / "data"


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def work_in(folder: Path) -> None:
    """What a run of the program leaves behind."""
    lock = FolderLock(folder)
    assert lock.take()
    write_private(folder / "keyring.json", b"{}")
    (folder / "store.db").touch()
    (folder / "store.db").chmod(0o640)
    (folder / "outbox").mkdir(mode=0o700, exist_ok=True)
    copies = Folder(folder).lent / "run"
    copies.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock.leave()


def test_what_one_makes_the_group_may_change(shared: Path) -> None:
    work_in(shared)
    assert rights(shared) & 0o2770 == 0o2770
    assert [rights(shared / name) for name in ("keyring.json", "store.db")] == [0o660, 0o660]
    assert rights(shared / "outbox") & 0o2770 == 0o2770


def test_a_new_file_is_for_the_group_and_nobody_else(shared: Path) -> None:
    lock = FolderLock(shared)
    assert lock.take()
    (shared / "drafts.db").touch()
    assert rights(shared / "drafts.db") == 0o660
    lock.leave()


def test_readable_copies_stay_private(shared: Path) -> None:
    work_in(shared)
    assert rights(Folder(shared).lent / "run") & 0o077 == 0


def test_a_folder_of_ones_own_stays_ones_own(tmp_path: Path) -> None:
    work_in(tmp_path)
    assert rights(tmp_path / "keyring.json") == 0o600
    assert rights(tmp_path / "outbox") == 0o700


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can be another")
def test_another_account_of_the_group_goes_on(shared: Path) -> None:
    group = 65_000
    for path in (shared.parent, shared):
        os.chown(path, 0, group)
        path.chmod(0o2770)
    work_in(shared)
    code = (
        "import os; os.umask(0o022)\n"
        "open('keyring.json', 'r+').close(); open('store.db', 'r+').close()\n"
        "os.open('in-use.lock', os.O_RDWR | os.O_CREAT, 0o666); os.mkdir('outbox/new')"
    )
    words = ["/usr/bin/python3", "-c", code]
    # The folder is entered before the account is changed: above it others may be shut out.
    subprocess.run(words, cwd=shared, check=True, user=64_999, group=64_998, extra_groups=[group])
