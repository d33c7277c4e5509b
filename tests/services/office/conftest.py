"""An office that is open twice: on two computers, or in a window and by the command line."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.services.office.office import Office
from tests.services.offices import SetClock, reopened


@pytest.fixture
def beside(city: Office, clock: SetClock, tmp_path: Path) -> Iterator[Office]:
    """The city's data open a second time."""
    office = second_desk(city, clock, tmp_path / "second desk")
    yield office
    office.close()


@pytest.fixture
def county_beside(county: Office, clock: SetClock, tmp_path: Path) -> Iterator[Office]:
    """The county's data open a second time."""
    office = second_desk(county, clock, tmp_path / "county's second desk")
    yield office
    office.close()


def second_desk(office: Office, clock: SetClock, place: Path) -> Office:
    """The same data: on a server from a folder of another computer."""
    root = office.folder.root
    if office.store.server:
        root = Path(shutil.copytree(root, place))
    return reopened(root, clock)


def refused(code: str) -> pytest.RaisesExc[UserError]:
    return pytest.RaisesExc(UserError, check=lambda error: error.code == code)


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """What became of each, begun at the same moment: its answer, or why it was refused."""
    start = threading.Barrier(len(jobs))
    became: list[object] = [None] * len(jobs)

    def work(at: int) -> None:
        start.wait()
        try:
            became[at] = jobs[at]()
        except UserError as error:
            became[at] = error

    threads = [threading.Thread(target=work, args=(at,)) for at in range(len(jobs))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return became
