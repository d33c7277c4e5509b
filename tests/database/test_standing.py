"""A rule about a record gives one answer, whether the program or the store is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.campaign.campaign_data import CampaignData, window_of
from app.domain.campaign.joined_units import JoinedUnits, is_missed, is_unvisited, is_visited
from app.domain.campaign.totals import summary
from app.domain.checking import state as rules
from app.domain.checking.signed_paper import CAME, PageThere, Standing, has_come
from app.domain.codes import (
    CASE_STAGE,
    DEMAND_STATE,
    NEWS_STATE,
    VERIFICATION,
    WARNING_LEVEL,
)
from app.domain.merging.link_decisions import Sameness
from app.domain.records import (
    Aid,
    Campaign,
    Case,
    Demand,
    Diary,
    Document,
    Enterprise,
    Hazard,
    Meeting,
    Notice,
    Person,
    Phase,
    Plan,
    Record,
    Visit,
)
from database.books import scanned_pages
from database.books.scanned_pages import ScannedPage
from database.log import revisions
from database.log.revisions import StoredRevision
from database.state import counts, standing, states
from database.state.filters import Filter, live, not_
from database.state.states import State
from database.store.engine import Connection, Store
from tests.engines import new_store

R = TypeVar("R", bound=Record)

TODAY = dt.date(2011, 8, 1)
CAMPAIGN = Campaign(
    code="2011-36",
    starts=dt.date(2011, 6, 1),
    ends=dt.date(2011, 12, 31),
    phases=(Phase(starts=dt.date(2011, 7, 1), ends=dt.date(2011, 7, 31), concentrated=True),),
)
H = "ab" * 32
KEY = bytes(range(32))

days = st.none() | st.dates(dt.date(2011, 5, 1), dt.date(2011, 10, 1)) | st.just(TODAY)
near = days | st.just(TODAY + rules.SOON)
moments = st.none() | st.just(dt.datetime(2011, 7, 20, 9, tzinfo=dt.UTC))
flags = st.none() | st.booleans()
owners = st.sampled_from(("511111", "511112"))


def one_of(codes: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(("", *(code.value for code in codes)))


visits = st.builds(Visit, owner=owners, campaign=st.sampled_from(("2011-36", "2012-01")))
demands = st.builds(
    Demand,
    owner=owners,
    visit=st.sampled_from(("", "visit-0", "visit-1", "visit-9")),
    raised_on=days,
    category=st.sampled_from(("", "work")),
    state=one_of(DEMAND_STATE),
    due=near,
    closed_on=days,
    requested=st.sampled_from(("", "请协调")),
    upper_reply=st.sampled_from(("", "已协调")),
)
cases = st.builds(
    Case,
    owner=owners,
    stage=one_of(CASE_STAGE),
    aided_on=days,
    followed_up_on=days,
    follow_up_due=near,
    closed_on=days,
)
hazards = st.builds(
    Hazard,
    owner=owners,
    level=one_of(WARNING_LEVEL),
    found_at=moments,
    reported_to_party=flags,
    reported_to_union=flags,
    closed_on=days,
)


units = st.sampled_from(("", "enterprise-0", "enterprise-1", "enterprise-2"))
campaigns = st.sampled_from(("2011-36", "2012-01"))
enterprises = st.builds(Enterprise, owner=owners, verification=one_of(VERIFICATION))
seen = st.builds(Visit, owner=owners, campaign=campaigns, enterprise=units)
notices = st.builds(Notice, owner=owners, campaign=campaigns, enterprise=units, source=st.just("v"))
plans = st.builds(Plan, owner=owners, campaign=campaigns, enterprise=units, planned=days)
long_ago = days | st.sampled_from((TODAY - rules.YEAR, TODAY - rules.YEAR - dt.timedelta(1)))
persons = st.builds(Person, owner=owners, filed_on=long_ago, rechecked_on=long_ago)
sums = st.none() | st.sampled_from([Decimal(n) for n in ("0", "20000", "30000.01", "50000.01")])
aids = st.builds(
    Aid,
    owner=owners,
    case=st.sampled_from(("", "case-0", "case-1")),
    person=st.sampled_from(("", "person-0", "person-1")),
    money=sums,
    goods_value=sums,
)


def joins(kind: str) -> st.SearchStrategy[list[tuple[str, str, bool]]]:
    """What was decided of pairs of records."""
    ids = st.sampled_from([f"{kind}-{n}" for n in range(4)])
    return st.lists(st.tuples(ids, ids, st.booleans()), max_size=3)


groups = st.sampled_from(("", "g1", "g2"))
days_seen = st.none() | st.sampled_from((TODAY, TODAY - dt.timedelta(1)))
grouped = st.builds(Visit, owner=owners, group=groups, visited_on=days_seen)
diaries = st.builds(Diary, owner=owners, group=groups, kept_on=days_seen)
meetings = st.builds(Meeting, owner=owners, due=days, done_on=days)
texts = st.sampled_from(("", "一"))
documents = st.builds(
    Document,
    owner=owners,
    kind=st.sampled_from(("research", "news")),
    situation=texts,
    analysis=texts,
    advice=texts,
    measures=texts,
    sections=st.sampled_from(((), ("situation",), ("advice", "measures"))),
    submitted_on=days,
    outcome=one_of(NEWS_STATE),
)

Pairs = list[tuple[Filter, Callable[[R], bool]]]

DEMAND_RULES: Pairs[Demand] = [
    (standing.closed_demands(), rules.is_closed),
    (standing.overdue_demands(TODAY), lambda one: rules.is_overdue(one, TODAY)),
    (standing.demands_waiting_above(), rules.waits_above),
]
CASE_RULES: Pairs[Case] = [
    (standing.closed_cases(), rules.is_closed),
    (standing.cases_to_revisit(), rules.is_to_revisit),
    (standing.revisits_near(TODAY), lambda one: rules.is_revisit_near(one, TODAY)),
]
HAZARD_RULES: Pairs[Hazard] = [
    (standing.open_hazards(), rules.is_open),
    (standing.hazards_to_report(), rules.is_to_report),
    (standing.grave_hazards(), rules.is_grave),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with one revision, to hang states on."""
    path = tmp_path_factory.mktemp("standing") / "store.db"
    opened = new_store(path, KEY)
    with opened.write() as connection:
        row = StoredRevision(1, H, "r-1", "visit", (), "w-1", "2011", "op", "create", b"", "live")
        revisions.append(connection, [row])
    yield opened
    opened.close()


