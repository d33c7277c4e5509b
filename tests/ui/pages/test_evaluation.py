"""考评 in the window: keyed in the grid, computed, appealed, commended, issued, printed (R43)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.documents.letters.letter_reading import read_letter
from app.domain.records import Evaluation
from app.services.evaluating.evaluation_seen import EvaluationSeen, seen
from app.services.office.office import Office
from app.services.records import saving
from app.ui.pages.statistics import StatisticsPage
from app.ui.pages.statistics.evaluation_grid import head_height, heading_of
from app.ui.pages.statistics.evaluation_view import EvaluationView
from app.ui.parts.key_button import KeyButton
from app.ui.parts.table import Column
from app.ui.worker import Worker
from tests.services.offices import COUNTY, SetClock, deliver, save_visit
from tests.ui.pages.at_work import CTRL, AtWork

ALT = Qt.KeyboardModifier.AltModifier
CRITERIA = [
    {"name": "走访单位", "points": "30", "basis": "enterprises", "full_at": "2"},
    {"name": "工作创新", "points": "15"},
]


@pytest.fixture
def key(city: Office, county: Office, clock: SetClock, tmp_path: Path) -> str:
    save_visit(county)
    deliver(county, city, tmp_path / "stick")
    clock.set(2011, 12, 20)
    body = {"title": "走访考评", "as_of": "2011-12-20", "campaign": "2011-36"}
    return saving.save(city, Evaluation, {**body, "criteria": CRITERIA}).id


@pytest.fixture
def city_at_work(
    qtbot: QtBot, dressed: QApplication, worker: Worker, city: Office, tmp_path: Path
) -> AtWork:
    return AtWork(qtbot, city, worker, tmp_path)


def page_of(at_work: AtWork) -> tuple[StatisticsPage, EvaluationView]:
    at_work.shell.go("statistics")
    page: Any = at_work.shell.page
    at_work.rest()
    page.campaign.setCurrentIndex([one.code for one in page._choices].index("2011-36"))
    page.campaign.activated.emit(page.campaign.currentIndex())
    at_work.rest()
    at_work.press(Qt.Key.Key_9, ALT)
    at_work.rest()
    return page, page.evaluation


def type_in(at_work: AtWork, words: str) -> None:
    """Type this where the focus is, and go on."""
    here = QApplication.focusWidget()
    if isinstance(here, QPlainTextEdit):
        here.setPlainText(words)
        at_work.press(Qt.Key.Key_Tab)
        return
    assert isinstance(here, QLineEdit), here
    here.setText(words)
    at_work.press(Qt.Key.Key_Return)


def now(at_work: AtWork, key: str) -> EvaluationSeen:
    return seen(at_work.office, key)


def row_of(view: EvaluationView, name: str) -> list[str]:
    return next(row for row in view.table.texts if row[1] == name)


def test_beginning_like_the_last_is_offered_where_there_is_a_last(at_work: AtWork) -> None:
    _, view = page_of(at_work)
    assert not any(button.isVisible() for button in like_buttons(view))
    body = {"title": "走访考评", "as_of": "2011-12-20", "campaign": "2012-55"}
    saving.save(at_work.office, Evaluation, {**body, "criteria": CRITERIA})
    view.set_campaign("2011-36")
    at_work.rest()
    assert any(button.isVisible() for button in like_buttons(view))


def like_buttons(view: EvaluationView) -> list[KeyButton]:
    buttons = view.findChildren(KeyButton)
    return [one for one in buttons if one.action.text() == "照上次的项目新建"]


def test_the_heading_of_a_long_criterion_has_two_lines() -> None:
    assert heading_of("工作创新") == "工作创新"
    long = "信息报送和宣传报道、经验交流材料的数量和质量"
    assert heading_of(long).replace("\n", "") == long
    assert [len(line) for line in heading_of(long).split("\n")] == [11, 11]
    assert heading_of(long * 2).endswith("…")
    assert head_height([Column("单位"), Column("一\n二\n10 分")]) == 62


def test_a_city_scores_by_keys_issues_and_prints(
    city_at_work: AtWork, key: str, tmp_path: Path
) -> None:
    at_work = city_at_work
    page, view = page_of(at_work)
    assert len(view.table.texts) == 11
    assert "满分 45 分，未定稿" in view._card.note.text()
    at_work.press(Qt.Key.Key_F10)
    assert "正在取数" in view.work.said.text()
    assert view.work.isVisible()
    at_work.rest()
    assert not view.work.isVisible()
    assert row_of(view, "沙湾区总工会")[:5] == ["1", "沙湾区总工会", "15", "—", "15"]
    place = [row[1] for row in view.table.texts].index("沙湾区总工会")
    view._go_to(place, 2)
    assert "取数时：1" in view.cell.figure.text()
    at_work.press(Qt.Key.Key_Right)
    at_work.press(Qt.Key.Key_Return)
    for words in ("12.5", "建立了联系点制度"):
        type_in(at_work, words)
    at_work.rest()
    assert view.table.row == place + 1
    assert row_of(view, "沙湾区总工会")[3:5] == ["12.5", "27.5"]
    view._go_to(place, 2)
    view.table.setFocus()
    at_work.press(Qt.Key.Key_R, CTRL)
    for words in ("漏了一次走访", "已核实", "30"):
        type_in(at_work, words)
    at_work.rest()
    assert row_of(view, "沙湾区总工会")[2] == "30 改"
    view._go_to(place, 2)
    assert "漏了一次走访" in view.cell.earlier.text()
    at_work.press(Qt.Key.Key_B, CTRL)
    at_work.rest()
    assert now(at_work, key).record.commended == (COUNTY,)
    at_work.press(Qt.Key.Key_J, CTRL)
    assert view.asking.asks
    assert not now(at_work, key).issued
    at_work.press(Qt.Key.Key_J, CTRL)
    at_work.rest()
    assert now(at_work, key).issue_words == "定稿 2011-12-20 市经办"
    assert view.table.texts[0][:2] == ["1", "沙湾区总工会"], "issued, they stand by their places"
    assert view.cell.unit == COUNTY, "who was looked at still is"
    assert "定稿了" in at_work.notices[-1]
    assert not view.cell.points.isEnabled()
    page.save_to = lambda name: str(tmp_path / name)
    with at_work.qtbot.waitSignal(page.written):
        at_work.press(Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    letter = read_letter((tmp_path / "走访考评_通报.docx").read_bytes())
    assert "对沙湾区总工会予以表扬" in str(letter)
    at_work.press(Qt.Key.Key_P, CTRL)
    at_work.rest()
    assert page.paper is not None
    assert page.paper.card.title.text() == "走访考评_通报"


def test_what_is_refused_stays_to_be_mended(city_at_work: AtWork, key: str) -> None:
    at_work = city_at_work
    _, view = page_of(at_work)
    view._go_to(0, 3)
    at_work.press(Qt.Key.Key_Return)
    QTest.keyClicks(view.cell.points, "16")
    at_work.press(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert "满分" in "".join(at_work.notices)
    assert view.cell.points.text() == "16"
    assert now(at_work, key).counts == {}


def test_nothing_is_there_at_first_and_a_new_one_is_keyed_as_a_record(
    city_at_work: AtWork, clock: SetClock
) -> None:
    clock.set(2011, 12, 20)
    at_work = city_at_work
    at_work.shell.go("statistics")
    page: Any = at_work.shell.page
    at_work.rest()
    at_work.press(Qt.Key.Key_9, ALT)
    at_work.rest()
    view = page.evaluation
    assert view._stack.currentWidget() is view._none
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.rest()
    shown: Any = at_work.shell.page
    assert "criteria" in shown.page.form.cells()
    assert shown.page.form.body()["as_of"]


def test_the_next_begins_with_the_rubric_of_the_last(city_at_work: AtWork, key: str) -> None:
    at_work = city_at_work
    _, view = page_of(at_work)
    view.table.setFocus()
    at_work.press(Qt.Key.Key_D, CTRL)
    at_work.rest()
    shown: Any = at_work.shell.page
    assert len(shown.page.form.body()["criteria"]) == 2


def test_a_new_one_is_typed_at_once_beside_a_list_that_is_still_read(
    city_at_work: AtWork, clock: SetClock
) -> None:
    clock.set(2011, 12, 20)
    at_work = city_at_work
    at_work.shell.go("statistics")
    at_work.rest()
    at_work.press(Qt.Key.Key_9, ALT)
    at_work.rest()
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.rest()
    shown: Any = at_work.shell.page
    here = QApplication.focusWidget()
    assert here is not None
    assert shown.page.form.editor("title").isAncestorOf(here), "not the list of the first tab"
    assert not shown.page.form.messages("title")


def test_an_issued_one_is_shown_locked_where_it_was_keyed(
    city_at_work: AtWork, city: Office, key: str
) -> None:
    at_work = city_at_work
    _, view = page_of(at_work)
    at_work.press(Qt.Key.Key_F10)
    at_work.rest()
    at_work.press(Qt.Key.Key_J, CTRL)
    assert view.asking.words.text().startswith("还有 ")
    at_work.press(Qt.Key.Key_J, CTRL)
    at_work.rest()
    assert at_work.desk.open(Evaluation.type_name, key)
    at_work.rest()
    shown: Any = at_work.shell.page
    assert shown.page.card.state.accessibleName() == "已定稿"
    locked = {name for name, cell in shown.page.form.cells().items() if cell.editor.read_only}
    assert {"title", "as_of", "criteria", "remarks"} <= locked
    assert "attachments" not in locked


def test_the_arrow_keys_stop_at_the_sum(city_at_work: AtWork, key: str) -> None:
    at_work = city_at_work
    _, view = page_of(at_work)
    view.table.setFocus()
    for _ in range(8):
        at_work.press(Qt.Key.Key_Right)
    assert view.table.currentIndex().column() == 4


def test_an_indicator_is_offered_by_name_and_stands_as_its_code(
    city_at_work: AtWork, city: Office
) -> None:
    at_work = city_at_work
    page = at_work.go("worklog", Evaluation.type_name)
    page.editing.new({"campaign": "2012-55", "criteria": [{"name": "会员", "points": "10"}]})
    at_work.rest()
    criteria: Any = page.form.editor("criteria")
    cell = criteria.rows[0].cells["indicator"]
    cell.setFocus()
    QTest.keyClicks(cell.line, "T8")
    at_work.rest()
    assert cell.line.open
    assert cell.line.popup.titles()[0].startswith("T8")
    at_work.press(Qt.Key.Key_Return)
    assert cell.line.text() == "T8"
