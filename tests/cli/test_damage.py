"""A damaged data file: the passphrase is right, and that is not put in doubt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.offices import PASSPHRASE

HOUSE = Path(__file__).resolve().parents[2]


def zoufang(*words: object) -> subprocess.CompletedProcess[str]:
    """A real process: what SQLCipher itself would write can only be seen there."""
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=HOUSE,
        env=os.environ | {"ZOUFANG_PASSPHRASE": PASSPHRASE},
    )


def spoil(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("at", [200, 5 * 4096 + 100])
def test_damage_is_told_as_damage_and_in_our_words_only(county: Path, at: int) -> None:
    spoil(county / "store.db", at)
    for words in (("check",), ("list", "visit"))[: 2 if at < 4096 else 1]:
        said = zoufang(*words, "--data", county)
        assert said.returncode == 3
        assert said.stderr.startswith("STORE_DAMAGED：数据")
        assert "口令不对" not in said.stderr
        assert "请用最近的备份恢复" in said.stderr
        assert all(word not in said.stderr for word in ("ERROR", "sqlcipher", "hmac"))


def test_a_keyring_of_other_data_is_told_as_that(county: Path, city: Path) -> None:
    (county / "keyring.json").write_bytes((city / "keyring.json").read_bytes())
    said = zoufang("list", "visit", "--data", county)
    assert said.returncode == 3
    assert said.stderr.startswith("KEYRING_DIFFERS：口令对")
