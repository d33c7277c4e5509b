"""A picture, drawn with bars and a line, and told in words too."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from app.ui.parts.chart import Chart, Drawing, Legend, Picture
from app.ui.theme import LIGHT
from tests.ui.hands import show

pytestmark = pytest.mark.usefixtures("dressed")

MONTHS = Picture("进度", ("7月", "8月", "9月"), (3, 1234, None), line=(2, 4, 6))


def image_of(chart: Chart) -> QImage:
    return chart.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def rows_of(image: QImage, colour: str, x: int) -> list[int]:
    """Which pixels of a column have this colour."""
    wanted = QColor(colour).rgb()
    return [y for y in range(image.height()) if image.pixel(x, y) == wanted]


def shown(chart: Chart) -> Picture | None:
    return chart.picture


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    chart = Chart()
    show(qtbot, chart, 400, 300)
    return chart


def test_it_is_drawn_and_said(chart: Chart) -> None:
    chart.say("还没有走访。")
    assert shown(chart) is None
    assert chart.accessibleName() == "还没有走访。"
    chart.show_picture(MONTHS)
    assert shown(chart) == MONTHS
    assert chart.accessibleName() == "进度：7月 3，8月 1,234"
    assert MONTHS.highest == 1234
    chart.say("没有活动。")
    assert shown(chart) is None


def test_a_bar_is_as_high_as_its_figure(chart: Chart) -> None:
    chart.show_picture(Picture("走访", ("7月", "8月", "9月", "10月"), (100, 50, 25, None)))
    image = image_of(chart)
    left, right = 30, image.width() - 4
    room = (right - left) / 4
    full, half, quarter, none = (
        len(rows_of(image, LIGHT.slate, round(left + (place + 0.35) * room))) for place in range(4)
    )
    assert full > 150
    assert half == pytest.approx(full / 2, abs=3)
    assert quarter == pytest.approx(full / 4, abs=3)
    assert none == 0


def test_the_part_of_a_bar_is_darker_and_stands_in_it(chart: Chart) -> None:
    chart.show_picture(Picture("诉求", ("思想",), (4,), part=(1,)))
    image = image_of(chart)
    x = round(image.width() * 0.45)
    dark, pale = rows_of(image, LIGHT.slate, x), rows_of(image, LIGHT.slate2, x)
    assert dark
    assert pale
    assert min(dark) > max(pale)
    assert len(pale) == pytest.approx(3 * len(dark), abs=4)


def test_a_picture_of_nothing_is_drawn_too(qtbot: QtBot, chart: Chart) -> None:
    nothing = Picture("每周走访", tuple(map(str, range(30))), (None,) * 30)
    chart.show_picture(nothing)
    assert not chart.grab().isNull()
    assert nothing.words == "每周走访：还没有"
    chart.show_picture(Picture("诉求", (), ()))
    assert not chart.grab().isNull()
    legend = Legend(("已走访", "bar"), ("应完成", "line"))
    show(qtbot, legend)
    assert legend.labels[1].text() == "应完成"


@pytest.mark.parametrize("high", [46, 50, 54, 60, 80])
def test_figures_stay_within_a_low_picture(chart: Chart, high: int) -> None:
    chart.setMinimumSize(0, 0)
    chart.resize(400, high)
    chart.show_picture(Picture("走访", ("7月", "8月"), (20, 20), line=(1, 20)))
    image = image_of(chart)
    over = [y for y in range(3) for x in range(40, 396) if image.pixelColor(x, y).lightness() < 120]
    assert not over


@pytest.mark.parametrize("part", [(), (1, 0, 0)])
def test_the_frame_of_a_chosen_bar_leaves_its_figure_free(
    qtbot: QtBot, part: tuple[int, ...]
) -> None:
    seen: list[int] = []

    class Marked(Chart):
        def mark(self, painter: QPainter, drawing: Drawing) -> None:
            for place, amount in ((0, 40), (1, 1)):
                top = drawing.bar_at(place, amount).top()
                figure = drawing.figure_at(place, amount)
                assert figure.bottom() <= top - 3 or figure.top() >= top
                seen.append(place)

    chart = Marked()
    show(qtbot, chart, 360, 240)
    chart.show_picture(Picture("诉求", ("就业", "生活", "权益"), (40, 1, None), part=part))
    chart.grab()
    assert set(seen) == {0, 1}
