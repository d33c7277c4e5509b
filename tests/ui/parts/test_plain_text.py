"""What a record says is shown as it is written: nothing of it is taken for markup."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import app.ui
from app.ui.parts.label import label, tip

UI = Path(app.ui.__file__).parent
HOSTILE = '名单<img src="file:///etc/x"><a href="http://x">看</a>\n第二行'
MARKED_UP = {"parts/label.py", "forms/messages.py", "forms/form_grid.py"}
"""Where a text is escaped before it becomes markup, or its label told to take none."""


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                found = called.attr if isinstance(called, ast.Attribute) else ""
                if name in (found, getattr(called, "id", "")):
                    yield path.relative_to(UI).as_posix(), node


def test_every_label_with_a_text_is_made_to_show_it_plain() -> None:
    texts = [place for place, call in calls("QLabel") if call.args]
    assert set(texts) <= MARKED_UP


def test_every_tooltip_is_plain() -> None:
    for place, call in calls("setToolTip"):
        (given,) = call.args
        plain = isinstance(given, ast.Constant) or (
            isinstance(given, ast.Call) and getattr(given.func, "id", "") == "tip"
        )
        assert plain, f"{place}:{call.lineno}"


@pytest.mark.usefixtures("dressed")
def test_a_name_with_markup_is_read_as_it_stands(qtbot: QtBot) -> None:
    made = label(HOSTILE)
    qtbot.addWidget(made)
    assert made.textFormat() == Qt.TextFormat.PlainText
    assert "<img" not in tip(HOSTILE)
    assert "&lt;img" in tip(HOSTILE)
    assert tip("乐山无线电公司\n第二行") == "乐山无线电公司\n第二行"