def keep(connection: Connection, record_type: type[R], found: Mapping[str, tuple[R, bool]]) -> None:
    states.put(
        connection,
        record_type,
        [
            State(id, H, "2011-07-21", "op", "w-1", void, record, {}, {})
            for id, (record, void) in found.items()
        ],
    )


def named(record_type: type[R], found: list[tuple[R, bool]]) -> dict[str, tuple[R, bool]]:
    return {f"{record_type.type_name}-{n}": one for n, one in enumerate(found)}


def agree(
    connection: Connection,
    record_type: type[R],
    found: Mapping[str, tuple[R, bool]],
    pairs: Pairs[R],
) -> None:
    for wanted, rule in pairs:
        meant = {id for id, (record, void) in found.items() if not void and rule(record)}
        assert {one.id for one in states.find(connection, record_type, live(), wanted)} == meant
        assert states.count(connection, record_type, live(), wanted) == len(meant)
        others = {id for id, (_, void) in found.items() if not void} - meant
        left = states.find(connection, record_type, live(), not_(wanted))
        assert {one.id for one in left} == others


def figures_agree(
    connection: Connection,
    visits: Mapping[str, tuple[Visit, bool]],
    demands: Mapping[str, tuple[Demand, bool]],
) -> None:
    """首页 counts by the engine, the 汇总表 by the records."""
    ground = CampaignData(
        campaign=CAMPAIGN,
        units={},
        visits={id: one for id, (one, void) in visits.items() if not void},
        demands={id: one for id, (one, void) in demands.items() if not void},
    )
    line = summary(ground).total
    counted = counts.demands(connection, CAMPAIGN.code, window_of(CAMPAIGN), TODAY)
    assert sum(one.raised for one in counted) == line.demands
    assert sum(one.closed for one in counted) == line.closed
    of_campaign = (
        one
        for one in ground.demands.values()
        if ground.belongs(ground.visits.get(one.visit), one.raised_on)
    )
    overdue = sum(rules.is_overdue(one, TODAY) for one in of_campaign)
    assert sum(one.overdue for one in counted) == overdue


