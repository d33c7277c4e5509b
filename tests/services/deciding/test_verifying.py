"""A ready-made list is worked through, and what was registered twice becomes one."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Enterprise, Link
from app.services.deciding import doubles, to_verify, verifying
from app.services.figures import coverage, possible_doubles
from app.services.lists import lookups, record_history, timelines
from app.services.office.office import Office
from app.services.records import saving
from app.services.todo import today
from tests.services.offices import COUNTY, SetClock, deliver, record_of, save_visit


def preset(office: Office, name: str, **typed: object) -> str:
    base = {"name": name, "kind": "企业", "area": "沙湾镇", "verification": "预置"}
    return saving.save(office, Enterprise, base | typed).id


def unit(office: Office, record: str) -> Enterprise:
    found = record_of(office, Enterprise.type_name, record)
    assert isinstance(found, Enterprise)
    return found


def names(entries: tuple[to_verify.Entry, ...]) -> list[str]:
    return [entry.name for entry in entries]


def test_a_list_is_worked_through_with_who_and_when(county: Office, clock: SetClock) -> None:
    there = preset(county, "沙湾水泥厂")
    closed = preset(county, "葫芦砖厂")
    preset(county, "嘉农电站", area="嘉农镇")
    saving.save(county, Enterprise, {"name": "没写过的", "area": "嘉农镇"})

    before = to_verify.work(county)
    assert len(before.waiting) == 4
    assert [one.area for one in before.waiting] == ["嘉农镇", "嘉农镇", "沙湾镇", "沙湾镇"]
    clock.set(2011, 7, 25)
    assert verifying.verify(county, there).words == "“沙湾水泥厂”：已核实。"
    clock.set(2011, 7, 26)
    verifying.declare_gone(county, closed, "closed")

    after = to_verify.work(county)
    assert names(after.done) == ["葫芦砖厂", "沙湾水泥厂"]
    assert (after.done[0].by, after.done[0].on) == ("李经办", "2011-07-26")
    assert dict(after.counts) == {"preset": 2, "verified": 1, "missing": 1}
    assert to_verify.look(county, closed).how == "注销"
    assert record_history.told(county, Enterprise, closed)[0].why == "名录核实：注销"

    verifying.take_back(county, closed)
    assert unit(county, closed).verification == "preset"
    assert unit(county, closed).verified_by == ""
    assert names(to_verify.work(county).done) == ["沙湾水泥厂"]
    with pytest.raises(UserError, match="不是在这里核实的"):
        verifying.take_back(county, closed)


def test_what_was_changed_since_stays_when_a_word_is_taken_back(county: Office) -> None:
    there = preset(county, "沙湾水泥厂")
    verifying.verify(county, there)
    saving.save(county, Enterprise, {"headcount": 300}, record=there)
    verifying.take_back(county, there)
    assert (unit(county, there).verification, unit(county, there).headcount) == ("preset", 300)


def test_the_card_names_what_may_be_the_same(county: Office) -> None:
    kept = preset(county, "沫江电子厂", headcount=300)
    coded = preset(county, "沫若水泥", uscc="91350100M000100Y43", area="嘉农镇")
    twice = preset(county, "沫江电子有限公司", headcount=280)
    saving.save(county, Enterprise, {"uscc": "91350100M000100Y43"}, record=twice)
    card = to_verify.look(county, twice)
    assert card.entry.area == "沙湾镇"
    assert to_verify.Fact("职工人数", "280人") in card.facts
    assert [one.id for one in card.others] == [coded, kept]
    assert card.others[0].why == "信用代码相同"
    assert card.others[1].words == "沙湾镇，300 人"


def test_two_entries_become_one_and_nothing_is_lost(county: Office) -> None:
    kept = preset(county, "沙湾水泥厂", headcount=300, verification="已核实")
    twice = preset(county, "沙湾水泥公司", industry="水泥", headcount=280)
    first = save_visit(county, enterprise_name="沙湾水泥厂")
    second = save_visit(county, enterprise_name="沙湾水泥公司", visited_on="2011-07-19")

    assert verifying.join(county, twice, kept).words == "“沙湾水泥公司”并入“沙湾水泥厂”。"
    assert (unit(county, twice).verification, unit(county, twice).verified_by) == (
        "duplicate",
        "李经办",
    )
    assert unit(county, kept).industry == "30"
    assert unit(county, kept).headcount == 1250
    assert unit(county, kept).aliases == ("沙湾水泥公司",)
    assert to_verify.look(county, twice).how == "并入“沙湾水泥厂”"

    assert record_of(county, "visit", second.id).enterprise == twice
    around = timelines.timeline(county, Enterprise, kept).events
    assert {event.record for event in around} >= {first.id, second.id}
    assert to_verify.look(county, kept).visits == 2
    assert doubles.decided(county) == [], "it is taken back where it was decided"
    cadres = coverage.coverage(county, "2011-36").figures[0]
    (item,) = [item for item in cadres.items if item.id == kept]
    assert len(item.visits) == 2
    assert twice not in {item.id for item in cadres.items}


def test_what_is_new_goes_to_the_one_that_goes_on(county: Office) -> None:
    kept, twice = preset(county, "沙湾水泥厂"), preset(county, "沙湾水泥公司")
    verifying.join(county, twice, kept)
    by_name = save_visit(county, enterprise_name="沙湾水泥公司")
    picked = save_visit(county, enterprise_name="", enterprise=twice, visited_on="2011-07-18")
    assert [record_of(county, "visit", one.id).enterprise for one in (by_name, picked)] == [
        kept,
        kept,
    ]
    assert record_of(county, "visit", by_name.id).enterprise_name == "沙湾水泥公司"
    assert [one.key for one in lookups.found(county, Enterprise, "沙湾水泥公司")] == [kept]


def test_a_joining_is_taken_back_whole(county: Office) -> None:
    kept = preset(county, "沙湾水泥厂", address="南街1号")
    twice = preset(county, "沙湾水泥公司", industry="水泥", key="是")
    before = unit(county, kept), unit(county, twice)
    verifying.join(county, twice, kept)
    saving.save(county, Enterprise, {"key": "否"}, record=kept)
    verifying.take_back(county, twice)

    assert unit(county, twice) == before[1]
    assert unit(county, kept).key is False
    assert (unit(county, kept).industry, unit(county, kept).aliases) == ("", ())
    assert not saving.listing(county, Link)
    assert len(to_verify.work(county).waiting) == 2


def test_what_cannot_be_joined_is_said(county: Office, city: Office) -> None:
    kept, gone = preset(county, "沙湾水泥厂"), preset(county, "葫芦砖厂")
    verifying.declare_gone(county, gone, "moved")
    with pytest.raises(UserError, match="同一条"):
        verifying.join(county, kept, kept)
    with pytest.raises(UserError, match="不能并入它"):
        verifying.join(county, kept, gone)
    third = preset(county, "沙湾水泥公司")
    verifying.join(county, third, kept)
    with pytest.raises(UserError, match="同一条"):
        verifying.join(county, kept, third)


def test_the_city_counts_one_and_is_not_asked(city: Office, county: Office, tmp_path: Path) -> None:
    kept = preset(county, "沙湾水泥厂", above_scale="是")
    twice = preset(county, "沙湾水泥二厂", above_scale="是")
    save_visit(county, enterprise_name="沙湾水泥二厂")
    verifying.join(county, twice, kept)
    deliver(county, city, tmp_path / "first")

    (row,) = [
        row for row in coverage.coverage(city, "2011-36").figures[0].rows if row.code == COUNTY
    ]
    assert (row.numerator, row.denominator) == (1, 1)
    asked = possible_doubles.duplicates(city).open
    assert not [pair for pair in asked if {pair.one.id, pair.other.id} == {kept, twice}]

    verifying.take_back(county, twice)
    deliver(county, city, tmp_path / "second")
    (row,) = [
        row for row in coverage.coverage(city, "2011-36").figures[0].rows if row.code == COUNTY
    ]
    assert (row.numerator, row.denominator) == (1, 2)


def test_what_is_not_checked_yet_stands_on_the_first_page(county: Office) -> None:
    first = preset(county, "沙湾水泥厂")
    preset(county, "葫芦砖厂")

    def waiting() -> dict[str, int]:
        return {one.name: one.count for one in today.today(county).waiting}

    assert waiting()["verify"] == 2
    verifying.verify(county, first)
    assert waiting()["verify"] == 1


def test_a_unit_called_a_duplicate_from_both_sides_is_there_all_the_same(county: Office) -> None:
    """As when two computers of one office join the same pair, each the other way round."""
    one, other = preset(county, "沙湾水泥厂", above_scale="是"), preset(county, "沙湾水泥公司")
    verifying.join(county, other, one)
    saving.save(county, Enterprise, {"verification": "重复"}, record=one)
    save_visit(county, enterprise_name="沙湾水泥公司")
    cadres = coverage.coverage(county, "2011-36").figures[0]
    (item,) = [item for item in cadres.items if item.id in (one, other)]
    assert (item.standing, len(item.visits)) == ("已覆盖", 1)
    assert len(lookups.found(county, Enterprise, "沙湾水泥")) == 1
