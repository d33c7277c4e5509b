"""The table of readings is that of pypinyin, without its weight."""

from __future__ import annotations

import subprocess
import sys

from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT

from app.domain.naming.pinyin_table import readings


def test_every_character_is_read_as_pypinyin_reads_it() -> None:
    for char in map(chr, sorted(PINYIN_DICT)[::7]):
        found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
        assert readings(char) == tuple(dict.fromkeys(filter(None, found[0]))), char


def test_what_is_not_in_it_has_no_reading() -> None:
    assert readings("a") == readings("。") == readings("") == ()


def test_pypinyin_is_not_loaded_for_it() -> None:
    script = (
        "import sys; from app.domain.naming.pinyin import letters\n"
        "from app.domain.naming.name_sounds import sounds\n"
        "print(letters('曾'), sounds('曾')[0], 'pypinyin' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["cz", "ceng", "False"]
