"""What is kept of 逻辑检查 and 疑似重复 is, whatever happens, what is found from nothing."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from app.domain.kernel.progress import Step
from app.services.deciding import findings, received_check
from app.services.office.office import Office
from app.services.todo import looking_ahead
from tests.services.kept_walk import Walk, from_nothing, new_session, seen, walks
from tests.services.offices import SetClock, deliver, save_visit


@pytest.fixture(autouse=True)
def _always_worth_keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(received_check, "_MANY", 1)


@pytest.fixture
def walk(
    city: Office, county: Office, second_county: Office, tmp_path: Path, clock: SetClock
) -> Walk:
    return Walk(city, (county, second_county), clock, tmp_path, Random(0))


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_is_what_is_found_from_nothing(seed: int, walk: Walk) -> None:
    walk.chance.seed(seed)
    city = walk.city
    for _ in walks(walk, 40):
        expected = from_nothing(city)
        assert seen(new_session(city)) == expected, walk.done
        assert seen(city) == expected, walk.done
        if walk.chance.random() < 0.3:
            looking_ahead.remember(city)


def test_who_comes_later_reads_what_another_session_found(walk: Walk) -> None:
    (*_,) = walks(walk, 0)
    first, other = new_session(walk.city), new_session(walk.city)
    seen(other)
    save_visit(walk.counties[0], opinions="")
    deliver(walk.counties[0], walk.city, walk.folder / "later")
    seen(first)
    looking_ahead.remember(first)
    steps: list[Step] = []
    findings.look(other, progress=steps.append)
    assert not steps
    assert seen(other) == from_nothing(walk.city)
