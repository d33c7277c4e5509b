"""Whatever order packages come in, twice or not at all: all who have them see the same (§4)."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.exchange.packagewriter import Sealed
from app.services.office.office import Office
from app.services.packages import channels
from app.services.receiving import package_undo, take_package
from app.services.receiving.take_package import Account
from app.services.records import state_from_log
from database.log import packages, revisions
from database.state import states
from tests.services import forging
from tests.services.histories import Desk, history
from tests.services.offices import CITY, COUNTY, SECOND_COUNTY, SetClock, new_clock, reopened
from tests.services.snapshots import is_whole, reconciled

HISTORIES = int(os.environ.get("ZOUFANG_HISTORIES", "60"))
"""How many random histories the long run plays; 1000 before a release."""


@dataclass
class World:
    """The writers, and two copies of the city that hear of them in different ways."""

    pcs: tuple[Desk, Desk]
    other: Desk
    city: Office
    straight: Office
    shuffled: Office
    folder: Path

    def play(self, dice: random.Random) -> list[Sealed]:
        return history(dice, self.pcs, self.other, self.city, self.folder)


@pytest.fixture(scope="module")
def world(grounds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    clock: SetClock = new_clock()
    clock.set(2011, 7, 21)
    root = tmp_path_factory.mktemp("world")
    (root / "stick").mkdir()
    city = reopened(root / CITY, clock, copy_of=grounds / CITY)
    county = reopened(root / COUNTY, clock, copy_of=grounds / COUNTY)
    other = reopened(root / SECOND_COUNTY, clock, copy_of=grounds / SECOND_COUNTY)
    pc2 = forging.second_pc(city, county, root / "pc2")
    city.close()
    city = reopened(root / CITY, clock)
    copies = [reopened(root / name, clock, copy_of=root / CITY) for name in ("one", "two")]
    desks = Desk(county), Desk(pc2)
    yield World(desks, Desk(other), city, copies[0], copies[1], root / "stick")
    for office in (city, county, other, pc2, *copies):
        office.close()


def digest(office: Office) -> str:
    with office.store.read() as connection:
        return states.digest(connection)


def rebuilt(office: Office) -> str:
    """The digest after the state is made again from the log; nothing of it is kept."""
    with office.store.write() as connection:
        state_from_log.rebuild(connection, office.standpoint)
    return digest(office)


def log(office: Office) -> set[tuple[str, str]]:
    with office.store.read() as connection:
        return {(row.h, row.status) for row in revisions.in_order(connection)}


def take(office: Office, sealed: Sequence[Sealed]) -> list[Account]:
    accounts = [take_package.receive(office, one.path) for one in sealed]
    for one in accounts:
        assert one.state in ("merged", "duplicate"), one
    reconciled(*accounts)
    return accounts


def missing(office: Office, sealed: Sequence[Sealed]) -> dict[tuple[str, str], set[int]]:
    """The numbers missing of the channels that these packages belong to."""
    pairs = {(one.header.writer, one.header.to) for one in sealed if _is_from_below(one)}
    with office.store.read() as connection:
        return {pair: set(channels.channel_reach(connection, *pair).missing) for pair in pairs}


def _is_from_below(one: Sealed) -> bool:
    return one.header.station != CITY


def named(lost: Sequence[Sealed], came: Sequence[Sealed]) -> dict[tuple[str, str], set[int]]:
    """What must be missing: each lost number before one that came."""
    pairs = {(one.header.writer, one.header.to) for one in came if _is_from_below(one)}
    last = {
        pair: max(o.header.seq for o in came if (o.header.writer, o.header.to) == pair)
        for pair in pairs
    }
    return {
        pair: {
            one.header.seq
            for one in lost
            if (one.header.writer, one.header.to) == pair and one.header.seq < last[pair]
        }
        for pair in pairs
    }


def deliver_badly(office: Office, sealed: list[Sealed], dice: random.Random) -> None:
    """In any order, some twice, some lost at first; what is missing is named, then it comes."""
    lost = [one for one in sealed if dice.random() < 0.3]
    came = [one for one in sealed if one not in lost]
    order = came + dice.sample(came, len(came) // 2)
    dice.shuffle(order)
    take(office, order)
    if came:
        assert missing(office, came) == named(lost, came)
    dice.shuffle(lost)
    take(office, [*lost, *dice.sample(sealed, 1)])
    assert not any(missing(office, sealed).values())


def test_many_histories_come_to_the_same_in_any_order(world: World) -> None:
    for seed in range(HISTORIES):
        dice = random.Random(seed)
        sealed = world.play(dice)
        take(world.straight, sealed)
        deliver_badly(world.shuffled, sealed, dice)
        if seed % 10 == 9:
            assert digest(world.straight) == digest(world.shuffled), seed
            undo_some(world.shuffled, sealed, dice)
    assert log(world.straight) == log(world.shuffled)
    same = digest(world.straight)
    assert digest(world.shuffled) == same
    assert rebuilt(world.straight) == rebuilt(world.shuffled) == same
    assert is_whole(world.shuffled)


def undo_some(office: Office, sealed: Sequence[Sealed], dice: random.Random) -> None:
    """Packages taken back and merged again, in another order, leave no trace."""
    before, entries = digest(office), log(office)
    some = dice.sample(sealed, min(3, len(sealed)))
    numbers = [_number(office, one) for one in some]
    for number in numbers:
        package_undo.undo(office, number)
        assert rebuilt(office) == digest(office)
    dice.shuffle(numbers)
    for number in numbers:
        reconciled(package_undo.merge_again(office, number))
    assert (digest(office), log(office)) == (before, entries)


def _number(office: Office, sealed: Sealed) -> int:
    with office.store.read() as connection:
        return packages.find(connection, direction="in", tip=sealed.tip)[0].n


@settings(
    max_examples=5,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(dice=st.randoms(use_true_random=False), data=st.data())
def test_a_history_comes_to_the_same_in_every_order_one_can_think_of(
    world: World, dice: random.Random, data: st.DataObject
) -> None:
    sealed = world.play(dice)
    take(world.straight, sealed)
    order = data.draw(st.permutations(sealed))
    again = data.draw(st.lists(st.sampled_from(sealed), max_size=3)) if sealed else []
    take(world.shuffled, [*order, *again])
    assert digest(world.straight) == digest(world.shuffled) == rebuilt(world.shuffled)
