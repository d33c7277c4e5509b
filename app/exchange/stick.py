"""Copy a sealed package to a stick so that what stands there is proven (package format §1)."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import IO

from app.domain.kernel.errors import EnvironmentProblem
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.exchange import files


def copy_to_stick(
    source: Path,
    folder: Path,
    progress: Progress = silent,
    cancel: Cancel | None = None,
    *,
    name: str | None = None,
) -> Path:
    """Copy under the same name, or as `name`: `.part`, fsync, read back, rename.

    Returns the new path. Raises `EnvironmentProblem` (disk full, stick pulled,
    COPY_DIFFERS when it reads back otherwise) or `Cancelled`; then no file of that
    name is added or changed.
    """
    target = folder / (name or source.name)
    cancel = cancel or Cancel()
    with files.words_for(target), files.opened(source) as original, files.appearing(target) as out:
        size = os.fstat(original.fileno()).st_size
        written = _pass(original, out, Step("拷贝", 0, size), progress, cancel)
        files.settle(out)
        _forget_cache(out)
        out.seek(0)
        if _pass(out, None, Step("核对拷贝", 0, size), progress, cancel) != written:
            raise EnvironmentProblem(
                "COPY_DIFFERS",
                "拷贝到优盘的内容与原文件不一致。",
                why=f"文件：{target.name}。",
                remedy="请换一个优盘再试。",
            )
    return target


def _pass(
    source: IO[bytes], out: IO[bytes] | None, step: Step, progress: Progress, cancel: Cancel
) -> str:
    """Read to the end, copying to `out`; the sha256 of what was read."""
    digest = hashlib.sha256()
    done = 0
    while piece := source.read(files.CHUNK):
        cancel.check()
        digest.update(piece)
        if out is not None:
            out.write(piece)
        done += len(piece)
        progress(Step(step.label, done, step.total))
    return digest.hexdigest()


def _forget_cache(out: IO[bytes]) -> None:
    """Ask the system to read back from the stick and not from memory, where it can be asked."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
