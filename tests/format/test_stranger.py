"""A reader written from the description alone, in another language, comes to the same verdicts."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.format.conformance import CASES, conformance

READER = Path(__file__).parent / "stranger" / "reader.js"
CHOSEN = [
    "golden/submission.zfpkg",
    "golden/reference-behind-a-code.zfpkg",
    "golden/trust-known.zfpkg",
]


def answers(command_lines: Iterable[Sequence[str]]) -> list[Any]:
    """The verdicts of one process of the reader on these command lines."""
    told = "".join(json.dumps(words) + "\n" for words in command_lines)
    command = ["node", str(READER), "--many"]
    done = subprocess.run(command, input=told.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


@cache
def verdicts() -> dict[str, Any]:
    """What the reader says of each example."""
    found = answers(conformance.words(case) for case in CASES.values())
    return dict(zip(CASES, found, strict=True))


@pytest.mark.parametrize("path", CASES)
def test_the_stranger_comes_to_the_expected_verdict(path: str) -> None:
    assert conformance.differences(CASES[path], verdicts()[path]) == []


@pytest.mark.parametrize("path", CHOSEN)
def test_the_stranger_passes_as_a_command(path: str) -> None:
    assert conformance.ask(["node", str(READER)], CASES[path], 600) == []


def test_the_stranger_knows_nothing_of_the_program() -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(READER.parent.iterdir())]
    assert not any("app/" in text or "python" in text.lower() for text in texts)
