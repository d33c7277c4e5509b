"""Ctrl+F: whatever one knows of a record leads to it, whatever its type."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.kernel.errors import Cancelled
from app.domain.kernel.progress import Cancel
from app.domain.kernel.text import lookup_key
from app.domain.naming.pinyin import initials
from app.domain.records import TYPES, Demand, Enterprise, Person
from app.services.backup import integrity
from app.services.lists import listing, search_upkeep, searching
from app.services.lists.listing import View
from app.services.lists.searching import Found
from app.services.office.office import Office
from app.services.receiving import package_undo
from app.services.records import saving, voiding
from tests.services.offices import SetClock, deliver, record_of, save_visit

ID = "511111196503071218"


def found(office: Office, text: str) -> dict[str, list[str]]:
    """The ids found, by type."""
    groups = searching.search(office, text).groups
    return {group.type_name: [line.id for line in group.lines] for group in groups}


def listed(office: Office, type_name: str, text: str, view: View = "all") -> list[str]:
    """The ids in the list of one type."""
    return list(listing.ids(office, TYPES[type_name], text=text, view=view))


def save_person(office: Office, name: str, **typed: object) -> str:
    return saving.save(office, Person, {"name": name, "resident_id": ID, **typed}).id


@pytest.fixture
def worker(county: Office) -> str:
    """曾德福, in difficulty."""
    return save_person(county, "曾德福", telephone="13890612345", workplace="乐山无线电公司")


@pytest.fixture
def visit(county: Office) -> str:
    """A visit to 乐山无线电公司."""
    return save_visit(county).id


@pytest.mark.parametrize(
    "typed", ["曾德福", "曾", "德福", "福", "zdf", "cdf", "df", "曾d", "c德", "曾 福", "ＺＤＦ"]
)
def test_a_person_by_name_and_by_initials(county: Office, worker: str, typed: str) -> None:
    assert found(county, typed)["person"] == [worker]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单雄信", "sxx dxx"),
        ("曾勇", "zy cy"),
        ("区小明", "oxm qxm"),
        ("仇英", "qy cy"),
        ("查良", "zl cl"),
    ],
)
def test_every_reading_of_a_surname(county: Office, name: str, typed: str) -> None:
    person = save_person(county, name)
    for initials_typed in typed.split():
        assert found(county, initials_typed)["person"] == [person]


@pytest.mark.parametrize("typed", ["5111", "6503071", ID[-4:], ID, "13890612345", "6123"])
def test_a_person_by_a_part_of_a_number_is_shown_masked(
    county: Office, worker: str, typed: str
) -> None:
    (group,) = searching.search(county, typed).groups
    (line,) = group.lines
    assert (line.id, line.title) == (worker, "曾德福")
    assert line.who in ("身份证号 511111**********18", "手机号码 138******45")
    assert typed not in line.who or len(typed) == 4


def test_a_visit_by_number_whole_or_in_part(county: Office, visit: str) -> None:
    number = record_of(county, "visit", visit).number
    for typed in (number, number.replace("-", ""), number[-4:], number[:3]):
        assert visit in found(county, typed)["visit"]


def test_an_enterprise_by_alias_and_by_code(county: Office) -> None:
    typed = {"name": "嘉农茶业公司", "aliases": "老茶厂", "uscc": "91511100MA62000008"}
    enterprise = saving.save(county, Enterprise, typed).id
    assert found(county, "老茶") == {"enterprise": [enterprise]}
    (group,) = searching.search(county, "MA62").groups
    assert group.lines[0].who == "统一社会信用代码 91511100MA62000008"


def test_a_demand_is_found_by_its_enterprise(county: Office, visit: str) -> None:
    enterprise = record_of(county, "visit", visit).enterprise
    typed = {"enterprise": enterprise, "raised_on": "2011-07-20", "category": "rights"}
    demand = saving.save(county, Demand, typed | {"content": "希望提高工资。"}).id
    assert found(county, "无线电") == {
        "visit": [visit],
        "demand": [demand],
        "enterprise": [enterprise],
    }
    assert list(listed(county, "demand", "lswxd")) == [demand]


def test_the_number_meant_comes_before_what_only_holds_it(county: Office, clock: SetClock) -> None:
    first = save_visit(county)
    serial = first.number.rpartition("-")[2]
    for n in range(3):
        clock.forward(minutes=1)
        save_visit(county, enterprise_name=f"乐山{serial}厂第{n}车间")
    assert found(county, serial)["visit"][0] == first.id
    assert found(county, first.number)["visit"][0] == first.id


def test_a_beginning_comes_first_then_the_newest(county: Office, clock: SetClock) -> None:
    names = ("无线电一厂", "乐山无线电厂", "沙湾无线电站")
    ids = []
    for name in names:
        clock.forward(minutes=1)
        ids.append(save_visit(county, enterprise_name=name).id)
    assert found(county, "无线电")["visit"] == [ids[0], ids[2], ids[1]]
    assert found(county, "wxd")["visit"] == [ids[0], ids[2], ids[1]]


def test_what_is_too_much_is_counted(county: Office) -> None:
    for n in range(5):
        save_visit(county, enterprise_name=f"太平镇企业{n}")
    (visits, _) = searching.search(county, "太平", limit=2).groups
    assert (visits.label, len(visits.lines), visits.more) == ("走访登记", 2, 3)


def test_what_is_void_is_not_found(county: Office, worker: str) -> None:
    voiding.void(county, Person, worker, "录重了")
    assert found(county, "曾德福") == {}
    assert list(listed(county, "person", "曾德福")) == []
    assert list(listed(county, "person", "曾德福", "void")) == [worker]


def test_what_was_called_otherwise_is_found_by_its_new_name_only(
    county: Office, worker: str
) -> None:
    saving.save(county, Person, {"name": "单雄信"}, record=worker)
    assert found(county, "曾德") == {}
    assert found(county, "sxx") == {"person": [worker]}


@pytest.mark.parametrize("typed", ["", "  ", "%", "（", "\"'*", "无此", "vvv", "\ud800"])
def test_nothing_is_found_by_nothing(county: Office, worker: str, typed: str) -> None:
    assert searching.search(county, typed) == Found(typed)
    assert typed.strip() == "" or listed(county, "person", typed) == []


def test_the_city_finds_what_it_took_in_until_it_is_taken_back(
    county: Office, city: Office, worker: str, visit: str, tmp_path: Path
) -> None:
    accounts = deliver(county, city, tmp_path / "stick")
    (package,) = (one.package for one in accounts if one.contained)
    assert found(city, "zdf") == {"person": [worker]}
    package_undo.undo(city, package)
    assert found(city, "zdf") == {}
    package_undo.merge_again(city, package)
    assert found(city, "wxd")["visit"] == [visit]


def test_rows_made_anew_from_the_log_are_found_as_before(
    county: Office, worker: str, visit: str
) -> None:
    before = {typed: found(county, typed) for typed in ("11", "ly", "曾", "无线电")}
    assert set(before["11"]) == {"person", "visit"}
    assert integrity.examine_store(county, rebuild=True).agrees
    assert {typed: found(county, typed) for typed in before} == before


def test_a_whole_page_pasted_finds_nothing_and_does_no_harm(county: Office, visit: str) -> None:
    for text in ("乐山无线电公司" * 500, "x" * 5000, "无线电 0137 " * 500):
        assert found(county, text) == {}
    assert found(county, "乐山 无线 电公司 乐山")["visit"] == [visit]


def test_a_search_that_nobody_waits_for_stops(county: Office, worker: str) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        searching.search(county, "曾", cancel=cancel)


HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
NAME = st.text(HAN | st.sampled_from("曾单区仇查𬭎9A（）"), min_size=2, max_size=8)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(NAME.filter(lambda name: any(map(str.isalnum, name))), st.data())
def test_any_part_of_a_name_in_any_reading_finds_it(
    county: Office, name: str, data: st.DataObject
) -> None:
    saved = saving.save(county, Enterprise, {"name": name}).id
    key = lookup_key(record_of(county, "enterprise", saved).name)
    begin = data.draw(st.integers(0, len(key) - 1))
    end = data.draw(st.integers(begin + 1, len(key)))
    part = key[begin:end]
    for typed in (part, *initials(part, limit=4)):
        assert saved in listed(county, "enterprise", typed), typed
    voiding.void(county, Enterprise, saved, "试一试")
    assert saved not in listed(county, "enterprise", part)


@pytest.mark.parametrize("kept_up", [False, True])
def test_words_inside_opinions_and_answers_lead_to_their_record(
    county: Office, kept_up: bool
) -> None:
    opinions = "一是夏季限电太多，\n影响生产；二是ISO9001复审费用高。"
    visit = save_visit(county, enterprise_name="永泰铁合金", opinions=opinions).id
    other = save_visit(county, enterprise_name="限电器材厂", opinions="没有意见。").id
    demand = saving.save(
        county,
        Demand,
        {
            "raised_on": "2011-07-01",
            "category": "就业",
            "content": "招工难",
            "reply": "限电措施已调整",
        },
    ).id
    if kept_up:
        search_upkeep.keep_up(county)
        assert search_upkeep.behind(county) == 0
    assert found(county, "限电")["visit"] == [other, visit]
    assert found(county, "限电")["demand"] == [demand]
    assert found(county, "永泰 限电") == {"visit": [visit]}
    assert found(county, "iso9001") == {"visit": [visit]}
    assert listed(county, "visit", "影响生产") == [visit]
    assert listed(county, "demand", "措施已调") == [demand]
    assert "visit" not in found(county, "xdtd"), "a text is not found by initials"
    (group,) = [one for one in searching.search(county, "限电").groups if one.type_name == "demand"]
    assert group.lines[0].who == "答复：限电措施已调整"


def test_a_corrected_opinion_is_found_by_its_new_words_only(county: Office) -> None:
    visit = save_visit(county, opinions="希望减少限电。").id
    search_upkeep.keep_up(county)
    saving.save(county, TYPES["visit"], {"opinions": "希望加强培训。"}, record=visit)
    for _ in range(2):
        assert found(county, "限电") == {}
        assert found(county, "加强培训")["visit"] == [visit]
        search_upkeep.keep_up(county)


def test_what_is_sensitive_is_not_found_by_its_words(county: Office) -> None:
    save_person(county, "曾德福", story="身患尘肺病多年")
    search_upkeep.keep_up(county)
    assert found(county, "尘肺病") == {}
    assert listed(county, "person", "尘肺病") == []
