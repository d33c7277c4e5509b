"""Every kind of field keeps what was stored, and understands what people type."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, fields_of
from app.domain.records import TYPES
from app.ui.fields.editor import State
from app.ui.fields.making import make_editor
from app.ui.fields.text import LineEditor
from tests.ui.hands import (
    AROUND,
    begin_composing,
    compose,
    focus,
    keys,
    press,
    sample,
    show,
    spec_of,
    wheel,
)

pytestmark = pytest.mark.usefixtures("dressed")

ID = "11010519491231002X"
EVERY = [
    pytest.param(spec, id=f"{name}.{spec.name}")
    for name in TYPES
    for spec in fields_of(TYPES[name])
    if not spec.field.hidden
]
TYPED = [one for one in EVERY if not str(one.id).endswith(".attachments")]


@pytest.mark.parametrize("spec", EVERY)
def test_what_was_stored_comes_back_shown_masked_locked_and_wheeled(
    qtbot: QtBot, spec: FieldSpec
) -> None:
    editor = make_editor(spec, AROUND)
    qtbot.addWidget(editor)
    value = sample(spec)
    editor.load(value)
    assert editor.value() == value
    for state in State:
        editor.set_state(state)
    editor.set_masked(True)
    assert editor.value() == value
    editor.set_read_only(True)
    editor.set_masked(False)
    editor.set_read_only(False)
    for widget in (editor, *editor.findChildren(QWidget)):
        wheel(widget)
    assert editor.value() == value
    assert editor.typed() == value
    editor.load(None)
    assert editor.value() is None


@pytest.mark.parametrize("spec", TYPED)
def test_what_a_draft_kept_or_the_record_before_has_can_be_put_in(
    qtbot: QtBot, spec: FieldSpec
) -> None:
    editor = make_editor(spec, AROUND)
    qtbot.addWidget(editor)
    value = sample(spec)
    editor.put(value)
    assert editor.typed() == value


@pytest.mark.parametrize(
    ("place", "typed", "shown", "value"),
    [
        ("visit.headcount", "１，２５０人", "1250", 1250),
        ("visit.visited_on", "2011.7.4", "2011-07-04", "2011-07-04"),
        ("visit.visited_on", "20110704", "2011-07-04", "2011-07-04"),
        ("visit.visited_on", "二〇一一年七月四日", "2011-07-04", "2011-07-04"),
        ("hazard.found_at", "7月4日 9时5分", "2011-07-04 09:05", "2011-07-04T09:05:00+08:00"),
        ("aid.money", "1.5万", "15,000.00", "15000.00"),
        (
            "visit.leaders",
            "李明书,付志勇；刘  勇",
            "李明书、付志勇、刘勇",
            ["李明书", "付志勇", "刘勇"],
        ),
        ("person.name", "阿尔•日古", "阿尔·日古", "阿尔·日古"),
        ("person.sex", "女", "女", "2"),
        (
            "person.resident_id",
            "１１０１０５ 19491231 002x",
            "11010519491231002X",
            "11010519491231002X",
        ),
        ("case.types", "", "", None),
    ],
)
def test_typing_is_forgiven_and_shown_as_it_was_understood(
    qtbot: QtBot, place: str, typed: str, shown: str, value: Any
) -> None:
    editor = make_editor(spec_of(*place.split(".")), AROUND)
    show(qtbot, editor)
    editor.setFocus()
    if typed:
        compose(typed)
        editor.clearFocus()
    if isinstance(editor, LineEditor):
        assert editor.text() == shown
    assert editor.value() == value


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        ("visit.headcount", "一千多"),
        ("visit.visited_on", "2011-02-30"),
        ("aid.money", "很多"),
        ("person.sex", "外星人"),
        ("person.resident_id", "110105194912310021"),
    ],
)
def test_what_cannot_be_understood_stays_as_it_was_typed(
    qtbot: QtBot, place: str, typed: str
) -> None:
    editor = make_editor(spec_of(*place.split(".")), AROUND)
    show(qtbot, editor)
    editor.setFocus()
    compose(typed)
    editor.clearFocus()
    with pytest.raises(UserError):
        editor.value()
    assert editor.typed() == typed


def test_enter_goes_on_but_not_while_composing(qtbot: QtBot) -> None:
    editor = make_editor(spec_of("person", "name"), AROUND)
    show(qtbot, editor)
    editor.setFocus()
    with qtbot.assertNotEmitted(editor.next_wanted):
        begin_composing("zhao")
        press(qtbot, Qt.Key.Key_Return)
    compose("赵")
    with qtbot.waitSignal(editor.next_wanted):
        press(qtbot, Qt.Key.Key_Return)
    assert editor.value() == "赵"


def test_a_composition_is_not_lost_when_the_field_is_read_or_left(qtbot: QtBot) -> None:
    for name in ("name", "story"):
        editor = make_editor(spec_of("person", name), AROUND)
        show(qtbot, editor)
        editor.setFocus()
        compose("赵")
        begin_composing("shili")
        editor.commit()
        assert editor.value() == "赵shili"
        begin_composing("x")
        editor.clearFocus()
        assert editor.value() == "赵shilix"


@pytest.mark.parametrize("name", ["name", "story"])
def test_a_click_elsewhere_keeps_what_is_composed_and_escape_drops_it(
    qtbot: QtBot, name: str
) -> None:
    editor = make_editor(spec_of("person", name), AROUND)
    show(qtbot, editor)
    editor.setFocus()
    compose("赵")
    begin_composing("示例")
    window = editor.windowHandle()
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=QPoint(500, 500))
    begin_composing("")
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=QPoint(500, 500))
    assert editor.value() == "赵示例"
    begin_composing("x")
    begin_composing("")
    assert editor.value() == "赵示例"


def test_lengths_count_code_points_and_nothing_is_cut(qtbot: QtBot) -> None:
    editor = make_editor(spec_of("person", "name"), AROUND)
    show(qtbot, editor)
    editor.setFocus()
    compose("𬭎" * 50)
    assert editor.note() == ""
    compose("𬭎")
    assert editor.note() == "多1字"
    assert editor.value() == "𬭎" * 51
    prose = make_editor(spec_of("visit", "opinions"), AROUND)
    prose.load("𬭎某")
    assert prose.note() == "2 字"
    prose.load("\n　　𬭎某\n\n 甲")
    assert prose.note() == "3 字"
    prose.load("\n \n")
    assert prose.note() == ""


def test_yes_and_no_by_one_key(qtbot: QtBot) -> None:
    editor = make_editor(spec_of("visit", "discipline"), AROUND)
    show(qtbot, editor)
    editor.setFocus()
    for typed, value in (("s", True), ("f", False), ("1", True), ("0", False), ("y", True)):
        keys(qtbot, typed)
        assert editor.value() is value
    press(qtbot, Qt.Key.Key_Backspace)
    assert editor.value() is None
    press(qtbot, Qt.Key.Key_Space)
    assert editor.value() is True
    with qtbot.waitSignal(editor.next_wanted):
        press(qtbot, Qt.Key.Key_Return)


def test_boxes_are_ticked_by_arrows_space_and_figures(qtbot: QtBot) -> None:
    editor = make_editor(spec_of("visit", "methods"), AROUND)
    show(qtbot, editor)
    editor.setFocus()
    first = focus()
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Right)
    assert focus() is not first
    press(qtbot, Qt.Key.Key_Space)
    keys(qtbot, "3")
    codes = [code.value for code in editor.spec.field.codes or ()]
    assert editor.value() == codes[:3]
    editor.set_read_only(True)
    press(qtbot, Qt.Key.Key_Space)
    keys(qtbot, "1")
    assert editor.value() == codes[:3]


def test_a_code_of_a_newer_list_is_kept(qtbot: QtBot) -> None:
    for name, value in (("sex", "77"), ("categories", ["77"]), ("other_causes", ["77"])):
        editor = make_editor(spec_of("person", name), AROUND)
        qtbot.addWidget(editor)
        editor.load(value)
        assert editor.value() == value


def test_long_text_enter_makes_a_line_ctrl_down_and_tab_go_on(qtbot: QtBot) -> None:
    editor = make_editor(spec_of("visit", "opinions"), AROUND)
    show(qtbot, editor)
    editor.setFocus()
    compose("一是班车")
    press(qtbot, Qt.Key.Key_Return)
    compose("二是工资")
    assert editor.value() == "一是班车\n二是工资"
    with qtbot.waitSignal(editor.next_wanted):
        press(qtbot, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(editor.previous_wanted):
        press(qtbot, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is editor.stops()[0]


def test_a_name_with_a_separator_in_it_stays_one_name(qtbot: QtBot) -> None:
    editor = make_editor(spec_of("group", "departments"), AROUND)
    show(qtbot, editor)
    editor.load(["组宣部、女工部", "财务部"])
    editor.setFocus()
    press(qtbot, Qt.Key.Key_End)
    compose("、经审办")
    assert editor.value() == ["组宣部、女工部", "财务部", "经审办"]


def test_a_mask_hides_and_gives_back(qtbot: QtBot) -> None:
    editor = make_editor(spec_of("person", "resident_id"), AROUND)
    show(qtbot, editor)
    editor.load("11010519491231002X")
    editor.set_masked(True)
    assert isinstance(editor, LineEditor)
    assert editor.line.text() == "110105**********2X"
    editor.setFocus()
    keys(qtbot, "123")
    assert editor.value() == "11010519491231002X"
    with qtbot.assertNotEmitted(editor.changed):
        editor.set_masked(False)
    assert editor.line.text() == "11010519491231002X"
