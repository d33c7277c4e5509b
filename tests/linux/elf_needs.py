"""Which versions of the system's libraries a program needs, read from its symbols."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

_SYMBOL = re.compile(r"\((GLIBC|GLIBCXX|CXXABI)_([0-9.]+)\)")
_MAGIC = b"\x7fELF"


def elf_files(folder: Path) -> Iterator[Path]:
    """Every program and library below a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == _MAGIC:
                    yield path


def needs(path: Path) -> dict[str, tuple[int, ...]]:
    """The highest version of each kind of symbol that one file wants of the system."""
    done = subprocess.run(["objdump", "-T", path], check=True, capture_output=True, text=True)
    found: dict[str, tuple[int, ...]] = {}
    for line in done.stdout.splitlines():
        if "*UND*" in line and (told := _SYMBOL.search(line)):
            version = tuple(int(part) for part in told[2].split("."))
            found[told[1]] = max(found.get(told[1], ()), version)
    return found
