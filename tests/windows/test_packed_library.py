"""The standard library as the interpreter for Windows reads it."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from windows.interpreter import pack_library

MODULES = {"greeting.py": "WORD = '你好'\n", "room/__init__.py": "", "test/__init__.py": "1 / 0\n"}


def library(folder: Path) -> Path:
    for name, text in MODULES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_modules_are_found_in_it_without_their_source(tmp_path: Path) -> None:
    packed = tmp_path / "packed.zip"
    pack_library(library(tmp_path / "library"), packed)
    with ZipFile(packed) as opened:
        assert opened.namelist() == ["greeting.pyc", "room/__init__.pyc"]
    words = [sys.executable, "-c", "import greeting, room; print(len(greeting.WORD))"]
    done = subprocess.run(
        words, env={"PYTHONPATH": str(packed)}, check=True, capture_output=True, text=True
    )
    assert done.stdout == "2\n"


def test_it_is_the_same_every_time(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        pack_library(library(tmp_path / name), tmp_path / f"{name}.zip")
        made.append((tmp_path / f"{name}.zip").read_bytes())
    assert made[0] == made[1]
