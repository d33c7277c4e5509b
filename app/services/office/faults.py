"""Keep the trace of a fault in a file that holds no personal data."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

from app import __version__

_MOST = 500_000
"""Bytes of a log that has become long."""


def keep(error: BaseException) -> Path | None:
    """Append where the fault arose to the log; None when no log can be written.

    Only types and places are kept: a message may quote what a clerk has typed.
    """
    return append([head(), *_chain(error)])


def head() -> str:
    """The first line of an entry: when, and which program on what."""
    moment = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    return f"{moment} zoufang {__version__} Python {sys.version.split()[0]} {sys.platform}"


def append(lines: Sequence[str]) -> Path | None:
    """Enter these in the log; None when no log can be written. The oldest entries go in time."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _MOST:
            _keep_newest(path)
        with path.open("a", encoding="utf-8") as log:
            log.write("\n".join(lines) + "\n\n")
    except OSError:
        return None
    return path


def _keep_newest(path: Path) -> None:
    """The newer half, from the beginning of an entry on."""
    kept = path.read_bytes()[-_MOST // 2 :]
    path.write_bytes(kept[kept.find(b"\n\n") + 2 :])


def log_file() -> Path:
    """Where faults are kept: `ZOUFANG_LOG`, else a file in the user's own folder."""
    if named := os.environ.get("ZOUFANG_LOG"):
        return Path(named)
    default = Path.home() / ("AppData/Local" if sys.platform == "win32" else ".local/state")
    place = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_STATE_HOME")
    return (Path(place) if place else default) / "zoufang" / "faults.log"


def _chain(error: BaseException) -> Iterator[str]:
    seen: BaseException | None = error
    while seen is not None:
        yield f"{type(seen).__module__}.{type(seen).__qualname__}"
        yield from _places(seen.__traceback__)
        seen = seen.__cause__ or seen.__context__


def _places(trace: TracebackType | None) -> Iterator[str]:
    """Where it went wrong, the caller first; no source is read, which would cost every start."""
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"  {from_package(code.co_filename)}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next


def from_package(filename: str) -> str:
    """The path from the library or program folder on: a home folder's name is a person's."""
    parts = Path(filename).parts
    for root in ("site-packages", "app", "database"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return Path(filename).name
