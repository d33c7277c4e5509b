"""A 报送单 that was scanned: what it brings counts as come on paper in 谁还没报."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdfium2

from app.documents.drawing.printed_code import SlipCode
from app.domain.checking.signed_paper import Standing
from app.services.figures import dues, reminders
from app.services.figures.dues import Paper
from app.services.figures.reminders import Owed
from app.services.office.office import Office
from app.services.papers import page_tray, scanned_paper
from app.services.people import operators
from app.services.reporting import freeze, report_papers, sealed_report, sign_off
from tests.services.offices import CHEAP, COUNTY, PASSPHRASE, SetClock, save_visit
from tests.services.papers.test_scanned_paper import scanned

CAMPAIGN = "2011-36"


def slip_of(county: Office, folder: Path) -> Path:
    """The 报送单 of a 报送 whose stick is lost, printed, signed and scanned."""
    save_visit(county)
    report = freeze.freeze(county)
    sign_off.approve(county, report.n, "王主任", dt.date(2011, 12, 9))
    sent = sealed_report.seal_report(county, report.n, folder / "stick")
    paper = folder / "slip.pdf"
    report_papers.print_submission_slip(county, sent, paper)
    picture = folder / "slip.jpg"
    with pypdfium2.PdfDocument(paper) as document:
        page = document[0]
        page.render(scale=200 / 72).to_pil().convert("RGB").save(picture, quality=80)
        page.close()
    return picture


def form_of(city: Office) -> Owed:
    owed = reminders.outstanding(city, CAMPAIGN).owed
    return next(o for o in owed if (o.standing.unit, o.standing.item) == (COUNTY, "form"))


def test_a_scanned_slip_ticks_what_it_brings_and_one_undo_takes_it_back(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    clock.set(2011, 12, 10)
    picture = slip_of(county, tmp_path)
    assert not form_of(city).received
    account = scanned_paper.take(city, [picture])
    assert account.count(Standing.TICKED) == 1
    assert "paper" in account.changes.types
    assert account.papers[0].title == "沙湾区总工会的报送单，记了1项"
    assert form_of(city).on_paper
    again = scanned_paper.take(city, [picture])
    assert again.papers[0].title == "沙湾区总工会的报送单，都已收到"
    page_tray.take_back(city, again.run)
    assert form_of(city).on_paper
    page_tray.take_back(city, account.run)
    assert not form_of(city).received


def test_whoever_takes_it_back_takes_all_of_it_back(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    clock.set(2011, 12, 10)
    made = operators.add(city, PASSPHRASE, "付志勇", "battery staple", cost=CHEAP)
    other = city.as_operator(made.id)
    account = scanned_paper.take(city, [slip_of(county, tmp_path)])
    page_tray.take_back(other, account.run)
    assert not form_of(city).received

    account = scanned_paper.take(city, [tmp_path / "slip.jpg"])
    clock.forward(minutes=1)
    tick = Paper(COUNTY, "form", city.today(), form_of(city).standing.group)
    dues.untick_paper(other, CAMPAIGN, tick)
    dues.tick_paper(other, CAMPAIGN, tick)
    page_tray.take_back(city, account.run)
    assert form_of(city).on_paper


def test_a_form_that_has_not_come_tells_whose_it_is_and_ticks_nothing(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    clock.set(2011, 12, 10)
    folder = tmp_path / "scans"
    folder.mkdir()
    scanned(county, folder, save_visit(county).id)
    (paper,) = scanned_paper.take(city, [folder]).papers
    assert paper.standing == Standing.UNKNOWN
    assert paper.title == "沙湾区总工会填的，还没有报来"
    assert page_tray.waiting(city)[0].title == paper.title
    assert not form_of(city).received


def test_a_slip_of_nobody_below_waits(county: Office, tmp_path: Path) -> None:
    account = scanned_paper.take(county, [slip_of(county, tmp_path)])
    assert [paper.standing for paper in account.papers] == [Standing.UNKNOWN]


def test_the_code_of_a_slip_reads_as_it_was_written() -> None:
    code = SlipCode("511111", CAMPAIGN, ("form", "summary"), "ab" * 32)
    assert SlipCode.read(code.text) == code
    for wrong in ("ZFS1:", code.text[:-1], code.text + "0", "ZFS1:a:b:c:d"):
        assert SlipCode.read(wrong) is None
