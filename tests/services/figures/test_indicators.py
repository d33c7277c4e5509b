"""指标进度: typed by month, told by the records, shared out, held against a plan of years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.domain.checking.formulas import FORMULAS, TYPED
from app.domain.codes import INDICATOR_COUNT, INDICATOR_UNIT
from app.domain.kernel.errors import UserError
from app.domain.records import (
    Activity,
    Aid,
    Attainment,
    Campaign,
    Case,
    Enterprise,
    Person,
    Target,
    body_of,
)
from app.services.figures import indicators
from app.services.figures.indicators import IndicatorView, UnitLine
from app.services.lists import chips, listing, record_history, record_sheet, table_query
from app.services.lists.chip_words import chip_in
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.receiving import take_package
from app.services.records import saving
from app.services.records.link_resolving import Links
from app.services.reviewing import answers
from database.state import states
from database.state.filters import equal
from tests.services.figures.raw_log import folded
from tests.services.offices import COUNTY, SetClock, deliver

CAMPAIGN = "2012-55"
NUMBERS = (
    "11010519491231002X", "110101199003077774", "11010119900307803X",
    "511102198001010012", "511102198001010039",
)  # fmt: skip
"""The sixteen targets of 2012 (R60)."""


def typed(office: Office, code: str, day: str, **said: Any) -> str:
    body = {"campaign": CAMPAIGN, "indicator": code, "as_of": day, **said}
    return saving.save(office, Attainment, body).id


def one(office: Office, code: str) -> IndicatorView:
    seen = indicators.look(office, CAMPAIGN)
    return next(it for it in seen.indicators if it.code == code)


def line(view: IndicatorView, name: str) -> UnitLine:
    return next(it for it in view.lines if it.name == name)


def test_the_sixteen_of_2012_are_there_with_their_units_and_strength(city: Office) -> None:
    seen = indicators.look(city, CAMPAIGN)
    assert [it.code for it in seen.indicators] == [f"T{n}" for n in range(1, 17)]
    told = {it.code: (it.total.target, it.unit, it.strength) for it in seen.indicators}
    assert told["T1"] == ("100,000", "人次", "力争")
    assert told["T6"] == ("2,000", "个", "确保")
    assert told["T7"] == ("40,000", "名", "确保")
    assert told["T8"] == ("90%", "%", "年内")
    assert told["T11"] == ("2,400", "人", "确保")
    assert told["T13"] == ("—", "%", "努力")
    assert {it.code for it in seen.indicators if it.formula != "typed"} >= {"T8", "T12", "T16"}


def test_months_of_a_number_add_up_and_the_later_of_two_counts(
    county: Office, clock: SetClock
) -> None:
    clock.set(2012, 12, 1)
    typed(county, "T7", "2012-09-30", value=100)
    typed(county, "T7", "2012-10-15", value=40)
    typed(county, "T7", "2012-10-31", value=60)
    view = one(county, "T7")
    mine = line(view, "沙湾区总工会")
    assert (mine.value, mine.source) == ("160", "填报")
    assert mine.months == (("2012-09", "100"), ("2012-10", "60"))
    assert mine.behind is not None
    assert len(mine.behind.ids) == 2


def test_a_rate_is_that_of_its_newest_month_and_never_said_to_be_full_too_early(
    county: Office, clock: SetClock
) -> None:
    clock.set(2012, 12, 1)
    typed(county, "T4", "2012-09-30", numerator=10, denominator=50)
    typed(county, "T4", "2012-10-31", numerator=44, denominator=50)
    mine = line(one(county, "T4"), "沙湾区总工会")
    assert mine.value == "44／50（88.0%）"
    assert mine.completion == "97.8%"
    assert mine.gap == "还差 2.0 个百分点"


def test_the_city_adds_what_its_units_typed_and_says_what_is_missing(
    city: Office, county: Office, second_county: Office, clock: SetClock, tmp_path: Path
) -> None:
    for office, count in ((county, 1500), (second_county, 490)):
        clock.set(2012, 11, 1)
        typed(office, "T6", "2012-10-31", value=count)
        deliver(office, city, tmp_path / office.identity.station)
    view = one(city, "T6")
    assert view.total.value == "1,990"
    assert (view.total.completion, view.total.gap) == ("99.5%", "还差 10")
    raw = [it for it in folded(city)["attainment"].values() if it["indicator"] == "T6"]
    assert sum(it["value"] for it in raw) == 1990


def test_what_the_records_know_is_counted_and_what_is_typed_stands_before_it(
    city: Office, county: Office, second_county: Office, clock: SetClock, tmp_path: Path
) -> None:
    """Two counties help one worker's child: two rows, one person in the city."""
    clock.set(2012, 9, 10)
    for office in (county, second_county):
        found = {"name": "刘勇", "resident_id": "11010519491231002X", "consent_on": "2012-09-01"}
        person = saving.save(office, Person, found).id
        case = {"person": person, "types": ["schooling"], "found_on": "2012-09-01"}
        about = saving.save(office, Case, case).id
        for kind in ("schooling", "living"):
            given = {"case": about, "given_on": "2012-09-05", "type": kind, "money": "500"}
            saving.save(office, Aid, given)
        deliver(office, city, tmp_path / office.identity.station)
    from app.services.reviewing import pair_decisions

    with city.store.read() as connection:
        both = [s.id for s in states.find(connection, Person)]
    view = one(city, "T12")
    assert view.total.value == "2"
    assert one(city, "T13").total.value == "2／2（100.0%）"
    pair_decisions.link(city, Person, both[0], both[1], same=True, reason="身份证号相同")
    assert one(city, "T13").total.value == "1／1（100.0%）"
    view = one(city, "T12")
    assert (view.total.value, view.total.source) == ("1", "记录")
    assert line(view, "沙湾区总工会").value == "1"
    behind = view.total.behind
    assert behind is not None
    raw = folded(city)["aid"]
    assert behind.ids == {id for id, it in raw.items() if it["type"] == "schooling"}
    typed(county, "T12", "2012-09-10", value=7)
    deliver(county, city, tmp_path / "again")
    mine = line(one(city, "T12"), "沙湾区总工会")
    assert (mine.value, mine.source, mine.beside) == ("7", "填报", "记录 1")
    assert one(city, "T12").total.value == "8"


