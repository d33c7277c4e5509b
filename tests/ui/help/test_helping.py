"""Somebody who does not know what to do presses F1, reads, and is back where he was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services.office.office import Office
from app.ui.help.panel import HelpPanel
from app.ui.pages.settings.page import SettingsPage
from app.ui.shell.window import Window
from app.ui.worker import Worker
from tests.services.conftest import city, clock, county, grounds
from tests.ui.pages.at_work import AtWork

__all__ = ["city", "clock", "county", "grounds"]

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def at_work(
    qtbot: QtBot, dressed: QApplication, worker: Worker, county: Office, tmp_path: Path
) -> Iterator[AtWork]:
    work = AtWork(qtbot, county, worker, tmp_path)
    yield work
    qtbot.waitUntil(lambda: not work.busy)


def here() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def press(key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(here(), key, held)


def panel(window: Window) -> HelpPanel:
    assert window.help is not None
    assert window.help.isVisible()
    return window.help


def test_the_first_f1_tells_of_the_field_the_second_opens_its_page(at_work: AtWork) -> None:
    page = at_work.go("visits")
    press(Qt.Key.Key_N, CTRL)
    at_work.rest()
    page.form.jump_to("headcount")
    field = here()
    press(Qt.Key.Key_F1)
    assert any("说明" in line for line in page.form.messages("headcount"))
    assert at_work.window.help is None
    press(Qt.Key.Key_F1)
    assert panel(at_work.window).name == "visits"
    assert not at_work.shell.isVisible()
    press(Qt.Key.Key_Escape)
    assert at_work.shell.isVisible()
    assert here() is field


def test_each_place_opens_its_own_page(at_work: AtWork) -> None:
    for name in ("home", "persons", "submit", "inbox"):
        at_work.shell.go(name)
        at_work.rest()
        at_work.shell.navigation.item(name).setFocus()
        press(Qt.Key.Key_F1)
        assert panel(at_work.window).name == name
        press(Qt.Key.Key_Escape)


def test_a_subject_of_the_settings_has_a_page_of_its_own(at_work: AtWork) -> None:
    at_work.shell.go("settings")
    page = at_work.shell.page
    for subject, name in (("backup", "backup"), ("recovery", "unlock"), ("about", "settings")):
        cast(SettingsPage, page).go(subject)
        at_work.rest()
        press(Qt.Key.Key_F1)
        assert panel(at_work.window).name == name
        press(Qt.Key.Key_Escape)


def test_the_search_box_is_explained_too(at_work: AtWork) -> None:
    at_work.go("visits")
    press(Qt.Key.Key_F, CTRL)
    press(Qt.Key.Key_F1)
    assert panel(at_work.window).name == "search"


def test_the_keys_that_work_there_are_listed_at_the_end(at_work: AtWork) -> None:
    at_work.go("visits")
    press(Qt.Key.Key_F1)
    shown = panel(at_work.window)
    assert "现在能用的按键" in shown.text.toPlainText()
    assert "Ctrl+N" in shown.text.keys
    shown.open("home")
    assert "现在能用的按键" not in shown.text.toPlainText()


def test_what_is_behind_the_help_hears_no_key(at_work: AtWork) -> None:
    page = at_work.go("visits")
    before = page.editing.key
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_N, CTRL)
    press(Qt.Key.Key_PageDown, CTRL)
    assert page.editing.key == before
    assert at_work.shell.current == "visits"


@pytest.fixture
def help_panel(qtbot: QtBot, dressed: QApplication) -> HelpPanel:
    made = HelpPanel()
    qtbot.addWidget(made)
    made.resize(1093, 552)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.open("start")
    return made


def test_words_narrow_the_contents_and_are_marked(help_panel: HelpPanel) -> None:
    press(Qt.Key.Key_F, CTRL)
    assert here() is help_panel.search
    help_panel.search.setText("断电")
    found = help_panel.list.names
    assert found[0] == help_panel.name == "start"
    assert "visits" not in found
    for _ in range(found.index("questions") + 1):
        press(Qt.Key.Key_Down)
    assert help_panel.name == "questions"
    assert help_panel.text.extraSelections()
    press(Qt.Key.Key_F, CTRL)
    press(Qt.Key.Key_Escape)
    assert help_panel.search.text() == ""
    assert "visits" in help_panel.list.names


def test_nothing_found_says_so(help_panel: HelpPanel) -> None:
    help_panel.search.setText("没有这样的词")
    assert help_panel.list.names == []
    assert help_panel.list.item(0).text() == "没有找到，换一个词试试"


def test_a_link_is_followed_and_one_can_go_back(help_panel: HelpPanel) -> None:
    help_panel.text.anchorClicked.emit(QUrl("visits.md"))
    assert help_panel.name == "visits"
    press(Qt.Key.Key_Left, ALT)
    assert help_panel.name == "start"


def test_nothing_outside_is_ever_opened(help_panel: HelpPanel) -> None:
    for link in ("https://example.org/visits.md", "file:///etc/passwd", "../contents.md"):
        help_panel.text.anchorClicked.emit(QUrl(link))
        assert help_panel.name == "start"


def test_escape_in_the_text_goes_back(qtbot: QtBot, help_panel: HelpPanel) -> None:
    with qtbot.waitSignal(help_panel.closed):
        press(Qt.Key.Key_Escape)


def test_every_page_can_be_shown(help_panel: HelpPanel) -> None:
    for name in help_panel.book.topics:
        help_panel.open(name)
        document = help_panel.text.document()
        assert document.idealWidth() <= help_panel.text.viewport().width()


def test_the_mouse_finds_the_help_too(at_work: AtWork) -> None:
    page = at_work.go("visits")
    press(Qt.Key.Key_N, CTRL)
    at_work.rest()
    page.form.jump_to("headcount")
    field = here()
    at_work.shell.help_asked.connect(at_work.window.open_help)
    at_work.shell.header.help.click()
    assert panel(at_work.window).name == "visits"
    press(Qt.Key.Key_Escape)
    assert here() is field


def test_the_two_pages_to_lay_beside_are_shown_and_left(at_work: AtWork) -> None:
    at_work.go("visits")
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_P, CTRL)
    shown = panel(at_work.window)
    paper = shown.paper
    assert paper is not None
    at_work.qtbot.waitUntil(lambda: paper.preview.made is not None)
    made = paper.preview.made
    assert made is not None
    assert len(made.sizes) == 2
    paper.installed = list
    press(Qt.Key.Key_P, CTRL)
    assert "没有打印机" in shown.said.text()
    told = [key.words for key in at_work.window.help.hints.hints] if at_work.window.help else []
    assert "回到目录" not in told, "on the paper its own keys work"
    press(Qt.Key.Key_Escape)
    assert shown.isVisible()
    assert shown.text.hasFocus()
    press(Qt.Key.Key_Escape)
    assert at_work.shell.isVisible()
