"""The application speaks Chinese, hears fcitx, and looks as designed."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import (
    QApplication,
    QMessageBox,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.bootstrap import data_folder
from app.ui import theme
from app.ui.application import ask_for_own_data, choose_input_method, speak_chinese
from app.ui.icons import icon


@pytest.mark.parametrize("has_plugin", [False, True])
@pytest.mark.parametrize(
    "before",
    [
        {"XMODIFIERS": "@im=fcitx"},
        {"GTK_IM_MODULE": "fcitx5"},
        {"QT_IM_MODULE": "fcitx"},
        {"QT_IM_MODULES": "wayland;fcitx", "QT_IM_MODULE": "ibus"},
    ],
)
def test_fcitx_is_heard_by_its_plugin_or_else_through_ibus(
    before: dict[str, str], has_plugin: bool, tmp_path: Path
) -> None:
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    if has_plugin:
        (folder / "libfcitxplatforminputcontextplugin.so").touch()
    environment = dict(before)
    choose_input_method(environment, tmp_path)
    after = "fcitx;ibus" if has_plugin else "ibus"
    assert environment == {**before, "QT_IM_MODULES": after}


@pytest.mark.parametrize(
    "chosen",
    [
        {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus"},
        {"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"},
        {"QT_IM_MODULES": "ibus", "QT_IM_MODULE": "fcitx"},
        {},
    ],
)
def test_another_input_method_is_left_as_it_was_chosen(
    chosen: dict[str, str], tmp_path: Path
) -> None:
    environment = dict(chosen)
    choose_input_method(environment, tmp_path)
    assert environment == chosen


def test_the_standard_dialogs_are_chinese(qtbot: QtBot, dressed: QApplication) -> None:
    owner = QObject()
    assert speak_chinese(owner)
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setStandardButtons(QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Cancel)
    assert [button.text() for button in box.buttons()] == ["保存", "取消"]


def test_the_text_is_in_the_shipped_font(dressed: QApplication) -> None:
    assert QFontInfo(dressed.font()).family() == "Noto Sans SC"
    assert dressed.font().pixelSize() == 14


def test_every_token_of_the_style_sheet_is_known() -> None:
    assert not re.search(r"@\w+@", theme.style_sheet())


def luminance(value: str) -> float:
    parts = [int(value[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_text_can_be_read() -> None:
    look = theme.LIGHT
    pairs = [(text, ground) for text in (look.text, look.text2) for ground in (look.bg, look.sel)]
    pairs += [(look.text3, look.card), (look.card, look.accent), (look.accent, look.card)]
    pairs += [(chip.text, chip.ground) for chip in theme.CHIPS.values()]
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < 4.5} == {}
    assert contrast(look.input, look.card) >= 3
    assert contrast(look.focus, look.card) >= 3


def test_an_icon_is_drawn_and_a_wrong_name_is_noticed(dressed: QApplication) -> None:
    image = icon("clipboard-text").pixmap(16, 16).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16))
    with pytest.raises(KeyError):
        icon("no-such-icon")


def test_the_data_folder_is_the_one_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOUFANG_DATA", str(tmp_path / "named"))
    assert data_folder(tmp_path) == tmp_path
    assert data_folder(None) == tmp_path / "named"


def test_a_file_dialog_speaks_chinese_throughout(qtbot: QtBot, dressed: QApplication) -> None:
    owner = QObject()
    assert speak_chinese(owner)
    words = QCoreApplication.translate("QAbstractFileIconProvider", "Folder", "All other platforms")
    assert words == "文件夹"


def test_a_round_box_is_as_large_with_the_focus_and_chosen(
    qtbot: QtBot, dressed: QApplication
) -> None:
    sizes = set()
    for chosen in (False, True):
        for policy in (Qt.FocusPolicy.NoFocus, Qt.FocusPolicy.StrongFocus):
            window = QWidget()
            qtbot.addWidget(window)
            box = QRadioButton(window)
            box.setAutoExclusive(False)
            box.setChecked(chosen)
            box.setFocusPolicy(policy)
            window.resize(60, 40)
            with qtbot.waitActive(window):
                window.show()
                window.activateWindow()
            box.setFocus()
            option = QStyleOptionButton()
            box.initStyleOption(option)
            part = QStyle.SubElement.SE_RadioButtonIndicator
            sizes.add(box.style().subElementRect(part, option, box).size().toTuple())
    assert len(sizes) == 1, sizes


def test_an_account_may_have_data_of_its_own_or_learns_how_to_share(
    dressed: QApplication,
) -> None:
    said: list[str] = []

    def press(which: int) -> None:
        box = dressed.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(box.informativeText())
        box.buttons()[which].click()

    QTimer.singleShot(0, dressed, partial(press, 0))
    first = ask_for_own_data("zhang")
    QTimer.singleShot(0, dressed, partial(press, 1))
    assert {first, ask_for_own_data("zhang")} == {True, False}
    assert "sudo adduser zhang zoufang" in said[0]
