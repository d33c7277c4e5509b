"""The power goes while somebody leaves: the data opens, and once told, they are out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.kernel.errors import EnvironmentProblem
from app.domain.records import Enterprise, Visit
from app.services.office.keyring import Cost, Keyring
from app.services.office.office import open_office
from app.services.people import operators
from app.services.records import drafts, saving
from app.services.starting.setting_up import found
from tests.e2e.rekeyer import DIED
from tests.e2e.saver import PASSPHRASE

HOUSE = Path(__file__).resolve().parents[2]
CHEAP = Cost(memory_kib=64, iterations=1)
OTHER = "青衣江边的白鹭飞过来了"
STEPS = 7
"""The keyring put in place; of each of three files the key changed and the log put in."""


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two people, a record, an attachment's file and a draft."""
    root = tmp_path_factory.mktemp("ready") / "data"
    founded = found(
        root, role="city", station="511100", operator="李敏", passphrase=PASSPHRASE, cost=CHEAP
    )
    with closing(founded.office) as office:
        operators.add(office, PASSPHRASE, "王琦", OTHER, cost=CHEAP)
        saving.save(office, Enterprise, {"name": "走访过的厂"})
        drafts.save(office, Visit, {"leaders": "李明书"})
    return root


def left_until(root: Path, nth: int) -> int:
    """The exit status of a 离岗 that dies at its nth step."""
    command = [sys.executable, "-m", "tests.e2e.rekeyer", str(root), str(nth)]
    return subprocess.run(command, cwd=HOUSE, check=False).returncode


@pytest.mark.parametrize("nth", range(1, STEPS + 2))
def test_the_data_opens_after_a_cut_at_any_step(ready: Path, tmp_path: Path, nth: int) -> None:
    root = Path(shutil.copytree(ready, tmp_path / "data"))
    kept = (root / "keyring.json").read_bytes()
    died = left_until(root, nth) == DIED
    assert died == (nth <= STEPS)
    out = [person.name for person in Keyring.open(root / "keyring.json").operators] == ["李敏"]
    assert out == (nth > 1)
    with closing(open_office(root, PASSPHRASE, operator="李敏")) as office:
        names = [getattr(one.record, "name", "") for one in saving.listing(office, Enterprise)]
        assert "走访过的厂" in names
        assert [one.typed for one in drafts.every(office)] == [{"leaders": "李明书"}]
        if not out:
            operators.leave(office, PASSPHRASE, "王琦", cost=CHEAP)
    (root / "keyring.json").write_bytes(kept)
    for name, passphrase in (("王琦", OTHER), ("李敏", PASSPHRASE)):
        with pytest.raises(EnvironmentProblem) as caught:
            open_office(root, passphrase, operator=name)
        assert caught.value.code == "KEYRING_DIFFERS"
