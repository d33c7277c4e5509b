"""What a record has nothing to say of is not in the way, and comes when it has."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.checking.checks import Finding, Severity
from app.domain.kernel.fields import Applies
from app.domain.records import Enterprise, Person
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.record_form import RecordForm
from tests.ui.hands import press

TODAY = dt.date(2011, 7, 21)


@pytest.fixture
def form(qtbot: QtBot) -> RecordForm:
    form = RecordForm(Surroundings(lambda: TODAY))
    qtbot.addWidget(form)
    form.resize(700, 700)
    form.begin(Person)
    with qtbot.waitExposed(form):
        form.show()
    form.canvas.arrange()
    return form


def test_a_field_comes_when_another_says_so_and_goes_again(form: RecordForm) -> None:
    assert form.editor("disability").isHidden()

    form.editor("health").put("残疾")
    form.canvas.arrange()
    assert not form.editor("disability").isHidden()

    form.editor("health").put("良好")
    form.canvas.arrange()
    assert form.editor("disability").isHidden()


def test_what_is_filled_in_is_never_hidden(form: RecordForm) -> None:
    form.load({"health": "10", "disability": "4"})
    form.canvas.arrange()
    assert not form.editor("disability").isHidden()
    assert form.body()["disability"] == "4"


def test_enter_and_tab_go_past_it(qtbot: QtBot, form: RecordForm) -> None:
    form.jump_to("health")
    press(qtbot, Qt.Key.Key_Return)
    assert form.here == "marriage"
    form.editor("health").put("残疾")
    form.jump_to("health")
    press(qtbot, Qt.Key.Key_Return)
    assert form.here == "disability"


def test_what_is_said_of_it_brings_it_back(form: RecordForm) -> None:
    said = Finding("F99", Severity.ERROR, "请看残疾证。", "disability", "")
    form.show_findings([said])
    form.canvas.arrange()
    assert not form.editor("disability").isHidden()


def test_a_draft_shows_what_it_kept(form: RecordForm) -> None:
    form.restore({"health": "60"})
    form.canvas.arrange()
    assert not form.editor("disability").isHidden()


def test_a_unit_without_a_contract_has_no_term_of_it(qtbot: QtBot, form: RecordForm) -> None:
    form.begin(Enterprise)
    for said, hidden in (("none", True), ("regional", False)):
        form.load({"wage_contract": said})
        form.canvas.arrange()
        assert form.editor("wage_contract_to").isHidden() is hidden


@pytest.mark.parametrize(
    ("said", "holds"),
    [("60", True), ("10", False), (["10", "60"], True), ([], False), (None, False)],
)
def test_of_some_values(said: object, holds: bool) -> None:
    assert Applies("health", ("60",)).holds(said) is holds


@pytest.mark.parametrize(
    ("said", "holds"), [(True, True), (False, False), ("x", True), ("", False)]
)
def test_of_any_value(said: object, holds: bool) -> None:
    assert Applies("has_union").holds(said) is holds
