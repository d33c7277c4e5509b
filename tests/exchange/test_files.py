"""Files the careful way: names that are too long, keys that are whole or not there."""

from __future__ import annotations

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
