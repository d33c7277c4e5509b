"""Pages are drawn when they are looked at, sharp at every size, and turned by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.printing.paper_view import Crop, PaperView
from tests.ui.hands import show

A4 = (595.3, 841.9)
MANY = 5000


class Drawer:
    """Draws what is wanted, and remembers it."""

    def __init__(self, view: PaperView) -> None:
        self.view = view
        self.drawn: list[tuple[int, float]] = []
        view.wanted.connect(self.draw)

    def draw(self, n: int, scale: float) -> None:
        self.drawn.append((n, scale))
        image = QImage(round(A4[0] * scale), round(A4[1] * scale), QImage.Format.Format_RGB32)
        image.fill(QColor(n % 256, 0, 0))
        self.view.put(n, scale, image)


@pytest.fixture
def view(qtbot: QtBot, dressed: object) -> PaperView:
    view = PaperView("页")
    show(qtbot, view, 700, 500)
    return view


def test_only_what_is_looked_at_is_drawn(qtbot: QtBot, view: PaperView) -> None:
    drawer = Drawer(view)
    view.show_pages([A4] * MANY)
    qtbot.waitUntil(lambda: len(drawer.drawn) == 2)
    view.go_to(MANY - 1)
    qtbot.waitUntil(lambda: view.image(MANY - 1) is not None)
    assert view.page == MANY - 1
    assert len(drawer.drawn) < 6
    assert view.image(0) is None


def test_a_page_is_read_to_its_end_and_then_turned(qtbot: QtBot, view: PaperView) -> None:
    view.show_pages([A4] * 3)
    seen = [0]
    while view.page < 2:
        view.turn(1)
        seen.append(view.verticalScrollBar().value())
    assert seen == sorted(set(seen))
    assert len(seen) > 3
    for _ in range(12):
        view.turn(-1)
    assert (view.page, view.verticalScrollBar().value()) == (0, 0)


def test_zooming_stays_on_the_page_and_asks_for_sharp_pages(qtbot: QtBot, view: PaperView) -> None:
    drawer = Drawer(view)
    view.show_pages([A4] * 5)
    view.go_to(3)
    before = view.scale
    view.zoom(1)
    assert view.scale > before
    assert view.page == 3
    qtbot.waitUntil(lambda: (3, view.device_scale) in drawer.drawn)
    view.fit()
    assert view.scale == before
    view.fit()
    assert A4[1] * view.scale <= view.viewport().height()


def test_the_wheel_scrolls_and_with_ctrl_zooms(qtbot: QtBot, view: PaperView) -> None:
    view.show_pages([A4] * 5)

    def wheel(modifier: Qt.KeyboardModifier) -> None:
        where = view.viewport().mapToGlobal(QPoint(50, 50))
        event = QWheelEvent(
            QPointF(50, 50),
            QPointF(where),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), event)

    before = view.scale
    wheel(Qt.KeyboardModifier.NoModifier)
    assert view.verticalScrollBar().value() > 0
    assert view.scale == before
    wheel(Qt.KeyboardModifier.ControlModifier)
    assert view.scale < before


def test_the_margins_can_be_left_away(qtbot: QtBot, dressed: object) -> None:
    whole, cropped = PaperView("页"), PaperView("页", crop=Crop(left=50, right=50))
    for view in (whole, cropped):
        show(qtbot, view, 400, 500)
        view.show_pages([A4])
    assert cropped.scale > whole.scale
