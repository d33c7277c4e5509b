"""The examples of the package format are as they are made, and the program reads them so."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.services.receiving.inspection import Means, inspect_file
from tests.format.conformance import CASES, conformance
from tests.format.example import FOLDER, KEYS, TRUSTS
from tests.format.make_examples import examples, made, write_means

EXAMPLES = FOLDER / "examples"
MADE = dict(examples())


@pytest.mark.parametrize("path", MADE)
def test_an_example_comes_out_the_same_again(tmp_path: Path, path: str) -> None:
    kept = EXAMPLES / path
    assert made(path, MADE[path], tmp_path) == kept.read_bytes()


def test_keys_and_trust_documents_come_out_the_same_again(tmp_path: Path) -> None:
    write_means(tmp_path)
    for folder in ("keys", "trust"):
        kept = {file.name: file.read_bytes() for file in (EXAMPLES / folder).iterdir()}
        assert kept == {file.name: file.read_bytes() for file in (tmp_path / folder).iterdir()}


def test_nothing_else_lies_among_the_examples() -> None:
    kept = {str(file.relative_to(EXAMPLES).as_posix()) for file in EXAMPLES.rglob("*.zfpkg")}
    assert kept == MADE.keys() | {f"trust/{name}.zfpkg" for name in TRUSTS}
    assert CASES.keys() == MADE.keys()
    assert sum(file.stat().st_size for file in EXAMPLES.rglob("*") if file.is_file()) < 3_200_000


@pytest.mark.parametrize("path", CASES)
def test_the_program_comes_to_the_expected_verdict(path: str) -> None:
    case = CASES[path]
    trust = TRUSTS[Path(case["trust"]).stem]() if case["trust"] else None
    keys = [KEYS[Path(case["identity"]).stem].secret] if case["identity"] else []
    found = inspect_file(EXAMPLES / path, Means(trust, keys, case["passphrase"])).verdict
    assert conformance.differences(case, json.loads(msgspec.json.encode(found))) == []


CHOSEN = ["golden/answer.zfpkg", "golden/reference-behind-a-code", "F13.7", "F7.1", "F12.1"]


def test_the_command_line_passes_as_a_reader(capsys: pytest.CaptureFixture[str]) -> None:
    only = [word for one in CHOSEN for word in ("--only", one)]
    reader = [sys.executable, "-m", "app", "inspect", "--json"]
    assert conformance.main([*only, "--", *reader]) == 0, capsys.readouterr().out
    assert "as expected" in capsys.readouterr().out


@cache
def _told(path: str) -> Any:
    return {**CASES[path]["verdict"], "more": 1}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, 0),
        ({"code": "PKG_CORRUPT"}, 1),
        ({"lines": 7.0}, 1),
        ({"opened": None}, 1),
        ({"header": {"kind": "urgent"}}, 1),
        ({"lines_sha256": "00", "scans": []}, 2),
    ],
)
def test_a_verdict_that_differs_is_told(changes: dict[str, Any], found: int) -> None:
    path = "golden/submission.zfpkg"
    assert len(conformance.differences(CASES[path], _told(path) | changes)) == found
    assert conformance.differences(CASES[path], None) == ["no verdict"]


@pytest.mark.parametrize(
    ("code", "status"),
    [("print('{}')", 1), ("print('no')", 1), ("import time; time.sleep(60)", 1)],
)
def test_a_reader_that_does_not_answer_fails(
    capsys: pytest.CaptureFixture[str], code: str, status: int
) -> None:
    words = ["--only", "golden/urgent", "--timeout", "5", "--", sys.executable, "-c", code]
    assert conformance.main(words) == status
    assert "FAIL" in capsys.readouterr().out
    assert conformance.main(["--only", "nothing like it", "--", "true"]) == 1
