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
from app.domain.kernel.file_names import DATA_MARKS, part_name, shown_name
from app.exchange.sticks import sticks

CHUNK = 1 << 20
"""Bytes read or written at a time."""

_WORDS = {
    errno.ENOSPC: ("DISK_FULL", "磁盘空间不够", "请清理磁盘或换一个优盘后再试。"),
    errno.EDQUOT: ("DISK_FULL", "磁盘空间不够", "请清理磁盘或换一个优盘后再试。"),
    errno.EFBIG: ("DISK_FULL", "这个磁盘放不下这么大的文件", "请换一个优盘，或分次导出。"),
    errno.EIO: ("DISK_FAILED", "读写磁盘时出错", "请检查优盘是否插好，或换一个优盘再试。"),
    errno.ENODEV: ("DISK_GONE", "优盘已被拔出", "请重新插好优盘再试。"),
    errno.ENXIO: ("DISK_GONE", "优盘已被拔出", "请重新插好优盘再试。"),
    errno.EROFS: (
        "DISK_READ_ONLY",
        "这个位置有写保护，不能保存",
        "请换一个文件夹再试；如果是优盘，请拨开它的写保护开关或换一个优盘。",
    ),
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
_ON_STICK = {
    errno.EROFS: (
        "DISK_READ_ONLY", "优盘处于写保护状态", "请拨开优盘上的写保护开关或换一个优盘再试。",
    ),
}  # fmt: skip
_CLEAR = "请清理磁盘后再试。"
_FREE = "请关闭正在使用它的程序后再试；还是不行，请检查数据文件夹的权限。"
_IN_DATA = {
    errno.ENOSPC: ("DISK_FULL", "数据文件夹所在的磁盘空间不够", _CLEAR),
    errno.EDQUOT: ("DISK_FULL", "数据文件夹所在的磁盘空间不够", _CLEAR),
    errno.EFBIG: (
        "DISK_FULL",
        "数据文件夹所在的磁盘放不下这么大的文件",
        "请退出程序，把整个数据文件夹复制到别的磁盘上再打开。",
    ),
    errno.EIO: (
        "DISK_FAILED",
        "读写数据文件夹时磁盘出错",
        "请重新打开程序再试；还是出错，请先备份，再检查磁盘。",
    ),
    errno.ENODEV: ("DISK_GONE", "数据文件夹所在的磁盘断开了", "请接好磁盘，重新打开程序再试。"),
    errno.ENXIO: ("DISK_GONE", "数据文件夹所在的磁盘断开了", "请接好磁盘，重新打开程序再试。"),
    errno.EROFS: (
        "DISK_READ_ONLY",
        "数据文件夹有写保护，什么都不能保存",
        "请去掉写保护，或把整个数据文件夹复制到能写的磁盘上再打开。",
    ),
    errno.EACCES: ("FILE_LOCKED", "数据文件夹里的文件被占用或没有权限", _FREE),
    errno.EPERM: ("FILE_LOCKED", "数据文件夹里的文件被占用或没有权限", _FREE),
    errno.EBUSY: ("FILE_LOCKED", "数据文件夹里的文件被占用或没有权限", _FREE),
    errno.ENOENT: (
        "FILE_GONE", "数据文件夹里找不到文件", "请检查数据文件夹是否还在原处、文件是否还在。",
    ),
}  # fmt: skip


@contextmanager
def words_for(path: Path) -> Iterator[None]:
    """Turn an `OSError` met inside into an `EnvironmentProblem` naming the file.

    A stick, the folder of somebody's data and any other place are told apart: what to do
    about them differs.
    """
    try:
        yield
    except OSError as error:
        code, what, remedy = _sentence(error.errno or 0, Path(_named(error) or path))
        raise EnvironmentProblem(
            code, f"{what}。", why=f"文件：{shown_name(path.name)}。", remedy=remedy
        ) from error


def _named(error: OSError) -> str:
    """The file the system names, where it names one; a write or a sync names none."""
    return error.filename if isinstance(error.filename, str) else ""


def _sentence(number: int, place: Path) -> tuple[str, str, str]:
    around = (place.absolute(), *place.absolute().parents)
    words = _WORDS
    if any(_is_data(folder) for folder in around):
        words = _WORDS | _IN_DATA
    elif not {*sticks()}.isdisjoint(around):
        words = _WORDS | _ON_STICK
    return words.get(number, _OTHER)


def _is_data(folder: Path) -> bool:
    try:
        return any((folder / mark).exists() for mark in DATA_MARKS)
    except OSError:
        return False


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
