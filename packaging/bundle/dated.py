"""A folder that comes out the same every time: compiled, with set times and permissions."""

from __future__ import annotations

import os
from compileall import compile_dir
from pathlib import Path
from py_compile import PycInvalidationMode

_RUNS = 0o755
_READS = 0o644


def compile_all(folder: Path) -> None:
    """Compile every module beside its source; what is compiled names paths from `folder`."""
    done = compile_dir(
        folder,
        quiet=2,
        force=True,
        stripdir=str(folder),
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    if not done:
        raise RuntimeError(f"not everything could be compiled in {folder}")


def settle(folder: Path, time: int) -> int:
    """Give everything below one time and plain permissions; returns how many bytes there are."""
    size = 0
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink():
            continue
        if path.is_file():
            size += path.stat().st_size
            path.chmod(_RUNS if path.stat().st_mode & 0o100 else _READS)
        else:
            path.chmod(_RUNS)
        os.utime(path, (time, time))
    os.utime(folder, (time, time))
    return size
