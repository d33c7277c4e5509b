"""Without words the desktop opens where there is a screen; elsewhere it says what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import has_screen, is_for_desktop, words_again
from app.bootstrap import data_folder, is_shut_out


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], True),
        (["--data", "x"], True),
        (["--data"], False),
        (["--help"], False),
        (["list", "--data", "x"], False),
        (["报送.zfpkg"], True),
        (["--data", "x", "a.ZFPKG", "b.zfpkg"], True),
        (["inspect", "报送.zfpkg"], False),
        (["--data", "x", "list"], False),
    ],
)
def test_words_are_a_command_unless_they_only_name_the_data(words: list[str], wanted: bool) -> None:
    assert is_for_desktop(words) is wanted


def test_a_screen_is_where_windows_is_or_a_display_is_named() -> None:
    assert has_screen("win32", {})
    assert has_screen("linux", {"DISPLAY": ":0"})
    assert has_screen("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert not has_screen("linux", {"DISPLAY": ""})


@pytest.mark.parametrize(
    ("executable", "given", "again"),
    [
        ("C:/zoufang/zoufang.exe", ["zoufang.exe", "-B", "-m", "app", "--data", "D:/d"], 4),
        ("C:/zoufang/zoufang.exe", ["zoufang.exe", "-B", "-m", "app", "app"], 4),
        ("/usr/lib/zoufang/python/bin/python3", ["python3", "-P", "-m", "app", "--data", "/d"], 1),
        ("/home/d/.venv/bin/python", ["/home/d/.venv/bin/python", "bin/zoufang", "list"], 1),
    ],
)
def test_after_a_fallen_version_the_same_words_are_given_again(
    executable: str, given: list[str], again: int
) -> None:
    assert words_again(executable, given) == given[again:]


def test_without_a_screen_it_says_which_words_there_are() -> None:
    bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-m", "app"], capture_output=True, encoding="utf-8", env=bare, check=True
    )
    assert "zoufang --help" in done.stdout


def test_the_data_lies_where_it_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZOUFANG_DATA", str(tmp_path / "named"))
    assert data_folder(tmp_path / "given") == tmp_path / "given"
    assert data_folder(None) == tmp_path / "named"


def test_an_account_outside_the_group_is_asked_before_it_begins_data_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    own = tmp_path / "home" / "zoufang" / "data"
    shared = tmp_path / "shared"
    assert not is_shut_out(own, shared), "nothing is shared here"
    shared.mkdir()
    assert not is_shut_out(own, shared), "it may use what is shared"
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert is_shut_out(own, shared)
    assert not is_shut_out(tmp_path / "named", shared), "it named a folder"
    own.mkdir(parents=True)
    assert not is_shut_out(own, shared), "it has begun already"
