"""A clerk keys in a visit from the paper, by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.checking.checks import Finding, Severity
from app.domain.records import Person, Record, Visit
from app.ui.fields.picking import PickingLine
from app.ui.fields.text import LineEditor
from app.ui.forms.form_flow import DRAFT_AFTER
from app.ui.forms.layouts import LAYOUTS
from app.ui.forms.layouts.shape import cell
from app.ui.forms.record_form import RecordForm
from app.ui.keys import ACCEPT, HELP, hints_for
from tests.ui.hands import (
    AROUND,
    begin_composing,
    compose,
    focus,
    full_body,
    keys,
    paste,
    press,
    show,
    wheel,
)

pytestmark = pytest.mark.usefixtures("dressed")
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PREVIOUS = {"leaders": ["李示例"], "visited_on": "2011-12-01"}


def more_than_listed(record: Record) -> list[Finding]:
    if not isinstance(record, Visit) or (record.headcount or 0) <= 980:
        return []
    return [Finding("X01", Severity.NOTE, "比名录的980人多。", "headcount", "")]


@pytest.fixture
def form(qtbot: QtBot) -> RecordForm:
    form = RecordForm(AROUND, previous=PREVIOUS.get, more_checks=more_than_listed)
    show(qtbot, form, 466, 560)
    form.begin(Visit)
    form.focus_first()
    return form


def test_an_empty_form_that_one_leaves_for_something_else_says_nothing(qtbot: QtBot) -> None:
    page, form, elsewhere = QWidget(), RecordForm(AROUND), QPushButton("导入")
    column = QVBoxLayout(page)
    for part in (form, elsewhere):
        column.addWidget(part)
    show(qtbot, page, 466, 600)
    form.begin(Visit)
    form.focus_first()
    elsewhere.setFocus()
    assert form.messages("leaders") == []
    form.focus_first()
    press(qtbot, Qt.Key.Key_Tab)
    assert form.messages("leaders")


def test_a_whole_visit_without_the_mouse(qtbot: QtBot, form: RecordForm) -> None:
    compose("李明书、付志勇", "limingshu")
    press(qtbot, Qt.Key.Key_Return)
    keys(qtbot, "lswxd")
    press(qtbot, Qt.Key.Key_Return)
    compose("１２５０")
    press(qtbot, Qt.Key.Key_Return)
    keys(qtbot, "46")
    press(qtbot, Qt.Key.Key_Tab)
    compose("一是班车")
    press(qtbot, Qt.Key.Key_Return)
    compose("二是𬭎某的工资")
    press(qtbot, Qt.Key.Key_Tab)
    keys(qtbot, "20111205")
    press(qtbot, Qt.Key.Key_Return)
    compose("12月8日")
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Return)
    compose("送慰问品")
    press(qtbot, Qt.Key.Key_Return)
    keys(qtbot, "12")
    items = next(iter(form.editor("items").value()))["item"]
    assert form.body() == {
        "leaders": ["李明书", "付志勇"],
        "enterprise_name": "乐山无线电公司",
        "enterprise": "e1",
        "headcount": 1250,
        "workers_met": 46,
        "opinions": "一是班车\n二是𬭎某的工资",
        "visited_on": "2011-12-05",
        "filed_on": "2011-12-08",
        "items": [{"id": items, "item": items, "evidence": "送慰问品"}],
        "methods": form.editor("methods").value(),
    }
    assert len(form.editor("methods").value()) == 2
    assert form.problems == []


def test_tab_goes_through_every_field_and_back(qtbot: QtBot, form: RecordForm) -> None:
    names = list(form.cells())
    form.jump_to(names[0])
    seen: list[str] = []
    form.focus_changed.connect(lambda spec: seen.append(spec.name))
    for _ in names[1:]:
        press(qtbot, Qt.Key.Key_Tab)
    assert seen == names[1:]
    seen.clear()
    for _ in names[1:]:
        press(qtbot, Qt.Key.Key_Tab, SHIFT)
    assert seen == names[-2::-1]


def test_tab_leaves_the_form_at_its_end(qtbot: QtBot) -> None:
    page = QWidget()
    layout = QVBoxLayout(page)
    form, save = RecordForm(AROUND), QPushButton("保存")
    layout.addWidget(form)
    layout.addWidget(save)
    form.begin(Visit)
    show(qtbot, page)
    form.jump_to(list(form.cells())[-1])
    press(qtbot, Qt.Key.Key_Tab)
    assert focus() is save


def test_enter_presses_no_button_and_ctrl_enter_reaches_the_page(qtbot: QtBot) -> None:
    page = QWidget()
    form, button = RecordForm(AROUND), QPushButton("删除")
    layout = QVBoxLayout(page)
    layout.addWidget(button)
    layout.addWidget(form)
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("button"))
    shortcut = QShortcut("Ctrl+Return", page)
    shortcut.activated.connect(lambda: pressed.append("save"))
    form.begin(Person)
    show(qtbot, page)
    form.focus_first()
    for _ in form.cells():
        press(qtbot, Qt.Key.Key_Return)
    for name in ("name", "story", "categories", "sex", "family", "attachments", "single_parent"):
        form.jump_to(name)
        press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert pressed == ["save"] * 7
    assert form.editor("story").value() is None


def test_a_wrong_value_is_told_when_the_field_is_left_and_goes_when_mended(
    qtbot: QtBot, form: RecordForm
) -> None:
    form.jump_to("headcount")
    compose("一千多")
    assert form.messages("headcount") == []
    with qtbot.waitSignal(form.field_left):
        press(qtbot, Qt.Key.Key_Return)
    assert "一千多" in form.messages("headcount")[0]
    assert form.messages("headcount")[0].startswith("错误")
    assert form.messages("visited_on") == []
    form.jump_to("headcount")
    press(qtbot, Qt.Key.Key_A, CONTROL)
    keys(qtbot, "5")
    assert form.messages("headcount") == []


def test_f2_accepts_a_note_with_its_reason(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("headcount")
    keys(qtbot, "1250")
    press(qtbot, Qt.Key.Key_Return)
    assert form.messages("headcount") == ["提醒 比名录的980人多。 F2 写明原因后接受"]
    form.jump_to("headcount")
    press(qtbot, Qt.Key.Key_F2)
    press(qtbot, Qt.Key.Key_Return)
    assert form.reasons() == {}
    press(qtbot, Qt.Key.Key_Escape)
    assert focus() is form.editor("headcount").stops()[0]
    press(qtbot, Qt.Key.Key_F2)
    compose("新招了工人")
    with qtbot.waitSignal(form.accepted):
        press(qtbot, Qt.Key.Key_Return)
    assert form.reasons() == {"X01": "新招了工人"}
    assert form.messages("headcount") == ["已接受 比名录的980人多。原因：新招了工人"]
    assert focus() is form.editor("workers_met").stops()[0]


def test_f3_takes_the_value_of_the_record_before(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("leaders")
    press(qtbot, Qt.Key.Key_F3)
    assert form.body() == {"leaders": ["李示例"]}
    form.jump_to("headcount")
    press(qtbot, Qt.Key.Key_F3)
    assert "上一条没有填写" in form.messages("headcount")[0]


@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_field_one_is_in_stays_in_sight_with_less_room(
    qtbot: QtBot, form: RecordForm, elsewhere: bool
) -> None:
    form.jump_to("visited_on")
    form.resize(466, 300)
    form.area.verticalScrollBar().setValue(form.cells()["visited_on"].rect().bottom() - 280)
    if elsewhere:
        form.window().setFocus()
    form.resize(466, 190)

    def seen() -> bool:
        bar, rect = form.area.verticalScrollBar(), form.cells()["visited_on"].rect()
        height = form.area.viewport().height()
        return bar.value() <= rect.top() and rect.bottom() <= bar.value() + height

    qtbot.waitUntil(seen)


LINKED = [
    (record_type, one.name, one.fills)
    for record_type, layout in LAYOUTS.items()
    for group in layout.groups
    for line in group.lines
    for one in map(cell, line if isinstance(line, tuple) else (line,))
    if one.fills
]


@pytest.mark.parametrize(("record_type", "name", "link"), LINKED)
def test_f3_takes_a_name_with_the_record_it_was_picked_from(
    qtbot: QtBot, record_type: type[Record], name: str, link: str
) -> None:
    before = {name: "乐山无线电公司", link: "e1"}
    form = RecordForm(AROUND, previous=before.get)
    show(qtbot, form)
    form.begin(record_type)
    form.jump_to(name)
    press(qtbot, Qt.Key.Key_F3)
    assert {one: form.body().get(one) for one in before} == before
    keys(qtbot, "x")
    assert link not in form.body()


def test_the_hint_bar_is_told_the_keys_of_each_field(qtbot: QtBot, form: RecordForm) -> None:
    told = {
        name: [key.shown for key in hints_for(form.editor(name).stops()[0])]
        for name in ("group", "opinions", "discipline")
    }
    assert told == {
        "group": ["Enter", "Shift+Tab", "F7", "F3", "F2", "F1"],
        "opinions": ["Tab", "Shift+Tab", "Enter", "F3", "F2", "F1"],
        "discipline": ["Enter", "Shift+Tab", "S", "F", "F3", "F2", "F1"],
    }


def test_f3_and_f7_in_a_table(qtbot: QtBot) -> None:
    form = RecordForm(AROUND, previous=lambda name: full_body("person").get(name))
    show(qtbot, form)
    form.begin(Person)
    form.jump_to("family")
    press(qtbot, Qt.Key.Key_Insert)
    press(qtbot, Qt.Key.Key_F3)
    assert form.body() == {}
    press(qtbot, Qt.Key.Key_Return)
    line = focus()
    form.show_choices()
    assert isinstance(line, PickingLine)
    assert line.open


def test_f1_tells_what_the_field_is(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("enterprise")
    with qtbot.waitSignal(form.help_requested):
        press(qtbot, Qt.Key.Key_F1)
    assert "找不到时自动加入名录" in form.messages("enterprise")[0]
    press(qtbot, Qt.Key.Key_Tab)
    assert form.messages("enterprise") == []


def test_the_wheel_scrolls_and_changes_nothing(qtbot: QtBot, form: RecordForm) -> None:
    body = full_body("visit")
    form.load(body)
    for widget in form.findChildren(QWidget):
        wheel(widget, 1)
        wheel(widget, -1)
    assert form.body() == body
    assert form.area.verticalScrollBar().value() > 0


def test_saving_while_composing_keeps_the_words(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("opinions")
    compose("班车")
    begin_composing("gongzi")
    assert form.body() == {"opinions": "班车gongzi"}


def test_the_characters_are_counted_as_they_are_typed(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("opinions")
    note = form.cells()["opinions"].note
    assert not note.isVisible()
    compose("班车𬭎")
    qtbot.waitUntil(note.isVisible)
    assert note.text() == "3 字"


def test_typing_is_given_out_as_a_draft_at_once(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("headcount")
    with qtbot.waitSignal(form.draft_due) as drafted:
        compose("一千多")
    assert DRAFT_AFTER <= 500
    assert drafted.args == [{"headcount": "一千多"}]
    form.load({})
    form.restore({"headcount": "一千多", "leaders": ["李示例"]})
    assert form.typed() == {"headcount": "一千多", "leaders": ["李示例"]}
    assert form.body() == {"leaders": ["李示例"]}
    assert [problem.field for problem in form.problems] == ["headcount"]


def test_a_pasted_range_is_offered_and_never_dropped(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("leaders")
    with qtbot.waitSignal(form.block_offered):
        paste(qtbot, "李甲\t李乙\n付丙\t付丁")
    assert form.body() == {}
    assert "2 行 2 列" in form.messages("leaders")[0]
    press(qtbot, Qt.Key.Key_Escape)
    assert form.messages("leaders") == []
    paste(qtbot, "李甲\t李乙\n付丙\t付丁")
    paste(qtbot, "李甲\t李乙\n付丙\t付丁")
    assert form.body() == {"leaders": ["李甲", "李乙", "付丙", "付丁"]}
    form.load({})
    form.jump_to("leaders")
    paste(qtbot, "李甲\t乐山机械厂\t1250")
    press(qtbot, Qt.Key.Key_V, CONTROL, SHIFT)
    assert form.body() == {
        "leaders": ["李甲"],
        "enterprise_name": "乐山机械厂",
        "headcount": 1250,
    }
    paste(qtbot, "\t".join("甲" * 40))
    press(qtbot, Qt.Key.Key_V, CONTROL, SHIFT)
    assert "没有填入" in form.messages("leaders")[0]


def test_one_copied_cell_is_pasted_without_its_line_end(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("leaders")
    paste(qtbot, "李甲\r\n")
    assert form.body() == {"leaders": ["李甲"]}


def test_a_refused_save_shows_its_findings_and_the_first_error(
    qtbot: QtBot, form: RecordForm
) -> None:
    form.load(full_body("visit"))
    form.show_findings([Finding("S01", Severity.ERROR, "已经登记过。", "visited_on", "请核对。")])
    assert form.jump_to_first_error()
    assert focus() is form.editor("visited_on").stops()[0]
    assert form.messages("visited_on") == ["错误 已经登记过。请核对。"]
    press(qtbot, Qt.Key.Key_Tab)
    form.jump_to("visited_on")
    assert form.messages("visited_on") == ["错误 已经登记过。请核对。"]
    keys(qtbot, " ")
    assert form.messages("visited_on") == []
    assert not form.jump_to_first_error()


def test_a_returned_record_lights_up_the_fields_asked_about(qtbot: QtBot, form: RecordForm) -> None:
    form.load({"headcount": 50})
    form.questions({"headcount": "是否含退休职工？"})
    assert form.messages("headcount") == ["退回 是否含退休职工？"]
    assert form.editor("headcount").state == "asked"


def test_another_name_is_another_unit(qtbot: QtBot, form: RecordForm) -> None:
    form.load({"enterprise_name": "乐山无线电公司", "enterprise": "e1"})
    form.jump_to("enterprise_name")
    press(qtbot, Qt.Key.Key_End)
    compose("二厂")
    assert form.changes() == {"enterprise_name": "乐山无线电公司二厂", "enterprise": None}
    typed = {"enterprise_name": "沐江堰管理处", "enterprise": "e3"}
    form.load({"enterprise_name": "乐山无线电公司", "enterprise": "e3"})
    form.restore(typed)
    assert form.body() == typed


def test_another_form_can_begin_while_one_types(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("enterprise_name")
    keys(qtbot, "ls")
    for record_type in (Person, Visit):
        form.begin(record_type)
        assert form.body() == {}
        form.focus_first()
        compose("甲")
    assert form.body() == {"leaders": ["甲"]}


def test_a_list_closes_when_the_form_scrolls(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("level")
    press(qtbot, Qt.Key.Key_F7)
    line = form.editor("level").stops()[0]
    assert isinstance(line, PickingLine)
    assert line.open
    wheel(form.area.viewport(), 3)
    assert not line.open


def test_a_record_of_another_office_is_only_read(qtbot: QtBot, form: RecordForm) -> None:
    body = full_body("visit") | {"headcount": 1250}
    form.load(body, read_only=True)
    form.check_all()
    for name in form.cells():
        form.jump_to(name)
        keys(qtbot, "1sf ")
        compose("甲")
        for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Insert, Qt.Key.Key_F3):
            press(qtbot, key)
    form.jump_to("headcount")
    press(qtbot, Qt.Key.Key_F2)
    assert form.body() == body
    assert form.changes() == {}


def test_known_values_fill_only_what_is_empty(qtbot: QtBot, form: RecordForm) -> None:
    form.editor("headcount").put("50")
    form.fill({"headcount": 980, "leaders": ["李示例"], "unknown": 1})
    assert form.body() == {"headcount": 50, "leaders": ["李示例"]}


def test_sensitive_fields_are_plain_until_saved_then_asked_for(qtbot: QtBot) -> None:
    form = RecordForm(AROUND)
    show(qtbot, form)
    form.begin(Person)
    body = {"name": "赵示例", "resident_id": "11010519491231002X"}
    form.load(body)
    editor = form.editor("resident_id")
    assert isinstance(editor, LineEditor)
    assert editor.line.text() == "11010519491231002X"
    form.load(body, masked=True)
    assert editor.line.text() == "110105**********2X"
    form.jump_to("resident_id")
    with qtbot.waitSignal(form.reveal_requested) as asked:
        press(qtbot, Qt.Key.Key_F8)
    assert asked.args == ["resident_id"]
    form.reveal("resident_id")
    assert editor.line.text() == "11010519491231002X"
    assert form.changes() == {}


def test_an_emptied_field_is_a_change(qtbot: QtBot, form: RecordForm) -> None:
    form.load({"leaders": ["李示例"], "headcount": 50, "discipline": True})
    form.jump_to("headcount")
    press(qtbot, Qt.Key.Key_A, CONTROL)
    press(qtbot, Qt.Key.Key_Delete)
    assert form.changes() == {"headcount": None}
    assert form.dirty


class _Moves(QObject):
    """Counts how often the focus is lost while the window changes its size."""

    def __init__(self) -> None:
        super().__init__()
        self.lost = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.lost += event.type() == QEvent.Type.FocusOut
        return False


@pytest.mark.parametrize("width", [400, 466, 559, 560, 786, 1000])
def test_no_field_covers_another_at_any_width(qtbot: QtBot, form: RecordForm, width: int) -> None:
    body: dict[str, Any] = full_body("visit")
    form.load(body)
    form.check_all()
    form.questions({"leaders": "请核对" * 30, "visited_on": "请核对"})
    form.jump_to("opinions")
    begin_composing("pin")
    moves = _Moves()
    focus().installEventFilter(moves)
    form.resize(width, 500)
    assert moves.lost == 0
    rects = [cell.editor.geometry() for cell in form.cells().values()]
    rects += [line.geometry() for c in form.cells().values() for line in c.messages.lines]
    for place, one in enumerate(rects):
        assert not any(one.intersects(other) for other in rects[place + 1 :])


def test_where_nothing_can_be_typed_no_key_of_typing_is_told(
    qtbot: QtBot, form: RecordForm
) -> None:
    for read_only in (True, False):
        form.load(full_body("visit"), read_only=read_only)
        assert (ACCEPT in hints_for(form)) is not read_only
        assert HELP in hints_for(form)
