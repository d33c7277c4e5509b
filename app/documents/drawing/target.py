"""Where a finished document goes: a file, or memory, where nobody else can read it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from app.domain.kernel.errors import EnvironmentProblem
from app.domain.kernel.file_names import part_name, shown_name

_NAMED = 3
"""Places named in a warning; the others are counted."""


class Target:
    """Takes a document: at `path`, all at once, or without one in `data` only.

    `lacking` names every place where a box stands for a character that no font has.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.data = b""
        self.lacking: tuple[str, ...] = ()

    @property
    def warning(self) -> str:
        """What to say of characters that no font has; "" when all are there."""
        return boxed(self.lacking)


def boxed(lacking: Sequence[str]) -> str:
    """Where boxes stand instead of characters, in words; the first of them."""
    if not lacking:
        return ""
    more = f"等 {len(lacking)} 处" if len(lacking) > _NAMED else ""
    places = "；".join(lacking[:_NAMED])
    return f"有的字打印不出来，用“□”代替：{places}{more}。请核对这些字，可以打印后用笔补上。"


Out = Path | Target
"""What functions that draw a document are given."""


def write_whole(out: Out, data: bytes, lacking: tuple[str, ...] = ()) -> None:
    """Put `data` at `out` all at once: a reader sees the old file or the whole new one.

    Raises `EnvironmentProblem` when the disk refuses; then nothing is left behind.
    """
    path = out.path if isinstance(out, Target) else out
    if path is not None:
        _write(path, data)
    if isinstance(out, Target):
        out.data, out.lacking = data, lacking


def _write(out: Path, data: bytes) -> None:
    part = out.with_name(part_name(out.name))
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    except OSError as problem:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise EnvironmentProblem(
            "WRITE_FAILED",
            f"“{shown_name(out.name)}”没有写成。",
            why=problem.strerror or "",
            remedy="请看文件名是否太长、磁盘是否已满、优盘是否拔出、这个文件是否正在别处打开，然后再试。",
        ) from problem
