"""One data folder: one writer, readers beside it, nobody while its files are exchanged."""

from __future__ import annotations

import getpass
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.kernel.errors import EnvironmentProblem
from app.services.office import folder_lock
from app.services.office.folder_lock import NAME, FolderLock, reading, replacing, writing
from tests.disks import remount, small_disk

HOLDER = """
import sys
from pathlib import Path
from app.services.office import folder_lock
how, folder = sys.argv[1], Path(sys.argv[2])
if how == "window":
    assert folder_lock.FolderLock(folder).take()
    print("held", flush=True)
    sys.stdin.read()
else:
    hold = folder_lock.reading(folder) if how == "reads" else folder_lock.writing(folder, "merge")
    with hold:
        print("held", flush=True)
        sys.stdin.read()
"""


@contextmanager
def another(how: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that has the folder: a `window`, or a command that `reads` or `writes`."""
    words = [sys.executable, "-c", HOLDER, how, str(folder)]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_lock, "PATIENCE", 0.3)


def test_a_folder_is_taken_once_and_given_back(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)
    assert first.take()
    assert not second.take()
    first.leave()
    assert second.take()
    second.leave()
    assert list(tmp_path.iterdir()) == []


def test_a_command_beside_a_window_is_told_who_holds_the_data_and_what_to_do(
    tmp_path: Path,
) -> None:
    with another("window", tmp_path):
        for hold in (writing(tmp_path, "add"), replacing(tmp_path, "restore")):
            with pytest.raises(EnvironmentProblem) as caught, hold:
                pass
            assert caught.value.code == "IN_USE"
            assert caught.value.what == f"电脑账户“{getpass.getuser()}”正在使用这份数据。"
            assert "到那个窗口里做这件事" in caught.value.remedy
            assert "退出本程序" in caught.value.remedy
        with reading(tmp_path), reading(tmp_path):
            pass


def test_two_commands_that_write_do_so_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with another("writes", tmp_path) as first:
        with pytest.raises(EnvironmentProblem) as caught, writing(tmp_path, "add"):
            pass
        assert "正在运行命令 zoufang merge。" in caught.value.what
        assert first.stdin is not None
        monkeypatch.setattr(folder_lock, "PATIENCE", 60.0)
        first.stdin.close()
        with writing(tmp_path, "add"):
            pass
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_exchanged_under_a_reader(tmp_path: Path) -> None:
    with another("reads", tmp_path):
        with writing(tmp_path, "add"):
            pass
        with pytest.raises(EnvironmentProblem) as caught, replacing(tmp_path, "restore"):
            pass
        assert caught.value.what == "另一个命令正在读这份数据。"
    with replacing(tmp_path, "restore"):
        pass


def test_a_window_that_holds_the_folder_may_exchange_its_files_itself(tmp_path: Path) -> None:
    window = FolderLock(tmp_path)
    assert window.take()
    with replacing(tmp_path), writing(tmp_path):
        pass
    assert not FolderLock(tmp_path).take()
    window.leave()


@pytest.mark.parametrize("how", ["window", "reads", "writes"])
def test_who_was_killed_in_the_middle_does_not_block(tmp_path: Path, how: str) -> None:
    with another(how, tmp_path) as process:
        process.kill()
        process.wait()
        with replacing(tmp_path, "restore"):
            pass
    assert list(tmp_path.iterdir()) == []


def test_without_a_name_the_holder_is_somebody(tmp_path: Path) -> None:
    with another("window", tmp_path):
        (tmp_path / NAME).write_bytes(b"\xff\n")
        assert "正在使用这份数据" in FolderLock(tmp_path).holder().what
        (tmp_path / NAME).unlink()
        assert FolderLock(tmp_path).holder().what == "另一个账户正在使用这份数据。"


def test_a_folder_that_is_not_there_has_words(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        FolderLock(tmp_path / "gone").take()
    assert caught.value.code == "FILE_GONE"


def test_where_nothing_can_be_written_there_is_nothing_to_hold(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        remount(disk, "ro")
        with reading(disk):
            lock = FolderLock(disk)
            assert lock.take()
            lock.leave()


def test_a_hundred_programs_in_turn_never_hold_it_two_at_once(tmp_path: Path) -> None:
    """Each takes the lock, sees that it is alone, and removes the file behind it."""
    script = """
import os, sys
from pathlib import Path
from app.services.office import folder_lock
folder_lock.PATIENCE = 600.0
folder = Path(sys.argv[1])
for _ in range(25):
    with folder_lock.writing(folder, "add"):
        alone = os.open(folder / "alone", os.O_CREAT | os.O_EXCL)
        os.close(alone)
        os.unlink(folder / "alone")
"""
    words = [sys.executable, "-c", script, str(tmp_path)]
    running = [subprocess.Popen(words) for _ in range(4)]
    assert [one.wait() for one in running] == [0] * 4
    assert list(tmp_path.iterdir()) == []
