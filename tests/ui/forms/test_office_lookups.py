"""A form over a real office: looking up its records beside the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.records import Area, Case, Person, Unit, Visit, body_of
from app.services.lists import lookups
from app.services.office.office import Office
from app.services.records import saving
from app.ui.fields.links import LinkEditor, SuggestedTextEditor
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.office_lookups import OfficeLookups
from app.ui.forms.record_form import RecordForm
from app.ui.worker import Worker
from tests.services.conftest import clock, county, grounds
from tests.services.offices import VISIT, save_visit
from tests.ui.hands import keys, press, show

__all__ = ["clock", "county", "grounds"]
pytestmark = pytest.mark.usefixtures("dressed")


def test_records_go_by_the_names_people_know(county: Office) -> None:
    saved = save_visit(county)
    number = saving.show(county, Visit, saved.id).record.number
    (visit,) = lookups.names(county, Visit)
    assert (visit.key, visit.title) == (saved.id, "乐山无线电公司")
    assert visit.detail == f"{number}　2011-07-20"
    areas = lookups.names(county, Area)
    twins = [one for one in areas if one.title == "新场镇"]
    assert len({one.detail for one in twins}) == len(twins)
    assert any(one.key == "511111" for one in lookups.names(county, Unit))
    case = {"person": _person(county), "types": "生活救助", "found_on": "2011-07-20"}
    saving.save(county, Case, case)
    assert [one.title for one in lookups.names(county, Case)] == ["赵示例"]


def _person(office: Office) -> str:
    typed = {"name": "赵示例", "resident_id": "11010519491231002X"}
    return saving.save(office, Person, typed).id


def test_a_clerk_finds_the_enterprise_by_its_initials(
    qtbot: QtBot, county: Office, worker: Worker
) -> None:
    save_visit(county)
    looked_up = OfficeLookups(county, worker)
    form = RecordForm(Surroundings(county.today, looked_up.lookups()))
    show(qtbot, form)
    form.begin(Visit)
    form.jump_to("enterprise_name")
    editor = form.editor("enterprise_name")
    assert isinstance(editor, SuggestedTextEditor)
    keys(qtbot, "lswxd")
    qtbot.waitUntil(lambda: editor.line.open)
    with qtbot.waitSignal(form.picked):
        press(qtbot, Qt.Key.Key_Return)
    link = form.editor("enterprise")
    assert isinstance(link, LinkEditor)
    qtbot.waitUntil(lambda: link.text() == "乐山无线电公司")
    enterprise = form.body()["enterprise"]
    assert looked_up.title("enterprise", enterprise) == "乐山无线电公司"
    form.begin(Visit)


def test_what_a_form_gives_is_what_a_save_takes(
    qtbot: QtBot, county: Office, worker: Worker
) -> None:
    looked_up = OfficeLookups(county, worker)
    form = RecordForm(Surroundings(county.today, looked_up.lookups()))
    qtbot.addWidget(form)
    form.begin(Visit)
    for name, typed in VISIT.items():
        form.editor(name).put(typed)
    form.editor("discipline").put("是")
    saved = saving.save(county, Visit, form.typed(), accept=form.reasons())
    form.load(body_of(saved.state.record), masked=True)
    form.editor("headcount").put("1300")
    form.editor("opinions").put("")
    assert form.changes() == {"headcount": 1300, "opinions": None}
    again = saving.save(county, Visit, form.changes(), record=saved.id)
    assert again.state.record.number == saved.number
    with qtbot.waitSignal(worker.changed):
        worker.write(lambda: save_visit(county, enterprise_name="沐江堰管理处"))
    assert [one.title for one in looked_up.find("enterprise", "mjy")] == ["沐江堰管理处"]
