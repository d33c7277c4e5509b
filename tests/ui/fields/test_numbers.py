"""One rule for figures in every code list: the number that stands before a choice takes it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.kernel.codelist import CodeList
from app.domain.kernel.fields import FieldSpec, Kind, fields_of
from app.domain.records import TYPES
from app.ui.fields.boxes import Boxes
from app.ui.fields.chips import ChipsEditor
from app.ui.fields.choice import CodeEditor
from app.ui.fields.making import make_editor
from app.ui.fields.suggestion import code_index, numbers
from app.ui.fields.ticks import BoxesEditor
from tests.ui.hands import AROUND, focus, keys, press, show, spec_of

pytestmark = pytest.mark.usefixtures("dressed")


def fields_with(kind: Kind) -> list[FieldSpec]:
    """One field of this kind for every code list."""
    found: dict[str, FieldSpec] = {}
    for record_type in TYPES.values():
        for spec in fields_of(record_type):
            for one in (spec, *spec.columns):
                if one.kind is kind and one.field.codes is not None:
                    found.setdefault(one.field.codes.name, one)
    return list(found.values())


def codes_of(spec: FieldSpec) -> CodeList:
    assert spec.field.codes is not None
    return spec.field.codes


def test_up_to_nine_have_one_figure_and_more_have_two() -> None:
    assert numbers(3) == ["1", "2", "3"]
    assert numbers(12)[:2] + numbers(12)[-1:] == ["01", "02", "12"]


@pytest.mark.parametrize("spec", fields_with(Kind.CODE), ids=lambda spec: spec.name)
def test_the_number_of_a_choice_takes_it_in_every_list(qtbot: QtBot, spec: FieldSpec) -> None:
    editor = make_editor(spec, AROUND)
    assert isinstance(editor, CodeEditor)
    show(qtbot, editor)
    listed = list(zip(numbers(len(codes_of(spec))), codes_of(spec), strict=True))
    for number, code in [*listed[:2], listed[len(listed) // 2], listed[-1]]:
        editor.load(None)
        editor.setFocus()
        keys(qtbot, number)
        press(qtbot, Qt.Key.Key_Return)
        assert editor.value() == code.value
        editor.load(None)
        editor.put("")
        editor.line.setText(number.lstrip("0"))
        assert editor.value() == code.value, "left without Enter it is the same"


def test_the_number_stands_before_each_choice(qtbot: QtBot) -> None:
    editor = make_editor(spec_of("person", "disability"), AROUND)
    assert isinstance(editor, CodeEditor)
    show(qtbot, editor)
    editor.setFocus()
    press(qtbot, Qt.Key.Key_F7)
    offered = [one.shown for one in code_index(editor.codes).every]
    assert offered[:2] == ["1 无", "2 视力残疾"]
    assert editor.line.popup.titles()[:2] == ["无", "视力残疾"]


def test_figures_narrow_a_long_list(qtbot: QtBot) -> None:
    found = code_index(codes_of(spec_of("person", "politics")))("1")
    assert [one.number for one in found] == ["01", "10", "11", "12", "13", "14", "15"]


@pytest.mark.parametrize("spec", fields_with(Kind.CODES), ids=lambda spec: spec.name)
def test_several_are_taken_by_their_numbers_alike(qtbot: QtBot, spec: FieldSpec) -> None:
    editor = make_editor(spec, AROUND)
    show(qtbot, editor)
    editor.setFocus()
    listed = list(zip(numbers(len(codes_of(spec))), codes_of(spec), strict=True))
    wanted = [listed[0], listed[-1]]
    for number, _ in wanted:
        keys(qtbot, number)
        if isinstance(editor, ChipsEditor):
            press(qtbot, Qt.Key.Key_Return)
    assert sorted(editor.value()) == sorted(code.value for _, code in wanted)
    if isinstance(editor, BoxesEditor):
        first = next(iter(editor.boxes.boxes.values()))
        assert first.text() == f"1 {listed[0][1].label}"


def test_of_more_than_nine_boxes_a_number_has_two_figures(qtbot: QtBot) -> None:
    boxes = Boxes([(f"v{n}", f"第{n}项") for n in range(1, 13)])
    show(qtbot, boxes)
    boxes.setFocus()
    keys(qtbot, "0312")
    assert boxes.ticked() == ["v3", "v12"]
    keys(qtbot, "1")
    press(qtbot, Qt.Key.Key_Right)
    keys(qtbot, "12")
    assert boxes.ticked() == ["v3"], "another box begins a number anew"
    assert focus() is list(boxes.boxes.values())[1]
