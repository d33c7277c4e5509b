"""The door: with words behind it a command, without them the desktop."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from app.services.office import faults, program_versions
from app.services.office.run_mark import COMMAND, WINDOW, RunMark

# Pinyin initials of single characters are enough; the phrase lists cost a second to load.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")

WELCOME = """\
走访帮扶登记系统（zoufang）：工会离线登记走访帮扶、打印登记表、生成和接收报送文件。
这里没有桌面，打不开窗口，请用命令：
  zoufang --help          所有命令
  zoufang demo --dir DIR  建一套演示数据看看"""


def main() -> int:
    """Start what was asked for, in the newest version that is here; returns the exit status."""
    newer = program_versions.to_run()
    if newer is not None:
        return _hand_over(newer)
    words = sys.argv[1:]
    mark = RunMark(WINDOW if is_for_desktop(words) else COMMAND)
    status = _start(words)
    mark.end()
    return status


def _hand_over(newer: Path) -> int:
    """Run the newer version; where it falls before its window stands, this one after all."""
    os.environ[program_versions.INSTALLED] = str(program_versions.OWN)
    _forget_own_modules()
    sys.path.insert(0, str(newer))
    try:
        door: Callable[[], int] = import_module("app.__main__").main
        return door()
    except Exception as error:
        if not program_versions.fell():
            raise
        faults.keep(error)
    # What Qt and the other libraries hold by now belongs to the version that fell.
    return subprocess.call([sys.executable, *words_again(sys.executable, sys.orig_argv)])


def words_again(executable: str, given: Sequence[str]) -> Sequence[str]:
    """What to give the executable that it starts as it was started, with the words `given`.

    The launcher of Windows puts `-B -m app` before the words itself.
    """
    is_interpreter = "python" in Path(executable).stem.lower()
    return given[1:] if is_interpreter else given[given.index("app") + 1 :]


def _forget_own_modules() -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] in ("app", "database", "demo"):
            del sys.modules[name]


def _start(words: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a rare character shows a mark in its place and goes on.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if not is_for_desktop(words):
        from app.cli import main as command

        program_versions.painted()
        status = command(words)
        program_versions.proved()
        return status
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
