"""Two computers of one office share their records and settle what they wrote differently."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.office.clock import wall_clock
from tests.cli.line import VISIT, as_json, ask
from tests.services.offices import COUNTY, enrol, found_below, found_city


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Path, Path]:
    """The data folders of both computers, each knowing the other."""
    city = found_city(tmp_path / "city", wall_clock)
    one = found_below(city, tmp_path / "one", COUNTY, wall_clock)
    enrol(city, one)
    other = found_below(city, tmp_path / "other", COUNTY, wall_clock, computer=2)
    trust = enrol(city, other)
    for office in (city, one, other):
        office.close()
    ask("merge", "--data", tmp_path / "one", *trust)
    return tmp_path / "one", tmp_path / "other"


def test_two_computers_settle_a_field(desks: tuple[Path, Path], tmp_path: Path) -> None:
    one, other = desks
    stick = tmp_path / "stick"
    added = ask("add", "--data", one, "visit", "--from", "-", stdin=as_json(VISIT))
    key = ("visit", added["rows"][0]["number"])
    _exchange(one, other, stick)
    for desk, count in ((one, 1300), (other, 1400)):
        change = as_json({"headcount": count})
        words = ("visit", "--from", "-", "--record", key[1])
        ask("add", "--data", desk, *words, stdin=change)
    _exchange(one, other, stick)
    _exchange(other, one, stick)

    claims = ask("settle", "--data", one, *key)["conflicts"]["headcount"]
    assert sorted(value for value, _ in claims) == [1300, 1400]
    wanted = [value for value, _ in claims].index(1400) + 1
    ask("settle", "--data", one, *key, "--take", f"headcount={wanted}")
    _exchange(one, other, stick)
    shown = ask("show", "--data", other, *key)
    assert (shown["record"]["headcount"], shown["conflicts"]) == (1400, {})


def _exchange(giver: Path, taker: Path, stick: Path) -> None:
    files = ask("share", "--data", giver, "--out", stick)["files"]
    ask("merge", "--data", taker, *files)
