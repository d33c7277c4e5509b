"""One window per data folder: a second start calls it forward."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.services.office.folder_lock import FolderLock
from app.ui.shell.bring_forward import BringForward, call_forward
from app.ui.shell.window import Window
from app.ui.ui_memory import UiMemory


def test_a_second_start_brings_the_window_forward(
    qtbot: QtBot, dressed: QApplication, tmp_path: Path
) -> None:
    window = Window(UiMemory(tmp_path))
    qtbot.addWidget(window)
    window.showMinimized()
    summons = BringForward(tmp_path, window)
    summons.called.connect(window.come_forward)
    with qtbot.waitSignal(summons.called):
        assert call_forward(tmp_path)
    assert not window.isMinimized()


def test_a_second_start_hands_over_its_files(
    qtbot: QtBot, dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    summons = BringForward(tmp_path)
    with qtbot.waitSignal(summons.brought) as brought:
        assert call_forward(tmp_path, [Path("报送 1.zfpkg"), tmp_path / "b.zfpkg"])
    assert brought.args == [[tmp_path / "报送 1.zfpkg", tmp_path / "b.zfpkg"]]
    summons.deleteLater()


def test_nobody_answers_for_another_folder(qapp: QApplication, tmp_path: Path) -> None:
    summons = BringForward(tmp_path)
    assert not call_forward(tmp_path / "other")
    summons.deleteLater()


def test_the_demonstrations_own_folder_answers_too(
    qtbot: QtBot, dressed: QApplication, tmp_path: Path
) -> None:
    window = Window(UiMemory(tmp_path))
    qtbot.addWidget(window)
    window.showMinimized()
    folder = tmp_path / "demo"
    folder.mkdir()
    wiring = bootstrap._move_to(None, folder)
    wiring.hear_calls(window)
    assert call_forward(folder)
    qtbot.waitUntil(lambda: not window.isMinimized())
    assert isinstance(wiring.hold, FolderLock)
    wiring.hold.leave()
