"""校对清单: a tick holds for what was read, and for nothing that came after."""

from __future__ import annotations

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Visit
from app.services.lists import listing, record_sheet
from app.services.office.office import Office
from app.services.records import proofreading, saving
from tests.services.offices import save_visit


def test_a_tick_says_who_read_it_and_when(county: Office) -> None:
    visit = save_visit(county)
    assert list(listing.ids(county, Visit, view="unread")) == [visit.id]
    proof = proofreading.tick(county, Visit, visit.id, visit.state.h)
    assert (proof.who, proof.at[:10]) == ("李经办", "2011-07-21")
    assert record_sheet.opened(county, Visit, visit.id).proof == proof
    assert list(listing.ids(county, Visit, view="unread")) == []
    assert listing.counts(county, Visit).unread == 0


def test_a_change_undoes_the_tick(county: Office) -> None:
    visit = save_visit(county)
    proofreading.tick(county, Visit, visit.id, visit.state.h)
    saving.save(county, Visit, {"headcount": 1251}, record=visit.id)
    assert record_sheet.opened(county, Visit, visit.id).proof is None
    assert list(listing.ids(county, Visit, view="unread")) == [visit.id]


def test_what_another_changed_meanwhile_is_not_ticked(county: Office) -> None:
    visit = save_visit(county)
    saving.save(county, Visit, {"headcount": 1251}, record=visit.id)
    with pytest.raises(UserError) as told:
        proofreading.tick(county, Visit, visit.id, visit.state.h)
    assert told.value.code == "STALE"


def test_a_tick_is_taken_back(county: Office) -> None:
    visit = save_visit(county)
    proofreading.tick(county, Visit, visit.id, visit.state.h)
    proofreading.untick(county, Visit, visit.id)
    assert listing.counts(county, Visit).unread == 1
