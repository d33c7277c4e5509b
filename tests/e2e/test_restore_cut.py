"""The power goes while a backup is brought back: afterwards there is the old data or the new."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.kernel.errors import EnvironmentProblem
from app.domain.records import Enterprise
from app.services.backup.backup import back_up
from app.services.backup.restoring import keyring_for, restore
from app.services.office.folder import tidy
from app.services.office.folder_lock import NAMES
from app.services.office.keyring import Cost
from app.services.office.office import copied_elsewhere, open_office
from app.services.records import saving
from app.services.starting.setting_up import found
from tests.e2e.saver import PASSPHRASE

HOUSE = Path(__file__).resolve().parents[2]
BESIDE = {"last-save", "last-backup.json"}
"""What is noted beside the data; losing it does no harm."""

WHOLE = {"attachments.db", "inbox", "keyring.json", "outbox", "root.key", "store.db"}
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
        saving.save(office, Enterprise, {"name": "第二天走访的厂"})
        (office.folder.outbox / "later.zfpkg").write_bytes(b"sealed the next day")
    return place


@pytest.fixture(scope="module")
def cut(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What each cut left, one folder for each."""
    out = tmp_path_factory.mktemp("cut")
    words: list[str | Path] = [
        sys.executable,
        "-m",
        "tests.e2e.restorer",
        ready / "evening.zfbackup",
        ready / "data",
    ]
    subprocess.run([*words, out], cwd=HOUSE, check=True)
    return out


@pytest.fixture(scope="module")
def half(cut: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose store has gone out and no other has come in yet."""
    begun = (one for one in sorted(cut.iterdir()) if (one / "restore.json").exists())
    found = next(one for one in begun if not (one / "store.db").exists())
    return Path(shutil.copytree(found, tmp_path_factory.mktemp("half") / "data"))


@pytest.mark.usefixtures("half")
def test_after_a_cut_anywhere_there_is_the_old_data_or_the_new(ready: Path, cut: Path) -> None:
    later = newer(ready)
    news = []
    for root in sorted(cut.iterdir()):
        tidy(root)
        with closing(open_office(root, PASSPHRASE)) as office:
            names = {state.record.number for state in saving.listing(office, Enterprise)}
            sent = [path.name for path in office.folder.outbox.iterdir()]
            new = copied_elsewhere(office)
            assert office.lost is None, root.name
        assert new == (not names.intersection(later)), root.name
        assert sent == ([] if new else ["later.zfpkg"]), root.name
        tidy(root)
        # The file of a lock whose holder died goes with the next holder.
        left = {one.name for one in root.iterdir() if not one.name.startswith("replaced-")}
        assert left - NAMES - BESIDE == WHOLE, root.name
        if new:
            (aside,) = root.glob("replaced-*")
            assert {one.name for one in aside.iterdir()} - BESIDE == WHOLE - {"keyring.json"}
        news.append((root.name, new))
    assert len(news) > 60
    assert news[0] == ("000", False)
    assert news[-1] == ("end", True)
    old = [name for name, new in news if not new]
    assert old == [name for name, _ in news][: len(old)], "once new, it stays new"
    assert any("-" in name for name, _ in news)


def test_what_was_put_aside_is_whole(ready: Path, cut: Path, tmp_path: Path) -> None:
    (kept,) = (cut / "end").glob("replaced-*")
    aside = Path(shutil.copytree(kept, tmp_path / "aside"))
    shutil.copy(cut / "end" / "keyring.json", aside)
    with closing(open_office(aside, PASSPHRASE)) as office:
        numbers = {state.record.number for state in saving.listing(office, Enterprise)}
    assert newer(ready) <= numbers


@pytest.mark.parametrize(
    "note", [b"", b'{"aside":"repl', b"\x00" * 4096, b'{"aside":"","out":["../x"],"into":[]}']
)
def test_a_note_that_says_nothing_is_a_restore_not_begun(
    ready: Path, tmp_path: Path, note: bytes
) -> None:
    root = Path(shutil.copytree(ready / "data", tmp_path / "data"))
    (root / "restore.json").write_bytes(note)
    (root / "restoring").mkdir()
    (root / "restoring" / "store.db").write_bytes(b"half")
    with closing(open_office(root, PASSPHRASE)) as office:
        assert newer(ready) <= {one.record.number for one in saving.listing(office, Enterprise)}
    assert {path.name for path in root.iterdir()} - BESIDE == WHOLE


def test_a_note_lost_half_way_is_told_and_the_restore_done_again(
    ready: Path, half: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(half, tmp_path / "data"))
    (root / "restore.json").write_bytes(b"")
    with pytest.raises(EnvironmentProblem) as caught:
        open_office(root, PASSPHRASE)
    assert caught.value.code == "RESTORE_UNCLEAR"
    assert "replaced-" in caught.value.why
    file = ready / "evening.zfbackup"
    keyring = keyring_for(file, root)
    restore(file, root, keyring.unlock(keyring.operators[0].id, PASSPHRASE), force=True)
    open_office(root, PASSPHRASE).close()


def newer(ready: Path) -> set[str]:
    """The 编号 saved after the backup."""
    with closing(open_office(ready / "data", PASSPHRASE)) as office:
        return {
            state.record.number
            for state in saving.listing(office, Enterprise)
            if getattr(state.record, "name", "") == "第二天走访的厂"
        }
