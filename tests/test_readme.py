"""What the README promises is there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(
    {line.split("#")[0].strip() for line in README.splitlines() if line.startswith("zoufang ")}
)
PATHS = sorted(set(re.findall(r"`((?:app|database|resources|tests|packaging)/[\w./-]+)`", README)))
TARGETS = sorted(set(re.findall(r"^make (\w+)", README, re.MULTILINE)))


def test_there_is_something_to_check() -> None:
    assert COMMANDS
    assert PATHS
    assert TARGETS == ["run", "test"]


@pytest.mark.parametrize("path", PATHS)
def test_a_named_place_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in TARGETS)


def test_the_pictures_are_there() -> None:
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file()


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_is_known_with_its_options(line: str) -> None:
    words = shlex.split(line)[1:]
    names = [word for word in words[:2] if re.fullmatch(r"[a-z-]+", word)]
    options = [word for word in words if word.startswith("--")]
    done = subprocess.run(
        [sys.executable, "-m", "app", *_command(names), "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert all(option in done.stdout for option in options), done.stdout


def _command(names: list[str]) -> list[str]:
    groups = {"draw", "enrol", "keys", "operator", "paper", "review"}
    return names if names[0] in groups else names[:1]
