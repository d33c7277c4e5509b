"""The disk is full, or write-protected: what is there can still be looked at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.line import VISIT, as_json, ask, say
from tests.disks import remount, small_disk


def fill(disk: Path) -> None:
    """Leave not a byte."""
    with (disk / "other things").open("wb", buffering=0) as out:
        try:
            while True:
                out.write(bytes(512))
        except OSError:
            pass


def names_in(data: Path) -> set[str]:
    """The files of a folder, but for what SQLite keeps beside one that is open."""
    return {one.name for one in data.iterdir() if not one.name.endswith(("-wal", "-shm"))}


@pytest.mark.parametrize("way", ["full", "ro"])
def test_data_that_cannot_be_written_can_be_read(county: Path, tmp_path: Path, way: str) -> None:
    visit = as_json(VISIT)
    assert say("add", "visit", "--data", county, "--from", "-", stdin=visit).status == 0
    number = ask("list", "visit", "--data", county)["records"][0]["number"]
    with small_disk(tmp_path / "disk", "12m") as disk:
        data = Path(shutil.copytree(county, disk / "data"))
        fill(disk) if way == "full" else remount(disk, "ro")
        before = names_in(data)
        for words in (
            ("list", "visit"),
            ("keys", "show"),
            ("coverage",),
            ("operator", "list"),
            ("check",),
        ):
            said = say(*words, "--data", data)
            assert (said.status, "什么都不能保存" in said.err) == (0, True), (words, said)
        assert number in say("list", "visit", "--data", data).out
        said = say("add", "visit", "--data", data, "--from", "-", stdin=visit)
        assert said.status == 3
        assert said.err.splitlines()[-1].split("：")[0] in {"DISK_FULL", "READ_ONLY"}
        assert names_in(data) == before
        if way == "full":
            (disk / "other things").unlink()
            assert say("add", "visit", "--data", data, "--from", "-", stdin=visit).status == 0


def test_what_waits_in_the_log_is_told_rather_than_left_out(county: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "12m") as disk:
        data = Path(shutil.copytree(county, disk / "data"))
        (data / "store.db-wal").write_bytes(bytes(4096))
        remount(disk, "ro")
        said = say("list", "visit", "--data", data)
        assert (said.status, said.err.split("：")[0]) == (3, "CANNOT_WRITE")
        assert "没有正常退出" in said.err
