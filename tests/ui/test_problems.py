"""Every failure has its place: words in the bar, silence, or a report to save."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.cli.frame.kept_bugs import keep
from app.domain.kernel.errors import Cancelled, EnvironmentProblem, UserError
from app.ui.parts.message_bar import MessageBar
from app.ui.problems import FaultDialog, Problems


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def bar(window: QWidget) -> MessageBar:
    return MessageBar(window)


@pytest.fixture
def problems(
    window: QWidget, bar: MessageBar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Problems:
    monkeypatch.setenv("ZOUFANG_LOG", str(tmp_path / "faults.log"))
    problems = Problems(keep, window)
    problems.noticed.connect(bar.show_notice)
    return problems


def test_a_refusal_says_what_why_and_what_to_press(problems: Problems, bar: MessageBar) -> None:
    problems.show(UserError("X", "编号重复。", why="已有同样的编号。", remedy="请按 F2 换一个。"))
    assert bar.text == "错误编号重复。已有同样的编号。请按 F2 换一个。"


def test_the_machine_in_the_way_is_no_error_of_the_clerk(
    problems: Problems, bar: MessageBar
) -> None:
    problems.show(EnvironmentProblem("DISK_FULL", "磁盘空间不够。", remedy="请清理磁盘。"))
    assert bar.text == "提醒磁盘空间不够。请清理磁盘。"


def test_a_bare_system_error_gets_words(problems: Problems, bar: MessageBar) -> None:
    problems.show(OSError(errno.ENODEV, "gone", "F:/报送.zfpkg"))
    assert bar.text == "提醒优盘已被拔出。文件：报送.zfpkg。请重新插好优盘再试。"


def test_a_cancel_is_silent(problems: Problems, bar: MessageBar, window: QWidget) -> None:
    problems.show(Cancelled())
    assert bar.text == ""
    assert window.findChild(FaultDialog) is None


def test_the_message_can_be_closed(problems: Problems, bar: MessageBar) -> None:
    problems.show(UserError("X", "不行。"))
    bar.clear()
    assert bar.text == ""


def test_what_a_clerk_typed_is_never_taken_for_markup(problems: Problems, bar: MessageBar) -> None:
    problems.show(UserError("X", "没有“<b>王</b>”。"))
    assert bar.text == "错误没有“<b>王</b>”。"


def test_a_fault_offers_a_report_without_what_was_typed(
    problems: Problems, window: QWidget, tmp_path: Path
) -> None:
    try:
        raise ValueError("511102198001010019 李某")
    except ValueError as error:
        problems.show(error)
    dialog = window.findChild(FaultDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.save_to(tmp_path / "report.txt")
    report = (tmp_path / "report.txt").read_text("utf-8")
    assert "ValueError" in report
    assert "李某" not in report
    assert str(tmp_path / "report.txt") in dialog.said.text()


def test_a_report_that_cannot_be_saved_says_so(problems: Problems, window: QWidget) -> None:
    problems.show(RuntimeError())
    dialog = window.findChild(FaultDialog)
    assert dialog is not None
    dialog.save_to(Path("/nowhere/report.txt"))
    assert "找不到文件或文件夹" in dialog.said.text()


def test_without_a_log_there_is_nothing_to_save(window: QWidget) -> None:
    Problems(lambda error: None, window).show(RuntimeError())
    dialog = window.findChild(FaultDialog)
    assert dialog is not None
    assert not dialog.save_button.isEnabled()


def test_what_nobody_caught_is_shown_too(problems: Problems, window: QWidget) -> None:
    problems.hook(KeyError, KeyError("x"), None)
    assert window.findChild(FaultDialog) is not None
