"""What there is to do is looked at once after a write, for the page and the navigation."""

from __future__ import annotations

from functools import partial

import pytest

from app.services.office.office import Office
from app.services.todo.today import Today, today
from app.ui import today_reading
from app.ui.nav_status import NavStatus
from tests.services.offices import save_visit
from tests.ui.pages.at_work import AtWork


def test_one_look_serves_the_page_and_the_navigation(
    at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Today] = []

    def counted(office: Office) -> Today:
        looks.append(today(office))
        return looks[-1]

    assert not at_work.desk.readings
    monkeypatch.setattr(today_reading, "today", counted)
    NavStatus(at_work.desk, at_work.shell)
    reading = today_reading.today_reading(at_work.desk, at_work.shell)
    at_work.shell.go("home")
    with at_work.qtbot.waitSignal(reading.done):
        pass
    at_work.rest()
    before = len(looks)
    with at_work.qtbot.waitSignal(reading.done):
        at_work.worker.write(partial(save_visit, at_work.office))
    at_work.rest()
    assert len(looks) == before + 1
    assert [one.name for one in looks[-1].waiting if one.name == "unsent"] == ["unsent"]
