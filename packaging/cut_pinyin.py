"""Write resources/pinyin/readings.txt from the dictionary of pypinyin.

Needs pypinyin (MIT) and no network:

    python packaging/cut_pinyin.py resources/pinyin

A line is the toneless readings of some characters, the commonest first, a tab, and these
characters. The program reads this table itself: pypinyin would bring its dictionary of phrases
with it, 50 MB of memory and a quarter of a second before the first name is looked up. The same
input gives the same bytes.
"""

from __future__ import annotations

import argparse
import shutil
from collections import defaultdict
from importlib.metadata import distribution
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT


def readings(char: str) -> str:
    """The readings of one character, parted by spaces."""
    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return " ".join(dict.fromkeys(filter(None, found[0]))) if found else ""


def table() -> str:
    """The whole table, in the order of the readings."""
    lines: dict[str, list[str]] = defaultdict(list)
    for point in sorted(PINYIN_DICT):
        lines[readings(chr(point))].append(chr(point))
    return "".join(f"{read}\t{''.join(chars)}\n" for read, chars in sorted(lines.items()) if read)


def main() -> None:
    """Read the folder to write to from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    target: Path = parser.parse_args().target
    (target / "readings.txt").write_bytes(table().encode())
    package = distribution("pypinyin")
    (licence,) = (one for one in package.files or () if one.name == "LICENSE.txt")
    shutil.copyfile(licence.locate(), target / "LICENSE-pypinyin.txt")


if __name__ == "__main__":
    main()
