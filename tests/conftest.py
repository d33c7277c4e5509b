"""What every test stands on: no screen is needed, and a slow machine is no failure.

`pytest --engine postgresql` keeps the records of every office and store that a test makes by
`tests.engines` on a server instead of in a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import engines

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("default", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What is asked of a server needs one."""
    of_server = collection_path.is_dir() and collection_path.name == "server"
    return True if of_server and config.getoption("--engine") == "sqlite" else None


@pytest.fixture(scope="session", autouse=True)
def engine(request: pytest.FixtureRequest) -> Iterator[None]:
    """The server of this run, if there is to be one."""
    with engines.chosen(request.config.getoption("--engine")):
        yield


@pytest.fixture(autouse=True)
def _databases(engine: None) -> Iterator[None]:
    """What a test was given on the server is gone after it."""
    with engines.given_back():
        yield
