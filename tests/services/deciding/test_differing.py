"""两处填写不一致: an office chooses its own; another's is sent back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.records import Campaign, Visit
from app.services.deciding import differing
from app.services.office.office import Office
from app.services.receiving import package_records
from app.services.records import saving, settling
from app.services.reporting import send_apart
from app.services.reviewing import answers, reviews, trays
from database.log import revisions
from tests.services.offices import (
    COUNTY,
    SetClock,
    carry,
    deliver,
    enrol,
    found_below,
    save_visit,
)


@pytest.fixture
def second_pc(city: Office, county: Office, tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    office = found_below(city, tmp_path / "pc2", COUNTY, clock, operator="赵经办", computer=2)
    carry(county, enrol(city, office))
    yield office
    office.close()


def test_what_two_computers_wrote_reaches_the_city_and_is_sent_back(
    city: Office, county: Office, second_pc: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    carry(second_pc, send_apart.share(county, tmp_path / "a"))
    saving.save(county, Visit, {"headcount": 1300}, record=saved.id)
    saving.save(second_pc, Visit, {"headcount": 1400}, record=saved.id)
    deliver(county, city, tmp_path / "b")
    *_, last = deliver(second_pc, city, tmp_path / "c")
    assert last.conflict == 1
    (named,) = last.differing
    assert (named.number, named.paths) == (saved.number, ("headcount",))

    (one,) = differing.disagreements(city)
    assert (one.number, one.title, one.ours, one.returned) == (
        saved.number, "乐山无线电公司", False, False,
    )  # fmt: skip
    (place,) = one.places
    assert (place.label, {claim.words for claim in place.claims}) == (
        "走访企（事）业职工人数", {"1300人", "1400人"},
    )  # fmt: skip
    differing.send_back(city, [one])
    assert differing.disagreements(city)[0].returned

    down = answers.answer(city, COUNTY, tmp_path / "down").files
    for office in (county, second_pc):
        carry(office, down)
        assert [item.open for item in trays.tray(office, "return")] == [True], "none has both"
    carry(county, send_apart.share(second_pc, tmp_path / "d"))
    (item,) = trays.tray(county, "return")
    assert item.open
    assert "1300人" in item.review.record.questions[0].text
    (mine,) = differing.disagreements(county)
    assert mine.ours
    assert "李经办" in {claim.who for claim in mine.places[0].claims}
    with city.store.read() as connection:
        (asked,) = [row for row in revisions.of_record(connection, saved.id)
                    if row.h == item.review.record.target_h]  # fmt: skip
    words = "1400人" if b"1400" in asked.raw else "1300人"
    chosen = next(claim for claim in mine.places[0].claims if claim.words == words)
    settling.settle_conflict(county, Visit, saved.id, {mine.places[0].path: chosen.value})
    assert differing.disagreements(county) == []
    assert not trays.tray(county, "return")[0].open, "chosen, though as it stood when asked"


def test_what_a_campaign_added_merges_field_by_field(
    city: Office, county: Office, second_pc: Office, tmp_path: Path
) -> None:
    (found,) = [one for one in saving.listing(city, Campaign) if one.record.code == "2011-36"]
    kinds = [("coal", "取暖用煤", "integer"), ("cold", "停暖", "flag")]
    fields = [{"type": "visit", "name": n, "label": w, "kind": k} for n, w, k in kinds]
    saving.save(city, Campaign, {"extra_fields": fields}, record=found.id)
    files = answers.answer(city, COUNTY, tmp_path / "first").files
    for office in (county, second_pc):
        carry(office, files)
    saved = save_visit(county, extra={"coal": 3})
    carry(second_pc, send_apart.share(county, tmp_path / "a"))
    saving.save(county, Visit, {"coal": 4}, record=saved.id)
    saving.save(second_pc, Visit, {"cold": True}, record=saved.id)
    carry(county, send_apart.share(second_pc, tmp_path / "b"))
    assert saving.show(county, Visit, saved.id).record.extra == {"coal": 4, "cold": True}
    assert differing.disagreements(county) == []

    saving.save(second_pc, Visit, {"coal": 7}, record=saved.id)
    carry(county, send_apart.share(second_pc, tmp_path / "c"))
    (one,) = differing.disagreements(county)
    (place,) = one.places
    assert (place.label, place.field) == ("取暖用煤", "coal")
    assert {claim.words for claim in place.claims} == {"4", "7"}
    settling.settle_conflict(county, Visit, saved.id, {place.path: 7})
    assert saving.show(county, Visit, saved.id).record.extra == {"coal": 7, "cold": True}


def test_what_came_in_a_package_is_listed_and_one_record_shown_with_what_was_said(
    city: Office, county: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    *_, account = deliver(county, city, tmp_path / "up")
    held = package_records.held_by(city, account.package)
    assert {one.label: len(one.ids) for one in held} == {"走访登记": 1}
    reviews.send_back(city, Visit, saved.id, {"headcount": "与上年差得多"})
    seen = package_records.sheet(city, Visit, saved.id)
    assert (seen.station_name, seen.below, seen.opened.ours) == ("沙湾区总工会", True, False)
    (said,) = seen.said
    assert (said.verdict, said.words, said.who) == (
        "退回",
        "走访企（事）业职工人数：与上年差得多",
        "市经办",
    )
