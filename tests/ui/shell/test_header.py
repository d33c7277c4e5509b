"""Where the window is narrow the search box keeps its words, and every button its key."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.keys import Action, key
from app.ui.shell.header import Header

WORDS = (
    ("帮扶记录", "Ctrl+T", ""), ("表格", "F12", "table"), ("帮扶经过", "F6", ""),
    ("打印", "Ctrl+P", "printer"), ("导入", "Ctrl+I", "upload-simple"),
    ("添加", "Ctrl+N", "plus"),
)  # fmt: skip


def test_signs_give_way_first_and_come_back(around: QWidget) -> None:
    header, _ = shown(around, "帮扶事项")
    narrow = resized(header, 1190)
    assert not narrow.more.isVisible()
    assert widths(narrow) == [one.wanted_width(tight=True) for one in narrow._buttons]
    wide = resized(header, 2000)
    assert widths(wide) == [one.wanted_width(tight=False) for one in wide._buttons]


def test_the_search_box_keeps_all_its_words_at_every_width(around: QWidget) -> None:
    header, _ = shown(around, "困难职工档案")
    for width in range(header.minimumSizeHint().width(), 1600, 40):
        box = resized(header, width).search
        words = box.fontMetrics().horizontalAdvance(box.placeholderText())
        assert box.width() - box.textMargins().left() - box.textMargins().right() > words
        assert header.help.geometry().right() < width


def test_what_has_no_room_goes_into_a_menu_from_the_left_and_its_keys_go_on(
    around: QWidget,
) -> None:
    header, pressed = shown(around, "困难职工档案")
    resized(header, 800)
    aside = [action.text() for action in header.menu.actions()]
    assert aside
    assert aside == [words for words, _, _ in WORDS][: len(aside)]
    beside = [one.text() for one in header._buttons if one.isVisible()]
    assert [*aside, *beside] == [words for words, _, _ in WORDS]
    header.more.action.trigger()
    assert header.menu.isVisible()
    header.menu.actions()[0].trigger()
    assert pressed == [WORDS[0][0]]
    header.menu.close()
    resized(header, 2000)
    assert header.more.isHidden()
    assert not header.more.action.isEnabled()
    assert all(one.isVisible() for one in header._buttons)


def test_an_action_that_went_away_stays_away(around: QWidget) -> None:
    header, _ = shown(around, "帮扶事项")
    header._buttons[1].action.setVisible(False)
    assert not resized(header, 2000)._buttons[1].isVisible()
    assert not resized(header, 700)._buttons[1].isVisible()
    header._buttons[1].action.setVisible(True)
    assert resized(header, 2000)._buttons[1].isVisible()


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    """What the header stands in."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(2100, 100)
    made.show()
    return made


def shown(around: QWidget, title: str) -> tuple[Header, list[str]]:
    """A header with the buttons of a page, and what was pressed."""
    header = Header(around)
    header.set_narrow(True)
    pressed: list[str] = []
    actions = [
        Action(key(shown, words), partial(pressed.append, words), around, icon=sign or None)
        for words, shown, sign in WORDS
    ]
    header.show_page(title, "", "", actions)
    return header, pressed


def resized(header: Header, width: int) -> Header:
    """The header at this width, laid out."""
    header.resize(width, header.height())
    header.show()
    for _ in range(2):
        QApplication.processEvents()
        QApplication.sendPostedEvents()
    return header


def widths(header: Header) -> list[int]:
    """Of the buttons, from the left."""
    return [button.width() for button in header._buttons]
