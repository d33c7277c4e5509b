"""After any change the comparison kept up says the same as one made anew."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.doubles.blocks import Blocks, every_pair
from app.domain.doubles.evidence import CROWD
from app.domain.doubles.faces import Faces
from app.domain.records import Aid, FamilyMember, Person
from tests.counting import calls_of
from tests.domain.city import city, firm, link, visit
from tests.domain.doubles.comparing import changed, compared, decisions, filled, number

NAMES = ("恒宇机械厂", "沙湾恒宇机械有限公司", "恒于机械厂", "恒宇", "第一水泥厂")
NUMBERS = ("", number("51110219710309001"), number("51110219710309010"))
ADDRESSES = ("", "沙湾镇三合村3组12号", "乐山市沙湾区三合村三组12号", "三合村3组")


def made(chance: random.Random, key: str) -> Any:
    """Any record that fits the first letter of its id."""
    day = dt.date(2011, 8, chance.choice((1, 2, 9)))
    unit = chance.choice(("511111", "511102", "511111100"))
    if key[0] == "e":
        return firm(chance.choice(NAMES), area=chance.choice(("511111100", "")))
    if key[0] == "p":
        kin = (FamilyMember(name="李乙"),) if chance.random() < 0.3 else ()
        return Person(
            name=chance.choice(("刘勇", "刘永", "李乙")),
            resident_id=chance.choice(NUMBERS),
            address=chance.choice(ADDRESSES),
            telephone=chance.choice(("", "13900000007")),
            family=kin,
            unit=unit,
        )
    if key[0] == "v":
        linked = chance.choice(("", "e1", "e2", "e3"))
        return visit(linked, day.isoformat(), unit=unit, enterprise_name=chance.choice(NAMES))
    person = f"p{chance.randrange(1, 5)}"
    return Aid(person=person, given_on=day, money=chance.choice(("300", "500")), unit=unit)


KEYS = [f"{mark}{place}" for mark in "epvd" for place in range(1, 6)]
MEMBERS = {"e": "enterprises", "p": "persons", "v": "visits", "d": "aids"}


def ground(records: dict[str, Any], links: dict[str, Any]) -> Any:
    parts: dict[str, dict[str, Any]] = {name: {} for name in MEMBERS.values()}
    for key, record in records.items():
        parts[MEMBERS[key[0]]][key] = record
    return city(**parts, links=links)


@settings(max_examples=150)
@given(st.integers(), st.integers(1, 6))
def test_a_change_leads_to_the_same_as_comparing_everything(seed: int, rounds: int) -> None:
    chance = random.Random(seed)
    records = {key: made(chance, key) for key in KEYS if chance.random() < 0.7}
    links: dict[str, Any] = {}
    doubles = filled(ground(records, links))
    for place in range(rounds):
        touched = {key: None for key in KEYS if chance.random() < 0.2}
        for key in touched:
            if chance.random() < 0.3:
                records.pop(key, None)
            else:
                records[key] = made(chance, key)
        if chance.random() < 0.5:
            mark, kind = chance.choice((("e", "enterprise"), ("p", "person"), ("p", "household")))
            one, other = (f"{mark}{at}" for at in chance.sample(range(1, 6), 2))
            links[f"l{place}"] = link(one, other, same=chance.random() < 0.5, kind=kind)
        now = ground(records, links)
        doubles.update(changed(now, Faces(now), touched), decisions(now))
        assert doubles.found() == compared(now)


@given(st.lists(st.sets(st.sampled_from("abcdef"), max_size=3), min_size=2, max_size=8))
def test_pairs_are_those_that_share_a_key(keys: list[set[str]]) -> None:
    blocks = Blocks()
    found = blocks.change({f"r{at}": tuple(sorted(mine)) for at, mine in enumerate(keys)})
    wanted = {
        (f"r{one}", f"r{other}")
        for other in range(len(keys))
        for one in range(other)
        if keys[one] & keys[other]
    }
    assert found == wanted
    assert all(map(blocks.meet, wanted))


def test_a_crowd_is_passed_over_until_it_is_small_enough() -> None:
    blocks = Blocks()
    crowd = {f"r{at:02}": ("k",) for at in range(CROWD + 1)}
    assert blocks.change(crowd) == set()
    assert len(blocks.change({"r00": None})) == len(list(every_pair(list(crowd)[1:])))
    blocks.change({"r00": ("k",)})
    assert not blocks.meet(("r01", "r02"))


def test_one_decision_among_many_files_is_not_a_new_comparison() -> None:
    many = {
        f"p{at}": Person(name=f"刘{chr(0x4E00 + at)}", telephone=f"1390000{at:04}", unit="511111")
        for at in range(1, 1500)
    }
    records = many | {"p1": Person(name="刘勇", resident_id=NUMBERS[1], unit="511111"),
                      "p2": Person(name="刘勇", resident_id=NUMBERS[1], unit="511102")}  # fmt: skip
    before = city(persons=records)
    doubles = filled(before)
    whole = calls_of(lambda: filled(before))
    after = city(persons=records, links={"l1": link("p1", "p2", kind="person")})
    faces = Faces(after)
    decided = calls_of(lambda: doubles.update(changed(after, faces, {}), decisions(after)))
    edited = calls_of(lambda: doubles.update(changed(after, faces, {"p7": None}), decisions(after)))
    assert decided * 20 < whole
    assert edited * 20 < whole
    assert doubles.found() == compared(after)
