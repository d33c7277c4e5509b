"""What the office above asked stays open until the owner acted."""

from __future__ import annotations

from pathlib import Path

from app.domain.records import Visit
from app.services.office.office import Office
from app.services.records import voiding
from app.services.reviewing import answers, open_reviews, reviews
from tests.services.offices import COUNTY, carry, deliver, save_visit


def test_a_record_taken_back_has_no_question_open(
    city: Office, county: Office, tmp_path: Path
) -> None:
    kept, gone = save_visit(county), save_visit(county, enterprise_name="另一家公司")
    deliver(county, city, tmp_path / "up")
    for visit in (kept, gone):
        reviews.send_back(city, Visit, visit.id, {"headcount": "请核对职工人数。"})
    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    voiding.void(county, Visit, gone.id, "重复登记")
    with county.store.read() as connection:
        assert open_reviews.returned(connection, Visit) == {kept.id}
