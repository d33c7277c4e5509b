"""The lists behind the figures of 首页, of the pictures, of 领导带队 and of places."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.records import Demand, Enterprise, Leader, Plan, Visit
from app.services.figures import leaders_behind, leaders_share, statistics
from app.services.figures.coverage_behind import AREAS, uncounted, units_of_places
from app.services.figures.leaders_behind import Number
from app.services.figures.pictures_behind import behind_category, behind_week
from app.services.figures.totals_behind import Found
from app.services.lists import table_query
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.records import saving, voiding
from app.services.todo import progress_behind
from app.services.todo.campaign_progress import headway
from database.state import states
from tests.services.figures.test_leaders_share import leadership, visits
from tests.services.figures.test_statistics import a_year, save_enterprise
from tests.services.offices import SetClock, deliver, save_visit

Home = progress_behind.Number


def listed(office: Office, found: Found) -> int:
    record_type, chip = found
    return len(table_query.listed(office, TableQuery(record_type, chips=(chip,))).ids)


def plan(office: Office, enterprise: str, day: str) -> None:
    body = {"enterprise": enterprise, "planned": day, "campaign": "2011-36"}
    saving.save(office, Plan, body)


@pytest.fixture
def season(county: Office, clock: SetClock) -> Office:
    """A year, with visits that name no unit, in two months, and one demand more that is closed."""
    a_year(county)
    clock.set(2011, 8, 20)
    firm = save_enterprise(county, "第三厂", area="嘉农镇")
    save_visit(county, enterprise=firm, enterprise_name="第三厂", visited_on="2011-08-02")
    told = {"category": "生活", "content": "修路", "raised_on": "2011-08-02", "state": "已办结"}
    saving.save(county, Demand, told | {"closed_on": "2011-08-10", "reply": "修好了"})
    return county


def test_behind_every_figure_of_the_first_page_there_are_just_as_many(
    season: Office, city: Office, tmp_path: Path
) -> None:
    deliver(season, city, tmp_path / "stick")
    for office in (season, city):
        seen = headway(office)
        expected = {
            Home.VISITED: seen.visited,
            Home.DEMANDS: seen.demands,
            Home.PERSONS: seen.persons,
        }
        assert all(expected.values())
        for number, count in expected.items():
            assert listed(office, progress_behind.behind(office, seen, number)) == count, number
        found = progress_behind.behind(office, seen, Home.WORKERS)
        assert found[0] is Visit
        assert listed(office, found) == 2


def test_what_is_counted_and_has_no_line_is_said(season: Office) -> None:
    """A unit that is gone from 单位名录 was visited all the same."""
    voiding.void(season, Enterprise, _firm(season, "第三厂"), "录重了")
    seen = headway(season)
    record_type, chip = progress_behind.behind(season, seen, Home.VISITED)
    assert (record_type, seen.visited, len(chip.values)) == (Enterprise, 2, 1)
    assert chip.shown == "走访单位（另有 1 户不在单位名录里）"


def test_behind_every_month_there_are_just_as_many(season: Office) -> None:
    seen = headway(season)
    assert [month.covered for month in seen.months][:2] == [1, 2]
    for place, month in enumerate(seen.months):
        found = progress_behind.behind_month(season, seen, place, due=False)
        if month.covered is not None:
            assert listed(season, found) == month.covered
    assert not seen.planned
    evenly = progress_behind.behind_month(season, seen, 0, due=True)
    assert listed(season, evenly) == seen.wanted
    assert "没有定到哪一户" in evenly[1].shown


def test_behind_what_is_planned_by_a_month_there_are_just_as_many(season: Office) -> None:
    for enterprise, day in zip(_firms(season), ("2011-07-20", "2011-08-25"), strict=False):
        plan(season, enterprise, day)
    seen = headway(season)
    assert seen.planned
    for place, month in enumerate(seen.months):
        found = progress_behind.behind_month(season, seen, place, due=True)
        assert listed(season, found) == month.due, month


def test_behind_every_bar_and_point_there_are_just_as_many(season: Office) -> None:
    for enterprise, day in zip(_firms(season), ("2011-07-20", "2011-08-25"), strict=False):
        plan(season, enterprise, day)
    seen = statistics.statistics(season)
    assert sum(one.planned for one in seen.weeks) == 2
    for week in seen.weeks:
        found = behind_week(season, seen.campaign, week.monday)
        assert listed(season, found) == (week.visits or 0)
        found = behind_week(season, seen.campaign, week.monday, planned=True)
        assert listed(season, found) == week.planned
    assert sum(one.closed for one in seen.categories) == 1
    for one in seen.categories:
        assert listed(season, behind_category(season, seen.campaign, one)) == one.raised
        closed = behind_category(season, None, one, closed=True)
        assert listed(season, closed) == one.closed


def test_behind_every_number_of_the_leadership_there_are_just_as_many(county: Office) -> None:
    leadership(county)
    visits(county)
    save_visit(county, leaders="李明书", visited_on="2011-07-16", led_by_chief="否")
    seen = leaders_share.look(county)
    (one,) = seen.offices
    expected = {
        Number.MEMBERS: (Leader, len(one.members)),
        Number.TOOK_PART: (Leader, one.took_part),
        Number.VISITS: (Visit, one.visits),
        Number.BY_CHIEF: (Visit, one.by_chief),
    }
    for number, (record_type, count) in expected.items():
        found = leaders_behind.behind(county, seen, one, number)
        assert found[0] is record_type
        assert listed(county, found) == count > 0, number
    for member in one.members:
        found = leaders_behind.behind_member(county, seen, one, member.id)
        assert listed(county, found) == member.visits


def test_the_city_opens_what_a_county_led(city: Office, county: Office, tmp_path: Path) -> None:
    leadership(county)
    visits(county)
    deliver(county, city, tmp_path / "stick")
    seen = leaders_share.look(city)
    for one in seen.offices:
        for number, count in ((Number.VISITS, one.visits), (Number.BY_CHIEF, one.by_chief)):
            assert listed(city, leaders_behind.behind(city, seen, one, number)) == count


def test_visits_that_are_not_counted_are_listed(season: Office) -> None:
    voiding.void(season, Enterprise, _firm(season, "第三厂"), "录重了")
    seen = statistics.statistics(season)
    lost = [one for one in seen.figures if one.uncounted]
    assert lost
    for one in lost:
        assert listed(season, (Visit, uncounted(one))) == len(one.unplaced) == 1


def test_of_places_to_be_reached_the_units_there_are_listed(season: Office) -> None:
    seen = statistics.statistics(season)
    areas = next(one for one in seen.figures if one.code == AREAS)
    rows = ((None, areas.total), *((one.code, one) for one in areas.rows))
    for code, row in rows:
        chip = units_of_places(areas, code, by_unit=seen.by_unit)
        assert len(chip.values) == row.denominator, "so many places"
    assert listed(season, (Enterprise, units_of_places(areas, None, by_unit=True))) == 3


def _firms(office: Office) -> tuple[str, ...]:
    return tuple(table_query.listed(office, TableQuery(Enterprise)).ids)


def _firm(office: Office, name: str) -> str:
    with office.store.read() as connection:
        return next(
            one.id for one in states.find(connection, Enterprise) if one.record.name == name
        )
