"""A clerk says of a field what the paper has there: 空白, 看不清, 横线."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.records import Enterprise, Visit
from app.ui.forms.record_form import RecordForm
from tests.ui.hands import AROUND, keys, press, show

pytestmark = pytest.mark.usefixtures("dressed")
F5 = Qt.Key.Key_F5
MET = {"id": "workers_met", "field": "走访职工人次", "mark": "illegible"}


@pytest.fixture
def form(qtbot: QtBot) -> RecordForm:
    form = RecordForm(AROUND)
    show(qtbot, form, 466, 560)
    form.begin(Visit)
    return form


def marks(form: RecordForm) -> list[str]:
    return [f"{row['id']} {row['mark']}" for row in form.typed().get("paper_marks", [])]


def test_one_key_turns_through_them(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("workers_met")
    for mark, words in (("blank", "空白"), ("illegible", "看不清"), ("dash", "横线")):
        press(qtbot, F5)
        assert marks(form) == [f"workers_met {mark}"]
        assert form.messages("workers_met") == [f"纸上 {words} F5 换一种"]
    press(qtbot, F5)
    assert marks(form) == []
    assert form.messages("workers_met") == []
    assert not form.dirty


def test_what_is_typed_takes_the_mark_away(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("workers_met")
    press(qtbot, F5)
    keys(qtbot, "46")
    assert marks(form) == []
    assert form.messages("workers_met") == []
    press(qtbot, F5)
    assert marks(form) == []
    assert "填了内容" in form.messages("workers_met")[0]


def test_what_no_paper_says_is_not_marked(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("campaign")
    press(qtbot, F5)
    assert marks(form) == []


def test_a_stored_mark_is_shown_and_changed(qtbot: QtBot, form: RecordForm) -> None:
    form.load({"headcount": 1, "paper_marks": [MET]})
    assert form.messages("workers_met") == ["纸上 看不清 F5 换一种"]
    assert not form.dirty
    assert form.body()["paper_marks"] == [MET]
    form.jump_to("workers_met")
    press(qtbot, F5)
    assert form.changes() == {"paper_marks": [{**MET, "mark": "dash"}]}
    form.load({})
    assert form.messages("workers_met") == []


def test_a_draft_keeps_it(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("workers_met")
    with qtbot.waitSignal(form.draft_due) as told:
        press(qtbot, F5)
    assert told.args is not None
    form.load({})
    form.restore(told.args[0])
    assert form.messages("workers_met") == ["纸上 空白 F5 换一种"]


def test_a_required_field_stays_asked_for(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("headcount")
    press(qtbot, F5)
    press(qtbot, F5)
    assert "headcount" in [one.field for one in form.check_all()]
    assert form.messages("headcount")[-1] == "纸上 看不清 F5 换一种"


def test_another_mans_record_is_not_marked(qtbot: QtBot, form: RecordForm) -> None:
    form.load({}, read_only=True)
    form.jump_to("workers_met")
    press(qtbot, F5)
    assert marks(form) == []


def test_what_is_not_keyed_from_paper_has_none(qtbot: QtBot, form: RecordForm) -> None:
    form.begin(Enterprise)
    form.jump_to("headcount")
    press(qtbot, F5)
    assert form.typed() == {}
