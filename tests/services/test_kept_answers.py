"""What is kept of 逻辑检查 and 疑似重复 is, whatever happens, what is found from nothing."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from app.domain.kernel.progress import Step
from app.domain.kernel.uuid7 import uuid7
from app.services.deciding import findings, looked_again, owners, received_check
from app.services.figures import possible_doubles
from app.services.office import kept_answers
from app.services.office.office import Office
from app.services.office.store_mark import StoreMark, store_mark
from app.services.todo import looking_ahead
from database.books import worked_out
from tests.services import forging
from tests.services.kept_walk import Walk, from_nothing, new_session, seen, walks
from tests.services.offices import COUNTY, SetClock, carry, deliver, save_visit


@pytest.fixture(autouse=True)
def _always_worth_keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(received_check, "_MANY", 1)


@pytest.fixture
def walk(
    city: Office, county: Office, second_county: Office, tmp_path: Path, clock: SetClock
) -> Walk:
    return Walk(city, (county, second_county), clock, tmp_path, Random(0))


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_is_what_is_found_from_nothing(
    seed: int, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk.chance.seed(seed)
    if seed == 1:
        # Every change is a great one: whole types are looked at, and read, again.
        monkeypatch.setattr(looked_again, "_FEW", 0)
        monkeypatch.setattr(possible_doubles, "_MOST_SINGLY", 0)
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


def test_whose_a_record_is_has_it_looked_at_again(walk: Walk) -> None:
    city, record = walk.city, uuid7(1, bytes(10))
    for place, office in enumerate(walk.counties):
        line = forging.line(office, "visit", {"headcount": place + 1}, record=record)
        carry(city, [forging.package(office, walk.folder / f"{place}.zfpkg", [line]).path])
    before = seen(city)
    owners.decide(city, record, COUNTY, "核对过原始登记表")
    assert seen(city) != before
    assert seen(city) == from_nothing(city)


def test_what_another_version_of_the_program_found_is_no_ground(city: Office) -> None:
    with city.store.read() as connection:
        mark = store_mark(connection)
    assert kept_answers.keep(city, "any", mark, kept_answers.packed(["found"]))
    with city.store.write() as connection:
        assert kept_answers.recall(connection, "any", list[str]) == (mark, ["found"])
        row = worked_out.get(connection, "any")
        assert row is not None
        worked_out.put(connection, row._replace(content=b"0" * 64 + row.content[64:]))
        assert kept_answers.recall(connection, "any", list[str]) is None
        worked_out.put(connection, row._replace(content=row.content[:70]))
        assert kept_answers.recall(connection, "any", list[str]) is None


@pytest.mark.parametrize("later", [StoreMark(1, 0), StoreMark(0, 1)])
def test_what_was_found_of_a_later_store_is_kept_and_not_told_of_an_earlier(
    later: StoreMark, city: Office
) -> None:
    with city.store.read() as connection:
        now = store_mark(connection)
    mark = StoreMark(now.n + later.n, now.turned + later.turned)
    assert kept_answers.keep(city, "any", mark, kept_answers.packed("later"))
    assert not kept_answers.keep(city, "any", now, kept_answers.packed("now"))
    with city.store.read() as connection:
        assert kept_answers.recall(connection, "any", str) is None
