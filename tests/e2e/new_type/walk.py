"""培训班, from the form to the city. Run in a tree to which the type was added by the README."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from app.domain.records import TYPES, Enterprise
from app.services.backup.integrity import examine_store
from app.services.lists import listing, record_history, searching, timelines
from app.services.office.office import Office
from app.services.receiving import package_records
from app.services.records import drafts, saving
from app.services.reviewing import answers, reviews
from app.services.todo.open_items import gather
from app.services.workbooks import excel_import
from database.log import packages
from tests.services.conftest import city, clock, county, grounds
from tests.services.offices import COUNTY, carry, deliver
from tests.ui.conftest import dressed, qtbot, worker
from tests.ui.pages.at_work import CTRL, AtWork
from tests.ui.pages.conftest import at_work

__all__ = ["at_work", "city", "clock", "county", "dressed", "grounds", "qtbot", "worker"]

TYPED = {
    "subject": "职工食堂",
    "held_on": "2011-07-20",
    "chairs": "李明书、付志勇",
    "agreed": "一是八月底以前开伙。",
}
COURSE = TYPES["course"]

FIRM = "沫水机械厂"


@pytest.fixture
def firm(county: Office) -> str:
    """The enterprise met."""
    return saving.save(county, Enterprise, {"name": FIRM}).id


def save(office: Office, **more: object) -> str:
    return saving.save(office, COURSE, {**TYPED, **more}).id


def test_it_is_begun_from_an_enterprise_keyed_changed_and_found(at_work: AtWork, firm: str) -> None:
    office = at_work.office
    page = at_work.go("enterprises")
    page.editing.open(firm)
    at_work.rest()
    at_work.press(Qt.Key.Key_4, CTRL)
    at_work.rest()
    page = at_work.go("courses")
    assert page.card.isVisible()
    for name, value in TYPED.items():
        page.form.editor(name).put(value)
        page.form.editor(name).changed.emit()
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    (only,) = listing.ids(office, COURSE)
    saved = saving.show(office, COURSE, only)
    assert (saved.record.number, saved.owner) == ("沙湾-培2011-0001", COUNTY)
    assert listing.lines(office, COURSE, [only])[0].who == "李明书 等2人"
    for text in ("食堂", "zgst", "fzy", "培2011"):
        assert list(listing.ids(office, COURSE, text=text)) == [only]
        (group,) = searching.search(office, text).groups
        assert (group.label, [line.id for line in group.lines]) == ("培训班", [only])
    page.form.editor("subject").put("职工食堂和班车")
    page.form.editor("subject").changed.emit()
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    assert len(record_history.told(office, COURSE, only)) == 2
    around = timelines.timeline(office, Enterprise, firm)
    assert [event.words for event in around.events] == ["职工食堂和班车，主持：李明书、付志勇"]
    assert ("培训班", "1") in [(one.label, one.value) for one in around.figures]
    assert at_work.notices == []


def test_what_is_half_typed_and_what_is_held_is_handed_over(county: Office) -> None:
    save(county)
    drafts.save(county, COURSE, {"subject": "工资"}, key=county.new_id(), base=None)
    found = gather(county)
    told = {section.title: [item.subject for item in section.items] for section in found.sections}
    assert told["没有填完"] == ["培训班　工资"]
    assert "培训班　职工食堂" in told["有改动未报送"]
    assert ("培训班", "1 条") in found.holdings


def test_it_is_imported_from_its_template_once(county: Office, firm: str, tmp_path: Path) -> None:
    book = tmp_path / "培训班.xlsx"
    excel_import.template(COURSE, book)
    workbook = load_workbook(book)
    sheet = workbook.worksheets[0]
    columns = {str(cell.value).strip("＊"): cell.column or 0 for cell in sheet[3]}
    row = {"议题": "班车", "开班日期": "2011.7.20", "主持人": "李明书", "参加单位": FIRM}
    for heading, value in row.items():
        sheet.cell(4, columns[heading], value)
    workbook.save(book)
    workbook.close()
    assert excel_import.import_workbook(county, COURSE, book).added == 1
    assert excel_import.import_workbook(county, COURSE, book).same == 1
    (only,) = listing.ids(county, COURSE)
    assert saving.show(county, COURSE, only).record.number == "沙湾-培2011-0001"
    assert [event.record for event in timelines.timeline(county, Enterprise, firm).events] == [only]


def test_it_goes_to_the_city_comes_back_and_is_merged(
    city: Office, county: Office, tmp_path: Path
) -> None:
    kept = save(county)
    assert deliver(county, city, tmp_path / "一")[-1].state == "merged"
    there = saving.show(city, COURSE, kept)
    assert there.record == saving.show(county, COURSE, kept).record
    with city.store.read() as connection:
        (package,) = packages.find(connection, direction="in", kind="submission")
    assert [one.label for one in package_records.held_by(city, package.n)] == ["培训班"]
    reviews.send_back(city, COURSE, kept, {"held_on": "是哪一天？"})
    carry(county, answers.answer(city, COUNTY, tmp_path / "答").files)
    assert listing.lines(county, COURSE, [kept])[0].standing == "returned"
    saving.save(county, COURSE, {"held_on": "2011-07-19"}, record=kept)
    deliver(county, city, tmp_path / "二")
    assert str(listing.lines(city, COURSE, [kept])[0].day) == "2011-07-19"
    for office in (city, county):
        assert examine_store(office, rebuild=True).faults == ()
