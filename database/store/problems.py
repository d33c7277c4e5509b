"""Which database failures are the machine's and which are bugs."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from app.domain.kernel.errors import EnvironmentProblem

_RETRY = "请处理后再试一次，已经保存过的内容没有丢失。"

_SENTENCES: dict[str, tuple[str, str, str]] = {
    "SQLITE_FULL": ("DISK_FULL", "磁盘空间已满，这一次没有保存。", "请清理磁盘后再试一次。"),
    "SQLITE_IOERR": ("DISK_ERROR", "读写数据文件时磁盘出错，这一次没有保存。", _RETRY),
    "SQLITE_READONLY": ("READ_ONLY", "数据文件夹不能写入。", "请检查文件夹的权限或写保护。"),
    "SQLITE_BUSY": ("STORE_BUSY", "数据正被另一个程序使用。", "请稍后再试一次。"),
    "SQLITE_LOCKED": ("STORE_BUSY", "数据正被另一个程序使用。", "请稍后再试一次。"),
    "SQLITE_CANTOPEN": ("CANNOT_OPEN", "打不开数据文件。", "请检查数据文件夹是否还在、能否写入。"),
    "SQLITE_CORRUPT": ("STORE_DAMAGED", "数据文件已损坏。", "请用最近的备份恢复。"),
    "SQLITE_NOTADB": (
        "STORE_DAMAGED",
        "数据文件打不开：文件已损坏，或者口令文件不是这份数据的。",
        "口令没有错。请用最近的备份恢复。",
    ),
}


@contextmanager
def designed(path: Path | None = None) -> Iterator[None]:
    """Turn the machine's failures into `EnvironmentProblem`; everything else passes.

    With the `path` that was to be written a full disk and write protection are told from
    other failures of the disk, for which SQLite has one word.
    """
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        problem = _problem_of(error.orig if isinstance(error, DBAPIError) else error, path)
        if problem is None:
            raise
        raise problem from error


@contextmanager
def on_disk(path: Path) -> Iterator[None]:
    """As `designed`, and for the file's own copying, renaming and fsync."""
    try:
        with designed():
            yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        code, what, remedy = _SENTENCES["SQLITE_FULL" if full else "SQLITE_IOERR"]
        raise EnvironmentProblem(code, what, why=f"文件：{path.name}。", remedy=remedy) from error


_ROOM = 1 << 16
"""Bytes without which not even the smallest save can be written."""


def unwritable(path: Path) -> str:
    """Why nothing can be written to a file now: SQLITE_FULL, SQLITE_READONLY, or nothing."""
    try:
        if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
            return "SQLITE_READONLY"
        return "SQLITE_FULL" if shutil.disk_usage(path.parent).free < _ROOM else ""
    except OSError:
        return ""


def _problem_of(error: BaseException | None, path: Path | None) -> EnvironmentProblem | None:
    name = error_name(error)
    if path is not None and name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        name = unwritable(path) or name
    for prefix, (code, what, remedy) in _SENTENCES.items():
        if name.startswith(prefix):
            return EnvironmentProblem(code, what, remedy=remedy)
    return None


def error_name(error: BaseException | None) -> str:
    """What SQLite calls the failure, as far as the driver tells it."""
    return getattr(error, "sqlite_errorname", None) or _guess(str(error))


_GUESSES = {
    "disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "readonly database": "SQLITE_READONLY",
    "database is locked": "SQLITE_BUSY",
    "unable to open": "SQLITE_CANTOPEN",
    "malformed": "SQLITE_CORRUPT",
    "not a database": "SQLITE_NOTADB",
}


def _guess(message: str) -> str:
    return next((name for part, name in _GUESSES.items() if part in message), "")
