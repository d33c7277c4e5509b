"""What other records say against a form: a look begun earlier never hides a later one."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.checking.checks import Finding, Severity
from app.domain.records import Visit
from app.ui.forms.record_form import RecordForm
from tests.ui.hands import AROUND, show

pytestmark = pytest.mark.usefixtures("dressed")

EARLIER = Finding("G05", Severity.NOTE, "两级去同一个单位。", "enterprise_name", "")
LATER = Finding("G03", Severity.ASK, "这一天已经登记过。", "visited_on", "")


def test_an_answer_that_comes_too_late_is_not_taken(qtbot: QtBot) -> None:
    form = RecordForm(AROUND)
    form.begin(Visit, None)
    show(qtbot, form)
    asked_first = form.stamp
    form.editor("visited_on").put("2011-07-18")
    assert form.know([LATER], form.stamp)
    assert not form.know([EARLIER], asked_first)
    assert "G03" in [one.code for one in form.blocking()]
    assert form.know([], form.stamp)
    assert "G03" not in [one.code for one in form.blocking()]
