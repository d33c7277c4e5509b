"""The long lists of the city's desk are there before somebody opens them, and stay there."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.kernel.errors import UserError
from app.services.deciding import received_check
from app.services.office.office import Office
from app.ui.looking_ahead import LookingAhead
from app.ui.worker import Worker
from database.books import worked_out
from tests.services.offices import deliver, save_visit
from tests.ui.pages.conftest import city, clock, county, grounds

__all__ = ["city", "clock", "county", "grounds"]


def kept(office: Office) -> list[str]:
    with office.store.read() as connection:
        names = ("received check", "doubles", "statistics")
        return [name for name in names if worked_out.stood_at(connection, name)]


@pytest.fixture(autouse=True)
def _always_worth_keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(received_check, "_MANY", 1)


def test_what_a_merge_brought_is_worked_out_beside_the_work(
    qtbot: QtBot, worker: Worker, city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county, opinions="")
    deliver(county, city, tmp_path / "up")
    ahead = LookingAhead(city, worker, worker)
    with qtbot.waitSignal(ahead.kept):
        ahead.look()
    assert kept(city) == ["received check", "doubles", "statistics"]


def test_an_office_below_looks_at_nothing_ahead(worker: Worker, county: Office) -> None:
    LookingAhead(county, worker, worker).look()
    assert not worker.is_busy


def test_where_nothing_can_be_written_it_is_only_not_kept(city: Office, tmp_path: Path) -> None:
    def refuse(_: object) -> None:
        raise UserError("READ_ONLY", "不能保存。")

    city.store.guard = refuse
    with city.store.read() as connection:
        received_check.examine(city, connection)
    received_check.remember(city)
    city.store.guard = None
    assert kept(city) == []
