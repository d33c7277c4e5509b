"""考评 of the city and of a county: rubric, points, figures, appeals, places, 定稿 (R43, R47)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Document, Evaluation
from app.services.evaluating import evaluations
from app.services.evaluating.evaluation_seen import listed, seen
from app.services.evaluating.evaluations import Objection
from app.services.office.office import Office
from app.services.records import saving
from app.services.records.checked_body import CheckFailed
from tests.services.offices import COUNTY, SECOND_COUNTY, SetClock, deliver, save_visit

CRITERIA = [
    {"name": "走访单位", "points": "30", "basis": "走访单位数", "full_at": "2"},
    {"name": "采用信息", "points": "20", "basis": "news", "full_at": "4"},
    {"name": "工作创新", "points": "15"},
]


def begun(office: Office, **typed: object) -> str:
    body = {
        "title": "走访活动考评",
        "as_of": "2011-12-20",
        "campaign": "2011-36",
        "criteria": CRITERIA,
    }
    return saving.save(office, Evaluation, {**body, **typed}).id


def ids(office: Office, key: str) -> list[str]:
    return [one.id for one in seen(office, key).record.criteria]


@pytest.fixture
def year(city: Office, county: Office, clock: SetClock, tmp_path: Path) -> None:
    """One county visited one unit and had one piece of 信息 adopted; the city knows both."""
    save_visit(county)
    saving.save(
        county,
        Document,
        {
            "kind": "news",
            "title": "走访进车间",
            "dated": "2011-08-01",
            "campaign": "2011-36",
            "outcome": "adopted",
        },
    )
    deliver(county, city, tmp_path / "stick")
    clock.set(2011, 12, 20)


def test_nothing_is_scored_and_no_weight_is_there_until_the_office_gives_one(city: Office) -> None:
    found = seen(city, begun(city, criteria=[]))
    assert found.full == 0
    assert found.counts == {}
    assert len(found.units) == 11, "the county unions, unless other kinds are chosen"
    assert {one.place for one in found.places} == {1}


def test_the_city_chooses_other_kinds_of_units(city: Office) -> None:
    found = seen(city, begun(city, kinds=["县（市、区）总工会", "高新区工会"]))
    assert len(found.units) > 11


@pytest.mark.usefixtures("year")
def test_points_follow_the_figures_and_say_which(city: Office) -> None:
    key = begun(city)
    done = evaluations.compute(city, key)
    assert (done.given, done.without) == (22, 0)
    visits, news, _ = ids(city, key)
    found = seen(city, key)
    score = found.score((COUNTY, visits))
    assert score is not None
    assert (score.points, score.figure, score.by) == ("15.00", "1", "由数计算")
    told = found.score((COUNTY, news))
    assert told is not None
    assert (told.points, told.figure) == ("5.00", "1")
    assert found.places[0].unit == COUNTY
    assert (found.places[0].total, found.places[0].open) == (Decimal(20), 1)
    assert {one.place for one in found.places[1:]} == {2}


@pytest.mark.usefixtures("year")
def test_a_person_gives_points_with_evidence_and_too_many_are_refused(city: Office) -> None:
    key = begun(city)
    own = ids(city, key)[2]
    evaluations.give(city, key, (COUNTY, own), "12.5", "建立了联系点制度")
    score = seen(city, key).score((COUNTY, own))
    assert score is not None
    assert (score.points, score.evidence, score.by) == ("12.50", "建立了联系点制度", "市经办")
    with pytest.raises(CheckFailed) as refused:
        evaluations.give(city, key, (COUNTY, own), "15.01", "")
    assert [one.code for one in refused.value.findings] == ["E01"]
    evaluations.give(city, key, (COUNTY, own), "", "")
    assert seen(city, key).score((COUNTY, own)) is None
    with pytest.raises(UserError) as unknown:
        evaluations.give(city, key, ("999999", own), "1", "")
    assert unknown.value.code == "NO_CELL"


@pytest.mark.usefixtures("year")
def test_an_appeal_corrects_a_cell_and_computing_again_does_not_undo_it(city: Office) -> None:
    key = begun(city)
    evaluations.compute(city, key)
    cell = (SECOND_COUNTY, ids(city, key)[0])
    evaluations.appeal(city, key, cell, Objection("还有一次走访没有录", "已核实纸质表", "15"))
    evaluations.appeal(city, key, cell, Objection("还应再加", "没有依据，不改"))
    evaluations.compute(city, key)
    found = seen(city, key)
    assert found.counts[cell] == 15
    assert [one.points for one in found.appeals(cell)] == ["15.00", None]
    with pytest.raises(CheckFailed):
        evaluations.appeal(city, key, cell, Objection("再加", "", "16"))


@pytest.mark.usefixtures("year")
def test_once_issued_nothing_changes_and_later_figures_are_told(
    city: Office, county: Office, tmp_path: Path
) -> None:
    key = begun(city)
    with pytest.raises(UserError) as early:
        evaluations.issue(city, key)
    assert early.value.code == "NOTHING_SCORED"
    evaluations.compute(city, key)
    evaluations.issue(city, key)
    found = seen(city, key)
    assert found.issue_words == "定稿 2011-12-20 市经办"
    assert found.record.standings[0].name == "沙湾区总工会"
    cell = (COUNTY, ids(city, key)[0])
    for change in (
        lambda: evaluations.give(city, key, cell, "1", ""),
        lambda: evaluations.compute(city, key),
        lambda: evaluations.issue(city, key),
        lambda: evaluations.appeal(city, key, cell, Objection("晚了", "晚了")),
        lambda: saving.save(city, Evaluation, {"title": "另一个名称"}, record=key),
    ):
        with pytest.raises(UserError) as late:
            change()
        assert "定稿" in str(late.value)
    evaluations.commend(city, key, [COUNTY])
    assert seen(city, key).record.commended == (COUNTY,)
    assert evaluations.differing(city, key) == ()
    save_visit(county, enterprise_name="乐山恒宇机械厂", headcount=60, workers_met=20)
    deliver(county, city, tmp_path / "later")
    (one,) = evaluations.differing(city, key)
    assert (one.unit, one.then, one.now) == (COUNTY, "1", "2")
    assert seen(city, key).places[0].total == 20


def test_next_years_begins_with_the_rubric_of_the_last(city: Office) -> None:
    with pytest.raises(UserError) as none:
        evaluations.like_last(city, "2012-55", "2012年考评")
    assert none.value.code == "NO_LAST"
    key = begun(city)
    evaluations.give(city, key, (COUNTY, ids(city, key)[2]), "3", "")
    made = evaluations.like_last(city, "2012-55", "2012年考评").id
    found = seen(city, made).record
    assert [(one.name, one.points) for one in found.criteria] == [
        ("走访单位", "30.00"), ("采用信息", "20.00"), ("工作创新", "15.00"),
    ]  # fmt: skip
    assert found.scores == ()
    assert [one.id for one in listed(city, "2012-55")] == [made]
    assert {one.id for one in listed(city)} == {made, key}


def test_a_county_scores_its_townships(county: Office, clock: SetClock) -> None:
    save_visit(county)
    clock.set(2011, 12, 20)
    key = begun(county)
    found = seen(county, key)
    assert len(found.units) > 1
    assert all(code.startswith("511111") for code in found.units)
    done = evaluations.compute(county, key)
    assert done.given