def test_rates_of_the_directory_are_counted_again_from_the_raw_records(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    clock.set(2012, 9, 10)
    for n in range(7):
        saving.save(
            county,
            Enterprise,
            {"name": f"第{n}厂", "kind": "企业", "area": "沙湾镇", "above_scale": "是",
             "ownership": "私营", "headcount": 100, "members": 90,
             "has_union": "是" if n % 3 else "否", "workers_congress": "是" if n % 2 else "否",
             "union_founded": "2012-03-01" if n == 1 else ""},
        )  # fmt: skip
    deliver(county, city, tmp_path / "stick")
    firms = [it for it in folded(city)["enterprise"].values() if it["name"].startswith("第")]
    with_union = [it for it in firms if it.get("has_union")]
    told = line(one(city, "T8"), "沙湾区总工会")
    assert told.value.startswith(f"{len(with_union)}／{len(firms)}（")
    congress = [it for it in with_union if it.get("workers_congress")]
    told = line(one(city, "T15"), "沙湾区总工会")
    assert told.value.startswith(f"{len(congress)}／{len(with_union)}（")
    assert line(one(city, "T6"), "沙湾区总工会").value == "1"


def test_the_work_log_tells_how_many_took_part(county: Office, clock: SetClock) -> None:
    """技能比赛 is what T2 asks; 劳动竞赛 is another thing and counts in none of the four."""
    clock.set(2012, 9, 10)
    large = {"kind": "企业", "area": "沙湾镇", "above_scale": "是", "headcount": 300}
    names = ("第一厂", "第二厂", "第三厂", "第四厂")
    firms = [saving.save(county, Enterprise, {"name": name, **large}).id for name in names]
    for kind, people, day, firm in (
        ("技能比赛", 30, "2012-08-01", 0),
        ("技能比赛", 12, "2012-08-02", 0),
        ("经济技术创新", 5, "2012-08-03", 0),
        ("合理化建议", 7, "2012-08-04", 1),
        ("劳动竞赛", 80, "2012-08-05", 2),
        ("技能比赛", 99, "2011-08-01", 3),
    ):
        body = {"campaign": CAMPAIGN, "kind": kind, "title": "比武", "held_on": day}
        saving.save(county, Activity, {**body, "people": people, "enterprise": firms[firm]})
    assert one(county, "T1").total.value == "5"
    assert one(county, "T2").total.value == "42"
    assert one(county, "T3").total.value == "7"
    assert one(county, "T4").total.value == "2／4（50.0%）"


def test_a_rate_has_its_target_at_a_county_too(county: Office, clock: SetClock) -> None:
    """What the city asks of everybody is asked of the county; only numbers are shared out."""
    clock.set(2012, 9, 10)
    typed(county, "T4", "2012-08-31", numerator=45, denominator=50)
    total = one(county, "T4").total
    assert (total.target, total.completion, total.gap) == ("90%", "100.0%", "正好")
    assert one(county, "T6").total.target == "—"


def test_the_city_shares_an_indicator_out_and_sees_whether_it_adds_up(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    clock.set(2012, 9, 10)
    indicators.allot(city, CAMPAIGN, "T6", {"511111": 200, "511112": 1700, "511102": 90})
    assert one(city, "T6").allotted == "已分解 1,990，目标 2,000，比目标少 10"
    indicators.allot(city, CAMPAIGN, "T6", {"511102": 100})
    assert one(city, "T6").allotted == "已分解 2,000，目标 2,000，正好"
    indicators.allot(city, CAMPAIGN, "T6", {"511112": None})
    assert one(city, "T6").allotted == "已分解 300，目标 2,000，比目标少 1,700"
    with city.store.read() as connection:
        assert states.count(connection, Target, equal("void", 0)) == 2
    for file in answers.answer(city, COUNTY, tmp_path / "back").files:
        take_package.receive(county, file)
    typed(county, "T6", "2012-09-05", value=150)
    mine = one(county, "T6")
    assert (mine.total.target, mine.total.completion, mine.total.gap) == ("200", "75.0%", "还差 50")
    with pytest.raises(UserError, match="市总工会"):
        indicators.allot(county, CAMPAIGN, "T6", {"511111": 1})


def test_a_plan_over_three_years_shows_this_years_part(city: Office, clock: SetClock) -> None:
    clock.set(2012, 9, 10)
    with city.store.read() as connection:
        campaign = states.of_code(connection, Campaign, CAMPAIGN)
    assert campaign is not None
    years = [
        {
            "plan": "“两个普遍”三年规划",
            "code": "T6",
            "year": year,
            "value": 2000,
            "reached": reached,
        }
        for year, reached in ((2011, 1800), (2012, None), (2013, None))
    ]
    saving.save(
        city,
        Campaign,
        {"plan_years": years},
        record=campaign.id,
        accept={"K05": "文件没有写"},
    )
    typed(city, "T6", "2012-08-31", value=700)
    told = one(city, "T6").years
    assert [(it.year, it.target, it.reached) for it in told] == [
        (2011, "2,000", "1,800"),
        (2012, "2,000", "700"),
        (2013, "2,000", "—"),
    ]


def test_a_wrong_code_and_a_part_larger_than_its_whole_are_refused(
    county: Office, clock: SetClock
) -> None:
    clock.set(2012, 9, 10)
    for code, said in (("T99", {"value": 1}), ("T7", {}), ("T8", {"value": 3}),
                       ("T8", {"numerator": 5, "denominator": 4})):  # fmt: skip
        with pytest.raises(Exception, match=r"没有这个指标|没有填|分子比分母大"):
            typed(county, code, "2012-08-31", **said)


def aided(office: Office, name: str, number: str, family: list[dict[str, Any]], *aids: Any) -> None:
    """One household with its file, and aid given to it under one case."""
    about = {"name": name, "resident_id": number, "consent_on": "2012-09-01", "family": family}
    person = saving.save(office, Person, about).id
    case = {"person": person, "types": ["schooling"], "found_on": "2012-09-01"}
    case_id = saving.save(office, Case, case).id
    for aid in aids:
        given = {
            "case": case_id,
            "given_on": "2012-09-05",
            "type": "schooling",
            "money": "500",
            **aid,
        }
        saving.save(office, Aid, given)


def child(name: str, **said: Any) -> dict[str, Any]:
    return {"name": name, "relation": "20", "status": "student", **said}


def students_of(raw: dict[str, dict[str, Any]], year: str) -> set[tuple[str, str]]:
    """The children helped, from the bodies of the log alone."""
    found = set()
    for aid in raw["aid"].values():
        if not aid["given_on"].startswith(year):
            continue
        if aid["type"] != "schooling" and aid.get("programme") != "autumn":
            continue
        house = raw["person"][raw["case"][aid["case"]]["person"]]
        family = {one["name"]: one.get("resident_id") for one in house.get("family", [])}
        pupils = [one["name"] for one in house.get("family", [])
                  if one.get("status") == "student" and one["relation"][0] in "234"]  # fmt: skip
        for name in aid.get("students") or pupils or [""]:
            number = family.get(name)
            found.add(("", number) if number else (house["resident_id"], name))
    return found


def test_children_are_counted_and_not_households(
    city: Office, county: Office, second_county: Office, clock: SetClock, tmp_path: Path
) -> None:
    """R60, R61: 人. Named in the aid, else those at school in the file, else one."""
    clock.set(2012, 9, 10)
    shared = child("沈小山", resident_id="511102200001010012")
    two = [child("曾大明"), child("曾小明"), child("曾工", status="employed"),
           {"name": "曾母", "relation": "52", "status": "student"}]  # fmt: skip
    aided(county, "曾勇", NUMBERS[0], two, {}, {"type": "living", "programme": "autumn"})
    aided(county, "龚䶮", NUMBERS[1], [child("龚大"), child("龚小")], {"students": "龚小"})
    aided(county, "沈大山", NUMBERS[2], [shared], {}, {"type": "living"})
    aided(second_county, "刘勇", NUMBERS[3], [shared], {})
    aided(second_county, "付志勇", NUMBERS[4], [], {}, {"given_on": "2011-09-05"})
    for office in (county, second_county):
        deliver(office, city, tmp_path / office.identity.station)
    view = one(city, "T12")
    assert (line(view, "沙湾区总工会").value, line(view, "五通桥区总工会").value) == ("4", "2")
    assert view.total.value == "5" == str(len(students_of(folded(city), "2012")))
    assert view.total.behind is not None
    assert len(view.total.behind.ids) == 6
    assert "没有写在校子女的按一人算" in view.counted_as


def test_every_formula_counts_in_the_unit_of_its_indicator(city: Office, clock: SetClock) -> None:
    """R61: 人次≠人≠户≠个≠家; what is counted otherwise is refused where it is written."""
    clock.set(2012, 9, 10)
    for it in indicators.look(city, CAMPAIGN).indicators:
        if it.formula != TYPED:
            units = [INDICATOR_UNIT.find(code) for code in FORMULAS[it.formula].units]
            assert INDICATOR_UNIT.find(it.unit) in units, it.code
    assert set(FORMULAS) == {code.value for code in INDICATOR_COUNT} - {TYPED}
    with city.store.read() as connection:
        campaign = states.of_code(connection, Campaign, CAMPAIGN)
    assert campaign is not None
    wrong = {"id": "X1", "code": "X1", "title": "走访职工", "measure": "人", "value": 5}
    rows = [*body_of(campaign.record)["indicators"], wrong]
    with pytest.raises(UserError, match="不能混用"):
        saving.save(city, Campaign, {"indicators": rows}, record=campaign.id,
                    accept={"K05": "文件没有写"})  # fmt: skip


def test_an_indicator_is_called_by_its_name_in_history_and_conditions(
    county: Office, clock: SetClock
) -> None:
    clock.set(2012, 12, 1)
    record = typed(county, "新发展会员", "2012-09-30", value=100)
    saving.save(county, Attainment, {"indicator": "T6"}, record=record)
    newest, oldest = record_history.told(county, Attainment, record)
    (changed,) = (one for one in newest.changes if one.field == "indicator")
    (first,) = (one for one in oldest.changes if one.field == "indicator")
    assert first.new == changed.old == "T7 新发展会员（名）"
    assert changed.new.startswith("T6 ")
    with county.store.read() as connection:
        links = Links(county, connection)
        for words in ("指标代码=T6", f"指标代码={changed.new}", f"指标代码~{changed.new[3:8]}"):
            chip = chip_in(Attainment, words, links=links)
            assert chips.said(Attainment, chip) == f"指标代码是 {changed.new}"
            query = TableQuery(Attainment, chips=(chip,))
            assert len(table_query.listed(county, query).ids) == 1
        with pytest.raises(UserError, match="没有“瞎写”") as refused:
            chip_in(Attainment, "指标代码=瞎写", links=links)
        assert "T7 新发展会员（名）" in refused.value.remedy


def test_an_indicator_is_shown_and_chosen_by_its_name(county: Office, clock: SetClock) -> None:
    """R60, R61: what was counted and in which unit, of the campaign of the record."""
    clock.set(2012, 12, 1)
    record = typed(county, "新发展会员", "2012-09-30", value=100)
    kept = saving.show(county, Attainment, record).record
    assert kept.indicator == "T7"
    assert typed(county, "T8 企业法人单位建会率（%）", "2012-09-30", numerator=1, denominator=2)
    with county.store.read() as connection:
        (line, *_) = listing.lines_within(county, connection, Attainment, [record])
    assert line.title == "T7 新发展会员（名）"
    query = TableQuery(Attainment, ("indicator", "value"))
    (row,) = table_query.rows(county, query, [record])
    assert row.cells[0].words == "T7 新发展会员（名）"
    assert record_sheet.opened(county, Attainment, record).body["indicator"] == row.cells[0].words
    assert saving.save(county, Attainment, {"indicator": row.cells[0].words}, record=record).state
    assert saving.show(county, Attainment, record).record.indicator == "T7"
    with pytest.raises(UserError, match="没有这个指标"):
        typed(county, "瞎写的指标", "2012-09-30", value=1)
