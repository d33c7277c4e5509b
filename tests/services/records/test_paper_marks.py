"""What the paper says where it says nothing is kept with the record, counted, told and sent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain.records import Visit
from app.services.lists import list_files, listing, record_history, record_sheet
from app.services.lists.chips import Chip, How
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.records import saving, settling
from app.services.records.checked_body import CheckFailed
from app.services.reviewing import answers, reviews
from app.services.reviewing.reviews import Correction
from tests.services.offices import COUNTY, VISIT, carry, deliver, save_visit

UNCLEAR = Chip("?unclear", How.MEETS)
MARKS = [
    {"field": "走访职工人次", "mark": "看不清"},
    {"field": "opinions", "mark": "空白"},
]


def marked(office: Office, **typed: object) -> str:
    given = {
        name: value for name, value in VISIT.items() if name not in ("workers_met", "opinions")
    }
    return saving.save(office, Visit, {**given, "paper_marks": MARKS, **typed}).id


def kept(office: Office, key: str) -> dict[str, str]:
    record = saving.show(office, Visit, key).record
    return {one.id: f"{one.field} {one.mark}" for one in record.paper_marks}


def test_a_mark_bears_the_name_and_the_label_of_its_field(county: Office) -> None:
    key = marked(county)
    assert kept(county, key) == {
        "workers_met": "走访职工人次 illegible",
        "opinions": "企（事）业单位、职工的建议与意见 blank",
    }


def test_what_is_filled_in_later_takes_its_mark_away(county: Office) -> None:
    key = marked(county)
    saving.save(county, Visit, {"workers_met": 46}, record=key)
    assert list(kept(county, key)) == ["opinions"]
    saving.save(county, Visit, {"opinions": "一是班车"}, record=key)
    assert kept(county, key) == {}


def test_a_mark_beside_a_value_is_not_kept(county: Office) -> None:
    assert list(kept(county, marked(county, workers_met=46))) == ["opinions"]


def test_another_mark_does_not_take_the_place_of_the_first(county: Office) -> None:
    key = marked(county, paper_marks=MARKS[:1])
    saving.save(county, Visit, {"paper_marks": MARKS[::-1]}, record=key)
    assert set(kept(county, key)) == {"opinions", "workers_met"}


def test_history_tells_it_in_words(county: Office) -> None:
    key = marked(county)
    saving.save(county, Visit, {"workers_met": 46}, record=key)
    newest, first = record_history.told(county, Visit, key)
    told = {change.label: (change.old, change.new) for change in newest.changes}
    assert told["纸面标记"] == ("走访职工人次 看不清", "")
    before = {change.label: change.new for change in first.changes}
    assert before["纸面标记"] == "走访职工人次 看不清；企（事）业单位、职工的建议与意见 空白"


def test_they_are_asked_for_counted_and_taken_along(county: Office, tmp_path: Path) -> None:
    key = marked(county)
    save_visit(county, enterprise_name="五通桥盐厂")
    assert list(listing.ids(county, Visit, chips=[UNCLEAR])) == [key]
    query = TableQuery(Visit, ("number", "paper_marks"), chips=(UNCLEAR,))
    out = tmp_path / "走访.xlsx"
    assert list_files.write_list_sheet(county, out, query, [key]) == 1
    book = load_workbook(out)
    assert book.active is not None
    words = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row]
    assert "走访职工人次 看不清；企（事）业单位、职工的建议与意见 空白" in words


def test_a_required_field_stays_asked_for(county: Office) -> None:
    given = {name: value for name, value in VISIT.items() if name != "headcount"}
    marks = [{"field": "headcount", "mark": "illegible"}]
    with pytest.raises(CheckFailed) as told:
        saving.save(county, Visit, {**given, "paper_marks": marks, "enterprise_name": "新砖厂"})
    assert [one.field for one in told.value.findings] == ["headcount"]


def test_a_reminder_that_a_field_is_empty_is_answered_by_its_mark(county: Office) -> None:
    given = {name: value for name, value in VISIT.items() if name != "opinions"}
    saved = saving.save(county, Visit, {**given, "paper_marks": MARKS[1:]})
    assert [one.accepted for one in saved.findings if one.code == "V03"] == ["纸上空白"]


def test_the_city_gets_them_and_a_value_told_by_telephone_takes_one_away(
    city: Office, county: Office, tmp_path: Path
) -> None:
    key = marked(county)
    deliver(county, city, tmp_path / "up")
    assert set(kept(city, key)) == {"workers_met", "opinions"}
    reviews.propose(
        city, Visit, key, {"workers_met": Correction(46, "李经办", dt.date(2011, 7, 21))}
    )
    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    review = record_sheet.opened(county, Visit, key).offers[0].review
    settling.adopt(county, Visit, key, review)
    assert list(kept(county, key)) == ["opinions"]
