"""Files the careful way: errors of the machine with words, names that appear only when whole."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from app.domain.kernel.errors import EnvironmentProblem
from app.domain.kernel.file_names import part_name, shown_name

CHUNK = 1 << 20
"""Bytes read or written at a time."""

_WORDS = {
    errno.ENOSPC: ("DISK_FULL", "磁盘空间不够", "请清理磁盘或换一个优盘后再试。"),
    errno.EDQUOT: ("DISK_FULL", "磁盘空间不够", "请清理磁盘或换一个优盘后再试。"),
    errno.EFBIG: ("DISK_FULL", "这个磁盘放不下这么大的文件", "请换一个优盘，或分次导出。"),
    errno.EIO: ("DISK_FAILED", "读写磁盘时出错", "请检查优盘是否插好，或换一个优盘再试。"),
    errno.ENODEV: ("DISK_GONE", "优盘已被拔出", "请重新插好优盘再试。"),
    errno.ENXIO: ("DISK_GONE", "优盘已被拔出", "请重新插好优盘再试。"),
    errno.EROFS: ("DISK_READ_ONLY", "优盘处于写保护状态", "请打开写保护开关或换一个优盘再试。"),
    errno.EACCES: ("FILE_LOCKED", "文件被占用或没有权限", "请关闭正在使用它的程序后再试。"),
    errno.EPERM: ("FILE_LOCKED", "文件被占用或没有权限", "请关闭正在使用它的程序后再试。"),
    errno.EBUSY: ("FILE_LOCKED", "文件被占用或没有权限", "请关闭正在使用它的程序后再试。"),
    errno.ENOENT: ("FILE_GONE", "找不到文件或文件夹", "请检查优盘是否插好、文件是否还在。"),
    errno.ENOTDIR: ("FILE_GONE", "找不到文件或文件夹", "请检查优盘是否插好、文件是否还在。"),
    errno.ESTALE: ("DISK_GONE", "网络上的文件夹断开了", "请检查网络后再试。"),
    errno.EISDIR: ("FILE_GONE", "这是一个文件夹，不是文件", "请选择文件夹里的报送文件。"),
    errno.ENAMETOOLONG: ("NAME_TOO_LONG", "文件名太长", "请把文件改成短一些的名称后再试。"),
    errno.ELOOP: ("NOT_A_FILE", "这个快捷方式指向它自己", "请选择报送文件本身。"),
}
_OTHER = ("DISK_FAILED", "读写文件时出错", "请检查磁盘或优盘后再试。")


@contextmanager
def words_for(path: Path) -> Iterator[None]:
    """Turn an `OSError` met inside into an `EnvironmentProblem` naming the file."""
    try:
        yield
    except OSError as error:
        code, what, remedy = _WORDS.get(error.errno or 0, _OTHER)
        raise EnvironmentProblem(
            code, f"{what}。", why=f"文件：{shown_name(path.name)}。", remedy=remedy
        ) from error


def opened(path: Path, largest: int | None = None) -> IO[bytes]:
    """Open a regular file of at most `largest` bytes for reading.

    A named pipe or a device that somebody gave the name of a package is refused
    at once, where reading it would wait for ever or never end. Raises `OSError`,
    `EnvironmentProblem` NOT_A_FILE, FILE_TOO_LARGE.
    """
    file = io.BufferedReader(io.FileIO(path, opener=_without_waiting))
    facts = os.fstat(file.fileno())
    if stat.S_ISREG(facts.st_mode) and (largest is None or facts.st_size <= largest):
        return file
    file.close()
    name = f"文件：{shown_name(path.name)}。"
    if stat.S_ISREG(facts.st_mode):
        raise EnvironmentProblem(
            "FILE_TOO_LARGE", "文件太大，不是报送文件。", why=name, remedy="请选择报送文件本身。"
        )
    raise EnvironmentProblem(
        "NOT_A_FILE", "这不是一个普通的文件。", why=name, remedy="请选择文件本身。"
    )


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


@contextmanager
def appearing(path: Path) -> Iterator[IO[bytes]]:
    """Write a `.part` beside `path`; on success it is fsynced and becomes `path`, else removed."""
    part = path.with_name(part_name(path.name))
    try:
        with part.open("w+b") as out:
            yield out
            settle(out)
        part.replace(path)
        settle_folder(path.parent)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Put a file only its owner can read in place of another, whole or not at all."""
    with words_for(path), appearing(path) as out:
        Path(out.name).chmod(0o600)
        out.write(content)


def replace_whole(fresh: Path, path: Path) -> None:
    """Put a file that is on the disk in place of another, durably."""
    with words_for(path):
        fresh.replace(path)
        settle_folder(path.parent)


def settle(out: IO[bytes]) -> None:
    """Flush and fsync an open file."""
    out.flush()
    os.fsync(out.fileno())


def settle_folder(folder: Path) -> None:
    """Make a rename durable where folders can be opened (not on Windows)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
