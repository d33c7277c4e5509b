"""合成一份 and 一年内重复帮扶: opened by a key beside the records, without a mouse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.records import Aid, Case, Enterprise, Person
from app.services.figures import double_aid
from app.services.office.office import Office
from app.services.records import saving
from app.ui.pages.aids.double_aid_panel import DoubleAidPanel
from app.ui.pages.records.joined.joined_panel import JoinedPanel
from tests.ui.pages.at_work import CTRL, AtWork

SHIFT = Qt.KeyboardModifier.ShiftModifier
SHAWAN = "511111100"
pytestmark = pytest.mark.usefixtures("dressed")


def person(office: Office, name: str, number: str, **typed: Any) -> str:
    body = {"name": name, "resident_id": number, "consent_on": "2011-07-01", **typed}
    return saving.save(office, Person, body).id


def helped(office: Office, who: str, day: str, money: str, **typed: Any) -> str:
    case = {"person": who, "types": "生活救助", "found_on": day}
    made = saving.save(office, Case, case)
    body = {"case": made.id, "type": "生活救助", "money": money, "given_on": day, **typed}
    return saving.save(office, Aid, body, accept={"G04": "确实又帮扶了一次"}).id


def joined(at_work: AtWork) -> JoinedPanel:
    page = at_work.go("enterprises")
    at_work.press(Qt.Key.Key_J, CTRL | SHIFT)
    at_work.rest()
    panel = page.panels.working
    assert isinstance(panel, JoinedPanel)
    return panel


def test_without_a_chosen_file_the_page_says_to_choose_one(at_work: AtWork) -> None:
    page = at_work.go("persons")
    at_work.press(Qt.Key.Key_J, CTRL | SHIFT)
    at_work.rest()
    panel = page.panels.working
    assert isinstance(panel, JoinedPanel)
    assert "在列表里选一份" in panel.said.text()
    assert not any(one.isEnabled() for one in (panel.open, panel.part, panel.join))


def test_two_entries_are_looked_at_joined_and_taken_apart_by_keys(at_work: AtWork) -> None:
    office = at_work.office
    names = ("沫东水泥厂", "沫江电子有限公司")
    made = [saving.save(office, Enterprise, {"name": n, "area": SHAWAN}) for n in names]
    panel = joined(at_work)
    assert panel.seen is not None
    (own,) = panel.seen.files
    other = next(one for one in made if one.id != own.id)
    assert not panel.join.isEnabled()
    assert not panel.part.isEnabled()
    assert panel.other.hasFocus()

    panel.other.put(other.number)
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert [one.joined for one in panel.seen.files] == [True, False]
    assert panel.reason.hasFocus()
    panel.reason.setText("同一执照")
    at_work.press(Qt.Key.Key_Return, CTRL)
    at_work.rest()
    assert panel.seen.is_joined
    with at_work.qtbot.waitSignal(panel.paper.ready):
        at_work.press(Qt.Key.Key_P, CTRL)
    assert not panel.part.isEnabled(), "on the paper its own keys work"
    at_work.press(Qt.Key.Key_Escape)
    assert panel.table.hasFocus()
    assert panel.table.hasFocus()
    assert "2 份合成一份" in panel._card.title.text()
    assert {told.file for told in panel.seen.history} == {0, 1}
    assert panel.table.texts[0][-1] != "相同"

    at_work.press(Qt.Key.Key_Z, CTRL)
    at_work.rest()
    assert [one.joined for one in panel.seen.files] == [True]
    assert at_work.notices == []
    at_work.press(Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_the_other_file_is_the_second_one_selected(at_work: AtWork) -> None:
    for one in ("甲厂", "乙矿"):
        saving.save(at_work.office, Enterprise, {"name": one, "area": SHAWAN})
    page = at_work.go("enterprises")
    at_work.press(Qt.Key.Key_Down, SHIFT)
    assert len(page.browsing.card.selected) == 2
    at_work.press(Qt.Key.Key_J, CTRL | SHIFT)
    at_work.rest()
    panel = page.panels.working
    assert isinstance(panel, JoinedPanel)
    assert panel.seen is not None
    assert [one.joined for one in panel.seen.files] == [True, False]
    assert panel.reason.hasFocus()
    assert "按 Ctrl+Enter 合成一份" in panel.said.text()
    at_work.press(Qt.Key.Key_Escape)

    at_work.press(Qt.Key.Key_F12)
    at_work.rest()
    at_work.press(Qt.Key.Key_J, CTRL | SHIFT)
    at_work.rest()
    assert panel.isVisible()
    assert [one.joined for one in panel.seen.files] == [True], "one row of the table"
    at_work.press(Qt.Key.Key_Escape)
    assert page.table.is_shown


def test_the_other_file_is_found_by_a_part_of_its_name_and_is_never_the_same(
    at_work: AtWork,
) -> None:
    names = ("沫东水泥厂", "沫江电子有限公司")
    for one in names:
        saving.save(at_work.office, Enterprise, {"name": one, "area": SHAWAN})
    panel = joined(at_work)
    assert panel.seen is not None
    own = panel.seen.files[0].name
    QTest.keyClicks(panel.other.line, "mj" if own == names[0] else "md")
    at_work.rest()
    offered = panel.other.line.popup.titles()
    assert set(names) & set(offered) == set(names) - {own}
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert [one.joined for one in panel.seen.files] == [True, False]
    assert panel.reason.hasFocus()


def test_a_number_that_nobody_has_is_said_and_a_reason_is_asked_for(at_work: AtWork) -> None:
    office = at_work.office
    made = [saving.save(office, Enterprise, {"name": n, "area": SHAWAN}) for n in ("甲厂", "乙矿")]
    panel = joined(at_work)
    panel.other.put("没有-2011-0001")
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert len(at_work.notices) == 1
    assert panel.seen is not None
    other = next(one for one in made if one.id != panel.seen.files[0].id)
    panel.other.put(other.number)
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    at_work.press(Qt.Key.Key_Return, CTRL)
    at_work.rest()
    assert at_work.notices[1:] == ["要写明理由。"]
    assert not panel.seen.is_joined


def test_who_was_aided_twice_is_listed_with_sums_written_and_opened(
    at_work: AtWork, tmp_path: Path
) -> None:
    office = at_work.office
    at_work.office.clock.set(2011, 12, 20)  # type: ignore[attr-defined]
    number, child = "11010519491231002X", "110101199003077774"
    one = person(office, "刘勇", number)
    row = {"name": "刘勇", "relation": "父亲", "resident_id": number}
    other = person(office, "刘明", child, family=[row])
    helped(office, one, "2011-08-01", "500", unit="511111101")
    helped(office, other, "2011-10-01", "800.50")
    helped(office, one, "2010-10-01", "300")

    page = at_work.go("cases", Aid.type_name)
    at_work.press(Qt.Key.Key_F10)
    at_work.rest()
    panel = page.panels.working
    assert isinstance(panel, DoubleAidPanel)
    (line,) = panel.table.texts
    assert line[1] == "刘勇、刘明"
    assert line[3:6] == ["2", "1,300.50", "500.00"]
    assert line[6] == "待认定"
    out = tmp_path / "重复帮扶.xlsx"
    panel.save_to = lambda name: str(out)
    at_work.press(Qt.Key.Key_S, CTRL | SHIFT)
    at_work.rest()
    sheet = load_workbook(out).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "刘勇、刘明" in cells
    assert any("2011-10-01" in text and "800.50元" in text for text in cells)
    assert panel.shown is not None
    assert double_aid.write_paper(office, panel.shown, tmp_path / "a.pdf") == 1

    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert page.isVisible()
    assert not panel.isVisible()