def many(one: st.SearchStrategy[R]) -> st.SearchStrategy[list[tuple[R, bool]]]:
    return st.lists(st.tuples(one, st.booleans()), max_size=12)


@given(many(visits), many(demands), many(cases), many(hazards))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_store_and_the_program_say_the_same_of_every_record(
    store: Store,
    visit_list: list[tuple[Visit, bool]],
    demand_list: list[tuple[Demand, bool]],
    case_list: list[tuple[Case, bool]],
    hazard_list: list[tuple[Hazard, bool]],
) -> None:
    visits, demands = named(Visit, visit_list), named(Demand, demand_list)
    cases, hazards = named(Case, case_list), named(Hazard, hazard_list)
    with store.write() as connection:
        states.clear(connection)
        keep(connection, Visit, visits)
        keep(connection, Demand, demands)
        keep(connection, Case, cases)
        keep(connection, Hazard, hazards)
    with store.read() as connection:
        agree(connection, Demand, demands, DEMAND_RULES)
        agree(connection, Case, cases, CASE_RULES)
        agree(connection, Hazard, hazards, HAZARD_RULES)
        figures_agree(connection, visits, demands)


@given(
    many(enterprises),
    many(seen),
    many(plans),
    many(persons),
    many(aids),
    many(notices),
    joins("enterprise"),
    joins("person"),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_other_records_decide_is_the_same_too(  # noqa: PLR0917  (hypothesis gives them)
    store: Store,
    enterprise_list: list[tuple[Enterprise, bool]],
    visit_list: list[tuple[Visit, bool]],
    plan_list: list[tuple[Plan, bool]],
    person_list: list[tuple[Person, bool]],
    aid_list: list[tuple[Aid, bool]],
    notice_list: list[tuple[Notice, bool]],
    one_units: list[tuple[str, str, bool]],
    one_persons: list[tuple[str, str, bool]],
) -> None:
    found = named(Enterprise, enterprise_list)
    here = {key: one.verification for key, (one, void) in found.items() if not void}
    joined = JoinedUnits.made(Sameness(one_units), here)
    same = Sameness(one_persons)
    alike = {one: same.one(one) for pair in same.pairs for one in pair}
    told = [one for one, void in notice_list if not void and one.owner != "511111"]
    cases = named(Case, [(Case(person="person-0"), False), (Case(person="person-1"), True)])
    held = {key: one for key, (one, void) in cases.items() if not void}
    visits = [one for one, void in visit_list if not void]

    def files(person: str) -> set[str]:
        return {person, *(one for one in alike if same.same(one, person))}

    given_out = [one for one, void in aid_list if not void]
    people = named(Person, person_list)
    with store.write() as connection:
        states.clear(connection)
        keep(connection, Enterprise, found)
        keep(connection, Visit, named(Visit, visit_list))
        keep(connection, Plan, named(Plan, plan_list))
        keep(connection, Person, people)
        keep(connection, Aid, named(Aid, aid_list))
        keep(connection, Case, cases)
        keep(connection, Notice, named(Notice, notice_list))
    of_record = {id(one): key for key, (one, _) in (*found.items(), *people.items())}
    enterprise_rules: Pairs[Enterprise] = [
        (standing.unverified_enterprises(), rules.is_unverified),
        (
            standing.unvisited_enterprises(joined),
            lambda one: is_unvisited(of_record[id(one)], one, visits, joined),
        ),
        (
            standing.visited_enterprises(joined, "2011-36"),
            lambda one: is_visited(of_record[id(one)], visits, joined, "2011-36"),
        ),
        (
            standing.unvisited_enterprises(joined, "2011-36"),
            lambda one: is_unvisited(of_record[id(one)], one, visits, joined, "2011-36"),
        ),
    ]
    plan_rules: Pairs[Plan] = [
        (
            standing.missed_plans(TODAY, joined, "511111"),
            lambda one: is_missed(one, [*visits, *told], joined, TODAY),
        ),
    ]
    person_rules: Pairs[Person] = [
        (
            standing.unaided_persons(alike),
            lambda one: rules.is_unaided(files(of_record[id(one)]), given_out, held),
        ),
        (standing.persons_to_recheck(TODAY), lambda one: rules.is_recheck_due(one, TODAY)),
    ]
    aid_rules: Pairs[Aid] = [(standing.large_aids(), rules.is_large)]
    with store.read() as connection:
        agree(connection, Enterprise, found, enterprise_rules)
        agree(connection, Plan, named(Plan, plan_list), plan_rules)
        agree(connection, Person, people, person_rules)
        agree(connection, Aid, named(Aid, aid_list), aid_rules)


@given(many(grouped), many(diaries), many(meetings), many(documents))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_same_is_said_of_logs_meetings_and_documents(
    store: Store,
    visit_list: list[tuple[Visit, bool]],
    diary_list: list[tuple[Diary, bool]],
    meeting_list: list[tuple[Meeting, bool]],
    document_list: list[tuple[Document, bool]],
) -> None:
    kept = [one for one, void in diary_list if not void]
    visits, meetings = named(Visit, visit_list), named(Meeting, meeting_list)
    documents = named(Document, document_list)
    with store.write() as connection:
        states.clear(connection)
        keep(connection, Visit, visits)
        keep(connection, Diary, named(Diary, diary_list))
        keep(connection, Meeting, meetings)
        keep(connection, Document, documents)
    document_rules: Pairs[Document] = [
        (standing.partial_documents(), rules.lacks_parts),
        (standing.submitted_documents(), rules.is_submitted),
        (standing.undecided_documents(), rules.is_undecided),
    ]
    with store.read() as connection:
        agree(
            connection,
            Visit,
            visits,
            [(standing.unlogged_visits(), lambda one: rules.is_unlogged(one, kept))],
        )
        agree(
            connection,
            Meeting,
            meetings,
            [(standing.unfulfilled_meetings(TODAY), lambda one: rules.is_unfulfilled(one, TODAY))],
        )
        agree(connection, Document, documents, document_rules)


def page_of(visit: str, page: int, pages: int, standing: Standing) -> ScannedPage:
    return ScannedPage(
        0, 1, "a.jpg", 1, H, "visit", visit, min(page, pages), pages, standing, "2011-07-21", "op"
    )


scanned = st.builds(
    page_of,
    st.sampled_from(("visit-0", "visit-1")),
    st.integers(0, 3),
    st.sampled_from((0, 1, 2, 3)),
    st.sampled_from(tuple(Standing)),
)


@given(many(seen), st.lists(scanned, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_same_is_said_of_paper_that_came(
    store: Store, visit_list: list[tuple[Visit, bool]], pages: list[ScannedPage]
) -> None:
    visits = named(Visit, visit_list)
    with store.write() as connection:
        states.clear(connection)
        scanned_pages.remove(connection, [one.n for one in scanned_pages.of_run(connection, 1)])
        keep(connection, Visit, visits)
        for page in pages:
            scanned_pages.add(connection, page)
    of_record = {id(one): key for key, (one, _) in visits.items()}

    def came(one: Visit) -> bool:
        those = [page for page in pages if page.record == of_record[id(one)]]
        return has_come([PageThere(p.page, p.pages) for p in those if p.standing in CAME])

    with store.read() as connection:
        agree(connection, Visit, visits, [(standing.signed_paper_came(), came)])
