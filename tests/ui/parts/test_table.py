"""A table to choose a row from, by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.column_widths import wide_enough
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


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot: QtBot) -> None:
    table = Table("待办", COLUMNS)
    show(qtbot, table)
    table.set_rows([])
    table.setFocus()
    press(qtbot, Qt.Key.Key_End)
    assert table.row == -1
    table.set_rows(ROWS * 40)
    press(qtbot, Qt.Key.Key_End)
    assert table.row == 79
    assert table.visualRect(table.currentIndex()).bottom() <= table.viewport().height()
    press(qtbot, Qt.Key.Key_Home)
    assert table.row == 0


def test_among_cells_home_and_end_go_to_the_ends_of_the_row(qtbot: QtBot) -> None:
    table = Table("比率", COLUMNS, by_cell=True)
    show(qtbot, table)
    table.set_rows(ROWS)
    table.setFocus()
    table.selectRow(1)
    press(qtbot, Qt.Key.Key_End)
    assert (table.row, table.currentIndex().column()) == (1, 1)
    press(qtbot, Qt.Key.Key_Home)
    assert (table.row, table.currentIndex().column()) == (1, 0)


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


def test_what_is_left_over_is_never_too_little_for_names(qtbot: QtBot) -> None:
    columns = (Column("单位", least=150), Column("家", 300, right=True), Column("人", 300))
    table = Table("比率", columns, by_cell=True)
    show(qtbot, table, 1000, 300)
    assert table.columnWidth(0) > 350
    table.resize(500, 300)
    assert [table.columnWidth(n) for n in range(3)] == [150, 300, 300]
    assert table.horizontalScrollBar().maximum() > 0
    table.resize(1000, 300)
    assert table.columnWidth(0) > 350
    assert table.horizontalScrollBar().maximum() == 0


def test_a_column_is_as_wide_as_its_numbers(qtbot: QtBot) -> None:
    narrow = wide_enough("家", ["1", "22"])
    assert narrow < wide_enough("家", ["1", "3,952／12,659"])
    assert wide_enough("家", ["22"], last=True) == narrow + 8
    assert wide_enough("未核实\n家", ["22"]) == wide_enough("未核实", [])
