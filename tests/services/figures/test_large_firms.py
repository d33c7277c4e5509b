"""工会干部走访覆盖 counted by the engine is what every record comes to, whatever was written."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.coverage import cadre_counts, cadre_coverage
from app.domain.campaign.coverage_figures import Item, Standing
from app.domain.campaign.enterprise_groups import Directory
from app.domain.records import Campaign, Enterprise, Link, Plan, Record, Visit
from app.services.figures import large_firms, statistics
from app.services.office.office import Office
from app.services.receiving import package_undo
from app.services.records import campaign_choice, saving, voiding
from app.services.reviewing import pair_decisions
from app.services.todo import campaign_progress
from database.state import states
from database.state.states import State
from database.store.engine import Store
from database.upkeep import migrate
from tests.domain.city import AREAS, CAMPAIGN, UNITS
from tests.services.offices import deliver, save_visit

R = TypeVar("R", bound=Record)
KEY = bytes(range(32))
OWNERS = ("511100", "511111", "511102", "511190", "511111100", "511199", "599999")
IDS = tuple(f"enterprise-{n}" for n in range(6))

owners = st.sampled_from(OWNERS)
areas = st.sampled_from(("", "511111100", "511102103", "Z1", "511111", "599999999"))
days = st.none() | st.dates(dt.date(2011, 7, 1), dt.date(2011, 7, 4))
heads = st.none() | st.sampled_from((0, 199, 200, 1200))
enterprises = st.builds(
    Enterprise,
    owner=owners,
    unit=st.sampled_from(("", *OWNERS)),
    name=st.sampled_from(("甲", "乙")),
    area=areas,
    kind=st.sampled_from(("", "enterprise", "institution", "government")),
    affiliation=st.sampled_from(("", "county", "city")),
    above_scale=st.none() | st.booleans(),
    above_scale_year=st.none() | st.sampled_from((2010, 2011)),
    verification=st.sampled_from(("", "verified", "missing", "duplicate")),
    headcount=heads,
    headcount_on=days,
)
visits = st.builds(
    Visit,
    owner=owners,
    unit=st.sampled_from(("", *OWNERS)),
    campaign=st.sampled_from(("2011-36", "2011-36", "2012-01")),
    enterprise=st.sampled_from(("", *IDS)),
    visited_on=days,
    headcount=heads,
)
void = st.sampled_from((False, False, True))
ids = st.sampled_from(IDS)
links = st.builds(
    Link, kind=st.just("enterprise"), one=ids, other=ids, same=st.none() | st.booleans()
)


near_days = st.sampled_from((dt.date(2011, 7, 1), dt.date(2011, 7, 2)))
plain_firms = st.builds(
    Enterprise,
    owner=st.just("511111"),
    unit=st.just("511111"),
    name=st.sampled_from(("甲", "乙")),
    area=st.just("511111100"),
    headcount=st.sampled_from((199, 200)),
    headcount_on=near_days,
)
near_visits = st.builds(
    Visit,
    owner=st.sampled_from(("511111", "511100")),
    unit=st.just("511111"),
    campaign=st.sampled_from(("2011-36", "2012-01")),
    enterprise=st.sampled_from(IDS[:2]),
    visited_on=near_days,
    headcount=st.sampled_from((None, 199, 200)),
)
"""Two units without a flag: only what was told of them last says whether they are large."""

Made = list[tuple[R, bool]]
"""Records, and whether each is void."""


def many(one: st.SearchStrategy[R], most: int) -> st.SearchStrategy[list[tuple[R, bool]]]:
    """Records, and whether each is void; most are not."""
    return st.lists(st.tuples(one, void), max_size=most)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("large") / "store.db"
    migrate.upgrade(path, KEY)
    opened = Store(path, KEY)
    yield opened
    opened.close()


def kept(store: Store, record_type: type[R], found: list[tuple[R, bool]]) -> Mapping[str, R]:
    """Put them into the store; those that are not void by id."""
    named = {f"{record_type.type_name}-{n}": one for n, one in enumerate(found)}
    with store.write() as connection:
        made = [
            State(id, "ab" * 32, "2011-07-21", "op", "w-1", void, record, {}, {})
            for id, (record, void) in named.items()
        ]
        states.put(connection, record_type, made)
    return {id: record for id, (record, void) in named.items() if not void}


def told(ground: CampaignData, item: Item) -> tuple[Any, ...]:
    first = ground.visits[item.visits[0]].visited_on if item.visits else None
    return item.unit, item.area, item.standing, first


def hold_against_the_records(
    store: Store,
    records: tuple[Made[Enterprise], Made[Visit], Made[Link]],
    *,
    apart: list[str],
    limit: int | None,
    with_city: bool,
) -> None:
    """What the engine counts is what all records come to, one by one."""
    firms, seen, decided = records
    with store.write() as connection:
        states.clear(connection)
    here, been = kept(store, Enterprise, firms), kept(store, Visit, seen)
    joined = kept(store, Link, decided)
    campaign = Campaign(
        code=CAMPAIGN.code,
        starts=CAMPAIGN.starts,
        ends=CAMPAIGN.ends,
        headcount_threshold=limit,
    )
    units = {id: unit for id, unit in UNITS.items() if with_city or unit.kind != "city"}
    known: Any = {"campaign": campaign, "units": units, "areas": AREAS, "links": joined}
    owner_of = {id: one.owner for id, one in (*here.items(), *been.items())}
    whole = CampaignData(**known, enterprises=here, visits=been, owner_of=owner_of)
    figure = cadre_coverage(Directory(whole))
    with store.read() as connection:
        counted = large_firms.large_firms(connection, CampaignData(**known), apart)
    alike = counted.alike
    numbers = cadre_counts(whole, alike)
    assert (numbers.count, numbers.rows) == (figure.count, figure.rows)
    expected = Counter(told(whole, item) for item in figure.items)
    found: Counter[tuple[Any, ...]] = Counter()
    for one in alike:
        found[one.unit, one.area, one.standing, one.first] += one.times
    assert found == Counter({k: n for k, n in expected.items() if k[2] is not Standing.LEFT_OUT})
    singly = {record for item in counted.singly for record in item.records}
    assert singly >= {
        record
        for item in figure.covered + figure.uncovered + figure.unknown
        for record in item.records
        if record in apart
    }


@given(
    st.lists(st.tuples(enterprises, void), min_size=4, max_size=6),
    many(visits, 14),
    many(links, 4),
    st.lists(ids, max_size=2),
    st.sampled_from((None, 200)),
    st.booleans(),
)
@settings(deadline=None, max_examples=150)
def test_counted_by_the_engine_and_by_the_records(  # noqa: PLR0917  (hypothesis gives them)
    store: Store,
    firms: Made[Enterprise],
    seen: Made[Visit],
    decided: Made[Link],
    apart: list[str],
    limit: int | None,
    with_city: bool,
) -> None:
    records = firms, seen, decided
    hold_against_the_records(store, records, apart=apart, limit=limit, with_city=with_city)


@given(
    st.lists(st.tuples(plain_firms, st.just(False)), min_size=2, max_size=2),
    st.lists(st.tuples(near_visits, void), min_size=3, max_size=8),
)
@settings(deadline=None, max_examples=100)
def test_the_newest_headcount_and_the_first_visit_count(
    store: Store, firms: Made[Enterprise], seen: Made[Visit]
) -> None:
    hold_against_the_records(store, (firms, seen, []), apart=[], limit=200, with_city=True)


def agree(office: Office) -> None:
    """The first figures, 首页 and the whole say one thing, of the campaign chosen."""
    home = campaign_progress.headway(office)
    whole = statistics.statistics(office, home.campaign)
    look = statistics.first_look(office, home.campaign)
    (cadres,) = [one for one in whole.figures if one.code == "cadres"]
    if look is not None:
        (figure,) = look.figures
        assert not figure.listed
        assert (figure.total, figure.rows) == (cadres.total, cadres.rows)
        assert (look.weeks, look.categories) == (whole.weeks, whole.categories)
        _, workers, _, _, demands, closed, persons, money, _ = (
            whole.table.distinct or whole.table.total
        ).values
        assert home.visited == (whole.table.distinct or whole.table.total).values[0]
        assert (home.workers, home.demands, home.closed) == (workers, demands, closed)
        assert (home.persons, home.money) == (persons, money)
    assert (home.covered, home.wanted) == (cadres.total.numerator, cadres.total.denominator)
    assert home.unknown == cadres.total.unknown


def test_whatever_happens_the_first_figures_are_those_of_a_recount(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    def large(office: Office, name: str, **typed: object) -> str:
        body = {"name": name, "above_scale": "是", "headcount": 300, **typed}
        return saving.save(office, Enterprise, body).id

    shared = large(county, "嘉农电站", area="嘉农镇")
    their = large(second_county, "嘉农镇电站")
    visit = save_visit(county, enterprise_name="嘉农电站", workers_met=3)
    save_visit(county, enterprise_name="沙湾小厂", headcount=199)
    save_visit(second_county, enterprise_name="嘉农镇电站", visited_on="2011-07-19")
    agree(county)
    deliver(county, city, tmp_path / "a")
    agree(city)
    *_, second = deliver(second_county, city, tmp_path / "b")
    agree(city)

    own = large(city, "市属化工厂", affiliation="市属")
    save_visit(city, enterprise_name="市属化工厂", headcount=150)
    agree(city)
    pair = pair_decisions.link(city, Enterprise, shared, their, same=True, reason="电话核实")
    agree(city)
    saving.save(city, Plan, {"enterprise": own, "planned": "2011-09-01", "campaign": "2011-36"})
    agree(city)

    package_undo.undo(city, second.package)
    agree(city)
    package_undo.merge_again(city, second.package)
    agree(city)
    voiding.void(city, Link, pair.id, "弄错了")
    agree(city)

    saving.save(county, Visit, {"headcount": 900}, record=visit.id)
    voiding.void(county, Enterprise, shared, "录重了")
    agree(county)
    deliver(county, city, tmp_path / "c")
    agree(city)
    campaign_choice.choose(city, "2012-55")
    agree(city)
