"""The interpreter of the package: what was built, without what no program needs at work."""

from __future__ import annotations

import shutil
from fnmatch import fnmatchcase
from pathlib import Path

from bundle.dated import compile_bare

_VERSION = "python3.11"

_LEFT_OUT = (
    "config-*",
    "distutils",
    "ensurepip",
    "idlelib",
    "lib2to3",
    "pydoc_data",
    "sqlite3",
    "tkinter",
    "turtledemo",
    "site-packages",
    "venv",
)
"""Folders of the standard library."""

_OF_LIBRARY = "../../../../"
"""From there to the folder that everything of the program lies in."""


def lay_out(built: Path, place: Path) -> None:
    """Copy the interpreter to `place` and let it find `program` and `libraries` beside it."""
    (place / "bin").mkdir(parents=True)
    shutil.copyfile(built / "bin" / _VERSION, place / "bin" / _VERSION)
    (place / "bin" / _VERSION).chmod(0o755)
    library = place / "lib" / _VERSION
    shutil.copytree(built / "lib" / _VERSION, library, ignore=_unneeded)
    packages = library / "dist-packages"
    packages.mkdir(exist_ok=True)
    lines = [_OF_LIBRARY + name for name in ("program", "libraries")]
    (packages / "zoufang.pth").write_text("\n".join(lines) + "\n", "utf-8")
    compile_bare(library)


def _unneeded(folder: str, names: list[str]) -> set[str]:
    left_out = (*_LEFT_OUT, "*_failed.so", "__pycache__", "*.a", "README*", "*.exe")
    return {name for name in names if any(fnmatchcase(name, one) for one in left_out)}
