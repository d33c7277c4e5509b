"""Which files are the program: what an update brings whole, and what it needs beside itself."""

from __future__ import annotations

import platform
import re
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
"""The folder of the program that is running."""
PARTS = ("app", "database", "demo", "resources")
FONTS = "resources/fonts/"
NEWS = ROOT / "resources" / "news.md"

_LEFT_OUT = re.compile(r"(^|/)(__pycache__|\.[^/]*)(/|$)|\.pyc$")
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)")


def program_files(root: Path = ROOT) -> Sequence[str]:
    """The paths below the program's folder, sorted; nothing that the program made itself."""
    paths = (
        path.relative_to(root).as_posix()
        for part in PARTS
        for path in (root / part).rglob("*")
        if path.is_file()
    )
    return sorted(path for path in paths if not _LEFT_OUT.search(path))


def python_version() -> str:
    """3.11"""
    return ".".join(platform.python_version_tuple()[:2])


def libraries() -> dict[str, str]:
    """The versions of the libraries that the program asks for, as they are installed here."""
    names = (_REQUIREMENT.match(line) for line in requires("zoufang") or () if "extra" not in line)
    return {name[1].lower(): version(name[1]) for name in names if name and _installed(name[1])}


def _installed(name: str) -> bool:
    try:
        return bool(version(name))
    except PackageNotFoundError:
        return False


def news(wanted: str, text: str | None = None) -> list[str]:
    """What is new in a version, a line each, as 新版本说明 (resources/news.md) has it."""
    text = NEWS.read_text("utf-8") if text is None else text
    part = re.search(rf"^# {re.escape(wanted)}\n(.*?)(?=^# |\Z)", text, re.DOTALL | re.MULTILINE)
    lines = part[1].splitlines() if part else []
    return [line.removeprefix("- ") for line in lines if line.startswith("- ")]
