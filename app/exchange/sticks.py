"""Which sticks are in this computer."""

from __future__ import annotations

import ctypes
import os
import re
from pathlib import Path
from typing import Any

MOUNTS = Path("/proc/self/mounts")
_WHERE = ("/media/", "/run/media/")
_OCTAL = re.compile(r"\\([0-7]{3})")
_REMOVABLE = 2
"""What Windows calls a drive whose medium can be taken out."""


def sticks(mounts: Path = MOUNTS) -> list[Path]:
    """The folders of the sticks that are in now, by name; none where it cannot be told."""
    return _drives() if os.name == "nt" else _mounted(mounts)


def _mounted(mounts: Path) -> list[Path]:
    try:
        lines = mounts.read_text("utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    found = (_plain(line.split(" ")[1]) for line in lines if " " in line)
    return sorted({Path(place) for place in found if place.startswith(_WHERE)})


def _plain(place: str) -> str:
    """A mount point as it is: a blank in it is written as an octal code."""
    return _OCTAL.sub(lambda code: chr(int(code[1], 8)), place)


def _drives() -> list[Path]:
    kernel: Any = vars(ctypes)["windll"].kernel32
    letters = (chr(ord("A") + n) for n in range(26) if kernel.GetLogicalDrives() >> n & 1)
    roots = [f"{letter}:\\" for letter in letters]
    return [Path(root) for root in roots if kernel.GetDriveTypeW(root) == _REMOVABLE]
