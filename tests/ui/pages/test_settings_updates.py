"""程序更新: the file is looked at, its version installed, and what cannot be is said."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import __version__
from app.exchange.keys import SigningKey
from app.services.office import program_versions
from app.services.updating import looking
from app.ui.pages.settings.page import SettingsPage
from app.ui.pages.settings.updates import UpdatesSubject
from tests.made_updates import made_update
from tests.ui.pages.at_work import NONE, AtWork

KEY = SigningKey.generate()
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person's own folder, and a publisher whose key is at hand."""
    monkeypatch.setenv("ZOUFANG_VERSIONS", str(tmp_path / "versions"))
    keys = tmp_path / "publishers.txt"
    keys.write_text(KEY.public.text, "utf-8")
    monkeypatch.setattr(looking, "PUBLISHERS", keys)


def updates(at_work: AtWork) -> UpdatesSubject:
    at_work.shell.go("settings")
    subject = cast(SettingsPage, at_work.shell.page).go("updates")
    at_work.rest()
    subject.activate()
    return cast(UpdatesSubject, subject)


def test_a_version_is_looked_at_and_then_installed(
    qtbot: QtBot, at_work: AtWork, tmp_path: Path
) -> None:
    panel = updates(at_work).updating
    assert panel.version.text() == __version__
    assert not panel.save.isEnabled()
    panel.place.set_path(str(made_update(tmp_path, KEY)))
    with qtbot.waitSignal(panel.settled):
        at_work.press(Qt.Key.Key_1, ALT)
    assert panel.offered.text().startswith("9.1.0　2026-11-30　")
    assert panel.signed.text().startswith("本系统的发布方，核对码 ")
    assert panel.notes.text() == "· 填报更快了。"
    assert panel.save.isEnabled()

    with qtbot.waitSignal(panel.settled):
        at_work.press(Qt.Key.Key_Return, CTRL)
    at_work.rest()
    assert "退出程序再打开，就是版本 9.1.0" in panel.message.text()
    assert panel.version.text() == f"{__version__}　下一次打开程序时使用 9.1.0"
    assert program_versions.read().chosen == "9.1.0"


def test_enter_in_the_field_looks_at_the_file(
    qtbot: QtBot, at_work: AtWork, tmp_path: Path
) -> None:
    panel = updates(at_work).updating
    panel.place.set_path(str(made_update(tmp_path, KEY)))
    with qtbot.waitSignal(panel.settled):
        at_work.press(Qt.Key.Key_Return, NONE)
    assert panel.offer is not None


def test_a_stranger_s_file_is_refused_with_its_check_code(
    qtbot: QtBot, at_work: AtWork, tmp_path: Path
) -> None:
    panel = updates(at_work).updating
    panel.place.set_path(str(made_update(tmp_path, SigningKey.generate())))
    with qtbot.waitSignal(panel.settled):
        at_work.press(Qt.Key.Key_1, ALT)
    assert "不是发布方或市总工会签的" in panel.refusal.text
    assert not panel.save.isEnabled()


def test_a_file_let_fall_on_the_window_is_looked_at(
    qtbot: QtBot, at_work: AtWork, tmp_path: Path
) -> None:
    subject = updates(at_work)
    path = made_update(tmp_path, KEY)
    page = cast(SettingsPage, at_work.shell.page)
    assert page.takes([path])
    with qtbot.waitSignal(subject.updating.settled):
        page.take_files([path])
    assert subject.updating.offer is not None


def test_nothing_is_begun_without_a_file(at_work: AtWork) -> None:
    panel = updates(at_work).updating
    panel.place.set_path("")
    at_work.press(Qt.Key.Key_1, ALT)
    assert "请选择更新文件" in panel.refusal.text
