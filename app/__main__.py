"""The door: with words behind it a command, without them the desktop."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.services.office.run_mark import COMMAND, WINDOW, RunMark

# Pinyin initials of single characters are enough; the phrase lists cost a second to load.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")

WELCOME = """\
走访帮扶登记系统（zoufang）：工会离线登记走访帮扶、打印登记表、生成和接收报送文件。
这里没有桌面，打不开窗口，请用命令：
  zoufang --help          所有命令
  zoufang demo --dir DIR  建一套演示数据看看"""


def main() -> int:
    """Start what was asked for; returns the exit status."""
    words = sys.argv[1:]
    mark = RunMark(WINDOW if is_for_desktop(words) else COMMAND)
    status = _start(words)
    mark.end()
    return status


def _start(words: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a rare character shows a mark in its place and goes on.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if not is_for_desktop(words):
        from app.cli import main as command

        return command(words)
    if not has_screen(sys.platform, os.environ):
        print(WELCOME)
        return 0
    from app.bootstrap import run_desktop

    data, files = _named(words)
    return run_desktop(data, files)


def is_for_desktop(words: Sequence[str]) -> bool:
    """Whether the words want the window: none, or only `--data DIR` and packages to open there."""
    if words[:1] == ["--data"] and len(words) < 2:
        return False
    return all(path.suffix.lower() == ".zfpkg" for path in _named(words)[1])


def _named(words: Sequence[str]) -> tuple[Path | None, list[Path]]:
    """The data folder, if it is named, and the files to open."""
    if words[:1] == ["--data"]:
        return Path(words[1]), [Path(word) for word in words[2:]]
    return None, [Path(word) for word in words]


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a window can be shown: always on Windows, elsewhere where a display is named."""
    named = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    return platform == "win32" or bool(named)


if __name__ == "__main__":
    sys.exit(main())
