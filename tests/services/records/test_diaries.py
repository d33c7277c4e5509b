"""调查日志 is first-hand: what was noted on the day stays, corrections stand beside it (R16)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain.records import Diary, Group, Visit
from app.services.lists import record_sheet, timelines
from app.services.office.office import Office
from app.services.records import record_versions, saving, settling, voiding
from app.services.records.checked_body import CheckFailed
from app.services.reviewing import answers, reviews
from app.services.workbooks import excel_import
from database.state import states
from tests.services.offices import COUNTY, SetClock, carry, deliver, save_visit

FIRST = "上午到沫水机械厂，夜班没有班车。"
CORRECTION = {"on": "2011-07-21", "words": "“夜班”应为“中班”", "by": "付志勇"}


def group(office: Office) -> str:
    typed = {"name": "第一工作组", "level": "县级", "leaders": "李明书"}
    return saving.save(office, Group, typed).id


def diary(office: Office, **more: object) -> str:
    typed = {"kept_on": "2011-07-20", "author": "付志勇", "content": FIRST}
    return saving.save(office, Diary, {"group": group(office), **typed, **more}).id


def kept(office: Office, key: str) -> Diary:
    return saving.show(office, Diary, key).record


@pytest.fixture(autouse=True)
def evening(clock: SetClock) -> None:
    clock.moment = dt.datetime(2011, 7, 20, 18, tzinfo=clock.moment.tzinfo)


def next_day(clock: SetClock) -> None:
    clock.moment += dt.timedelta(days=1)


def test_it_is_written_on_the_day_and_stands_the_day_after(county: Office, clock: SetClock) -> None:
    key = diary(county)
    saving.save(county, Diary, {"content": FIRST + "食堂晚上不开伙。"}, record=key)
    assert record_sheet.opened(county, Diary, key).fixed == frozenset()
    next_day(clock)
    assert record_sheet.opened(county, Diary, key).fixed == {"content"}
    with pytest.raises(CheckFailed, match="第一手记录") as failed:
        saving.save(county, Diary, {"content": "没有班车。"}, record=key)
    assert [one.field for one in failed.value.findings] == ["content"]
    saving.save(county, Diary, {"place": "沙湾镇", "corrections": [CORRECTION]}, record=key)
    now = kept(county, key)
    assert now.content == FIRST + "食堂晚上不开伙。"
    assert [one.words for one in now.corrections] == ["“夜班”应为“中班”"]


def test_a_correction_stands_too_and_the_next_is_another_row(
    county: Office, clock: SetClock
) -> None:
    key = diary(county)
    next_day(clock)
    saving.save(county, Diary, {"corrections": [CORRECTION]}, record=key)
    (row,) = kept(county, key).corrections
    mended = {**CORRECTION, "id": row.id, "words": "没有错"}
    for rows in ([], [mended]):
        with pytest.raises(CheckFailed, match="更正"):
            saving.save(county, Diary, {"corrections": rows}, record=key)
    first = {**CORRECTION, "id": row.id}
    second = {"on": "2011-07-21", "words": "厂名是沫水机械总厂", "by": "李明书"}
    saving.save(county, Diary, {"corrections": [first, second]}, record=key)
    assert len(kept(county, key).corrections) == 2


def test_no_way_around_leads_back_before_a_correction(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    key = diary(county)
    (first,) = record_versions.history(county, Diary, key)
    saving.save(county, Diary, {"content": "没有。"}, record=key)
    next_day(clock)
    with pytest.raises(CheckFailed, match="第一手记录"):
        voiding.bring_back(county, Diary, key, first.h, "改错了")
    deliver(county, city, tmp_path / "一")
    review = reviews.propose(
        city, Diary, key, {"content": reviews.Correction("有班车。", "付志勇", county.today())}
    )
    carry(county, answers.answer(city, COUNTY, tmp_path / "答").files)
    with pytest.raises(CheckFailed, match="第一手记录"):
        settling.adopt(county, Diary, key, review.id)
    assert kept(county, key).content == "没有。"


def test_a_sheet_does_not_write_over_it_either(
    county: Office, clock: SetClock, tmp_path: Path
) -> None:
    key = diary(county)
    next_day(clock)
    book = tmp_path / "日志.xlsx"
    excel_import.template(Diary, book)
    workbook = load_workbook(book)
    sheet = workbook.worksheets[0]
    columns = {str(cell.value).strip("＊"): cell.column or 0 for cell in sheet[3]}
    row = {"编号": "沙湾-志2011-0001", "工作组": "第一工作组", "日志日期": "2011-7-20"}
    for heading, value in {**row, "记录人": "付志勇", "当日记录": "改过的话"}.items():
        sheet.cell(4, columns[heading], value)
    workbook.save(book)
    workbook.close()
    (judged,) = excel_import.import_workbook(county, Diary, book).rows
    assert judged.outcome == "refused"
    assert "第一手记录" in "".join(judged.sentences)
    assert kept(county, key).content == FIRST


def test_it_is_begun_from_a_visit_and_stands_with_it_and_its_group(county: Office) -> None:
    visit = save_visit(county, group=group(county), visited_on="2011-07-19").id
    begun = record_sheet.fresh(county, Diary, {"visits": [visit]}).body
    seen = saving.show(county, Visit, visit).record
    assert (begun["group"], begun["kept_on"]) == (seen.group, "2011-07-19")
    typed = {"author": "付志勇", "content": FIRST, "visits": [visit]}
    key = saving.save(county, Diary, typed).id
    for kind, record in ((Visit, visit), (Group, seen.group)):
        (event,) = timelines.timeline(county, kind, record).events
        assert (event.record, event.title) == (key, "调查日志")
    voiding.void(county, Diary, key, "录错了")
    with county.store.read() as connection:
        assert states.pointing_at(connection, Diary, "visits", [visit]) == []
