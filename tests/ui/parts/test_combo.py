"""A list that drops down keeps what is chosen, and says where its words are cut."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.parts.combo import Combo
from tests.ui.hands import show, wheel

pytestmark = pytest.mark.usefixtures("dressed")

UI = Path(__file__).resolve().parents[3] / "app" / "ui"


def test_words_without_room_end_in_dots(qtbot: QtBot) -> None:
    combo = Combo()
    combo.addItem("“进千户企业、访万名职工”实践活动")
    show(qtbot, combo, 400, 32)
    assert combo.words == combo.currentText()
    combo.resize(160, 32)
    assert combo.words.endswith("…")
    assert combo.currentText().startswith(combo.words[:-1])
    combo.grab()


def test_the_wheel_changes_nothing(qtbot: QtBot) -> None:
    combo = Combo()
    combo.addItems(["甲", "乙", "丙"])
    show(qtbot, combo, 200, 32)
    wheel(combo)
    assert combo.currentText() == "甲"


def test_nothing_else_drops_down() -> None:
    bare = re.compile(r"(?<!isinstance)\bQComboBox\(\)|\(QComboBox\):")
    sources = {path.name: path.read_text("utf-8") for path in UI.rglob("*.py")}
    assert [name for name, text in sources.items() if bare.search(text)] == ["combo.py"]


def test_the_room_it_asks_for_holds_its_longest_words(qtbot: QtBot) -> None:
    combo = Combo()
    combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
    combo.addItems(["数走访（次）", "建会等五项比率"])
    combo.setCurrentIndex(1)
    show(qtbot, combo, combo.sizeHint().width(), 32)
    assert combo.words == "建会等五项比率"


def test_a_long_list_does_not_cover_the_window(qtbot: QtBot) -> None:
    combo = Combo()
    combo.addItems([f"第{n}项" for n in range(40)])
    show(qtbot, combo, 200, 32)
    combo.showPopup()
    row = combo.view().sizeHintForRow(0)
    assert row >= 30
    assert combo.view().height() <= 13 * row
    combo.hidePopup()
