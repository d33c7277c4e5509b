"""建会等比率 in the window: by township and industry, from a number to its units, onto paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.records import Enterprise
from app.services.records import saving
from app.ui.pages.statistics import StatisticsPage
from app.ui.pages.statistics.rates_view import RatesView
from tests.ui.pages.at_work import CTRL, AtWork


def a_directory(at_work: AtWork) -> None:
    base = {"kind": "企业", "area": "沙湾镇", "ownership": "私营"}
    units: dict[str, dict[str, object]] = {
        "水泥厂": {"has_union": "是", "industry": "水泥", "headcount": 100, "members": 90},
        "饭店": {"has_union": "否", "industry": "62", "wage_contract": "行业性"},
        "电站": {"area": "嘉农镇", "industry": "电力", "wage_contract": "没有签"},
    }
    for name, told in units.items():
        saving.save(at_work.office, Enterprise, {"name": name, **base, **told})


def rates_of(at_work: AtWork) -> tuple[StatisticsPage, RatesView]:
    at_work.shell.go("statistics")
    page: Any = at_work.shell.page
    at_work.rest()
    page.tabs.go("rates")
    at_work.rest()
    page.set_narrow(False)
    return page, page.rates


def test_the_rates_are_shown_by_township_and_by_industry(at_work: AtWork) -> None:
    a_directory(at_work)
    _, view = rates_of(at_work)
    rows = {row[0]: row[1:] for row in view.table.texts}
    assert rows["合计"][:6] == ["3", "3", "33.3%　1／3", "1", "90.0%　90／100", "2"]
    assert rows["沙湾镇"][2] == "50.0%　1／2"
    assert rows["嘉农镇"][2:4] == ["—　未填 1／1", "1"]
    view.by.go("section")
    assert [row[0] for row in view.table.texts][1:] == [
        "制造业",
        "电力、热力、燃气及水生产和供应业",
        "住宿和餐饮业",
    ]
    view.section.go("H")
    assert view.table.texts[0][1] == "1"
    assert view.shown is not None
    assert view.shown.title == "建会等五项比率（住宿和餐饮业）"


def test_where_there_is_little_room_a_rate_stands_above_its_fraction(at_work: AtWork) -> None:
    a_directory(at_work)
    _, view = rates_of(at_work)
    view.set_narrow(True)
    assert view.table.texts[0][3] == "33.3%\n1／3"
    assert view.table.rowHeight(0) >= 2 * view.table.fontMetrics().lineSpacing()
    view.resize(1020, 480)
    assert view.table.horizontalScrollBar().maximum() == 0
    view.set_narrow(False)
    assert view.table.texts[0][3] == "33.3%　1／3"


def test_a_number_opens_the_units_it_counts(at_work: AtWork) -> None:
    a_directory(at_work)
    _, view = rates_of(at_work)
    view.table.setCurrentIndex(view.table.model().index(0, 4))
    view.table.setFocus()
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert at_work.shell.current == "enterprises"
    units: Any = at_work.shell.page
    (chip,) = units.browsing.narrowing.chips
    assert chip.shown == "合计 · 建会率 · 没填"
    assert len(units.browsing.card.model.ids) == 1


def test_contracts_are_told_apart_copied_kept_and_printed(at_work: AtWork, tmp_path: Path) -> None:
    a_directory(at_work)
    page, view = rates_of(at_work)
    view.what.go("contracts")
    assert view.table.texts[0] == [
        "合计",
        "3",
        "33.3%　1／3",
        "0",
        "0",
        "1",
        "0",
        "1",
        "1",
    ]
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_C, CTRL)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].startswith(
        "乡镇（街道）、园区\t企业数（家）\t覆盖率\t分子／分母\t企业合同（家）"
    )
    assert lines[1].startswith("合计\t3\t33.3%\t1／3")
    page.save_to = lambda name: str(tmp_path / name)
    with at_work.qtbot.waitSignal(page.written) as said:
        page.export.trigger()
    assert said.args
    assert Path(said.args[0]).name == "工资集体合同_沙湾区总工会_2011-07-21.xlsx"
    sheet = openpyxl.load_workbook(said.args[0]).active
    assert sheet is not None
    assert "33.3%\n1／3" in {cell.value for row in sheet.iter_rows() for cell in row}
    page.print.trigger()
    assert page.paper is not None
    with at_work.qtbot.waitSignal(page.paper.ready):
        pass
    assert page.paper.isVisible()
