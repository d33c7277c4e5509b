"""A picture, drawn when its library is there, and told in words too."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.parts.chart import Chart, Legend, Picture
from app.ui.worker import Worker
from tests.ui.hands import show

pytestmark = pytest.mark.usefixtures("dressed")

MONTHS = Picture("进度", ("7月", "8月", "9月"), (3, 1234, None), line=(2, 4, 6))


def test_it_is_drawn_and_said(qtbot: QtBot, worker: Worker) -> None:
    chart = Chart(worker)
    show(qtbot, chart, 400, 300)
    chart.say("还没有走访。")
    assert not chart.painted
    chart.show_picture(MONTHS)
    qtbot.waitUntil(lambda: chart.painted)
    assert chart.accessibleName() == "进度：7月 3，8月 1,234"
    assert MONTHS.highest == 1234
    assert not chart.grab().isNull()
    chart.say("没有活动。")
    assert not chart.painted
    chart.show_picture(Picture("诉求", ("思想", "就业"), (4, 0), part=(1, 0)))
    qtbot.waitUntil(lambda: chart.painted)


def test_two_charts_wait_for_the_library_together(qtbot: QtBot, worker: Worker) -> None:
    charts = [Chart(worker), Chart(worker)]
    for chart in charts:
        show(qtbot, chart, 400, 300)
        chart.show_picture(MONTHS)
    qtbot.waitUntil(lambda: all(chart.painted for chart in charts))


def test_a_picture_of_nothing_is_drawn_too(qtbot: QtBot, worker: Worker) -> None:
    chart = Chart(worker)
    show(qtbot, chart, 400, 300)
    nothing = Picture("每周走访", tuple(map(str, range(30))), (None,) * 30)
    chart.show_picture(nothing)
    qtbot.waitUntil(lambda: chart.painted)
    assert nothing.words == "每周走访：还没有"
    legend = Legend(("已走访", "bar"), ("应完成", "line"))
    show(qtbot, legend)
    assert legend.labels[1].text() == "应完成"
