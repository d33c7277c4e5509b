"""A visit goes up, the city's word comes down, and the mended visit goes up again."""

from __future__ import annotations

from pathlib import Path

from app.services import answering, records, reviewing
from app.services.office import Office
from tests.services.offices import COUNTY, carry, deliver, save_visit


def test_a_visit_is_returned_with_a_question_mended_and_sent_again(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    *_, account = deliver(county, city, tmp_path / "up")
    assert (account.state, account.new) == ("merged", 2)

    reviewing.send_back(city, "visit", visit.number, {"headcount": "请核对人数"})
    answer = answering.answer(city, COUNTY, tmp_path / "down")
    assert {a.state for a in carry(county, answer.files)} <= {"merged", "recorded", "duplicate"}
    (returned,) = reviewing.tray(county, "return")
    assert returned.open

    records.save(county, "visit", {"headcount": 1260}, record=visit.id)
    assert not reviewing.tray(county, "return")[0].open
    deliver(county, city, tmp_path / "again")
    assert records.show(city, "visit", visit.number).record.headcount == 1260
