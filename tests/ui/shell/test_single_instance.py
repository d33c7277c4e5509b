"""One window per data folder: a second start calls it forward, another account is told who."""

from __future__ import annotations

import getpass
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.kernel.errors import EnvironmentProblem
from app.ui.shell.bring_forward import Summons, call_forward
from app.ui.shell.folder_lock import NAME, Occupancy
from app.ui.shell.window import Window
from app.ui.ui_memory import Memory

HOLD_AND_DIE = """
import os, sys
from pathlib import Path
from app.ui.shell.folder_lock import Occupancy
assert Occupancy(Path(sys.argv[1])).take()
os._exit(9)
"""


def test_a_folder_is_taken_once_and_given_back(tmp_path: Path) -> None:
    first, second = Occupancy(tmp_path), Occupancy(tmp_path)
    assert first.take()
    assert not second.take()
    first.leave()
    assert second.take()
    second.leave()
    assert list(tmp_path.iterdir()) == []


def test_the_other_account_is_told_who_is_there(tmp_path: Path) -> None:
    first, second = Occupancy(tmp_path), Occupancy(tmp_path)
    first.take()
    problem = second.holder()
    assert problem.what == f"电脑账户“{getpass.getuser()}”正在使用这份数据。"
    assert "退出本程序" in problem.remedy
    (tmp_path / NAME).unlink()
    assert second.holder().what == "另一个账户正在使用这份数据。"
    first.leave()


def test_who_was_switched_off_in_the_middle_does_not_block(tmp_path: Path) -> None:
    died = subprocess.run([sys.executable, "-c", HOLD_AND_DIE, str(tmp_path)], check=False)
    assert died.returncode == 9
    occupancy = Occupancy(tmp_path)
    assert occupancy.take()
    occupancy.leave()


def test_a_folder_that_is_not_there_or_cannot_be_written_has_words(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        Occupancy(tmp_path / "gone").take()
    assert caught.value.code == "FOLDER_READ_ONLY"


def test_a_second_start_brings_the_window_forward(
    qtbot: QtBot, dressed: QApplication, tmp_path: Path
) -> None:
    window = Window(Memory(tmp_path))
    qtbot.addWidget(window)
    window.showMinimized()
    summons = Summons(tmp_path, window)
    summons.called.connect(window.come_forward)
    with qtbot.waitSignal(summons.called):
        assert call_forward(tmp_path)
    assert not window.isMinimized()


def test_nobody_answers_for_another_folder(qapp: QApplication, tmp_path: Path) -> None:
    summons = Summons(tmp_path)
    assert not call_forward(tmp_path / "other")
    summons.deleteLater()
