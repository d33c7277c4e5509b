"""分类统计 in the window: from a number to its records, as a picture, onto paper, to Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.records import Demand, Enterprise, Visit
from app.services.records import saving
from app.ui.pages.statistics import StatisticsPage
from app.ui.pages.statistics.tally_view import TalliesView
from app.ui.parts.table import Table
from tests.services.offices import save_visit
from tests.ui.pages.at_work import CTRL, AtWork


def a_season(at_work: AtWork) -> None:
    for n in range(5):
        visit = save_visit(
            at_work.office,
            enterprise_name=f"第{n}厂",
            workers_met=10,
            items=[{"item": "visit"}, *([{"item": "aid"}] if n < 2 else [])],
            area="沙湾镇" if n < 3 else "嘉农镇",
        )
        told = {"visit": visit.id, "content": "要求", "raised_on": "2011-07-20"}
        saving.save(at_work.office, Demand, told | {"category": ("生活", "就业")[n % 2]})


def tallies_of(at_work: AtWork) -> tuple[StatisticsPage, TalliesView]:
    at_work.shell.go("statistics")
    page: Any = at_work.shell.page
    at_work.rest()
    page.tabs.go("tallies")
    at_work.rest()
    return page, page.tallies


def test_a_number_opens_just_the_records_it_counts(at_work: AtWork) -> None:
    a_season(at_work)
    _, view = tallies_of(at_work)
    view.across.go("area")
    at_work.rest()
    rows = {row[0]: row[1:] for row in view.table.texts}
    assert rows["合计"][:2] == ["5", "5"]
    assert rows["沙湾镇"][:2] == ["3", "3"]
    names = [row[0] for row in view.table.texts]
    place = names.index("沙湾镇")
    aid = [head.title for head in view.shown.heads].index("困难帮扶") + 1 if view.shown else 0
    view.table.setCurrentIndex(view.table.model().index(place, aid))
    view.table.setFocus()
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert at_work.shell.current == "visits"
    visits: Any = at_work.shell.page
    (chip,) = visits.browsing.narrowing.chips
    assert chip.shown == "六个到位 · 沙湾镇 · 困难帮扶"
    assert len(visits.browsing.card.model.ids) == 2


def test_a_table_is_parted_by_what_one_chooses_and_drawn_at_a_key(at_work: AtWork) -> None:
    a_season(at_work)
    _, view = tallies_of(at_work)
    view.kind.go("demands")
    view.across.go("")
    at_work.rest()
    assert view.table.texts[0] == ["合计", "5", "0", "0"]
    assert ["生活", "3", "0", "0"] in view.table.texts
    view.table.setFocus()
    at_work.press(Qt.Key.Key_F12)
    assert view.is_picture
    assert view.chart.picture is not None
    assert 3 in view.chart.picture.bars
    at_work.press(Qt.Key.Key_F12)
    assert not view.is_picture


def test_the_table_is_copied_kept_as_a_sheet_and_printed(at_work: AtWork, tmp_path: Path) -> None:
    a_season(at_work)
    page, view = tallies_of(at_work)
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_C, CTRL)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].startswith("乡镇（街道）、园区\t合计（次）\t走访慰问（次）")
    assert "沙湾镇\t3\t3" in "\n".join(lines)
    page.save_to = lambda name: str(tmp_path / name)
    with at_work.qtbot.waitSignal(page.written) as said:
        page.export.trigger()
    assert said.args
    sheet = openpyxl.load_workbook(said.args[0]).active
    assert sheet is not None
    assert [cell.value for cell in sheet[4]][:2] == ["乡镇（街道）、园区", "合计\n（次）"]
    page.print.trigger()
    assert page.paper is not None
    with at_work.qtbot.waitSignal(page.paper.ready):
        pass
    assert page.paper.isVisible()


def test_a_campaign_is_held_against_the_same_days_of_another(at_work: AtWork) -> None:
    a_season(at_work)
    _, view = tallies_of(at_work)
    view.against.go("2012-55")
    at_work.rest()
    assert view.shown is not None
    assert [head.title for head in view.shown.heads][-1] == "增减"
    assert view.table.texts[0][-2:] == ["0", "5"]
    assert view.shown.record_type is Visit


def test_a_figure_of_the_coverage_opens_the_units_it_counts(at_work: AtWork) -> None:
    for n in range(3):
        given = {"name": f"第{n}厂", "above_scale": "是", "headcount": 300, "area": "沙湾镇"}
        saving.save(at_work.office, Enterprise, given)
    save_visit(at_work.office, enterprise_name="第1厂", area="沙湾镇")
    at_work.shell.go("statistics")
    page: Any = at_work.shell.page
    at_work.rest()
    rows = page.coverage.rows
    assert rows.texts[0] == ["合计", "1", "3", "33.3%", ""]
    for column, count in ((1, 1), (2, 3)):
        at_work.shell.go("statistics")
        at_work.rest()
        rows.setCurrentIndex(rows.model().index(0, column))
        rows.setFocus()
        at_work.press(Qt.Key.Key_Return)
        at_work.rest()
        assert at_work.shell.current == "enterprises"
        shown: Any = at_work.shell.page
        assert len(shown.browsing.card.model.ids) == count


def test_the_pairs_of_the_totals_and_the_places_reached_open_their_records(
    at_work: AtWork,
) -> None:
    """乡镇覆盖 opens the visits that reached a place, 规上覆盖 those to be visited."""
    for n in range(3):
        given = {"name": f"第{n}厂", "above_scale": "是", "headcount": 300, "area": "沙湾镇"}
        saving.save(at_work.office, Enterprise, given)
    for n in (0, 1):
        save_visit(at_work.office, enterprise_name=f"第{n}厂", area="沙湾镇", level="县级")

    def opens(table: Table, row: int, column: int) -> tuple[str, int]:
        at_work.shell.go("statistics")
        at_work.rest()
        table.setCurrentIndex(table.model().index(row, column))
        table.setFocus()
        at_work.press(Qt.Key.Key_Return)
        at_work.rest()
        shown: Any = at_work.shell.page
        return at_work.shell.current, len(shown.browsing.card.model.ids)

    at_work.shell.go("statistics")
    page: Any = at_work.shell.page
    at_work.rest()
    page.tabs.go("table")
    table = page.table.table
    assert table.texts[0][3].startswith("1／")
    assert table.texts[0][4] == "2／3"
    place = next(n for n, row in enumerate(table.texts) if row[0] == "沙湾镇")
    for row in (0, place):
        assert opens(table, row, 3) == ("visits", 2)
        assert opens(table, row, 4) == ("enterprises", 3)
    page.tabs.go("coverage")
    page.coverage.tiles.tiles[-1].setChecked(True)
    assert page.coverage.rows.texts[0][1] == "1"
    assert opens(page.coverage.rows, 0, 1) == ("visits", 2)
    at_work.shell.go("statistics")
    at_work.rest()
    page.coverage.rows.setCurrentIndex(page.coverage.rows.model().index(0, 2))
    assert opens(page.coverage.rows, 0, 2) == ("enterprises", 3)
    at_work.shell.go("statistics")
    at_work.rest()
    page.coverage.left.setFocus()
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert at_work.shell.current == "enterprises"
