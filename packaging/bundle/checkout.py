"""This checkout: its version, the day of its commit, and the files of the program in it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = ("app", "database", "demo", "resources", "LICENSE", "CHANGELOG.md")
_LEFT_OUT = (":(exclude)resources/package-format/examples",)
"""Hostile packages are for who writes a reader; a virus scanner need not meet them in an office."""
_VERSION = re.compile(r'^__version__ = "([0-9.]+)"$', re.MULTILINE)
_NAME = re.compile(r"^[A-Za-z][\w.\-\[\]]*[^#\n]*", re.MULTILINE)


def version() -> str:
    """The program's version; it stands in `app/__init__.py` alone."""
    found = _VERSION.search((ROOT / "app" / "__init__.py").read_text("utf-8"))
    assert found is not None
    return found[1]


def commit_time() -> int:
    """Seconds since 1970 that every made file is dated with: SOURCE_DATE_EPOCH, or the commit."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    return int(_git("log", "-1", "--format=%ct"))


def program_files() -> list[str]:
    """What git knows of the program, by path from the root, in order."""
    return sorted(
        name for name in _git("ls-files", "-z", *_PROGRAM, *_LEFT_OUT).split("\0") if name
    )


def metadata() -> str:
    """What an installed program says of itself, as its METADATA; 关于 reads it."""
    wanted = _NAME.findall((ROOT / "packaging" / "run.in").read_text("utf-8"))
    lines = ["Metadata-Version: 2.4", "Name: zoufang", f"Version: {version()}"]
    lines += ["License-Expression: Apache-2.0", "License-File: LICENSE"]
    lines += [f"Requires-Dist: {one.strip()}" for one in wanted]
    return "\n".join(lines) + "\n"


def _git(*words: str) -> str:
    done = subprocess.run(["git", "-C", ROOT, *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()
