"""`inspect` says what a package file is and holds, as far as the keys it is given go."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.line import say
from tests.format.example import FOLDER

EXAMPLES = FOLDER / "examples"
SUBMISSION = EXAMPLES / "golden" / "submission.zfpkg"
TRUST = ("--trust", EXAMPLES / "trust" / "trust-1.zfpkg")
KEY = ("--identity", EXAMPLES / "keys" / "city.age")


def test_without_keys_the_outside_is_told() -> None:
    told = say("inspect", SUBMISSION)
    assert told.status == 0
    assert "报送" in told.out
    assert "里面" not in told.out


def test_with_keys_the_inside_is_counted() -> None:
    told = say("inspect", SUBMISSION, *TRUST, *KEY)
    assert told.status == 0
    assert "里面：6条记录，2个扫描件。" in told.out
    aside = say("inspect", EXAMPLES / "golden/submission-partly-set-aside.zfpkg", *TRUST, *KEY)
    assert "里面：2条记录，1个扫描件。" in aside.out
    assert "另有4项不合规定，汇总时会单独存放。" in aside.out


@pytest.mark.parametrize(
    ("file", "code"), [("flip-payload", "HASH_MISMATCH"), ("unknown-signer", "SIGNER_UNKNOWN")]
)
def test_a_refusal_is_told_with_its_sentence(file: str, code: str) -> None:
    told = say("inspect", EXAMPLES / "attacks" / f"{file}.zfpkg", *TRUST, *KEY)
    assert told.status == 1
    assert told.err.startswith(f"{code}：")


def test_a_key_file_that_is_none_is_told(tmp_path: Path) -> None:
    wrong = tmp_path / "key"
    wrong.write_text("# a remark\nAGE-SECRET-KEY-1NOTHING\n")
    told = say("inspect", SUBMISSION, *TRUST, "--identity", wrong)
    assert told.status == 1
    assert told.err.startswith("KEY_UNREADABLE：")
    gone = say("inspect", SUBMISSION, *TRUST, "--identity", tmp_path / "gone")
    assert gone.status == 3
