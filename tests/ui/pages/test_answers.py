"""What the city says of a record stands above its form, and is acted on there."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from app.domain.records import Visit
from app.services.lists import listing
from app.services.office.office import Office
from app.services.receiving import take_package
from app.services.reporting import receipts
from app.services.reviewing import answers, reviews
from app.services.reviewing.reviews import Correction
from app.ui.lists.record_model import LINE
from tests.services.offices import COUNTY, deliver, record_of, save_visit
from tests.ui import hands
from tests.ui.pages.at_work import CTRL, AtWork


def answered(city: Office, county: Office, folder: Path) -> None:
    """The city's answer comes back to the county."""
    out = folder / "answers"
    out.mkdir(exist_ok=True)
    for file in answers.answer(city, COUNTY, out).files:
        take_package.receive(county, file)


def test_a_returned_field_is_lit_until_it_is_changed(
    at_work: AtWork, city: Office, tmp_path: Path
) -> None:
    county = at_work.office
    visit = save_visit(county)
    deliver(county, city, tmp_path / "stick")
    reviews.send_back(city, Visit, visit.id, {"headcount": "是否含劳务派遣？"})
    answered(city, county, tmp_path)
    page = at_work.go("visits")
    assert listing.counts(county, Visit).returned == 1
    assert "是否含劳务派遣？" in "".join(page.form.messages("headcount"))
    page.form.editor("headcount").put("1200")
    page.form.editor("headcount").changed.emit()
    page.form.focus_first()
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    assert listing.counts(county, Visit).returned == 0


def test_a_value_told_by_telephone_is_adopted_with_one_key(
    at_work: AtWork, city: Office, tmp_path: Path
) -> None:
    county = at_work.office
    visit = save_visit(county)
    deliver(county, city, tmp_path / "stick")
    told = {"headcount": Correction(1205, "试用人", dt.date(2011, 7, 21))}
    reviews.propose(city, Visit, visit.id, told)
    answered(city, county, tmp_path)
    page = at_work.go("visits")
    words = page.card._said.words.text()
    assert "1250人 → 1205人" in words
    page.form.focus_first()
    at_work.press(Qt.Key.Key_J, CTRL)
    at_work.rest()
    assert record_of(county, "visit", visit.id).headcount == 1205
    assert not page.card._said.isVisible()


def test_a_returned_record_opens_where_the_question_is(
    at_work: AtWork, city: Office, tmp_path: Path
) -> None:
    county = at_work.office
    visit = save_visit(county)
    deliver(county, city, tmp_path / "stick")
    reviews.send_back(city, Visit, visit.id, {"headcount": "人数请核对。"})
    answered(city, county, tmp_path)
    page = at_work.go("visits")
    page.show_record("visit", visit.id)
    at_work.rest()
    assert page.form.editor("headcount").isAncestorOf(hands.focus())
    page.browsing.card.list.setFocus()
    at_work.press(Qt.Key.Key_Return)
    assert page.form.editor("headcount").isAncestorOf(hands.focus())


def test_a_receipt_shows_how_far_a_record_has_come(
    at_work: AtWork, city: Office, tmp_path: Path
) -> None:
    county = at_work.office
    save_visit(county)
    page = at_work.go("visits")
    assert page.card.state.accessibleName() == "已填完"
    deliver(county, city, tmp_path / "stick")
    out = tmp_path / "answers"
    out.mkdir()
    files = answers.answer(city, COUNTY, out).files
    at_work.worker.write(partial(receipts.take_receipts, county, files))
    at_work.rest()
    assert page.card.state.accessibleName() == "上级已收"
    index = page.browsing.card.model.index(0)
    at_work.qtbot.waitUntil(lambda: index.data(LINE) is not None)
    assert index.data(LINE).standing == "received"
