"""What is printed on the way: forms, review sheets, slips, registrations."""

from __future__ import annotations

from app.domain.records import Visit
from app.services.papers import form_papers
from app.services.records import saving
from app.services.registering import registration_paper
from app.services.reporting import report_papers
from app.services.reporting.sealed_report import Sent
from demo.places import CITY, PLACES, SHAWAN_2, Place
from demo.stage import Stage


def print_registrations(stage: Stage) -> None:
    """The 报送单位登记表 of every PC that was enrolled."""
    for place in PLACES:
        if place is not CITY:
            out = stage.place_for("slips", f"registration-{place.folder}.pdf")
            registration_paper.print_registration(stage.offices[place], out)
            stage.slips.append(out)


def print_review(stage: Stage, place: Place, report: int) -> None:
    """The 送审表 of one report, for the leader to sign."""
    out = stage.place_for("slips", f"review-{place.folder}-{report}.pdf")
    report_papers.print_review_sheet(stage.offices[place], report, out)
    stage.slips.append(out)


def print_slip(stage: Stage, place: Place, sent: Sent) -> None:
    """The 报送单 that goes with the stick."""
    out = stage.place_for("slips", f"submission-{place.folder}-{sent.report.n}.pdf")
    report_papers.print_submission_slip(stage.offices[place], sent, out)
    stage.slips.append(out)


def print_forms(stage: Stage) -> None:
    """附件2: the visits that every office made, each once, and one blank form."""
    for place in PLACES:
        office = stage.offices[place]
        own = [s.id for s in saving.listing(office, Visit) if s.owner == place.station]
        if place is not SHAWAN_2:
            out = stage.place_for("forms", f"forms-{place.folder}.pdf")
            form_papers.print_forms(office, out, visits=own)
            stage.forms.append(out)
    blank = stage.place_for("forms", "form-blank.pdf")
    form_papers.print_forms(stage.offices[CITY], blank, blank=True)
    stage.forms.append(blank)
