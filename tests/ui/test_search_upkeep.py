"""正在整理搜索: found at once all the same, and put in order beside the work."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.services.lists import search_upkeep
from app.ui.searching.results_model import Heading
from app.ui.searching.upkeep import SearchUpkeep
from database.state import search_index
from tests.services.offices import save_visit
from tests.ui.pages.at_work import AtWork
from tests.ui.pages.conftest import at_work, city, clock, county, grounds
from tests.ui.test_searching import Searcher

__all__ = ["at_work", "city", "clock", "county", "grounds"]


def test_a_lag_is_said_and_made_up_and_nothing_is_missed(
    qtbot: QtBot, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "MANY", 3)
    save_visit(at_work.office, enterprise_name="太平水泥厂")
    with at_work.office.store.write() as connection:
        search_index.create(connection)
    assert search_upkeep.behind(at_work.office) > 3
    at_work.shell.go("home")
    at_work.rest()
    searcher = Searcher(qtbot, at_work)
    searcher.seek("太平")
    first = searcher.panel.model.rows[0]
    assert isinstance(first, Heading)
    assert first.words.startswith("正在整理搜索")
    assert "太平水泥厂" in searcher.found
    searcher.seek("没有这一家")
    assert not searcher.found[1:]

    upkeep = SearchUpkeep(at_work.office, at_work.worker, at_work.shell)
    with qtbot.waitSignal(upkeep.kept_up):
        upkeep.look()
    assert search_upkeep.behind(at_work.office) == 0
    searcher.seek("太平水")
    assert "太平水泥厂" in searcher.found
    assert not any(one.startswith("正在整理") for one in searcher.found)
