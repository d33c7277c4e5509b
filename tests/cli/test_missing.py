"""A file of the data is gone: that is said, nothing is made in its place, and it can come back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.bootstrap import is_new
from app.services.office.folder import Folder
from tests.cli.line import VISIT, as_json, ask, say

FILES = {
    "attachments.db": "附件（attachments.db）",
    "store.db": "记录（store.db）",
    "keyring.json": "口令文件（keyring.json）",
    "outbox": "发出的报送文件（outbox）",
    "inbox": "收到的报送文件（inbox）",
}


def lose(data: Path, name: str) -> None:
    path = data / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def names_in(data: Path) -> set[str]:
    return {path.name for path in data.iterdir()}


@pytest.fixture
def backup(county: Path, tmp_path: Path) -> Path:
    """Made before the last visit was saved; a package lies in the outbox."""
    add(county, headcount="10")
    (county / "outbox" / "sent.zfpkg").write_bytes(b"sealed")
    file = Path(ask("backup", "--data", county, tmp_path)["file"])
    add(county, headcount="20")
    return file


def add(data: Path, **typed: str) -> None:
    said = say("add", "visit", "--data", data, "--from", "-", stdin=as_json({**VISIT, **typed}))
    assert said.status == 0


def visits(data: Path) -> int:
    return len(ask("list", "visit", "--data", data)["records"])


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("empty", [False, True])
def test_what_is_gone_is_said_and_nothing_is_made(county: Path, name: str, empty: bool) -> None:
    lose(county, name)
    if empty and "." in name:
        (county / name).touch()
    before = names_in(county)
    for words in (("check",), ("list", "visit"), ("add", "visit", "--from", "-"), ("rescue",)):
        said = say(*words, "--data", county, stdin=as_json(VISIT))
        assert said.status == 3, words
        assert said.err.startswith(f"DATA_MISSING：数据文件夹里少了{FILES[name]}"), words
        assert names_in(county) == before
    assert not is_new(county), "the first start must not open over it"
    again = ("init", "--data", county, "--role", "county", "--unit", "511111")
    assert say(*again).err.startswith("FOLDER_IN_USE")
    assert names_in(county) == before


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_single_file_of_old_data_is_no_empty_folder(tmp_path: Path, name: str) -> None:
    folder = Folder(tmp_path)
    assert folder.is_new
    (tmp_path / "desktop.ini").touch()
    assert folder.is_new
    (tmp_path / name).mkdir() if "." not in name else (tmp_path / name).touch()
    assert not folder.is_new


def test_the_ways_are_told(county: Path, backup: Path) -> None:
    lose(county, "attachments.db")
    said = say("rescue", "--data", county)
    for words in (backup.name, "放回原处", "zoufang rescue 备份文件", "--without", "init"):
        assert words in said.out
    lose(county, "keyring.json")
    said = say("rescue", "--data", county)
    assert "恢复码都打不开" in said.out
    assert "--without" not in said.out


@pytest.mark.parametrize("name", [name for name in FILES if name != "store.db"])
def test_only_what_is_gone_comes_back(county: Path, backup: Path, name: str) -> None:
    lose(county, name)
    said = say("rescue", "--data", county, backup)
    assert (said.status, name in said.out) == (0, True), said
    assert visits(county) == 2
    assert (county / "outbox" / "sent.zfpkg").read_bytes() == b"sealed"
    assert not list(county.glob("replaced-*"))
    assert say("rescue", "--data", county, backup).err.startswith("NOTHING_MISSING")


def test_lost_records_come_back_as_they_were(county: Path, backup: Path) -> None:
    lose(county, "store.db")
    said = say("rescue", "--data", county, backup)
    assert (said.status, "keys rotate" in said.out) == (0, True), said
    assert visits(county) == 1


def test_without_a_backup_the_rest_can_be_used(county: Path) -> None:
    add(county)
    for name in ("attachments.db", "outbox"):
        lose(county, name)
    assert say("rescue", "--data", county, "--without").status == 0
    assert visits(county) == 1
    lose(county, "store.db")
    assert say("rescue", "--data", county, "--without").err.startswith("NEEDS_BACKUP")
    assert not (county / "store.db").exists()


def test_another_offices_backup_does_not_fill_the_gap(
    county: Path, city: Path, tmp_path: Path
) -> None:
    other = ask("backup", "--data", city, tmp_path)["file"]
    for name in ("attachments.db", "keyring.json"):
        lose(county, name)
        before = names_in(county)
        assert say("rescue", "--data", county, other).err.startswith("NOT_THE_SAME_DATA")
        assert names_in(county) == before
