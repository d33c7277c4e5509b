"""A reader written from the description alone, in another language, comes to the same verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.format.conformance import CASES, conformance

READER = Path(__file__).parent / "stranger" / "reader.pl"


@pytest.mark.parametrize("path", CASES)
def test_the_stranger_comes_to_the_expected_verdict(path: str) -> None:
    case: dict[str, Any] = CASES[path]
    assert conformance.ask(["perl", str(READER)], case, 600) == []


def test_the_stranger_knows_nothing_of_the_program() -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(READER.parent.iterdir())]
    assert not any("app/" in text or "python" in text.lower() for text in texts)
