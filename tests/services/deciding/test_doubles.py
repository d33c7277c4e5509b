"""疑似重复: two records beside each other, and what was decided of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.domain.kernel.fields import fields_of
from app.domain.records import TYPES, Case, Person
from app.services.deciding import doubles
from app.services.figures import possible_doubles
from app.services.office.office import Office
from app.services.records import saving
from app.services.reviewing import pair_decisions
from tests.services.offices import deliver

ONE = {
    "name": "沈大山",
    "resident_id": "110101199003077774",
    "consent_on": "2011-07-01",
    "telephone": "13900000000",
    "workplace": "乐山电力沙湾供电所",
    "address": "沙湾镇示例街 1 号",
}


def verdict(type_name: str, name: str, one: Any, other: Any) -> str:
    spec = next(s for s in fields_of(TYPES[type_name]) if s.name == name)
    return doubles.verdict(spec, one, other)


@pytest.mark.parametrize(
    ("type_name", "name", "one", "other", "told"),
    [
        ("person", "name", "赵示例", "赵示例", "same"),
        ("person", "name", "赵示例", "赵事例", "near"),
        ("person", "name", "赵示例", "钱虚构", "different"),
        ("person", "name", "赵示例", "", "blank"),
        ("person", "resident_id", "110101900307777", "11010119900307777X", "different"),
        ("person", "resident_id", "110101900307777", "110101199003077774", "near"),
        ("person", "telephone", "13900000000", "13900000001", "near"),
        ("person", "workplace", "乐山电力沙湾供电所", "乐山电力", "near"),
        ("visit", "visited_on", "2011-07-20", "2011-07-26", "near"),
        ("visit", "visited_on", "2011-07-20", "2011-09-26", "different"),
        ("visit", "headcount", 1250, 1300, "near"),
        ("visit", "leaders", ["李明书"], ["李明书", "付志勇"], "near"),
    ],
)
def test_two_values_are_the_same_near_or_different(
    type_name: str, name: str, one: Any, other: Any, told: str
) -> None:
    assert verdict(type_name, name, one, other) == told


def test_links_to_two_records_of_one_name_are_said_to_be_named_alike(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    cases = []
    for at, office in enumerate((county, second_county)):
        person = saving.save(office, Person, ONE)
        typed = {"person": person.id, "types": ["医疗帮扶"], "found_on": "2011-07-12"}
        cases.append(saving.save(office, Case, typed).id)
        deliver(office, city, tmp_path / str(at))
    seen = doubles.compare(city, Case, *cases)
    assert {row.label: row.verdict for row in seen.rows}["困难职工"] == "named"


def test_two_files_of_one_person_are_compared_decided_and_undecided(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    saving.save(county, Person, ONE)
    saving.save(second_county, Person, {**ONE, "workplace": "五通桥盐厂", "address": ""})
    deliver(county, city, tmp_path / "a")
    deliver(second_county, city, tmp_path / "b")
    (pair,) = possible_doubles.duplicates(city).open
    seen = doubles.compare(city, TYPES[pair.type], pair.one.id, pair.other.id)
    assert {seen.one.unit, seen.other.unit} == {"沙湾区总工会", "五通桥区总工会"}
    rows = {row.label: row for row in seen.rows}
    assert rows["身份证号"].verdict == "same"
    assert "199003" not in rows["身份证号"].one
    assert (rows["工作单位"].verdict, rows["家庭住址"].verdict) == ("different", "blank")

    saved = pair_decisions.link(
        city, TYPES[pair.type], pair.one.id, pair.other.id, same=True, reason="问过", kind=pair.kind
    )
    assert possible_doubles.duplicates(city).open == ()
    (said,) = doubles.decided(city)
    assert (said.link, said.same, said.reason) == (saved.id, True, "问过")
    assert "同一个人" in said.words
    taken = doubles.take_back(city)
    assert taken.decided == (said,)
    assert taken.changes.types == {"link"}
    assert doubles.take_back(city).decided == ()
    assert len(possible_doubles.duplicates(city).open) == 1
    assert doubles.decided(city) == []
