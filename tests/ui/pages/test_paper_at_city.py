"""What the city told of signed paper stands at the record and in what came with the 回执."""

from __future__ import annotations

from pathlib import Path

from app.domain.records import Visit
from app.services.office.office import Office
from app.services.papers import scanned_paper
from app.services.reporting import receipts
from app.services.reviewing import answers
from tests.services.offices import COUNTY, deliver, save_visit
from tests.services.papers.test_scanned_paper import LONG, scanned
from tests.ui.pages.at_work import AtWork


def test_a_missing_page_is_seen_at_the_record_and_among_the_words(
    at_work: AtWork, city: Office, tmp_path: Path
) -> None:
    county, folder = at_work.office, tmp_path / "scans"
    folder.mkdir()
    visit = save_visit(county, opinions=LONG)
    scanned(county, folder, visit.id)[-1].unlink()
    deliver(county, city, tmp_path / "up")
    scanned_paper.take(city, [folder])
    files = answers.answer(city, COUNTY, tmp_path / "down").files
    receipts.take_receipts(county, list(files))
    page = at_work.go("visits")
    page.show_record(Visit.type_name, visit.id)
    at_work.rest()
    assert page.card.paper.accessibleName() == "纸质缺第2页"
    at_work.shell.go("submit")
    at_work.rest()
    (word,) = receipts.open_words(county)
    assert (word.number, word.verdict) == (visit.number, receipts.PAPER)
