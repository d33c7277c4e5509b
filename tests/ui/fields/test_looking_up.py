"""Looking up by initials, characters, 编号 or a part of a code, without leaving the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.kernel.errors import UserError
from app.ui.fields.chip import Chip
from app.ui.fields.chips import ChipsEditor
from app.ui.fields.choice import CodeEditor
from app.ui.fields.links import LinkEditor, SuggestedTextEditor
from app.ui.fields.making import make_editor
from app.ui.fields.picking import PickingLine
from app.ui.fields.suggestion import Index, Lookups, Suggestion, Surroundings
from app.ui.keys import CODES, hints_for
from tests.ui.hands import (
    AROUND,
    ENTERPRISES,
    TODAY,
    compose,
    focus,
    keys,
    paste,
    press,
    show,
    spec_of,
)

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lswxd", "乐山无线电公司"),
        ("无线", "乐山无线电公司"),
        ("0003", "沐江堰管理处"),
        ("乐s电l", "乐山电力沙湾供电所"),
        ("沙供", "乐山电力沙湾供电所"),
        ("e2", "乐山电力沙湾供电所"),
    ],
)
def test_records_are_found_by_whatever_one_knows(typed: str, first: str) -> None:
    assert ENTERPRISES(typed)[0].title == first


def test_a_code_is_not_shown_while_its_name_is_read(qtbot: QtBot) -> None:
    waiting: list[Callable[[], None]] = []

    def read(job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        waiting.append(lambda: done(job()))

    lookups = Lookups(lambda kind, text: [], lambda kind, key: "沙湾镇", read)
    editor = make_editor(spec_of("enterprise", "area"), Surroundings(AROUND.today, lookups))
    assert isinstance(editor, LinkEditor)
    show(qtbot, editor)
    editor.load("511111100")
    assert editor.line.displayText() == ""
    assert editor.value() == "511111100"
    waiting.pop()()
    assert editor.line.displayText() == "沙湾镇"
    assert editor.value() == "511111100"


def test_the_whole_name_comes_before_a_beginning_and_a_part() -> None:
    names = Index(Suggestion(name, name) for name in ("大沙湾厂", "沙湾厂办", "沙湾厂"))
    assert [one.title for one in names("沙湾厂")] == ["沙湾厂", "沙湾厂办", "大沙湾厂"]


def code_editor(qtbot: QtBot, place: str) -> CodeEditor:
    editor = make_editor(spec_of(*place.split(".")), AROUND)
    assert isinstance(editor, CodeEditor)
    show(qtbot, editor)
    editor.setFocus()
    return editor


def test_a_code_by_its_initials_and_enter(qtbot: QtBot) -> None:
    editor = code_editor(qtbot, "person.nationality")
    keys(qtbot, "yz")
    assert "彝族" in editor.line.popup.titles()
    while (current := editor.line.popup.current()) is None or current.title != "彝族":
        press(qtbot, Qt.Key.Key_Down)
    with qtbot.waitSignal(editor.next_wanted):
        press(qtbot, Qt.Key.Key_Return)
    assert editor.text() == "彝族"
    assert editor.value() == "07"
    assert not editor.line.open


def test_f7_opens_the_whole_list_and_escape_closes_only_it(qtbot: QtBot) -> None:
    editor = code_editor(qtbot, "person.sex")
    press(qtbot, Qt.Key.Key_F7)
    assert editor.line.popup.titles() == [code.label for code in editor.codes]
    press(qtbot, Qt.Key.Key_Escape)
    assert not editor.line.open
    assert editor.value() is None


def test_tab_takes_what_is_highlighted(qtbot: QtBot) -> None:
    editor = code_editor(qtbot, "person.nationality")
    compose("汉")
    press(qtbot, Qt.Key.Key_Tab)
    assert editor.text() == "汉族"


def test_what_can_mean_one_code_only_is_that_code_when_left(qtbot: QtBot) -> None:
    editor = code_editor(qtbot, "person.nationality")
    compose("土家")
    editor.line.close_list()
    editor.clearFocus()
    assert editor.text() == "土家族"


def link_editor(qtbot: QtBot) -> LinkEditor:
    editor = make_editor(spec_of("demand", "enterprise"), AROUND)
    assert isinstance(editor, LinkEditor)
    show(qtbot, editor)
    editor.setFocus()
    return editor


def test_a_link_is_picked_and_its_key_stored(qtbot: QtBot) -> None:
    editor = link_editor(qtbot)
    keys(qtbot, "lswxd")
    assert editor.line.popup.titles() == ["乐山无线电公司", "添加新的……"]
    with qtbot.waitSignal(editor.picked):
        press(qtbot, Qt.Key.Key_Return)
    assert editor.value() == "e1"
    press(qtbot, Qt.Key.Key_Backspace)
    press(qtbot, Qt.Key.Key_End)
    press(qtbot, Qt.Key.Key_Backspace)
    with pytest.raises(UserError, match="没有选定"):
        editor.value()
    assert editor.typed() == "乐山无线电公"


def test_a_number_typed_in_full_needs_no_picking(qtbot: QtBot) -> None:
    editor = link_editor(qtbot)
    compose("沙湾-企-0003")
    editor.line.close_list()
    editor.clearFocus()
    assert editor.value() == "e3"
    assert editor.text() == "沐江堰管理处"


def test_a_loaded_link_shows_its_title_without_being_a_change(qtbot: QtBot) -> None:
    editor = link_editor(qtbot)
    with qtbot.assertNotEmitted(editor.picked):
        editor.load("e2")
    assert editor.text() == "乐山电力沙湾供电所"
    assert editor.value() == "e2"


def test_a_link_to_what_is_not_here_is_kept(qtbot: QtBot) -> None:
    editor = link_editor(qtbot)
    editor.load("from-another-office")
    assert editor.value() == "from-another-office"
    editor.load(None)
    editor.put("from-another-office")
    with pytest.raises(UserError, match="没有选定"):
        editor.value()


def test_what_is_not_there_can_be_added(qtbot: QtBot) -> None:
    editor = link_editor(qtbot)
    compose("新开的厂")
    assert editor.line.popup.current() is None
    press(qtbot, Qt.Key.Key_Down)
    with qtbot.waitSignal(editor.add_wanted) as caught:
        press(qtbot, Qt.Key.Key_Return)
    assert caught.args == ["enterprise", "新开的厂"]


def test_an_answer_that_comes_too_late_is_not_shown(qtbot: QtBot) -> None:
    waiting: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []
    lookups = Lookups(
        lambda kind, text: ENTERPRISES(text), read=lambda job, done: waiting.append((job, done))
    )
    editor = make_editor(spec_of("demand", "enterprise"), Surroundings(lambda: TODAY, lookups))
    assert isinstance(editor, LinkEditor)
    show(qtbot, editor)
    editor.setFocus()
    compose("沐")
    compose("江")
    (late, shown_late), (last, shown_last) = waiting
    shown_last(last())
    shown_late(Index([Suggestion("x", "不相干")])("") if late() else [])
    assert editor.line.popup.titles() == ["沐江堰管理处"]


def test_a_written_name_stands_but_known_units_are_offered(qtbot: QtBot) -> None:
    editor = make_editor(spec_of("visit", "enterprise_name"), AROUND, suggests="enterprise")
    assert isinstance(editor, SuggestedTextEditor)
    show(qtbot, editor)
    editor.setFocus()
    compose("乐山")
    assert len(editor.line.popup.titles()) == 2
    press(qtbot, Qt.Key.Key_Return)
    assert editor.value() == "乐山"
    editor.line.clear()
    keys(qtbot, "ls")
    press(qtbot, Qt.Key.Key_Down)
    with qtbot.waitSignal(editor.picked) as caught:
        press(qtbot, Qt.Key.Key_Return)
    assert editor.value() == "乐山电力沙湾供电所"
    assert caught.args is not None
    assert caught.args[0].key == "e2"


def chips(qtbot: QtBot, place: str) -> ChipsEditor:
    editor = make_editor(spec_of(*place.split(".")), AROUND)
    assert isinstance(editor, ChipsEditor)
    show(qtbot, editor)
    editor.setFocus()
    return editor


def test_several_of_many_are_picked_one_after_the_other(qtbot: QtBot) -> None:
    editor = chips(qtbot, "group.enterprises")
    for typed in ("lswxd", "mjy"):
        keys(qtbot, typed)
        press(qtbot, Qt.Key.Key_Return)
        assert focus() is editor.line
    assert editor.value() == ["e1", "e3"]
    press(qtbot, Qt.Key.Key_Backspace)
    assert editor.value() == ["e1"]
    with qtbot.waitSignal(editor.next_wanted):
        press(qtbot, Qt.Key.Key_Return)


def test_f7_and_enter_pick_the_first_of_many(qtbot: QtBot) -> None:
    editor = chips(qtbot, "case.types")
    assert CODES in hints_for(focus())
    press(qtbot, Qt.Key.Key_F7)
    first = editor.line.popup.titles()[0]
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Up)
    press(qtbot, Qt.Key.Key_Return)
    assert [chip.label.text() for chip in editor.findChildren(Chip)] == [first]


def test_f7_and_enter_take_the_first_link(qtbot: QtBot) -> None:
    editor = link_editor(qtbot)
    press(qtbot, Qt.Key.Key_F7)
    press(qtbot, Qt.Key.Key_Return)
    assert editor.value() == "e1"


def test_a_pasted_column_is_several_and_the_unknown_stays_in_the_line(qtbot: QtBot) -> None:
    editor = chips(qtbot, "group.enterprises")
    paste(qtbot, "乐山无线电公司\n没有的厂\n沙湾-企-0003")
    assert editor.keys() == ["e1", "e3"]
    with pytest.raises(UserError, match="没有的厂"):
        editor.value()
    assert editor.typed() == ["e1", "e3", "没有的厂"]


def test_a_day_in_a_list_is_not_cut_where_the_field_is_narrow(qtbot: QtBot) -> None:
    line = PickingLine()
    window = QWidget()
    line.setParent(window)
    line.setGeometry(10, 10, 180, 32)
    show(qtbot, window)
    line.setFocus()
    one = Suggestion("v1", "乐山电力沙湾供电所", "沙湾-2011-0137　2011-12-01")
    line.offer([one])
    wide = line.popup.fontMetrics().horizontalAdvance
    assert line.popup.width() > wide(one.title) + wide(one.detail) + 34
