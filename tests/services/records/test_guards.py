"""What is known already speaks up while a record is keyed, and stands only with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.domain.checking.checks import Finding, Severity
from app.domain.records import Aid, Case, Enterprise, Group, Person, Plan, Record, Visit
from app.services.deciding import joined_files, verifying
from app.services.figures.coverage import coverage
from app.services.office.office import Office
from app.services.records import form_saving, saving, voiding
from app.services.records.checked_body import CheckFailed
from app.services.records.link_resolving import Links
from app.services.records.saving import Saved
from app.services.reporting import report_check, reporting_steps
from app.services.reporting.reporting_steps import in_words
from app.services.todo.today import today
from tests.services.offices import SetClock, carry, deliver, enrol, found_below, record_of

SHAWAN, JIANONG = "511111100", "511111101"
FORM: dict[str, Any] = {
    "leaders": "王琦",
    "enterprise_name": "沙湾区沫若水泥有限责任公司",
    "area": SHAWAN,
    "headcount": "320",
    "opinions": "无",
    "visited_on": "2011-07-20",
}
FARMER: dict[str, Any] = {
    "name": "刘勇",
    "resident_id": "11010519491231002X",
    "registered_area": SHAWAN,
}


def keyed(
    office: Office,
    record_type: type[Record] = Visit,
    accept: dict[str, str] | None = None,
    **typed: Any,
) -> Saved:
    """What a form saves."""
    body = FORM | typed if record_type is Visit else typed
    return form_saving.save(office, record_type, office.new_id(), body, accept=accept)


def asked(office: Office, record_type: type[Record] = Visit, **typed: Any) -> dict[str, Finding]:
    """What a form is asked before it is saved, by code."""
    with pytest.raises(CheckFailed) as refused:
        keyed(office, record_type, **typed)
    return {finding.code: finding for finding in refused.value.findings}


def told(saved: Saved) -> dict[str, Finding]:
    return {finding.code: finding for finding in saved.findings}


def test_a_unit_that_was_found_gone_is_not_visited_without_a_word(county: Office) -> None:
    name = FORM["enterprise_name"]
    unit = saving.save(county, Enterprise, {"name": name, "area": SHAWAN}).id
    assert "G14" not in told(keyed(county))
    verifying.declare_gone(county, unit, "closed")
    said = told(keyed(county, visited_on="2011-07-19"))["G14"]
    assert (said.severity, said.field) == (Severity.NOTE, "enterprise_name")
    assert "已经不存在" in said.sentence
    other = saving.save(county, Enterprise, {"name": "沫若水泥厂", "area": SHAWAN}).id
    joined_files.join(county, Enterprise, unit, other, "改了名称")
    assert "G14" not in told(keyed(county, visited_on="2011-07-18")), "the other entry stands"


def helped(office: Office, person: str, **typed: Any) -> dict[str, Any]:
    """The aid of a new case of a person, as typed."""
    case = saving.save(
        office, Case, {"person": person, "types": "生活救助", "found_on": "2011-07-01"}
    )
    return {"case": case.id, "type": "生活救助", "money": "500", "given_on": "2011-07-20"} | typed


def test_a_unit_of_a_like_name_is_shown_with_its_place_and_headcount(county: Office) -> None:
    keyed(county)

    found = asked(county, enterprise_name="沙湾沫若水泥有限公司", visited_on="2011-07-21")

    assert found.keys() == {"G01"}
    assert "“沙湾区沫若水泥有限责任公司”（沙湾镇，320人）" in found["G01"].sentence
    assert found["G01"].field == "enterprise_name"


def test_a_like_unit_of_the_roster_is_shown(county: Office) -> None:
    assert "“恒宇机械厂”" in asked(county, enterprise_name="乐山市沙湾区恒宇机械厂")["G01"].sentence


def test_a_reason_lets_it_stand_and_is_kept_with_the_record(county: Office) -> None:
    keyed(county)
    other: dict[str, Any] = {"enterprise_name": "沙湾沫若水泥有限公司", "visited_on": "2011-07-21"}
    key = asked(county, **other)["G01"].key

    saved = keyed(county, accept={key: "两家不同的厂"}, **other)

    assert told(saved)["G01"].accepted == "两家不同的厂"
    assert [one.reason for one in saved.state.record.accepted] == ["两家不同的厂"]
    assert len([s for s in saving.listing(county, Enterprise) if "沫若" in s.record.name]) == 2


def test_a_reason_given_for_one_unit_does_not_hold_for_another(county: Office) -> None:
    keyed(county)
    keyed(county, enterprise_name="远大纺织厂", area=JIANONG)
    other: dict[str, Any] = {"enterprise_name": "沙湾沫若水泥有限公司", "visited_on": "2011-07-21"}
    saved = keyed(county, accept={asked(county, **other)["G01"].key: "两家不同的厂"}, **other)

    with pytest.raises(CheckFailed):
        form_saving.save(
            county, Visit, saved.id, {"enterprise_name": "远大纺织有限公司"}, base=saved.state.h
        )


def test_initials_never_become_the_name_of_a_unit_in_silence(county: Office) -> None:
    assert "拼音首字母" in asked(county, enterprise_name="smsn")["G02"].sentence
    assert "G02" in asked(county, Enterprise, name="smsn", area=SHAWAN)


def test_a_new_unit_is_announced_and_asked_for_its_place(county: Office) -> None:
    found = asked(county, area="")
    assert found["G06"].field == "area"

    saved = keyed(county)
    assert told(saved)["G00"].severity is Severity.INFO
    linked = record_of(county, "visit", saved.id).enterprise
    unit = record_of(county, "enterprise", linked)
    assert (unit.name, unit.area) == ("沙湾区沫若水泥有限责任公司", SHAWAN)

    again = keyed(county, visited_on="2011-07-21", area="")
    assert told(again) == {}
    assert "G06" in asked(county, Enterprise, name="福禄砖厂")


def test_the_same_unit_on_the_same_day_is_asked_about(county: Office) -> None:
    first = keyed(county)

    found = asked(county, leaders="李明书")

    assert found.keys() == {"G03"}
    assert first.number in found["G03"].sentence
    assert "王琦" in found["G03"].sentence
    form_saving.save(county, Visit, first.id, {"remarks": "改一下"}, base=first.state.h)


def test_a_headcount_far_from_the_known_one_is_asked_about(county: Office) -> None:
    keyed(county)

    found = asked(county, visited_on="2011-07-21", headcount="32")

    assert found.keys() == {"G07"}
    assert found["G07"].field == "headcount"
    assert "320人" in found["G07"].sentence


@pytest.mark.parametrize("near", ["250", "480", "320"])
def test_a_headcount_near_the_known_one_is_not(county: Office, near: str) -> None:
    keyed(county)
    assert "G07" not in told(keyed(county, visited_on="2011-07-21", headcount=near))


def test_a_wrong_headcount_corrected_asks_nothing(county: Office) -> None:
    wrong = keyed(county, headcount="32")
    form_saving.save(county, Visit, wrong.id, {"headcount": "320"}, base=wrong.state.h)


def test_a_visit_taken_back_asks_nothing_any_more(county: Office) -> None:
    voiding.void(county, Visit, keyed(county).id, "录重了")
    assert told(keyed(county, leaders="李明书")) == {}


def test_more_people_met_than_work_there(county: Office) -> None:
    assert asked(county, workers_met="500")["V07"].field == "workers_met"
    assert told(keyed(county, workers_met="320")).keys() == {"G00"}


def test_another_aid_this_year_to_the_person(county: Office) -> None:
    person = saving.save(county, Person, FARMER).id
    first = keyed(county, Aid, **helped(county, person, given_on="2011-03-01"))

    far = keyed(county, Aid, **helped(county, person))
    assert told(far)["G04"].severity is Severity.NOTE
    near = asked(county, Aid, **helped(county, person, given_on="2011-07-21"))
    assert "刘勇 500元" in near["G04"].sentence
    assert far.number in near["G04"].sentence
    assert first.number in near["G04"].sentence
    assert told(keyed(county, Aid, **helped(county, person, given_on="2010-12-31"))) == {}


@pytest.mark.parametrize(
    "other",
    [
        {"family": [{"name": "刘勇", "relation": "配偶", "resident_id": FARMER["resident_id"]}]},
        {"address": "沙湾镇 石龙村3组21号"},
    ],
    ids=["named in the other file", "at the same address"],
)
def test_another_aid_to_the_household(county: Office, other: dict[str, Any]) -> None:
    farmer = saving.save(county, Person, FARMER | {"address": "沙湾镇石龙村3组21号"})
    wife: dict[str, Any] = {
        "name": "陈芳",
        "resident_id": "511102198001010012",
        "registered_area": SHAWAN,
    }
    mate = saving.save(county, Person, wife | other)
    keyed(county, Aid, **helped(county, farmer.id))

    found = asked(county, Aid, **helped(county, mate.id, given_on="2011-07-21"))

    assert "刘勇 500元" in found["G04"].sentence


def test_a_unit_of_another_levels_roster_or_plan_is_told(city: Office, county: Office) -> None:
    """R37, as 工作安排 promises."""
    unit = next(s for s in saving.listing(county, Enterprise) if s.record.name == "恒宇机械厂")
    plan: dict[str, Any] = {"campaign": "2011-36", "enterprise": unit.id, "planned": "2011-08-01"}
    groups = saving.listing(county, Group)
    ours = next(s for s in groups if unit.id in s.record.enterprises)

    planned = keyed(county, Plan, **plan)
    assert f"市级“{ours.record.name}”的走访单位里有它" in told(planned)["G05"].sentence
    visited = keyed(county, enterprise_name="恒宇机械厂")
    assert told(visited)["G05"].field == "enterprise_name"
    assert "G05" not in told(keyed(city, Plan, **plan))


def test_a_township_beside_is_shown_and_not_asked_about(county: Office, city: Office) -> None:
    """R37 binds the city and the counties; what a township does is only shown."""
    unit = next(s for s in saving.listing(county, Enterprise) if s.record.name == "恒宇机械厂")
    group = {"name": "沙湾镇工作组", "level": "乡镇（街道）", "leaders": "赵主席"}
    saving.save(county, Group, {**group, "campaign": "2011-36", "enterprises": [unit.id]})

    found = told(keyed(county, Plan, campaign="2011-36", enterprise=unit.id))

    assert found["G09"].severity is Severity.INFO
    assert found["G09"].sentence == (
        "别的一级也去：乡镇（街道）“沙湾镇工作组”的走访单位里有它（沙湾-组2011-0001）。"
    )
    assert "G05" in found, "the city's roster is flagged as before"


def test_a_township_is_shown_who_goes_to_its_units(county: Office) -> None:
    unit = next(s for s in saving.listing(county, Enterprise) if s.record.name == "恒宇机械厂")
    group = {"name": "沙湾镇工作组", "level": "乡镇（街道）", "leaders": "赵主席"}
    saved = saving.save(county, Group, {**group, "campaign": "2011-36"})

    found = told(keyed(county, Plan, campaign="2011-36", enterprise=unit.id, group=saved.id))

    assert "G05" not in found
    assert "市级“市总工会第4工作组”的走访单位里有它" in found["G09"].sentence


def worker_of(office: Office, unit: str) -> str:
    """A worker of an enterprise, with a file."""
    return saving.save(office, Person, {**FARMER, "enterprise": unit}).id


def test_workers_met_by_the_other_level_are_told_while_planning_and_keying(
    city: Office, county: Office, tmp_path: Path
) -> None:
    """R37: 走访对象 are enterprises and workers."""
    unit = next(s for s in saving.listing(county, Enterprise) if s.record.name == "恒宇机械厂")
    person = worker_of(county, unit.id)
    saving.save(county, Aid, helped(county, person))
    deliver(county, city, tmp_path / "stick")
    plan: dict[str, Any] = {"campaign": "2011-36", "enterprise": unit.id}

    planned = told(keyed(city, Plan, **plan))["G08"]
    assert planned.sentence.startswith("两级走访、帮扶同一名职工：沙湾区总工会帮扶“刘勇”（")
    assert planned.severity is Severity.NOTE
    visited = told(keyed(city, enterprise_name="恒宇机械厂", area="", visited_on="2011-07-19"))
    assert visited["G08"].field == "enterprise_name"
    case: dict[str, Any] = {"person": person, "types": "生活救助", "found_on": "2011-07-19"}
    assert told(keyed(city, Case, **case))["G08"].field == "person"


def test_workers_of_one_level_are_its_own_matter(county: Office) -> None:
    unit = next(s for s in saving.listing(county, Enterprise) if s.record.name == "恒宇机械厂")
    saving.save(county, Aid, helped(county, worker_of(county, unit.id)))

    assert "G08" not in told(keyed(county, Plan, campaign="2011-36", enterprise=unit.id))


def test_units_made_in_one_transaction_are_compared_with_each_other_too(county: Office) -> None:
    with county.store.write() as connection:
        links = Links(county, connection)
        saving.save_within(county, connection, Visit, FORM, links=links)
        again = FORM | {"enterprise_name": "沫若水泥", "visited_on": "2011-07-19", "area": ""}
        saved = saving.save_within(county, connection, Visit, again, links=links)

    assert told(saved).keys() == {"G00", "G01", "G06"}


def test_an_ordinary_visit_to_a_known_unit_asks_nothing(county: Office) -> None:
    keyed(county)
    assert told(keyed(county, area="", visited_on="2011-07-21")) == {}


def test_a_townships_units_lie_in_the_township_and_count_there(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    township = found_below(city, tmp_path / SHAWAN, SHAWAN, clock, role="township")
    carry(county, enrol(city, township))
    for day, name in enumerate(("福禄砖厂", "远大纺织厂", "沫若水泥厂"), 11):
        keyed(township, enterprise_name=name, area="", visited_on=f"2011-07-{day}")

    units = [s.record for s in saving.listing(township, Enterprise) if s.record.number]
    assert {unit.area for unit in units} == {SHAWAN}
    (row,) = [one for one in coverage(township, "2011-36").figures[2].areas if one.code == SHAWAN]
    assert (row.numerator, row.denominator) == (3, 3)
    township.close()


def test_what_is_open_is_counted_on_the_first_page_and_before_a_report(county: Office) -> None:
    first = keyed(county)
    again = saving.save(county, Visit, FORM | {"leaders": "李明书"})
    key = asked(county, leaders="赵六")["G03"].key
    kept = keyed(county, accept={key: "三个组都去了"}, leaders="赵六")

    (line,) = [one for one in today(county).waiting if one.name == "guards"]
    assert (line.count, line.type, line.record) == (1, Visit.type_name, again.id)
    problems = [one for one in report_check.examine(county) if one.code == "G03"]
    found = {one.id: (one.severity, one.remedy) for one in problems}
    assert found[again.id][0] == "核对"
    assert found[kept.id] == ("已说明", "已写明：三个组都去了")
    assert in_words(reporting_steps.examine(county).account) == "错误 0，提醒 1，已说明 1"

    for one in (first, kept):
        voiding.void(county, Visit, one.id, "录重了")
    assert not [one for one in today(county).waiting if one.name == "guards"]


def test_an_answer_at_the_visit_holds_for_the_unit_it_makes(county: Office) -> None:
    keyed(county)
    other: dict[str, Any] = {"enterprise_name": "沙湾沫若水泥有限公司", "visited_on": "2011-07-21"}
    keyed(county, accept={asked(county, **other)["G01"].key: "两家不同的厂"}, **other)
    assert not [one for one in today(county).waiting if one.name == "guards"]

    saving.save(county, Visit, FORM | {"enterprise_name": "沫若水泥", "visited_on": "2011-07-19"})
    (line,) = [one for one in today(county).waiting if one.name == "guards"]
    assert (line.count, line.page, line.type) == (1, "enterprises", Enterprise.type_name)
