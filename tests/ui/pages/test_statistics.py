"""统计: figures, whom nobody visited, the 汇总表 handed out, pictures; all by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.campaign.coverage_figures import Standing
from app.domain.kernel.changes import Changes
from app.domain.records import Enterprise, Group, Leader, Plan
from app.services.figures import issued_totals
from app.services.figures.coverage import FigureView, ItemView, RowView
from app.services.office.office import Office
from app.services.records import saving
from app.ui.page_context import PageContext
from app.ui.pages.statistics import StatisticsPage
from app.ui.pages.statistics.coverage_view import CoverageView
from app.ui.pages.statistics.page import VIEWS
from app.ui.problems import Problems
from app.ui.ui_memory import UiMemory
from app.ui.worker import Worker
from tests.services.conftest import city, clock, county, grounds
from tests.services.offices import save_visit
from tests.ui.hands import focus, press
from tests.ui.pages.at_work import CTRL

__all__ = ["city", "clock", "county", "grounds"]

pytestmark = pytest.mark.usefixtures("dressed")

Opened = Callable[[Office], StatisticsPage]


@pytest.fixture
def seen_records() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def opened(
    qtbot: QtBot,
    qapp: QApplication,
    worker: Worker,
    tmp_path: Path,
    seen_records: list[tuple[str, str]],
) -> Opened:
    """Opens 统计 of an office and waits for the first count."""

    def open_record(type_name: str, record: str) -> bool:
        seen_records.append((type_name, record))
        return True

    def open_page(office: Office) -> StatisticsPage:
        window = QWidget()
        qtbot.addWidget(window)
        desk = PageContext(
            office,
            worker,
            Problems(lambda error: None, window),
            UiMemory(tmp_path),
            lambda place: True,
            lambda name, count: None,
            open_record,
        )
        page = StatisticsPage(desk)
        qtbot.addWidget(page)
        page.resize(1190, 600)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        with qtbot.waitSignal(page.counted):
            page.activate()
        return page

    return open_page


def two_factories(county: Office) -> str:
    """One visited, one not; returns the one that was not."""
    given = {"above_scale": "是", "headcount": 300}
    saving.save(county, Enterprise, {"name": "沙湾水泥厂", "area": "沙湾镇", **given})
    left = saving.save(county, Enterprise, {"name": "嘉农电站", "area": "嘉农镇", **given})
    save_visit(county, enterprise_name="沙湾水泥厂")
    return left.id


def test_from_a_figure_to_whom_nobody_visited(
    qtbot: QtBot, county: Office, opened: Opened, seen_records: list[tuple[str, str]]
) -> None:
    left = two_factories(county)
    page = opened(county)
    view = page.coverage
    first = view.tiles.tiles[0]
    assert first.hasFocus()
    assert first.accessibleName() == "工会干部走访覆盖 1 / 2，50.0%"
    assert view.rows.texts[0] == ["合计", "1", "2", "50.0%", ""]
    assert [row[0] for row in view.left.texts] == ["嘉农电站　嘉农镇"]
    view.rows.selectRow(1)
    assert view.rows.texts[1][0] == "沙湾镇"
    assert view.left.texts == []
    view.rows.selectRow(2)
    view.left.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert seen_records == [("enterprise", left)]


def test_the_figures_are_walked_with_the_arrow_keys(
    qtbot: QtBot, county: Office, opened: Opened
) -> None:
    two_factories(county)
    page = opened(county)
    press(qtbot, Qt.Key.Key_Right)
    assert page.coverage.tiles.tiles[1].isChecked()
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Right)
    assert page.coverage.rows.texts[0][:3] == ["合计", "1", "9"]


def test_the_table_is_turned_to_and_handed_out(
    qtbot: QtBot, county: Office, opened: Opened, tmp_path: Path
) -> None:
    two_factories(county)
    page = opened(county)
    QTest.keyClick(focus(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.table.isVisible()
    assert page.table.table.hasFocus()
    assert page.table.table.texts[0][:3] == ["合计", "1", "35"]
    assert len(page.table.table.texts) == 10
    page.save_to = lambda name: str(tmp_path / name)
    with qtbot.waitSignal(page.written) as said:
        page.export.trigger()
    assert said.args
    sheet = openpyxl.load_workbook(said.args[0]).active
    assert sheet is not None
    assert str(sheet["A1"].value).endswith("汇总表")


def test_the_table_is_looked_at_on_paper_and_left_by_esc(
    qtbot: QtBot, county: Office, opened: Opened
) -> None:
    two_factories(county)
    page = opened(county)
    page.tabs.go("table")
    page.print.trigger()
    assert page.paper is not None
    with qtbot.waitSignal(page.paper.ready):
        pass
    assert page.paper.isVisible()
    assert not page.print.isEnabled()
    press(qtbot, Qt.Key.Key_Escape)
    assert page.table.table.hasFocus()
    assert page.print.isEnabled()


def test_another_campaign_is_counted(qtbot: QtBot, county: Office, opened: Opened) -> None:
    two_factories(county)
    page = opened(county)
    assert [page.campaign.itemText(n) for n in range(page.campaign.count())] == [
        "“面对面心贴心实打实服务职工在基层”活动",
        "“进千户企业、访万名职工”实践活动",
    ]
    assert page.campaign.currentIndex() == 1
    with qtbot.waitSignal(page.counted):
        page.campaign.setCurrentIndex(0)
        page.campaign.activated.emit(0)
    assert page.coverage.rows.texts[0][1] == "0"
    assert page.table.card.title.text().startswith("“面对面")


def test_what_is_saved_is_counted_again(qtbot: QtBot, county: Office, opened: Opened) -> None:
    two_factories(county)
    page = opened(county)
    save_visit(county, enterprise_name="嘉农电站")
    with qtbot.waitSignal(page.counted):
        page.changed(Changes(frozenset({"visit"})))
    assert page.coverage.rows.texts[0] == ["合计", "2", "2", "100.0%", ""]
    assert not page.coverage.left.isVisible()


def test_what_two_levels_plan_is_listed_while_it_can_be_put_right(
    qtbot: QtBot, city: Office, opened: Opened, seen_records: list[tuple[str, str]]
) -> None:
    factory = saving.save(city, Enterprise, {"name": "沙湾水泥厂", "area": "沙湾镇"}).id
    for level, name in (("city", "第一组"), ("county", "沙湾组")):
        group = saving.save(
            city,
            Group,
            {"campaign": "2011-36", "name": name, "level": level, "leaders": "李"},
        )
        saving.save(
            city,
            Plan,
            {
                "campaign": "2011-36",
                "enterprise": factory,
                "group": group.id,
                "planned": "2011-08-03",
            },
        )
    page = opened(city)
    assert page.tabs.words("overlaps") == "重复交叉 1"
    page.tabs.go("overlaps")
    (row,) = page.overlaps.table.texts
    assert row[:2] == ["沙湾水泥厂", "08-03 前来得及改"]
    assert page.overlaps.tabs.words("flagged") == "市、县两级 1"
    assert page.overlaps.card.note.text() == "1 处还来得及改，排在最前面"
    assert row[2] == "市级 乐山市总工会 08-03 安排；县级 乐山市总工会 08-03 安排"
    press(qtbot, Qt.Key.Key_Return)
    assert seen_records == [("enterprise", factory)]


def test_the_pictures_say_in_words_what_they_show(
    qtbot: QtBot, county: Office, opened: Opened
) -> None:
    two_factories(county)
    page = opened(county)
    page.tabs.go("pictures")
    qtbot.waitUntil(lambda: page.pictures.weeks.picture is not None)
    assert page.pictures.weeks.accessibleName() == "每周走访次数：7-18 1"
    assert page.pictures.categories.picture is None


def test_a_new_office_is_told_what_will_be_here(
    qtbot: QtBot, county: Office, opened: Opened
) -> None:
    page = opened(county)
    assert not page.coverage.isVisible()
    assert not page.export.isEnabled()


def test_nothing_is_clipped_where_the_window_is_narrow(
    qtbot: QtBot, county: Office, opened: Opened
) -> None:
    two_factories(county)
    page = opened(county)
    page.set_narrow(True)
    page.resize(1037, 472)
    page.tabs.go("table")
    table = page.table.table
    columns = range(table.model().columnCount())
    qtbot.waitUntil(lambda: table.columnWidth(0) >= 150)
    assert sum(table.columnWidth(n) for n in columns) <= table.viewport().width()


def test_a_count_that_is_stopped_can_be_begun_again(
    qtbot: QtBot, county: Office, opened: Opened
) -> None:
    """As where there are so many records that it takes long."""
    two_factories(county)
    page = opened(county)
    before = page.coverage.rows.texts
    page.again.trigger()
    under_way = page.reading.under_way
    assert under_way is not None
    page.work.watch(under_way, "正在统计", "停止以后保留上一次的数。")
    with qtbot.waitSignal(under_way.ended):
        press(qtbot, Qt.Key.Key_Escape)
    assert page.coverage.rows.texts == before
    with qtbot.waitSignal(page.counted):
        press(qtbot, Qt.Key.Key_F5)


def test_who_of_the_leadership_went_is_told_by_name(
    qtbot: QtBot, county: Office, opened: Opened, seen_records: list[tuple[str, str]]
) -> None:
    body = {"post": "副主席", "serves_from": "2010-01-01"}
    saving.save(county, Leader, {**body, "name": "李明书", "post": "主席", "chief": "是"})
    idle = saving.save(county, Leader, {**body, "name": "刘勇"}).id
    save_visit(county, leaders="李明书")
    page = opened(county)

    with qtbot.waitSignal(page.leaders.listed):
        page.tabs.go("leaders")

    assert page.leaders.table.texts == [["沙湾区总工会", "2", "1", "50.0%", "1", "1"]]
    assert page.leaders.members.texts == [
        ["李明书　主要领导", "主席", "1"],
        ["刘勇", "副主席", "没有参加"],
    ]
    press(qtbot, Qt.Key.Key_Return)
    assert focus() is page.leaders.members
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert seen_records[-1] == (Leader.type_name, idle)


def test_columns_of_the_totals_are_chosen_and_kept_under_a_name(
    qtbot: QtBot, county: Office, opened: Opened
) -> None:
    two_factories(county)
    page = opened(county)
    page.tabs.go("table")
    view = page.table
    view.set_narrow(narrow=True)
    QTest.keyClick(view.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert view.note.isHidden()
    QTest.keyClick(view.columns.list, Qt.Key.Key_Escape)
    assert view.note.isVisible()
    QTest.keyClick(view.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    places = {view.columns.list.item(n).text(): n for n in range(view.columns.list.count())}
    with qtbot.waitSignal(view.arranged):
        view.columns.list.item(places["走访次数（次）"]).setCheckState(Qt.CheckState.Checked)
    assert view.shown is not None
    assert ("走访次数", "次") in view.shown.columns
    view.name.setText("给区委的表")
    view.name.setFocus()
    with qtbot.waitSignal(page._desk.problems.noticed):
        press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.layouts.name == "给区委的表")
    with qtbot.waitSignal(view.arranged):
        view.layouts.go("usual")
    assert len(view.shown.columns) == 9
    with qtbot.waitSignal(view.arranged):
        view.layouts.go("给区委的表")
    assert len(view.shown.columns) == 10
    view.table.setFocus()
    with qtbot.waitSignal(page._desk.problems.noticed) as told:
        QTest.keyClick(view.table, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert "不再记着“给区委的表”" in told.args[0].what
    qtbot.waitUntil(view.layouts.isHidden)
    assert issued_totals.layouts(county) == {}
    assert len(view.shown.columns) == 10
    assert view.name.hasFocus()
    with qtbot.waitSignal(page._desk.problems.noticed):
        press(qtbot, Qt.Key.Key_Return)
    assert list(issued_totals.layouts(county)) == ["给区委的表"]
    qtbot.waitUntil(view.layouts.isVisible)
    view.set_narrow(True)
    page.resize(1010, 560)
    view.layouts.setCurrentIndex(0)
    qtbot.waitUntil(lambda: view.layouts.words == "常用栏目")
    assert view.columns.isVisible()


def test_an_issued_table_marks_what_is_another_number_now(
    qtbot: QtBot, county: Office, opened: Opened, tmp_path: Path
) -> None:
    two_factories(county)
    page = opened(county)
    page.tabs.go("table")
    view = page.table
    view.table.setFocus()
    with qtbot.waitSignal(page._desk.problems.noticed) as told:
        press(qtbot, Qt.Key.Key_F10)
    assert "先按 Ctrl+J 定稿" in told.args[0].what
    QTest.keyClick(view.table, Qt.Key.Key_J, CTRL)
    assert view.asking.isVisible()
    assert "以后不能改" in view.asking.words.text()
    press(qtbot, Qt.Key.Key_Escape)
    assert not view.asking.isVisible()
    assert issued_totals.issued(county, "2011-36") == ()
    QTest.keyClick(view.table, Qt.Key.Key_J, CTRL)
    with qtbot.waitSignal(page._desk.problems.noticed):
        QTest.keyClick(view.table, Qt.Key.Key_J, CTRL)
    assert not view.asking.isVisible()
    qtbot.waitUntil(lambda: view.versions.count() == 2)
    save_visit(county, enterprise_name="嘉农电站", area="嘉农镇", workers_met=5)
    with qtbot.waitSignal(page.counted):
        page.again.trigger()
    with qtbot.waitSignal(view.arranged):
        view.versions.go("1")
    assert view.table.texts[0][:3] == ["合计", "1 → 2", "35 → 40"]
    assert "有 8 格现在的数不一样" in view.note.text()
    assert "李经办" in view.note.text()
    view.web.save_to = lambda name: str(tmp_path / name)
    with qtbot.waitSignal(view.web.written) as kept:
        press(qtbot, Qt.Key.Key_F10)
    page_for_leaders = Path(kept.args[0]).read_text("utf-8")
    assert "工会干部走访覆盖" in page_for_leaders
    assert "嘉农电站" not in page_for_leaders


def test_numbers_stand_there_before_their_lists(qtbot: QtBot) -> None:
    count = RowView("", "合计", 1, 3, "33.3%", 0)
    row = RowView("511111", "沙湾区总工会", 1, 3, "33.3%", 21)
    first = FigureView("cadres", "工会干部走访覆盖", "", count, (row,), (), (), (), listed=False)
    view = CoverageView()
    qtbot.addWidget(view)
    opened: list[object] = []
    view.wanted.connect(lambda *told: opened.append(told))
    view.show_figures([first], by_unit=True)
    assert view.rows.texts[1] == ["沙湾区总工会", "1", "3", "33.3%", "21"]
    view.set_narrow(True)
    view.resize(864, 480)
    view.show()
    assert view.left.columnWidth(0) >= 140
    assert view.listing.waits
    view.rows.entered_cell.emit(1, 1)
    assert not opened
    left = ItemView(
        "e1", "", "恒宇厂", "511111", "沙湾区总工会", "", "", Standing.UNCOVERED, "没有走访。", ()
    )
    whole = msgspec.structs.replace(
        first, items=(left,), covered=(("e2", "511111", ""),), listed=True
    )
    view.show_figures([whole], by_unit=True)
    assert view.listing.currentWidget() is view.listing.content
    assert view.left.texts[0][0] == "恒宇厂"
    view.rows.entered_cell.emit(1, 1)
    assert len(opened) == 1


def test_the_tabs_keep_their_words_in_the_narrowest_window(
    qtbot: QtBot, county: Office, opened: Opened
) -> None:
    page = opened(county)
    page.resize(904, 472)
    buttons = page.tabs.findChildren(QAbstractButton)
    assert len(buttons) == len(VIEWS)
    for button in buttons:
        font = QFont(button.font())
        font.setBold(True)
        words = QFontMetrics(font).horizontalAdvance(button.text())
        assert button.width() >= words
    assert page.campaign.geometry().right() <= page.width()
