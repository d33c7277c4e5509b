"""The door: with words behind it a command, without them the desktop."""

from __future__ import annotations

import os
import sys

# Pinyin initials of single characters are enough; the phrase lists cost a second to load.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")

WELCOME = """\
走访帮扶登记系统（zoufang）：工会离线登记走访帮扶、打印登记表、生成和接收报送文件。
桌面窗口还没有装好，请先用命令：
  zoufang --help          所有命令
  zoufang demo --dir DIR  建一套演示数据看看"""


def main() -> int:
    """Start what was asked for; returns the exit status."""
    words = sys.argv[1:]
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a rare character shows a mark in its place and goes on.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if not words:
        print(WELCOME)
        return 0
    from app.cli import main as command

    return command(words)


if __name__ == "__main__":
    sys.exit(main())
