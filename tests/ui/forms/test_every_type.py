"""Every record type has a form that shows every field and loses none."""

from __future__ import annotations

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from app.domain.kernel.fields import ExtraField, Field, FieldSpec, Kind, fields_of
from app.domain.records import TYPES, Campaign, Visit
from app.ui.fields.line import Line
from app.ui.forms.form_layout import place
from app.ui.forms.layouts import LAYOUTS
from app.ui.forms.record_form import RecordForm
from tests.ui.hands import AROUND, full_body

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.mark.parametrize("own_layout", [True, False], ids=["layout", "default"])
@pytest.mark.parametrize("name", TYPES)
def test_a_body_goes_in_and_comes_out(qtbot: QtBot, name: str, own_layout: bool) -> None:
    form = RecordForm(AROUND, layouts=LAYOUTS if own_layout else {})
    qtbot.addWidget(form)
    form.begin(TYPES[name])
    body = full_body(name)
    form.load(body)
    assert form.body() == body
    assert form.problems == []
    assert form.changes() == {}
    assert not form.dirty
    msgspec.convert(form.body(), TYPES[name])
    form.load(body, read_only=True, masked=True)
    assert form.body() == body


@pytest.mark.parametrize("name", TYPES)
def test_a_draft_of_anything_comes_back(qtbot: QtBot, name: str) -> None:
    form, again = RecordForm(AROUND), RecordForm(AROUND)
    for one in (form, again):
        qtbot.addWidget(one)
        one.begin(TYPES[name])
    form.load(full_body(name))
    typed = form.typed()
    again.restore(typed)
    assert again.typed() == typed
    assert again.dirty


@pytest.mark.parametrize("name", TYPES)
def test_nothing_of_one_record_is_in_the_next(qtbot: QtBot, name: str) -> None:
    form = RecordForm(AROUND)
    qtbot.addWidget(form)
    form.begin(TYPES[name])
    form.load(full_body(name), masked=True)
    for line in form.findChildren(Line):
        line.setText("甲")
    form.load({})
    assert form.typed() == {}
    assert form.body() == {}
    shown = [line for line in form.findChildren(Line) if line.text()]
    assert shown == []


@pytest.mark.parametrize("name", TYPES)
def test_an_empty_form_says_what_is_missing_only_when_asked(qtbot: QtBot, name: str) -> None:
    form = RecordForm(AROUND)
    qtbot.addWidget(form)
    form.begin(TYPES[name])
    assert form.body() == {}
    assert not any(form.messages(field) for field in form.cells())
    required = {s.name for s in fields_of(TYPES[name]) if s.field.required and not s.field.hidden}
    form.check_all()
    assert required <= {field for field in form.cells() if form.messages(field)}


@pytest.mark.parametrize("name", TYPES)
def test_every_visible_field_stands_in_the_form_once(name: str) -> None:
    specs = fields_of(TYPES[name])
    layout = LAYOUTS.get(TYPES[name])
    groups = place(layout, specs)
    shown = [one.spec.name for group in groups for line in group.lines for one in line]
    visible = [spec.name for spec in specs if not (spec.field.hidden or spec.field.beside)]
    if layout is not None and not layout.rest:
        # The form of a part of a page: what it shows, it shows once.
        visible = [name for name in visible if name in shown]
    assert sorted(shown) == sorted(visible)
    assert all(group.title != "其他内容" for group in groups)


def test_a_field_added_by_a_campaign_shows_up_untouched_by_layouts(qtbot: QtBot) -> None:
    added = ExtraField(type="visit", name="cars", label="用车", kind=Kind.INTEGER, unit="辆")
    form = RecordForm(AROUND)
    qtbot.addWidget(form)
    form.begin(Visit, Campaign(extra_fields=(added,)))
    form.load({"extra": {"cars": 2, "unknown": "甲"}})
    assert form.body() == {"extra": {"cars": 2, "unknown": "甲"}}
    form.editor("cars").put("许多辆")
    assert form.problems == []
    assert form.changes() == {"cars": "许多辆"}
    form.editor("cars").put("３辆")
    assert form.changes() == {"cars": 3}
    assert form.body() == {"extra": {"cars": 3, "unknown": "甲"}}


def test_a_new_field_of_a_record_shows_up_untouched_by_layouts() -> None:
    new = FieldSpec("weather", Kind.TEXT, Field("天气"))
    *_, last = place(LAYOUTS[Visit], (*fields_of(Visit), new))
    assert last.title == "其他内容"
    assert [one.label for line in last.lines for one in line] == ["天气"]


def test_what_was_said_stays_when_the_day_brings_the_fields_of_another_campaign(
    qtbot: QtBot,
) -> None:
    added = ExtraField(type="visit", name="cars", label="用车", kind=Kind.INTEGER, unit="辆")
    form = RecordForm(AROUND)
    qtbot.addWidget(form)
    form.begin(Visit)
    form.editor("headcount").put("12千")
    form.editor("opinions").put("")
    form.check_all()
    note = next(one for one in form._checking.findings if one.field == "opinions")
    form._checking.reasons[note.key] = "纸面上没有"
    said = form.messages("headcount")
    assert said
    assert form.become(Campaign(extra_fields=(added,)))
    assert form.messages("headcount") == said
    assert form.reasons() == {note.key: "纸面上没有"}
    assert "12千" in form.typed().values()
