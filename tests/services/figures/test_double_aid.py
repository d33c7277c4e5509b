"""一年内重复帮扶 is worked out once, and again as soon as anything was saved."""

from __future__ import annotations

from typing import Any

from app.domain.records import Aid, Case, Person
from app.services.figures import double_aid
from app.services.figures.double_aid import ALL, BY_TWO
from app.services.office.office import Office
from app.services.records import saving, voiding


def _helped(office: Office, case: str, day: str, money: str) -> str:
    body: dict[str, Any] = {"case": case, "type": "生活救助", "money": money, "given_on": day}
    return saving.save(office, Aid, body, accept={"G04": "确实又帮扶了一次"}).id


def _times(office: Office, which: str = ALL) -> list[int]:
    return [len(one.aids) for one in double_aid.look(office, 2011, which).lines]


def test_the_list_is_kept_until_something_is_saved(county: Office) -> None:
    name = {"name": "甲某某", "resident_id": "511102198001010012", "consent_on": "2011-07-01"}
    who = saving.save(county, Person, name).id
    case = {"person": who, "types": "生活救助", "found_on": "2011-07-10"}
    made = saving.save(county, Case, case).id
    _helped(county, made, "2011-07-10", "500")
    assert _times(county) == []
    second = _helped(county, made, "2011-07-12", "300")
    first_look = double_aid.look(county, 2011, ALL)
    assert double_aid.look(county, 2011, ALL).lines[0] is first_look.lines[0]
    assert _times(county, BY_TWO) == []
    assert double_aid.look(county, 2010, ALL).lines == ()
    _helped(county, made, "2011-07-14", "200")
    assert _times(county) == [3]
    saving.save(county, Person, {**name, "name": "甲某"}, record=who)
    assert [one.names for one in double_aid.look(county, None, ALL).lines] == ["甲某"]
    voiding.void(county, Aid, second, "重复录入")
    assert _times(county) == [2]
