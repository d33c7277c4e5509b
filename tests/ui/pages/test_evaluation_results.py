"""考评结果 in the window: a county looks, objects and takes back; the city answers (R43, R47)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.documents.letters.letter_reading import read_letter
from app.domain.records import Evaluation
from app.services.evaluating import evaluations, result_sheets
from app.services.evaluating.evaluation_seen import seen
from app.services.evaluating.result_sheets import listed_sheets, seen_sheet
from app.services.office.office import Office
from app.services.records import saving
from app.services.reporting import receipts
from app.services.reviewing import answers
from app.ui.pages.statistics import StatisticsPage
from app.ui.worker import Worker
from tests.services.offices import COUNTY, SetClock, deliver, save_visit
from tests.ui.pages.at_work import CTRL, AtWork

CRITERIA = [
    {"name": "走访单位", "points": "30", "basis": "enterprises", "full_at": "2"},
    {"name": "工作创新", "points": "15"},
]


@pytest.fixture
def key(city: Office, county: Office, clock: SetClock, tmp_path: Path) -> str:
    """An 考评 whose points the county was told."""
    save_visit(county)
    deliver(county, city, tmp_path / "stick")
    clock.set(2011, 12, 20)
    body = {"title": "走访考评", "as_of": "2011-12-20", "campaign": "2011-36"}
    made = saving.save(city, Evaluation, {**body, "criteria": CRITERIA}).id
    evaluations.compute(city, made)
    own = seen(city, made).record.criteria[1].id
    evaluations.give(city, made, (COUNTY, own), "12.5", "建立了联系点制度")
    evaluations.show_points(city, made)
    tell(city, county, tmp_path / "down")
    return made


def tell(city: Office, county: Office, stick: Path) -> None:
    receipts.take_receipts(county, answers.answer(city, COUNTY, stick).files)


def object_to(county: Office, city: Office, stick: Path) -> None:
    """The county objects to both criteria, and the city has it."""
    (sheet,) = listed_sheets(county)
    result_sheets.object_to(county, sheet.id, "走访单位", "漏了一次走访", "纸质表在")
    result_sheets.object_to(county, sheet.id, "工作创新", "应得满分")
    deliver(county, city, stick)


@pytest.fixture
def city_at_work(
    qtbot: QtBot, dressed: QApplication, worker: Worker, city: Office, tmp_path: Path
) -> AtWork:
    return AtWork(qtbot, city, worker, tmp_path)


def from_home(at_work: AtWork, name: str) -> StatisticsPage:
    """Go where the line of 接下来做什么 leads."""
    at_work.shell.go("home")
    at_work.rest()
    home: Any = at_work.shell.page
    place = [line.name for line in home.waiting._lines].index(name)
    home.waiting.table.selectRow(place)
    home.waiting.go()
    at_work.rest()
    page = at_work.shell.page
    assert isinstance(page, StatisticsPage)
    return page


def type_in(at_work: AtWork, words: str) -> None:
    here = QApplication.focusWidget()
    if isinstance(here, QPlainTextEdit):
        here.setPlainText(words)
        at_work.press(Qt.Key.Key_Tab)
        return
    assert isinstance(here, QLineEdit), here
    here.setText(words)
    at_work.press(Qt.Key.Key_Return)


@pytest.mark.usefixtures("key")
def test_a_county_looks_objects_takes_back_and_prints(at_work: AtWork, tmp_path: Path) -> None:
    page = from_home(at_work, "results")
    view = page.scores.results
    assert view.isVisible()
    assert view.table.hasFocus()
    assert (
        "乐山市总工会：总分 27.5 分（满分 45 分），还没有定稿，可以申诉" in view._card.note.text()
    )
    assert [row[:4] for row in view.table.texts] == [
        ["走访单位", "30", "15", ""], ["工作创新", "15", "12.5", ""],
    ]  # fmt: skip
    at_work.press(Qt.Key.Key_R, CTRL)
    for words in ("漏了一次走访", "纸质表在"):
        type_in(at_work, words)
    at_work.rest()
    assert view.table.texts[0][3] == "等答复"
    assert "随下次报送" in at_work.notices[-1]
    assert view.cell.said.text() == "漏了一次走访"
    at_work.press(Qt.Key.Key_Z, CTRL)
    at_work.rest()
    assert view.table.texts[0][3] == ""
    page.save_to = lambda name: str(tmp_path / name)
    with at_work.qtbot.waitSignal(page.written):
        at_work.press(Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    letter = read_letter((tmp_path / "走访考评_本单位结果.docx").read_bytes())
    assert "建立了联系点制度" in str(letter)
    at_work.press(Qt.Key.Key_P, CTRL)
    at_work.rest()
    assert page.paper is not None
    assert page.paper.card.title.text() == "走访考评_本单位结果"


@pytest.mark.usefixtures("key")
def test_a_reason_has_lines_and_a_limit_that_is_told(at_work: AtWork, county: Office) -> None:
    page = from_home(at_work, "results")
    cell = page.scores.results.cell
    at_work.press(Qt.Key.Key_R, CTRL)
    assert cell.said.count.text() == "最多 500 字"
    at_work.press(Qt.Key.Key_Return)
    assert cell.said.text() == "\n", "Enter makes a line"
    long = "一是漏了一次走访。\n" + "二" * 500
    cell.said.setText(long)
    assert cell.said.count.text() == "多 10 字，最多 500 字"
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    assert cell.said.text() == long, "nothing of it is dropped"
    assert result_sheets.seen_sheet(county, listed_sheets(county)[0].id).rows[0].waiting is None
    cell.said.setText("一是漏了一次走访。\n二是纸质表在。")
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    (sheet,) = listed_sheets(county)
    waiting = seen_sheet(county, sheet.id).rows[0].waiting
    assert waiting is not None
    assert waiting.record.said == "一是漏了一次走访。\n二是纸质表在。"


@pytest.mark.usefixtures("key")
def test_one_turns_between_both_sides(at_work: AtWork) -> None:
    page = from_home(at_work, "results")
    at_work.press(Qt.Key.Key_T, CTRL)
    at_work.rest()
    assert page.scores.own.isVisible()
    assert not page.scores.results.isVisible()


def test_the_city_answers_what_came_and_takes_an_answer_back(
    city_at_work: AtWork, city: Office, county: Office, key: str, tmp_path: Path
) -> None:
    object_to(county, city, tmp_path / "up")
    at_work = city_at_work
    page = from_home(at_work, "appeals")
    view = page.evaluation
    assert "申诉 2 条没有答复" in view._card.note.text()
    assert not page.scores.tabs.isVisible(), "nobody is above the city"
    assert next(row for row in view.table.texts if row[1] == "沙湾区总工会")[2:4] == [
        "15 诉", "12.5 诉",
    ]  # fmt: skip
    at_work.press(Qt.Key.Key_G, CTRL)
    assert "沙湾区总工会李经办申诉：漏了一次走访　依据：纸质表在" in view.cell.came.text()
    at_work.press(Qt.Key.Key_R, CTRL)
    assert not view.cell.said.isVisible(), "what was said stands above"
    for words in ("已核实", "30"):
        type_in(at_work, words)
    at_work.rest()
    at_work.press(Qt.Key.Key_G, CTRL)
    at_work.press(Qt.Key.Key_R, CTRL)
    for words in ("没有依据，维持", ""):
        type_in(at_work, words)
    at_work.rest()
    found = seen(city, key)
    assert found.waiting == {}
    assert [(one.answer, one.points) for one in found.record.appeals] == [
        ("已核实", "30.00"), ("没有依据，维持", None),
    ]  # fmt: skip
    tell(city, county, tmp_path / "again")
    (sheet,) = listed_sheets(county)
    assert [len(row.answers) for row in seen_sheet(county, sheet.id).rows] == [1, 1]
    row = [row[1] for row in view.table.texts].index("沙湾区总工会")
    view._go_to(row, 3)
    view.table.setFocus()
    at_work.press(Qt.Key.Key_Z, CTRL)
    at_work.rest()
    assert len(seen(city, key).record.appeals) == 1
    assert view.table.texts[row][3] == "12.5 诉"


def test_a_long_reason_leaves_the_answer_its_room(
    city_at_work: AtWork, city: Office, county: Office, key: str, tmp_path: Path
) -> None:
    (sheet,) = listed_sheets(county)
    result_sheets.object_to(county, sheet.id, "走访单位", "漏了一次走访。\n" * 60)
    deliver(county, city, tmp_path / "up")
    at_work = city_at_work
    at_work.window.resize(1093, 583)
    page = from_home(at_work, "appeals")
    at_work.press(Qt.Key.Key_G, CTRL)
    at_work.press(Qt.Key.Key_R, CTRL)
    prose = page.evaluation.cell.answer.prose
    three = 3 * prose.fontMetrics().lineSpacing()

    def is_seen_whole() -> bool:
        return prose.visibleRegion().boundingRect().height() == prose.height() >= three

    at_work.qtbot.waitUntil(is_seen_whole)


def test_points_are_shown_to_be_checked_and_no_longer(
    city_at_work: AtWork, city: Office, key: str
) -> None:
    at_work = city_at_work
    at_work.shell.open("score_appeal", key)
    at_work.rest()
    page: Any = at_work.shell.page
    assert "12月20日起交核对" in page.evaluation._card.note.text()
    for shown in (False, True):
        at_work.press(Qt.Key.Key_K, CTRL)
        at_work.rest()
        assert (seen(city, key).record.shown_at is not None) is shown
