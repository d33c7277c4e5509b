"""逻辑检查 of what was received, in the window: narrowed, returned, let stand, undone, printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.records import Visit
from app.services.office.office import Office
from app.services.receiving import package_records
from app.ui.keys import hints_for
from app.ui.pages.inbox.findings.findings_view import FindingsView
from app.ui.parts.key_button import KeyButton
from app.ui.worker import Worker
from tests.services.offices import COUNTY, SetClock, deliver, save_visit
from tests.ui.pages.at_work import CTRL, AtWork

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def ids(city: Office, county: Office, clock: SetClock, tmp_path: Path) -> list[str]:
    clock.set(2011, 12, 10)
    made = [save_visit(county, enterprise_name=f"第{n}厂", opinions="").id for n in range(3)]
    save_visit(county, opinions="", visited_on="2011-12-05", enterprise_name="第一厂")
    deliver(county, city, tmp_path / "up")
    return made


@pytest.fixture
def at_work(
    qtbot: QtBot, dressed: QApplication, worker: Worker, city: Office, tmp_path: Path
) -> AtWork:
    return AtWork(qtbot, city, worker, tmp_path)


@pytest.fixture
def at_desk(ids: list[str], at_work: AtWork) -> AtWork:
    at_work.shell.go("inbox")
    at_work.rest()
    at_work.press(Qt.Key.Key_6, ALT)
    at_work.rest()
    return at_work


def view_of(at_work: AtWork) -> FindingsView:
    page: Any = at_work.shell.page
    view: FindingsView = page.findings
    return view


def verdicts(city: Office, ids: list[str]) -> list[str]:
    with city.store.read() as connection:
        return list(package_records.verdicts(connection, Visit, ids).values())


def counts(view: FindingsView) -> list[str]:
    return [view.standings.words(name) for name in ("OPEN", "RETURNED", "LET", "SAID")]


def primaries(view: FindingsView) -> list[str]:
    """What the red buttons say that are seen."""
    buttons = view.findChildren(KeyButton)
    return [one.action.text() for one in buttons if one.isVisible() and one.property("primary")]


def test_where_nothing_was_found_no_keys_of_a_list_are_told(at_work: AtWork) -> None:
    at_work.shell.go("inbox")
    at_work.rest()
    at_work.press(Qt.Key.Key_6, ALT)
    at_work.rest()
    view = view_of(at_work)
    assert view.nothing.isVisible()
    assert view.nothing.hasFocus()
    assert not {"退回", "看这一组", "打开这一条"} & {one.words for one in hints_for(view.nothing)}


def test_findings_are_narrowed_returned_let_stand_and_undone_by_keys(
    at_desk: AtWork, city: Office, ids: list[str], tmp_path: Path
) -> None:
    at_work, view = at_desk, view_of(at_desk)
    page: Any = at_work.shell.page
    every = len(view.table.texts)
    assert view.groups.texts[0] == ["全部", str(every)]
    assert page.tabs.words("findings") == f"逻辑检查 {every}"
    row = next(n for n, one in enumerate(view.groups.texts) if "建议与意见" in one[0])
    assert view.groups.texts[row][1] == "4"
    view.groups.setFocus()
    for _ in range(row):
        at_work.press(Qt.Key.Key_Down)
    assert [one[0] for one in view.table.texts] == ["提醒"] * 4
    at_work.press(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_Down, SHIFT)
    assert "选中 2 处，2 条记录" in view.said.what.accessibleName()
    at_work.press(Qt.Key.Key_B, CTRL)
    assert "2 处（2 条记录）" in view.asking.title.text()
    assert primaries(view) == ["退回"]
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert counts(view)[1] == "已退回 2"
    assert primaries(view) == ["退回"]
    assert len(view.table.texts) == 2
    at_work.press(Qt.Key.Key_F2)
    at_work.press(Qt.Key.Key_Return)
    assert "理由" in view.asking.said.text()
    QTest.keyClicks(view.asking.words, "ok")
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert counts(view)[2] == "已认可 1"
    at_work.press(Qt.Key.Key_Z, CTRL)
    at_work.rest()
    assert counts(view)[2] == "已认可 0"
    at_work.press(Qt.Key.Key_Right)
    assert len(view.table.texts) == 2
    view.table.selectAll()
    at_work.press(Qt.Key.Key_Z, CTRL)
    at_work.rest()
    assert counts(view)[:2] == [f"待办 {every}", "已退回 0"]
    assert verdicts(city, ids) == ["未审核"] * 3


def test_a_finding_opens_its_record_and_the_list_is_taken_along(
    at_desk: AtWork, tmp_path: Path
) -> None:
    at_work, view = at_desk, view_of(at_desk)
    view.by.go("owner")
    assert [row[0] for row in view.groups.texts] == ["全部", "沙湾区总工会"]
    view.groups.choose(COUNTY)
    view.save_to = lambda name: str(tmp_path / name)
    view.table.setFocus()
    at_work.press(Qt.Key.Key_S, CTRL | SHIFT)
    at_work.rest()
    assert (tmp_path / "逻辑检查结果.xlsx").stat().st_size
    at_work.press(Qt.Key.Key_P, CTRL)
    at_work.rest()
    assert view.paper.card.title.text() == "逻辑检查结果"
    at_work.press(Qt.Key.Key_Escape)
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert at_work.shell.current == "visits"
