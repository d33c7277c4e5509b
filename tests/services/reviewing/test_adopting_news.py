"""报送 → 采用 or 退回: the city says what it adopted, the county takes it over (R69)."""

from __future__ import annotations

from pathlib import Path

from app.domain.records import Document
from app.services.figures import tallies
from app.services.figures.tallies import Asked
from app.services.office.office import Office
from app.services.records import saving, settling
from app.services.reviewing import answers, reviews
from app.services.reviewing.reviews import Correction
from tests.services.offices import COUNTY, carry, deliver


def counted(office: Office) -> dict[str, object]:
    view = tallies.look(office, Asked("documents"))
    (line,) = [one for one in view.lines if one.name == "活动动态"]
    return dict(zip((head.title for head in view.heads), line.numbers, strict=True))


def test_what_the_city_adopts_is_counted_there_at_once_and_at_the_county_when_taken_over(
    city: Office, county: Office, tmp_path: Path
) -> None:
    typed = {"title": "走进车间", "kind": "news", "dated": "2011-07-20", "text": "一、走访。"}
    key = saving.save(county, Document, {**typed, "submitted_on": "2011-07-20"}).id
    deliver(county, city, tmp_path / "一")
    told = {"outcome": Correction("采用", "郝建川", city.today())}
    review = reviews.propose(city, Document, key, told)
    assert (counted(city)["已报出"], counted(city)["采用"]) == (1, 1)
    assert counted(county)["采用"] == 0
    carry(county, answers.answer(city, COUNTY, tmp_path / "答").files)
    settling.adopt(county, Document, key, review.id)
    assert saving.show(county, Document, key).record.outcome == "adopted"
    assert counted(county)["采用"] == 1
