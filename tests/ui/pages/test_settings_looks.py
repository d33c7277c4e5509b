"""谁看过全号: 管理 sees who saw or took along full numbers, of whom and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain.records import Person
from app.services.lists import list_files, looks, table_query
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.records import reveals, saving
from app.ui.pages.settings.looks import LooksSubject
from app.ui.pages.settings.page import SettingsPage
from tests.ui.pages.at_work import AtWork

IDS = ("11010519491231002X", "511102198001010012", "511111196503071218")


@pytest.fixture
def seen(at_work: AtWork, tmp_path: Path) -> Office:
    """One file looked at alone, three taken along together."""
    office = at_work.office
    names = zip(("甲", "乙", "丙"), IDS, strict=True)
    saved = [saving.save(office, Person, {"name": n, "resident_id": i}).id for n, i in names]
    reveals.reveal(office, Person, saved[0], ("resident_id",), "电话核对")
    query = TableQuery(Person, ("name", "resident_id"))
    ids = table_query.listed(office, query).ids
    out = tmp_path / "t.xlsx"
    list_files.write_list_sheet(office, out, query, ids, full_numbers_because="年度复核")
    return office


def test_what_was_taken_along_together_is_one_line(seen: Office) -> None:
    together, alone = looks.looks(seen)
    assert (together.what, together.count, together.why) == ("困难职工档案 3 条", 3, "年度复核")
    assert (alone.what.split("　")[0], alone.fields, alone.why) == ("甲", "身份证号", "电话核对")
    assert together.who


def test_the_page_shows_narrows_and_keeps_it(at_work: AtWork, seen: Office, tmp_path: Path) -> None:
    at_work.shell.go("settings")
    page = at_work.shell.page
    assert isinstance(page, SettingsPage)
    subject = page.go("looks")
    at_work.rest()
    assert isinstance(subject, LooksSubject)
    panel = subject.shown
    assert [line.why for line in panel.lines] == ["年度复核", "电话核对"]
    panel.sought.setText("电话")
    assert [row[4] for row in panel.table.texts] == ["电话核对"]
    assert panel.said.text() == "共 1 行，全部 2 行"
    panel.save_to(tmp_path / "记录.xlsx")
    at_work.rest()
    sheet = load_workbook(tmp_path / "记录.xlsx").active
    assert sheet is not None
    words = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"电话核对", "全号查看记录"} <= words
    assert "年度复核" not in words
