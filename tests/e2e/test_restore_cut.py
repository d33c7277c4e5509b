"""The power goes while a backup is brought back: afterwards there is the old data or the new."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.services.backup.backup import back_up
from app.services.office.keyring import Cost
from app.services.office.office import copied_elsewhere, open_office
from app.services.records import saving
from app.services.starting.setting_up import found
from tests.e2e.restorer import DIED
from tests.e2e.saver import PASSPHRASE

HOUSE = Path(__file__).resolve().parents[2]
CHEAP = Cost(memory_kib=64, iterations=1)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was backed up and then worked in."""
    place = tmp_path_factory.mktemp("ready")
    founded = found(
        place / "data",
        role="city",
        station="511100",
        operator="李敏",
        passphrase=PASSPHRASE,
        cost=CHEAP,
    )
    with closing(founded.office) as office:
        back_up(office, place / "evening.zfbackup")
        saving.save(office, "enterprise", {"name": "第二天走访的厂"})
        (office.folder.outbox / "later.zfpkg").write_bytes(b"sealed the next day")
    return place


def restored_until(ready: Path, root: Path, nth: int) -> int:
    """The exit status of a restore that dies at its nth rename."""
    command = [sys.executable, "-m", "tests.e2e.restorer"]
    arguments = [str(ready / "evening.zfbackup"), str(root), str(nth)]
    return subprocess.run([*command, *arguments], cwd=HOUSE, check=False).returncode


@pytest.mark.parametrize("nth", range(1, 13))
def test_after_a_cut_there_is_the_old_data_or_the_new(
    ready: Path, tmp_path: Path, nth: int
) -> None:
    root = Path(shutil.copytree(ready / "data", tmp_path / "data"))
    died = restored_until(ready, root, nth) == DIED
    assert died == (nth <= 11)
    with closing(open_office(root, PASSPHRASE)) as office:
        names = {state.record.number for state in saving.listing(office, "enterprise")}
        later = [path.name for path in office.folder.outbox.iterdir()]
        new = copied_elsewhere(office)
    assert new == (not names.intersection(newer(ready)))
    assert later == ([] if new else ["later.zfpkg"])
    assert new == (nth > 1)
    assert not (root / "restore.json").exists()
    if new:
        (aside,) = root.glob("replaced-*")
        shutil.copy(root / "keyring.json", aside)
        with closing(open_office(aside, PASSPHRASE)) as office:
            numbers = {state.record.number for state in saving.listing(office, "enterprise")}
        assert newer(ready) <= numbers


def newer(ready: Path) -> set[str]:
    """The 编号 saved after the backup."""
    with closing(open_office(ready / "data", PASSPHRASE)) as office:
        return {
            state.record.number
            for state in saving.listing(office, "enterprise")
            if getattr(state.record, "name", "") == "第二天走访的厂"
        }
