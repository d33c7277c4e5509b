"""Every figure opens the records behind it: on 首页, in the pictures, of the leadership."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.records import Demand, Enterprise, Leader
from app.services.records import saving, voiding
from app.ui.parts.open_chart import Series
from tests.services.offices import save_visit
from tests.ui.pages.at_work import AtWork

ENTER, RIGHT = Qt.Key.Key_Return, Qt.Key.Key_Right


def a_season(at_work: AtWork) -> None:
    office = at_work.office
    for n in range(3):
        given = {"name": f"第{n}厂", "above_scale": "是", "headcount": 300, "area": "沙湾镇"}
        saving.save(office, Enterprise, given)
    made = [
        save_visit(
            office, enterprise_name=f"第{n}厂", leaders=leaders, area="沙湾镇", led_by_chief=""
        )
        for n, leaders in enumerate(("李明书", "付志勇"))
    ]
    told = {"visit": made[1].id, "content": "要求", "raised_on": "2011-07-20", "category": "就业"}
    saving.save(office, Demand, told)
    for name, chief in (("李明书", "是"), ("刘勇", "否")):
        body = {"name": name, "post": "主席", "chief": chief, "serves_from": "2010-01-01"}
        saving.save(office, Leader, body)


def page_of(at_work: AtWork, name: str) -> Any:
    at_work.shell.go(name)
    at_work.rest()
    return at_work.shell.page


def press(at_work: AtWork, widget: QWidget, *keys: Qt.Key) -> tuple[str, int]:
    """Press keys at a widget, and where one is then, with how many lines."""
    widget.setFocus()
    for key in keys:
        at_work.press(key)
    at_work.rest()
    return listed(at_work)


def listed(at_work: AtWork) -> tuple[str, int]:
    shown: Any = at_work.shell.page
    page = getattr(shown, "page", shown)
    return at_work.shell.current, len(page.browsing.card.model.ids)


def test_the_figures_of_the_first_page_open_their_records(at_work: AtWork) -> None:
    a_season(at_work)
    page = page_of(at_work, "home")
    at_work.qtbot.waitUntil(lambda: page.figures.figures[0].number.text() == "2")
    firms, workers, _, persons = page.figures.figures
    assert persons.focusPolicy() == Qt.FocusPolicy.NoFocus, "there is nothing behind a nought"
    assert press(at_work, firms, ENTER) == ("enterprises", 2)
    page_of(at_work, "home")
    assert press(at_work, firms, RIGHT, ENTER) == ("visits", 2)
    page_of(at_work, "home")
    assert press(at_work, firms, RIGHT, RIGHT, RIGHT, ENTER) == ("demands", 1)
    page_of(at_work, "home")
    QTest.mouseClick(workers, Qt.MouseButton.LeftButton)
    at_work.rest()
    assert listed(at_work) == ("visits", 2)
    page_of(at_work, "home")
    assert page.waiting.table.hasFocus(), "Enter still opens what waits"


def test_the_months_of_the_first_page_open_their_units(at_work: AtWork) -> None:
    a_season(at_work)
    page = page_of(at_work, "home")
    chart = page.progress.chart
    at_work.qtbot.waitUntil(lambda: chart.picture is not None)
    assert chart.chosen == (Series.BAR, 0)
    assert press(at_work, chart, ENTER) == ("enterprises", 2)
    page_of(at_work, "home")
    chart.setFocus()
    at_work.press(Qt.Key.Key_Up)
    assert chart.accessibleDescription().startswith("8月 应完成 1")
    assert press(at_work, chart, ENTER) == ("enterprises", 3)


def test_bars_and_points_of_the_pictures_open_their_records(at_work: AtWork) -> None:
    a_season(at_work)
    page = page_of(at_work, "statistics")
    page.tabs.go("pictures")
    at_work.rest()
    weeks, categories = page.pictures.weeks, page.pictures.categories
    assert weeks.hasFocus()
    assert press(at_work, weeks, ENTER) == ("visits", 2)
    page_of(at_work, "statistics")
    assert press(at_work, categories, Qt.Key.Key_Right, ENTER) == ("demands", 1)
    page_of(at_work, "statistics")
    weeks.repaint()
    where, spot = weeks._hits[0]
    assert spot == weeks.chosen
    at = QPointF(where.center()).toPoint()
    QTest.mouseClick(weeks, Qt.MouseButton.LeftButton, pos=at)
    at_work.rest()
    assert listed(at_work) == ("visits", 2)


def test_the_picture_of_a_table_opens_its_records(at_work: AtWork) -> None:
    a_season(at_work)
    page = page_of(at_work, "statistics")
    page.tabs.go("tallies")
    at_work.rest()
    page.tallies.across.go("area")
    at_work.rest()
    page.tallies.turn()
    chart = page.tallies.chart
    assert chart.hasFocus()
    assert press(at_work, chart, ENTER) == ("visits", 2)


def test_the_columns_of_the_leadership_open_their_records(at_work: AtWork) -> None:
    a_season(at_work)
    page = page_of(at_work, "statistics")
    page.tabs.go("leaders")
    at_work.rest()
    table, members = page.leaders.table, page.leaders.members
    page.leaders.set_narrow(True)
    assert not table.isColumnHidden(1)
    for column, expected in (
        (1, ("plans", 2)), (2, ("plans", 1)), (4, ("visits", 2)), (5, ("visits", 1)),
    ):  # fmt: skip
        page_of(at_work, "statistics")
        table.setCurrentIndex(table.model().index(0, column))
        assert press(at_work, table, ENTER) == expected, column
    page_of(at_work, "statistics")
    table.setCurrentIndex(table.model().index(0, 0))
    table.setFocus()
    at_work.press(ENTER)
    assert members.hasFocus()
    members.setCurrentIndex(members.model().index(0, 2))
    assert press(at_work, members, ENTER) == ("visits", 1)


def test_visits_that_are_not_counted_and_places_to_be_reached_open_lists(
    at_work: AtWork,
) -> None:
    a_season(at_work)
    gone = saving.save(at_work.office, Enterprise, {"name": "走了的厂", "area": "沙湾镇"})
    save_visit(at_work.office, enterprise=gone.id, enterprise_name="走了的厂")
    voiding.void(at_work.office, Enterprise, gone.id, "录重了")
    page = page_of(at_work, "statistics")
    coverage = page.coverage
    assert coverage.unplaced.isVisible()
    assert coverage.unplaced.text() == "没有计入的走访 1 次"
    coverage.unplaced.click()
    at_work.rest()
    assert listed(at_work) == ("visits", 1)
    page_of(at_work, "statistics")
    coverage.tiles.tiles[-1].setChecked(True)
    coverage.rows.setCurrentIndex(coverage.rows.model().index(0, 2))
    assert press(at_work, coverage.rows, ENTER) == ("enterprises", 3)
