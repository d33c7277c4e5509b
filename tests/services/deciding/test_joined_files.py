"""合成一份: two files of one person or unit on one page, and apart again at will."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Enterprise, Person
from app.services.deciding import joined_files
from app.services.deciding.joined_files import JoinedFile
from app.services.lists import timelines
from app.services.office.office import Office
from app.services.papers.joined_papers import print_joined
from app.services.receiving import package_undo
from app.services.records import saving
from app.services.reviewing import answers
from database.state import states
from tests.services.offices import COUNTY, carry, deliver, save_visit, send

NUMBER = "110101199003077774"


def person(office: Office, **typed: Any) -> str:
    return saving.save(office, Person, {"name": "沈大山", "resident_id": NUMBER} | typed).id


def seen(office: Office, key: str, beside: str = "") -> JoinedFile:
    return joined_files.joined_file(office, Person, key, beside)


def test_two_files_stand_on_one_page_with_both_histories_and_come_apart(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    one = person(county, telephone="13900000001")
    other = person(second_county, telephone="13900000002")
    deliver(county, city, tmp_path / "a")
    deliver(second_county, city, tmp_path / "b")
    assert not seen(city, one).is_joined
    looked = seen(city, one, beside=other)
    assert [held.joined for held in looked.files] == [True, False]

    joined_files.join(city, Person, one, other, "同一身份证号")

    for key in (one, other):
        found = seen(city, key)
        assert found.is_joined
        assert found.files[0].id == key
        assert {held.unit for held in found.files} == {"沙湾区总工会", "五通桥区总工会"}
        assert {told.file for told in found.history} == {0, 1}
        moments = [told.entry.at for told in found.history]
        assert moments == sorted(moments, reverse=True)
        (telephone,) = [line for line in found.lines if line.label == "手机号码"]
        assert telephone.verdict == "near"
        (why,) = found.why
        assert why.endswith("乐山市总工会认定：同一身份证号")
    found = seen(city, one)
    assert print_joined(city, found, tmp_path / "t.pdf") == 1
    with pypdfium2.PdfDocument(tmp_path / "t.pdf") as paper:
        text = paper[0].get_textpage().get_text_range()
    assert "不一样的项目" in text
    assert {held.number for held in found.files} <= set(text.split())
    assert NUMBER not in text
    with pytest.raises(UserError) as refused:
        joined_files.join(city, Person, one, other, "再来")
    assert refused.value.code == "ALREADY_ONE"

    joined_files.part(city, Person, one)
    assert not seen(city, one).is_joined
    assert not seen(city, other).is_joined


def test_what_is_one_with_the_other_file_is_seen_before_all_are_one(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    one = person(county, name="李四", resident_id="11010519491231002X")
    two, three = person(county), person(second_county)
    deliver(county, city, tmp_path / "a")
    deliver(second_county, city, tmp_path / "b")
    joined_files.join(city, Person, two, three, "同一身份证号")
    looked = seen(city, one, beside=two)
    assert {held.id for held in looked.files} == {one, two, three}
    assert [held.joined for held in looked.files] == [True, False, False]


def test_a_county_sees_what_the_city_joined_and_leaves_it_to_the_city(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    one, other = person(county), person(county, name="沈大三", resident_id="11010519491231002X")
    deliver(county, city, tmp_path / "a")
    joined_files.join(city, Person, one, other, "写错了号")
    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    assert seen(county, one).is_joined
    with pytest.raises(UserError) as refused:
        joined_files.part(county, Person, one)
    assert refused.value.code == "NOT_OURS"
    joined_files.part(city, Person, one)
    carry(county, answers.answer(city, COUNTY, tmp_path / "down2").files)
    assert not seen(county, one).is_joined


def test_one_file_of_three_comes_apart_with_all_its_decisions(county: Office) -> None:
    units = [
        saving.save(county, Enterprise, {"name": f"沫水{n}纸业公司"}).id for n in ("东", "西", "南")
    ]
    joined_files.join(county, Enterprise, units[0], units[1], "同一家")
    joined_files.join(county, Enterprise, units[0], units[2], "同一家")
    assert len(joined_files.joined_file(county, Enterprise, units[2]).files) == 3
    joined_files.part(county, Enterprise, units[2])
    assert len(joined_files.joined_file(county, Enterprise, units[0]).files) == 2
    with pytest.raises(UserError) as refused:
        joined_files.part(county, Enterprise, units[2])
    assert refused.value.code == "NOT_JOINED"
    visit = save_visit(county, enterprise=units[1], enterprise_name="沫水西纸业公司")
    for unit, stands in ((units[0], True), (units[2], False)):
        line = timelines.timeline(county, Enterprise, unit)
        assert (visit.id in {event.record for event in line.events}) == stands
        said = {one.label: one.value for one in line.figures}
        assert said.get("合成一份") == ("2" if stands else None)


def test_joined_or_not_every_file_is_what_its_own_office_made_of_it(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    """Any order of changes, packages, joining, taking apart and undone packages."""
    chance = random.Random(4)
    offices = {"a": county, "b": second_county}
    files = {name: person(office) for name, office in offices.items()}
    last: dict[str, int] = {}
    way: dict[str, Path] = {}
    said = {name: [""] for name in offices}

    def sent(name: str, step: str) -> None:
        """The last package of an office, where it lies and its number at the city."""
        said[name].append(step)
        saving.save(offices[name], Person, {"remarks": step}, record=files[name])
        way[name] = send(offices[name], tmp_path / f"{name}-{step}")[-1]
        last[name] = carry(city, [way[name]])[-1].package

    for name in offices:
        sent(name, "first")
    deeds = [*product("ab", ("change", "send", "undo", "join")), ("a", "part"), ("b", "part")]
    for step, (name, deed) in enumerate(chance.sample(deeds, len(deeds))):
        together = seen(city, files["a"]).is_joined
        if deed == "change":
            said[name].append(f"第{step}次")
            saving.save(offices[name], Person, {"remarks": said[name][-1]}, record=files[name])
        elif deed == "send":
            sent(name, str(step))
        elif deed == "join" and not together:
            joined_files.join(city, Person, files["a"], files["b"], "同一人")
        elif deed == "part" and together:
            joined_files.part(city, Person, files[name])
        elif deed == "undo":
            package_undo.undo(city, last[name])
            assert carry(city, [way[name]])[-1].state == "merged"
        for one, office in offices.items():
            mine = saving.show(office, Person, files[one]).record
            assert mine.remarks == said[one][-1]
            with city.store.read() as connection:
                there = states.get(connection, Person, files[one])
            assert there is not None
            assert there.record.remarks in said[one]
            assert there.record.resident_id == NUMBER
    if seen(city, files["a"]).is_joined:
        joined_files.part(city, Person, files["a"])
    for name, office in offices.items():
        sent(name, "last")
        assert len(seen(city, files[name]).files) == 1
        with city.store.read() as connection:
            there = states.get(connection, Person, files[name])
        assert there is not None
        assert there.h == saving.show(office, Person, files[name]).h
