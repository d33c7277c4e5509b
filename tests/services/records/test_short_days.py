"""A day written as 7.12 or 0712 is of the campaign it belongs to, whatever the clock says."""

from __future__ import annotations

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Person, Visit
from app.services.lists import record_sheet
from app.services.office.office import Office
from app.services.records import saving
from tests.services.offices import VISIT, SetClock, record_of, save_visit


@pytest.mark.parametrize("typed", ["7.12", "0712", "712", "7月12日"])
def test_a_visit_keyed_years_later_is_of_its_campaign(
    county: Office, clock: SetClock, typed: str
) -> None:
    clock.set(2013, 3, 5)
    saved = save_visit(county, campaign="2011-36", visited_on=typed)
    visit = record_of(county, "visit", saved.id)
    assert visit.visited_on.isoformat() == "2011-07-12"
    again = saving.save(county, Visit, {"visited_on": "8.15"}, record=saved.id)
    assert record_of(county, "visit", again.id).visited_on.isoformat() == "2011-08-15"


def test_a_day_that_only_one_campaign_holds_needs_no_campaign(
    county: Office, clock: SetClock
) -> None:
    clock.set(2013, 3, 5)
    typed = {name: value for name, value in VISIT.items() if name != "campaign"}
    saved = saving.save(county, Visit, {**typed, "visited_on": "0712", "filed_on": "0713"})
    visit = record_of(county, "visit", saved.id)
    assert (visit.campaign, visit.visited_on.isoformat()) == ("2011-36", "2011-07-12")
    assert visit.filed_on.isoformat() == "2011-07-13"


def test_a_birth_is_never_dated_by_a_campaign(county: Office) -> None:
    with pytest.raises(UserError, match="年份"):
        saving.save(county, Person, {"name": "试用人", "born": "7.12"})


def test_a_form_knows_the_windows_of_its_campaign(county: Office, clock: SetClock) -> None:
    clock.set(2013, 3, 5)
    fresh = record_sheet.fresh(county, Visit, {})
    assert [starts.year for starts, _ in fresh.windows] == [2011, 2013]
    chosen = record_sheet.known(county, Visit, {"campaign": "2012-55"})
    assert chosen.windows == ()
