"""Files the careful way: names that are too long, keys that are whole or not there."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.kernel.errors import EnvironmentProblem
from app.exchange.files import words_for, write_private

HOUSE = Path(__file__).resolve().parents[2]


def test_a_name_that_is_too_long_is_told_as_that(tmp_path: Path) -> None:
    path = tmp_path / ("走" * 90 + ".zfpkg")
    for work in (path.read_bytes, path.stat, lambda: path.write_bytes(b"")):
        with pytest.raises(EnvironmentProblem) as caught, words_for(path):
            work()
        assert caught.value.code == "NAME_TOO_LONG"
        assert "文件名太长" in caught.value.what


FAULTS = {
    "data": {
        errno.EROFS: "数据文件夹有写保护",
        errno.ENOSPC: "数据文件夹所在的磁盘空间不够",
        errno.EIO: "读写数据文件夹时磁盘出错",
        errno.ENOENT: "数据文件夹里找不到文件",
        errno.EACCES: "数据文件夹里的文件被占用或没有权限",
        errno.ENODEV: "数据文件夹所在的磁盘断开了",
    },
    "elsewhere": {errno.EROFS: "这个位置有写保护", errno.EIO: "读写磁盘时出错"},
}


@pytest.mark.parametrize("place", FAULTS)
def test_the_folder_of_the_data_is_not_called_a_stick(tmp_path: Path, place: str) -> None:
    (tmp_path / "data" / "inbox").mkdir(parents=True)
    (tmp_path / "elsewhere" / "inbox").mkdir(parents=True)
    (tmp_path / "data" / "store.db").touch()
    for number, sentence in FAULTS[place].items():
        path = tmp_path / place / "inbox" / "file"
        with pytest.raises(EnvironmentProblem, match=sentence) as caught, words_for(path):
            raise OSError(number, os.strerror(number))
        assert caught.value.remedy
        assert "优盘" not in caught.value.what
        if place == "data":
            assert "优盘" not in caught.value.remedy


def test_the_place_that_the_system_names_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "keyring.json").touch()
    inside = str(tmp_path / "data" / "workspace")
    with pytest.raises(EnvironmentProblem, match="数据文件夹"), words_for(tmp_path / "stick"):
        raise OSError(errno.EROFS, "Read-only file system", inside)


def test_a_stick_with_write_protection_is_told_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = Path("/media/clerk/USB DISK")
    monkeypatch.setattr("app.exchange.files.sticks", lambda: [stick])
    for place, sentence in ((stick / "报送", "优盘处于写保护状态"), (tmp_path, "这个位置有写保护")):
        with pytest.raises(EnvironmentProblem, match=sentence), words_for(place):
            raise OSError(errno.EROFS, "Read-only file system", str(place))


KEY_CUT = """
import os, sys
from pathlib import Path
from app.exchange.files import write_private
steps = 0
def step():
    global steps
    steps += 1
    if steps > int(sys.argv[2]):
        os._exit(9)
settled = os.fsync
def fsync(handle):
    step(); settled(handle); step()
os.fsync = fsync
def watch(event, _):
    if event in ("os.rename", "os.chmod", "os.remove"):
        step()
sys.addaudithook(watch)
write_private(Path(sys.argv[1]), b"new key" * 100)
"""


def test_a_key_that_is_replaced_is_the_old_or_the_new_after_a_cut(tmp_path: Path) -> None:
    path = tmp_path / "root.key"
    seen = []
    for steps in range(50):
        path.write_bytes(b"old key" * 100)
        words = [sys.executable, "-c", KEY_CUT, str(path), str(steps)]
        status = subprocess.run(words, check=False, cwd=HOUSE).returncode
        seen.append(path.read_bytes()[:3])
        if status == 0:
            break
    assert seen[0] == b"old"
    assert seen[-1] == b"new"
    assert seen == sorted(seen, reverse=True), "once new, it stays new"
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_private_file_is_never_read_by_others(tmp_path: Path) -> None:
    write_private(tmp_path / "key", b"secret")
    if os.name == "posix":
        assert (tmp_path / "key").stat().st_mode & 0o077 == 0
