"""An added field returned, or told by telephone: from the city to the county and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Campaign, Demand, Visit
from app.services.lists import record_history, record_sheet, table_query
from app.services.lists.added_fields import added_fields
from app.services.lists.chips import Chip, How
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.receiving import package_records
from app.services.records import saving, settling
from app.services.reporting import receipts
from app.services.reviewing import answers, open_reviews, reviews
from app.services.reviewing.reviews import Correction
from tests.services.offices import COUNTY, SetClock, carry, deliver, save_visit

FIELDS: list[dict[str, Any]] = [
    {"type": name, "name": "coal", "label": "取暖用煤", "kind": "integer", "unit": "吨"}
    for name in ("visit", "demand")
]
KINDS: list[dict[str, Any]] = [
    {"type": "demand", "name": "said", "label": "原话"},
    {"type": "demand", "name": "more", "label": "经过", "kind": "prose"},
    {"type": "demand", "name": "gift", "label": "慰问金", "kind": "money"},
    {"type": "demand", "name": "next", "label": "回访约定", "kind": "date"},
    {"type": "demand", "name": "cold", "label": "停暖", "kind": "flag"},
    {"type": "demand", "name": "heat", "label": "取暖方式", "kind": "code", "options": "煤、电"},
    {"type": "demand", "name": "sent", "label": "送去", "kind": "codes", "options": "煤、被子"},
]
TOLD = {
    "coal": ("3吨", 3),
    "said": ("冷", "冷"),
    "more": ("一夜没有暖气", "一夜没有暖气"),
    "gift": ("1,500.5", "1500.50"),
    "next": ("2011-8-20", "2011-08-20"),
    "cold": ("否", False),
    "heat": ("电", "电"),
    "sent": ("被子、煤", ["被子", "煤"]),
}


@pytest.fixture
def sent(city: Office, county: Office, tmp_path: Path, clock: SetClock) -> str:
    """A demand of a county, without any added value, that the city has."""
    (found,) = [one for one in saving.listing(city, Campaign) if one.record.code == "2011-36"]
    saving.save(city, Campaign, {"extra_fields": [*FIELDS, *KINDS]}, record=found.id)
    carry(county, answers.answer(city, COUNTY, tmp_path / "first").files)
    clock.set(2011, 8, 10)
    visit = save_visit(county, visited_on="2011-8-5", extra={"coal": 8}).id
    demand = {"visit": visit, "category": "生活", "content": "取暖费没有发", "coal": 5}
    record = saving.save(county, Demand, demand).id
    deliver(county, city, tmp_path / "up1")
    return record


def _down(city: Office, county: Office, stick: Path) -> None:
    carry(county, answers.answer(city, COUNTY, stick).files)


def test_a_question_on_an_added_field_stands_at_it_until_it_is_mended(
    city: Office, county: Office, sent: str, tmp_path: Path
) -> None:
    reviews.send_back(city, Demand, sent, {"取暖用煤": "5吨太多，请核对"})
    assert package_records.sheet(city, Demand, sent).said[0].words == "取暖用煤：5吨太多，请核对"
    _down(city, county, tmp_path / "down")
    opened = record_sheet.opened(county, Demand, sent)
    assert opened.questions == {"coal": "5吨太多，请核对"}
    (word,) = receipts.open_words(county)
    assert word.said == "取暖用煤：5吨太多，请核对"
    saving.save(county, Demand, {"content": "取暖费还没有发"}, record=sent)
    assert record_sheet.opened(county, Demand, sent).questions
    saving.save(county, Demand, {"coal": 4}, record=sent)
    assert not record_sheet.opened(county, Demand, sent).questions
    deliver(county, city, tmp_path / "up2")
    assert saving.show(city, Demand, sent).record.extra["coal"] == 4


@pytest.mark.parametrize("name", TOLD)
def test_a_value_told_for_an_added_field_of_every_kind(
    city: Office, county: Office, sent: str, tmp_path: Path, name: str
) -> None:
    typed, kept = TOLD[name]
    before = saving.show(county, Demand, sent).record.extra
    day = city.today()
    reviews.propose(city, Demand, sent, {name: Correction(typed, "王主席", day)})
    state = saving.show(city, Demand, sent)
    assert state.record.extra == {**before, name: kept}
    assert state.pending[name]["own"] == before.get(name)
    (pending,) = package_records.sheet(city, Demand, sent).pending.items()
    assert pending[0] in {one["label"] for one in (*FIELDS, *KINDS)}
    _down(city, county, tmp_path / "down")
    assert saving.show(county, Demand, sent).record.extra == before
    (offer,) = record_sheet.opened(county, Demand, sent).offers
    assert (offer.field, offer.said_by) == (name, "王主席")
    assert bool(offer.old) == (name in before)
    assert offer.new
    settling.adopt(county, Demand, sent, offer.review)
    assert saving.show(county, Demand, sent).record.extra == {**before, name: kept}
    assert record_sheet.opened(county, Demand, sent).offers == ()
    (change,) = record_history.told(county, Demand, sent)[0].changes
    assert (change.label, change.new) == (offer.label, offer.new)
    deliver(county, city, tmp_path / "up2")
    state = saving.show(city, Demand, sent)
    assert (state.record.extra, state.pending) == ({**before, name: kept}, {})


def test_the_figures_use_what_was_told_until_the_county_says_otherwise(
    city: Office, county: Office, sent: str, tmp_path: Path
) -> None:
    correction = {"coal": Correction(None, "王主席", city.today())}
    reviews.propose(city, Demand, sent, correction)
    assert saving.show(city, Demand, sent).record.extra == {}
    query = TableQuery(Demand, chips=(Chip("coal", How.EMPTY),), added=added_fields(city, Demand))
    assert list(table_query.listed(city, query).ids) == [sent]
    saving.save(county, Demand, {"coal": 6}, record=sent)
    deliver(county, city, tmp_path / "up2")
    state = saving.show(city, Demand, sent)
    assert (state.record.extra, state.pending) == ({"coal": 6}, {})


def test_a_visit_is_returned_alike_and_what_it_has_not_is_refused(
    city: Office, county: Office, sent: str, tmp_path: Path
) -> None:
    visit = saving.show(county, Demand, sent).record.visit
    reviews.send_back(city, Visit, visit, {"coal": "多少吨？"})
    _down(city, county, tmp_path / "down")
    with county.store.read() as connection:
        assert open_reviews.questions(connection, Visit, visit) == {"coal": "多少吨？"}
    with pytest.raises(UserError, match="没有“取暖方式”这一项"):
        reviews.send_back(city, Visit, visit, {"取暖方式": "？"})


def test_a_question_on_a_field_that_the_city_removed_stands_at_it(
    city: Office, county: Office, sent: str, tmp_path: Path
) -> None:
    (found,) = [one for one in saving.listing(city, Campaign) if one.record.code == "2011-36"]
    left = [one for one in (*FIELDS, *KINDS) if (one["type"], one["name"]) != ("demand", "coal")]
    saving.save(city, Campaign, {"extra_fields": left}, record=found.id)
    reviews.send_back(city, Demand, sent, {"coal": "5吨太多，请核对"})
    (said,) = package_records.sheet(city, Demand, sent).said
    assert said.words.startswith("取暖用煤（")
    assert said.words.endswith("）：5吨太多，请核对")
    _down(city, county, tmp_path / "down")
    assert record_sheet.opened(county, Demand, sent).questions == {"coal": "5吨太多，请核对"}
    (word,) = receipts.open_words(county)
    assert word.said == said.words
    with pytest.raises(UserError, match="coal"):
        reviews.propose(city, Demand, sent, {"coal": Correction("3", "王主席", city.today())})
    saving.save(county, Demand, {"content": "取暖费没有发，煤是3吨"}, record=sent)
    assert not receipts.open_words(county)
