"""What a clerk of the other desk decides at the same time is seen, never written over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.kernel.errors import UserError
from app.domain.records import TYPES, Person, Review, Visit
from app.services.deciding import doubles
from app.services.figures import dues, possible_doubles, reminders
from app.services.figures.dues import Paper
from app.services.office.office import Office, open_office
from app.services.people import operators
from app.services.receiving import package_records
from app.services.records import saving
from app.services.reviewing import reviews, several
from app.services.reviewing.reviews import Correction
from tests.services.offices import CHEAP, PASSPHRASE, SECOND_COUNTY, SetClock, deliver, save_visit

OTHER = "battery staple"
CAMPAIGN = "2011-36"


@pytest.fixture
def other_desk(city: Office, clock: SetClock) -> Iterator[Office]:
    """付志勇 at the command line beside the open window: the same store, opened again."""
    operators.add(city, PASSPHRASE, "付志勇", OTHER, duties=("clerk", "leader"), cost=CHEAP)
    office = open_office(city.folder.root, OTHER, operator="付志勇", clock=clock)
    yield office
    office.close()


def stale(action: Callable[[], Any]) -> str:
    with pytest.raises(UserError) as caught:
        action()
    assert caught.value.code == "STALE"
    return str(caught.value)


def base_of(office: Office, visit: str) -> int:
    return package_records.sheet(office, Visit, visit).base


def test_a_word_on_top_of_an_unseen_one_is_refused_and_told(
    city: Office, county: Office, other_desk: Office, clock: SetClock, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    seen = base_of(city, visit.id)
    clock.set(2011, 7, 21, 10, 32)
    reviews.send_back(other_desk, Visit, visit.id, {"headcount": "请核对"})
    said = stale(lambda: reviews.accept(city, Visit, visit.id, base=seen))
    assert said == (
        f"付志勇（7月21日 10:32）对“{visit.number}”写了“退回”，您的没有写入。请看过最新内容再决定。"
    )
    told = {"headcount": Correction(1300, "王主席", dt.date(2011, 7, 21))}
    stale(lambda: reviews.propose(city, Visit, visit.id, told, base=seen))
    stale(lambda: reviews.send_back(city, Visit, visit.id, {"leaders": "谁？"}, base=seen))
    assert [one.record.verdict for one in saving.listing(city, Review)] == ["return"]
    reviews.accept(city, Visit, visit.id, base=base_of(city, visit.id))


def test_what_was_taken_back_or_came_anew_counts_as_unseen_too(
    city: Office, county: Office, other_desk: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    spoken = several.accept_several(other_desk, [("visit", visit.id)])
    seen = base_of(city, visit.id)
    several.take_back(other_desk, spoken)
    assert "付志勇" in stale(lambda: reviews.accept(city, Visit, visit.id, base=seen))
    seen = base_of(city, visit.id)
    saving.save(county, Visit, {"headcount": 1300}, record=visit.id)
    deliver(county, city, tmp_path / "again")
    assert "收到了新的内容" in stale(lambda: reviews.accept(city, Visit, visit.id, base=seen))


def test_ones_own_words_and_those_about_others_do_not_stand_in_the_way(
    city: Office, county: Office, other_desk: Office, tmp_path: Path
) -> None:
    visit, beside = save_visit(county), save_visit(county, enterprise_name="另一家")
    deliver(county, city, tmp_path / "up")
    seen = base_of(city, visit.id)
    reviews.accept(other_desk, Visit, beside.id)
    reviews.send_back(city, Visit, visit.id, {"headcount": "请核对"}, base=seen)
    reviews.send_back(city, Visit, visit.id, {"leaders": "还有谁？"}, base=seen)


def test_several_are_refused_together(
    city: Office, county: Office, other_desk: Office, tmp_path: Path
) -> None:
    ids = [save_visit(county, enterprise_name=f"第{n}厂").id for n in range(4)]
    *_, account = deliver(county, city, tmp_path / "up")
    seen = several.outlook(city, account.package)
    for one in ids[:2]:
        reviews.accept(other_desk, Visit, one)
    said = stale(lambda: several.accept_several(city, seen.to_pass, base=seen.base))
    assert "等 2 条，一条也没有写" in said
    stale(lambda: several.return_several(city, seen.to_pass, "请核对", base=seen.base))
    assert len(saving.listing(city, Review)) == 2


def test_a_pair_that_was_decided_meanwhile_is_refused(
    city: Office, county: Office, second_county: Office, other_desk: Office, tmp_path: Path
) -> None:
    one = {"name": "沈大山", "resident_id": "110101199003077774", "consent_on": "2011-07-01"}
    for office in (county, second_county):
        saving.save(office, Person, one)
        deliver(office, city, tmp_path / office.identity.station)
    (pair,) = possible_doubles.duplicates(city).open
    decided = doubles.decide(other_desk, [pair], same=False)
    said = stale(lambda: doubles.decide(city, [pair], same=True))
    assert said.startswith("付志勇（7月21日 09:00）已认定")
    assert "不是同一个" in said
    doubles.take_back(city, decided.links)
    doubles.decide(city, [pair], same=True)
    assert TYPES[pair.type] is Person


def test_a_tick_that_somebody_made_or_took_back_is_not_turned_round(
    city: Office, other_desk: Office
) -> None:
    def standing() -> Any:
        owed = reminders.outstanding(city, CAMPAIGN).owed
        wanted = (SECOND_COUNTY, "summary")
        return next(o.standing for o in owed if (o.standing.unit, o.standing.item) == wanted)

    before = standing()
    reminders.tick(other_desk, CAMPAIGN, before)
    said = stale(lambda: reminders.tick(city, CAMPAIGN, before))
    assert said.startswith("付志勇（7月21日 09:00）已把五通桥区总工会的")
    ticked = standing()
    dues.untick_paper(other_desk, CAMPAIGN, Paper(SECOND_COUNTY, "summary", city.today()))
    stale(lambda: reminders.tick(city, CAMPAIGN, ticked))


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=6))
def test_whatever_two_desks_do_every_word_was_said_by_one_who_had_read_the_last(
    city: Office, county: Office, other_desk: Office, tmp_path: Path, steps: list[tuple[bool, bool]]
) -> None:
    visit = save_visit(county, enterprise_name=f"厂{county.new_id()[-6:]}").id
    deliver(county, city, tmp_path / visit)
    desks = (city, other_desk)
    seen = [base_of(desk, visit) for desk in desks]
    last = None
    for second, looks in steps:
        at = int(second)
        if looks:
            seen[at], known = base_of(desks[at], visit), True
        else:
            known = last is None or last == at
        if known:
            reviews.accept(desks[at], Visit, visit, base=seen[at])
            last = at
        else:
            stale(partial(reviews.accept, desks[at], Visit, visit, base=seen[at]))
