"""A county that knows better than a proposal saves what is right, and nothing waits any more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from app.domain.records import Visit
from app.services.office.office import Office
from app.services.records import saving
from app.services.reporting.receipts import ADVICE
from app.services.reviewing import answers, reviews, trays
from app.services.reviewing.reviews import Correction
from tests.services.offices import COUNTY, carry, deliver, save_visit


def test_a_third_value_answers_a_proposal_as_the_receipt_says(
    city: Office, county: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    deliver(county, city, tmp_path / "up")
    said = Correction("1300", "李经办", dt.date(2011, 9, 1))
    reviews.propose(city, Visit, saved.id, {"headcount": said})
    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    assert len(trays.open_items(trays.tray(county, "propose"))) == 1

    saving.save(county, Visit, {"headcount": 1280}, record=saved.id)
    assert trays.open_items(trays.tray(county, "propose")) == []
    assert "改成对的再保存" in ADVICE["propose"]
