"""Long work shows how far it is, and stops with Esc."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.kernel.progress import Cancel, Progress, Step, of_several
from app.ui.parts.work_bar import WorkBar
from app.ui.worker import Worker


def print_for_ever(progress: Progress, cancel: Cancel) -> None:
    while True:
        progress(Step("", 12, 3400))
        cancel.check()


@pytest.fixture
def bar(qtbot: QtBot, dressed: QApplication) -> Iterator[WorkBar]:
    bar = WorkBar()
    qtbot.addWidget(bar)
    yield bar
    bar.close()


def test_it_counts_and_stops_with_escape(qtbot: QtBot, worker: Worker, bar: WorkBar) -> None:
    work = worker.write(print_for_ever, long=True)
    with qtbot.waitActive(bar):
        bar.watch(work, "正在打印", "停止后已打印的不受影响。")
    with qtbot.waitSignal(work.progressed):
        pass
    assert bar.said.text() == "正在打印　12 / 3,400"
    assert bar.bar.maximum() == 3400
    with qtbot.waitSignal(work.cancelled):
        QTest.keyClick(bar, Qt.Key.Key_Escape)
        assert not bar.stop.isEnabled()
    assert not bar.isVisible()


def row_for_ever(progress: Progress, cancel: Cancel) -> None:
    tell = of_several(progress, 3, 12, "沙湾区总工会 第6次报送")
    while True:
        tell(Step("正在核对", 20, 40))
        cancel.check()


def test_of_several_in_a_row_the_bar_is_the_whole_row(
    qtbot: QtBot, worker: Worker, bar: WorkBar
) -> None:
    work = worker.write(row_for_ever, long=True)
    bar.watch(work, "正在汇总", "停止后已经汇总的不变。")
    with qtbot.waitSignal(work.progressed):
        pass
    told = "第 3 个，共 12 个　沙湾区总工会 第6次报送　正在核对　20 / 40"
    assert bar.said.text() == told
    assert bar.bar.value() / bar.bar.maximum() == 2.5 / 12
    with qtbot.waitSignal(work.cancelled):
        bar.stop.trigger()
