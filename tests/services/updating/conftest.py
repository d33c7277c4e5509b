"""The person's own folders are those of the test."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where updates put newer programs."""
    place = tmp_path / "versions"
    monkeypatch.setenv("ZOUFANG_VERSIONS", str(place))
    return place
