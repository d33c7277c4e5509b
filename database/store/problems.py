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
    except Exception as error:
        # The server's driver is not loaded for the sake of its errors.
        problem = _problem_of_server(error)
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
        code, what, remedy = _SENTENCES[_AS_SQLITE.get(error.errno or 0, "SQLITE_IOERR")]
        raise EnvironmentProblem(code, what, why=f"文件：{path.name}。", remedy=remedy) from error


_AS_SQLITE = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "SQLITE_FULL"),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), "SQLITE_READONLY"),
}

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


_SERVER_SENTENCES: dict[str, tuple[str, str, str]] = {
    "53100": ("DISK_FULL", "服务器的磁盘空间已满，这一次没有保存。", "请告诉管服务器的人。"),
    "55P03": ("STORE_BUSY", "另一台电脑正在写入，这一次没有保存。", "请稍后再试一次。"),
    "25006": ("READ_ONLY", "服务器现在不能写入。", "请告诉管服务器的人。"),
    "28": ("SERVER_REFUSED", "服务器不让登录。", "请向管服务器的人核对用户名和密码。"),
    "3D": ("SERVER_REFUSED", "服务器上没有这个数据库。", "请向管服务器的人核对地址。"),
    "42501": ("SERVER_REFUSED", "服务器上的权限不够。", "请告诉管服务器的人。"),
}
"""By the beginning of SQLSTATE."""

_GONE = (
    "SERVER_GONE",
    "连不上服务器，现在不能查看，也不能保存。",
    "请检查网络后再试一次，已经保存过的内容没有丢失。",
)


_LOGIN = (
    "SERVER_REFUSED",
    "服务器不让登录，或者没有这个数据库。",
    "请向管服务器的人核对地址、用户名和密码。",
)


def _asked_for_password(error: BaseException | None) -> bool:
    """Whether it got as far as the log-in, of which the driver tells no SQLSTATE."""
    connection = getattr(error, "pgconn", None)
    return bool(connection and (connection.needs_password or connection.used_password))


def _problem_of_server(error: BaseException | None) -> EnvironmentProblem | None:
    """What the server's driver (psycopg) says, as far as it is the machine's or the network's."""
    if not type(error).__module__.startswith("psycopg"):
        return None
    state = getattr(error, "sqlstate", None) or ""
    for prefix, (code, what, remedy) in _SERVER_SENTENCES.items():
        if state.startswith(prefix):
            return EnvironmentProblem(code, what, remedy=remedy)
    if type(error).__name__ != "OperationalError" and not state.startswith(("08", "57P")):
        return None
    code, what, remedy = _LOGIN if _asked_for_password(error) else _GONE
    return EnvironmentProblem(code, what, remedy=remedy)


def _problem_of(error: BaseException | None, path: Path | None) -> EnvironmentProblem | None:
    if (told := _problem_of_server(error)) is not None:
        return told
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
