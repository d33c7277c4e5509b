"""Looked for and not found: the person, the enterprise, the case is added in its place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.checking.checks import errors
from app.domain.records import TYPES, Person, Record
from app.services.office.office import Office
from app.services.records import saving
from app.ui.fields.links import LinkEditor
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.adding import Adding, AddingBox
from app.ui.forms.layouts import ADDS, SHORT
from app.ui.forms.office_lookups import OfficeLookups
from app.ui.forms.record_form import RecordForm
from app.ui.worker import Worker
from tests.services.conftest import clock, county, grounds
from tests.ui.hands import AROUND, compose, focus, keys, press, show

__all__ = ["clock", "county", "grounds"]
pytestmark = pytest.mark.usefixtures("dressed")
NUMBER = "11010519491231002X"


class Desk:
    """A form that can add what it does not find, as a page makes it."""

    def __init__(self, office: Office, worker: Worker) -> None:
        self.lookups = OfficeLookups(office, worker)
        around = Surroundings(office.today, self.lookups.lookups(ADDS))
        self.form = RecordForm(around)
        self.adding = Adding(self.form, around, office, worker)

    def begin(self, type_name: str, field: str) -> LinkEditor:
        self.form.begin(TYPES[type_name])
        self.form.jump_to(field)
        editor = self.form.editor(field)
        assert isinstance(editor, LinkEditor)
        return editor

    def box(self, field: str) -> AddingBox:
        (box,) = self.form.cells()[field].messages.lines
        assert isinstance(box, AddingBox)
        return box


@pytest.fixture
def desk(qtbot: QtBot, county: Office, worker: Worker) -> Desk:
    desk = Desk(county, worker)
    show(qtbot, desk.form, 466, 600)
    return desk


def choose_to_add(qtbot: QtBot, editor: LinkEditor) -> None:
    qtbot.waitUntil(lambda: editor.line.open)
    while editor.line.popup.current() is None or editor.line.popup.current().key:  # type: ignore[union-attr]
        press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)


def test_a_person_is_added_from_within_a_case(qtbot: QtBot, desk: Desk, county: Office) -> None:
    editor = desk.begin("case", "person")
    compose("赵示例")
    choose_to_add(qtbot, editor)
    box = desk.box("person")
    assert box.form.typed() == {"name": "赵示例"}
    compose("x")
    press(qtbot, Qt.Key.Key_Backspace)
    keys(qtbot, NUMBER)
    for _ in range(3):
        press(qtbot, Qt.Key.Key_Return)
    with qtbot.waitSignal(desk.adding.added) as added:
        press(qtbot, Qt.Key.Key_Return)
    person = saving.show(county, Person, added.args[2]).record
    assert (person.name, person.sex) == ("赵示例", "2")
    assert (editor.text(), editor.value()) == ("赵示例", added.args[2])
    assert desk.form.here == "visit"
    assert desk.form.messages("person") == []


def test_what_is_there_already_is_not_made_twice(qtbot: QtBot, desk: Desk, county: Office) -> None:
    saving.save(county, Person, {"name": "赵示例", "resident_id": NUMBER})
    editor = desk.begin("case", "person")
    compose("赵事例")
    choose_to_add(qtbot, editor)
    form = desk.box("person").form
    keys(qtbot, NUMBER)
    press(qtbot, Qt.Key.Key_Return)
    form.end_reached.emit()
    qtbot.waitUntil(lambda: any("已经登记过" in said for said in form.messages("name")))
    press(qtbot, Qt.Key.Key_Escape)
    assert focus() is editor.line
    assert editor.text() == "赵事例"


def test_what_is_missing_is_said_and_esc_goes_back(qtbot: QtBot, desk: Desk) -> None:
    editor = desk.begin("plan", "enterprise")
    compose("沐江堰管理处")
    choose_to_add(qtbot, editor)
    form = desk.box("enterprise").form
    form.editor("name").put(None)
    form.end_reached.emit()
    assert any("错误" in said for said in form.messages("name"))
    press(qtbot, Qt.Key.Key_Escape)
    assert not desk.form.cells()["enterprise"].messages.asking
    assert focus() is editor.line


def test_a_case_is_added_from_an_aid_with_its_person_and_that_person_too(
    qtbot: QtBot, desk: Desk, county: Office
) -> None:
    editor = desk.begin("aid", "case")
    keys(qtbot, "zsl")
    choose_to_add(qtbot, editor)
    outer = desk.box("case")
    outer.form.jump_to("person")
    person = outer.form.editor("person")
    assert isinstance(person, LinkEditor)
    person.line.clear()
    compose("赵示例")
    choose_to_add(qtbot, person)
    (inner,) = outer.form.cells()["person"].messages.lines
    assert isinstance(inner, AddingBox)
    inner.form.fill({"resident_id": NUMBER})
    inner.give()
    qtbot.waitUntil(lambda: outer.form.here == "types")
    outer.form.fill({"types": ["living"], "found_on": "2011-07-20"})
    assert errors(outer.form.check_all()) == []
    with qtbot.waitSignal(desk.adding.added):
        outer.give()
    assert editor.text() == "赵示例"


def test_a_box_left_open_goes_with_its_record(qtbot: QtBot, desk: Desk) -> None:
    editor = desk.begin("plan", "enterprise")
    compose("沐江堰管理处")
    choose_to_add(qtbot, editor)
    assert desk.box("enterprise").isAncestorOf(focus())
    desk.form.load({})
    assert desk.form.cells()["enterprise"].messages.lines == []


@pytest.mark.parametrize("record_type", SHORT)
def test_a_short_form_has_what_must_be_filled_in(qtbot: QtBot, record_type: type[Record]) -> None:
    form, short = RecordForm(AROUND), RecordForm(AROUND, layouts=SHORT)
    for one in (form, short):
        qtbot.addWidget(one)
        one.begin(record_type)
    wanted = {finding.field for finding in errors(form.check_all())}
    assert wanted <= set(short.cells())
    assert len(short.cells()) <= 5
