"""A table to choose a row from, by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.table import Cell, Column, Table
from tests.ui.hands import press, show

pytestmark = pytest.mark.usefixtures("dressed")

COLUMNS = (Column("事项"), Column("件数", 64, right=True))
ROWS: list[list[Cell | str]] = [
    [Cell("隐患", "沙湾", sign="warning"), "1"],
    [Cell("今天", chip="error"), "1,234"],
]


def test_arrows_choose_and_enter_opens(qtbot: QtBot) -> None:
    table = Table("待办", COLUMNS)
    opened: list[int] = []
    table.entered_row.connect(opened.append)
    show(qtbot, table)
    table.set_rows(ROWS)
    table.setFocus()
    assert table.texts == [["隐患　沙湾", "1"], ["今天", "1,234"]]
    assert table.row == 0
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert opened == [1]
    table.set_rows(ROWS[:1])
    assert table.row == 0
    table.set_rows([])
    press(qtbot, Qt.Key.Key_Return)
    assert opened == [1]


def test_a_quiet_table_marks_its_row_only_while_one_is_in_it(qtbot: QtBot) -> None:
    window = QWidget()
    table, other = Table("备份", COLUMNS, heads=False, quiet=True), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(other)
    column.addWidget(table)
    show(qtbot, window)
    other.setFocus()
    table.set_rows(ROWS)
    assert not table.selectionModel().selectedRows()
    table.setFocus()
    assert len(table.selectionModel().selectedRows()) == 1
    other.setFocus()
    assert not table.selectionModel().selectedRows()


def test_every_column_has_room_and_no_row_is_cut(qtbot: QtBot) -> None:
    table = Table("待办", COLUMNS, row_height=40)
    show(qtbot, table, 400, 300)
    table.set_rows(ROWS)
    assert table.columnWidth(1) == 64
    assert table.columnWidth(0) == table.viewport().width() - 64
    assert [table.rowHeight(row) for row in range(2)] == [40, 40]
    assert not table.grab().isNull()
