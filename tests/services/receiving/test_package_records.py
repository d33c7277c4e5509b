"""What the city said of a record stands in the order in which it was said."""

from __future__ import annotations

from pathlib import Path

from app.domain.records import Visit
from app.services.office.office import Office
from app.services.receiving import package_records
from app.services.reviewing import answers, reviews, trays
from tests.services.offices import carry, deliver, save_visit

WORDS = [f"第{n}问" for n in range(8)]


def test_words_of_one_moment_stand_as_they_were_said(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county).id
    deliver(county, city, tmp_path / "up")
    for word in WORDS:
        reviews.send_back(city, Visit, visit, {"headcount": word})
    said = package_records.sheet(city, Visit, visit).said
    assert [one.words.partition("：")[2] for one in said] == WORDS
    carry(county, answers.answer(city, "511111", tmp_path / "down").files)
    asked = [one.review.record.questions for one in trays.tray(county, "return")]
    assert [question.text for (question,) in asked] == WORDS
