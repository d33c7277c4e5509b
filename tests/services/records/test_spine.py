"""A visit goes up, the city's word comes down, and the mended visit goes up again."""

from __future__ import annotations

from pathlib import Path

from app.domain.records import Visit
from app.services.office.office import Office
from app.services.records import saving
from app.services.reviewing import answers, reviews, trays
from tests.services.offices import COUNTY, carry, deliver, record_of, save_visit


def test_a_visit_is_returned_with_a_question_mended_and_sent_again(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    *_, account = deliver(county, city, tmp_path / "up")
    assert (account.state, account.new) == ("merged", 2)

    reviews.send_back(city, Visit, visit.number, {"headcount": "请核对人数"})
    answer = answers.answer(city, COUNTY, tmp_path / "down")
    accounts = carry(county, answer.files)
    assert not [a for a in accounts if a.state == "refused" and a.code != "TRUST_ROLLBACK"]
    (returned,) = trays.tray(county, "return")
    assert returned.open

    saving.save(county, Visit, {"headcount": 1260}, record=visit.id)
    assert not trays.tray(county, "return")[0].open
    deliver(county, city, tmp_path / "again")
    assert record_of(city, "visit", visit.number).headcount == 1260


def test_what_was_confirmed_is_not_sent_again(city: Office, county: Office, tmp_path: Path) -> None:
    """An old trust document that comes after a newer one leaves no hole in the numbers."""
    save_visit(county)
    deliver(county, city, tmp_path / "up")
    first = answers.answer(city, COUNTY, tmp_path / "down")
    carry(county, first.files)
    save_visit(county, enterprise_name="另一家公司")
    (account,) = deliver(county, city, tmp_path / "again")
    assert account.missing == ()
    second = answers.answer(city, COUNTY, tmp_path / "second")
    assert [path.name[-12:] for path in second.files] == ["000003.zfpkg"]
