"""Ctrl+F from anywhere: typed, looked through, opened, or left again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from app.domain.records import Person
from app.services.records import saving
from app.ui.pages.records.page import RecordPage
from app.ui.searching.finder import EACH, Finder
from app.ui.searching.results_model import Heading, More, Result
from tests.services.offices import save_visit
from tests.ui import hands
from tests.ui.pages.at_work import CTRL, AtWork
from tests.ui.pages.conftest import at_work, city, clock, county, grounds

__all__ = ["at_work", "city", "clock", "county", "grounds"]

ID = "11010519491231002X"


class Searcher:
    """Somebody who presses Ctrl+F."""

    def __init__(self, qtbot: QtBot, work: AtWork) -> None:
        self.qtbot, self.work = qtbot, work
        self.finder = Finder(work.office, work.worker, work.shell)
        self.box = work.shell.header.search
        self.panel = self.finder.panel

    def begin(self) -> None:
        """Press Ctrl+F, wherever one is."""
        here = QApplication.focusWidget() or self.work.window
        QTest.keyClick(here, Qt.Key.Key_F, CTRL)

    def seek(self, text: str) -> None:
        """Press Ctrl+F, type, and wait for the answer."""
        self.begin()
        with self.qtbot.waitSignal(self.finder.answered):
            hands.compose(text)

    @property
    def found(self) -> list[str]:
        """What stands in the panel, in words."""
        return [_in_words(row) for row in self.panel.model.rows]

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.work.press(key)
        self.work.rest()

    @property
    def shown(self) -> str:
        """The record that stands in the form now."""
        page = self.work.shell.page
        assert isinstance(page, RecordPage)
        return page.editing.key


def _in_words(row: Heading | Result | More) -> str:
    if isinstance(row, Heading):
        return f"{row.words}：{row.count}"
    return row.line.title if isinstance(row, Result) else row.words


@pytest.fixture
def searcher(qtbot: QtBot, at_work: AtWork) -> Searcher:
    """A clerk at the first page, which has no list of its own."""
    at_work.shell.go("home")
    at_work.rest()
    return Searcher(qtbot, at_work)


@pytest.fixture
def visits(at_work: AtWork) -> Sequence[str]:
    """Three visits."""
    names = ("太平镇竹编厂", "太平镇茶厂", "沐江堰管理处")
    return [save_visit(at_work.office, enterprise_name=name).id for name in names]


def test_from_the_first_page_to_a_record(searcher: Searcher, visits: Sequence[str]) -> None:
    searcher.seek("zbc")
    assert searcher.found == [
        "走访登记：1 条",
        "太平镇竹编厂",
        "企（事）业单位：1 条",
        "太平镇竹编厂",
    ]
    searcher.press(Qt.Key.Key_Return)
    assert (searcher.work.shell.current, searcher.shown) == ("visits", visits[0])
    assert not searcher.panel.isVisible()
    assert searcher.box.text() == ""
    assert searcher.work.shell.page.isAncestorOf(hands.focus())


def test_arrows_go_past_headings_and_stop_at_the_ends(
    searcher: Searcher, visits: Sequence[str]
) -> None:
    searcher.seek("太平")
    current = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        searcher.press(key)
        row = searcher.panel.current
        assert isinstance(row, Result)
        current.append((row.type_name, row.line.title))
    assert current == [
        ("visit", "太平镇茶厂"),
        ("visit", "太平镇竹编厂"),
        ("enterprise", "太平镇茶厂"),
        ("enterprise", "太平镇竹编厂"),
    ]
    assert hands.focus() is searcher.box
    searcher.press(Qt.Key.Key_Return)
    assert searcher.work.shell.current == "enterprises"


def test_enter_may_be_pressed_before_the_answer_is_there(
    searcher: Searcher, visits: Sequence[str]
) -> None:
    searcher.begin()
    searcher.box.setText("沐江堰")
    searcher.press(Qt.Key.Key_Return)
    assert (searcher.work.shell.current, searcher.shown) == ("visits", visits[2])


def test_only_the_last_question_is_answered(searcher: Searcher, visits: Sequence[str]) -> None:
    answers: list[list[str]] = []
    searcher.finder.answered.connect(lambda: answers.append(searcher.found))
    searcher.begin()
    for text in ("太", "太平", "太平镇竹"):
        searcher.box.setText(text)
    searcher.work.rest()
    assert [found[1] for found in answers] == ["太平镇竹编厂"]


def test_esc_goes_back_to_where_one_was(searcher: Searcher, visits: Sequence[str]) -> None:
    page = searcher.work.go("visits")
    page.form.focus_first()
    field = hands.focus()
    searcher.seek("竹")
    searcher.press(Qt.Key.Key_Escape)
    assert not searcher.panel.isVisible()
    assert searcher.box.text() == ""
    assert hands.focus() is field


def test_the_list_of_the_page_is_narrowed_too_and_its_type_comes_first(
    searcher: Searcher, visits: Sequence[str]
) -> None:
    page = searcher.work.go("enterprises")
    searcher.seek("竹编")
    searcher.work.rest()
    assert searcher.found[0] == "企（事）业单位：1 条"
    assert len(page.browsing.card.model.ids) == 1
    searcher.press(Qt.Key.Key_Tab)
    assert page.isAncestorOf(hands.focus())
    assert not searcher.panel.isVisible()
    assert len(page.browsing.card.model.ids) == 1
    with searcher.qtbot.waitSignal(searcher.finder.answered):
        searcher.begin()
    assert searcher.panel.isVisible()


def test_what_does_not_fit_is_looked_through_in_its_list(searcher: Searcher) -> None:
    for n in range(EACH + 2):
        save_visit(searcher.work.office, enterprise_name=f"竹编第{n}厂")
    searcher.seek("竹编第")
    assert searcher.found[0] == f"走访登记：{EACH + 2} 条"
    assert searcher.found[EACH + 1] == "还有 2 条，到列表里看"
    searcher.press(*[Qt.Key.Key_Down] * EACH, Qt.Key.Key_Return)
    page = searcher.work.shell.page
    assert isinstance(page, RecordPage)
    assert len(page.browsing.card.model.ids) == EACH + 2
    assert searcher.box.text() == "竹编第"
    assert not searcher.panel.isVisible()


def test_a_part_of_an_id_number_shows_the_person_masked(searcher: Searcher) -> None:
    saving.save(searcher.work.office, Person, {"name": "试用人", "resident_id": ID})
    searcher.seek(ID[6:14])
    (_, row) = searcher.panel.model.rows
    assert isinstance(row, Result)
    assert row.line.who == "身份证号 110105**********2X"
    spoken = searcher.panel.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert ID[6:14] not in spoken


def test_nothing_found_says_what_may_be_typed(searcher: Searcher, visits: Sequence[str]) -> None:
    searcher.seek("没有这个")
    assert searcher.found == []
    assert "没有找到“没有这个”" in searcher.panel.accessibleDescription()
    assert searcher.panel.height() > searcher.box.height()
    searcher.press(Qt.Key.Key_Return)
    assert searcher.work.shell.current == "home"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab])
def test_what_is_typed_after_nothing_was_found_stays_in_the_box(
    searcher: Searcher, visits: Sequence[str], key: Qt.Key
) -> None:
    searcher.work.go("enterprises")
    searcher.seek("没有这个")
    searcher.press(key)
    searcher.box.clear()
    searcher.seek("竹编")
    searcher.work.rest()
    assert searcher.box.hasFocus(), "the list that has rows again does not take it"


def test_a_result_is_clicked(searcher: Searcher, visits: Sequence[str]) -> None:
    searcher.seek("沐江")
    (results,) = searcher.panel.findChildren(QListView)
    where = results.visualRect(searcher.panel.model.index(1)).center()
    QTest.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=where)
    searcher.work.rest()
    assert (searcher.work.shell.current, searcher.shown) == ("visits", visits[2])


def test_the_keys_are_told(searcher: Searcher) -> None:
    searcher.begin()
    told = [f"{key.shown} {key.words}" for key in searcher.work.shell.hints.hints]
    assert told[:4] == ["↑ ↓ 选择", "Enter 打开", "Tab 到本页", "Esc 回到原处"]
