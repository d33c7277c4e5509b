"""A date is typed; F7 opens a month for those who look for the weekday."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.fields.calendar import month_on, weeks
from app.ui.fields.dates import DateEditor
from app.ui.fields.making import make_editor
from app.ui.keys import hints_for
from tests.ui.hands import AROUND, TODAY, focus, keys, press, show, spec_of


@pytest.fixture
def page(dressed: QApplication) -> QWidget:
    return QWidget()


def day_field(
    qtbot: QtBot, page: QWidget, type_name: str = "visit", name: str = "visited_on"
) -> DateEditor:
    editor = make_editor(spec_of(type_name, name), AROUND)
    assert isinstance(editor, DateEditor)
    layout = QVBoxLayout(page)
    layout.addWidget(editor)
    layout.addStretch(1)
    show(qtbot, page)
    editor.setFocus()
    return editor


def test_a_day_is_picked_by_keyboard(qtbot: QtBot, page: QWidget) -> None:
    editor = day_field(qtbot, page)
    assert "F7" in [key.shown for key in hints_for(focus())]
    press(qtbot, Qt.Key.Key_F7)
    assert editor.line.open
    assert editor.line.month.day == TODAY
    press(qtbot, Qt.Key.Key_PageUp)
    press(qtbot, Qt.Key.Key_Up)
    press(qtbot, Qt.Key.Key_Right)
    with qtbot.waitSignal(editor.next_wanted):
        press(qtbot, Qt.Key.Key_Return)
    assert editor.value() == "2011-11-04"
    assert not editor.line.open


def test_the_month_opens_at_what_was_typed(qtbot: QtBot, page: QWidget) -> None:
    editor = day_field(qtbot, page)
    keys(qtbot, "20110720")
    press(qtbot, Qt.Key.Key_Down)
    assert editor.line.month.day == dt.date(2011, 7, 20)
    press(qtbot, Qt.Key.Key_Escape)
    assert not editor.line.open
    assert editor.text() == "20110720"


def test_typing_on_closes_the_month(qtbot: QtBot, page: QWidget) -> None:
    editor = day_field(qtbot, page)
    press(qtbot, Qt.Key.Key_F7)
    keys(qtbot, "2011.7.4")
    assert not editor.line.open
    assert editor.value() == "2011-07-04"
    press(qtbot, Qt.Key.Key_Return)


def test_a_day_is_picked_by_mouse(qtbot: QtBot, page: QWidget) -> None:
    editor = day_field(qtbot, page)
    press(qtbot, Qt.Key.Key_F7)
    month = editor.line.month
    QTest.mouseClick(month, Qt.MouseButton.LeftButton, pos=QPoint(month.width() - 24, 16))
    assert (month.day.year, month.day.month) == (2012, 1)
    QTest.mouseClick(month, Qt.MouseButton.LeftButton, pos=QPoint(20, 62))
    assert editor.value() == "2011-12-26"
    assert focus() is editor.line


def test_the_month_keeps_the_time_of_day(qtbot: QtBot, page: QWidget) -> None:
    editor = day_field(qtbot, page, "hazard", "found_at")
    keys(qtbot, "20110720 14:30")
    press(qtbot, Qt.Key.Key_F7)
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Return)
    assert editor.value() == "2011-07-21T14:30:00+08:00"


def test_a_locked_day_opens_no_month(qtbot: QtBot, page: QWidget) -> None:
    editor = day_field(qtbot, page)
    editor.set_read_only(True)
    press(qtbot, Qt.Key.Key_F7)
    assert not editor.line.open


@given(st.dates(dt.date(1900, 2, 1), dt.date(2199, 11, 30)))
def test_six_weeks_from_a_monday_hold_the_whole_month(day: dt.date) -> None:
    shown = weeks(day)
    assert shown[0].weekday() == 0
    assert [a + dt.timedelta(1) for a in shown[:-1]] == shown[1:]
    assert {day.replace(day=1), day, month_on(day.replace(day=1), 1) - dt.timedelta(1)} <= {*shown}


@given(st.dates(dt.date(1901, 1, 1), dt.date(2190, 1, 1)), st.integers(-12, 12))
def test_months_on_and_back_stay_in_the_month(day: dt.date, months: int) -> None:
    there = month_on(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day <= day.day
