"""Rows are typed in by keyboard or pasted; files are offered to the page."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.kernel.errors import UserError
from app.ui.fields.attachments import AttachmentsEditor, size_words
from app.ui.fields.editor import State
from app.ui.fields.making import make_editor
from app.ui.fields.rows import RowsEditor
from app.ui.fields.ticked_rows import TickedRowsEditor
from app.ui.keys import hints_for
from tests.ui.hands import AROUND, compose, keys, paste, press, sample, show, spec_of
from tests.ui.visible import visible_words

pytestmark = pytest.mark.usefixtures("dressed")
CONTROL = Qt.KeyboardModifier.ControlModifier


def family(qtbot: QtBot, value: Any = None) -> RowsEditor:
    first = ("name", "relation", "monthly_income")
    editor = make_editor(spec_of("person", "family"), AROUND, first=first)
    assert isinstance(editor, RowsEditor)
    show(qtbot, editor)
    editor.load(value)
    editor.setFocus()
    return editor


def test_a_row_is_added_filled_and_left_by_keyboard(qtbot: QtBot) -> None:
    editor = family(qtbot)
    press(qtbot, Qt.Key.Key_Insert)
    compose("钱虚例")
    press(qtbot, Qt.Key.Key_Return)
    compose("配偶")
    press(qtbot, Qt.Key.Key_Return)
    keys(qtbot, "1000")
    assert editor.value() == [
        {"id": "r1", "name": "钱虚例", "relation": "10", "monthly_income": "1000.00"}
    ]
    for _ in editor.columns[2:]:
        press(qtbot, Qt.Key.Key_Return)
    with qtbot.waitSignal(editor.next_wanted):
        press(qtbot, Qt.Key.Key_Return)


def test_a_row_is_taken_out_and_an_empty_one_is_none(qtbot: QtBot) -> None:
    rows = [
        {"id": "r1", "name": "甲", "relation": "10"},
        {"id": "r2", "name": "乙", "relation": "20"},
    ]
    editor = family(qtbot, rows)
    press(qtbot, Qt.Key.Key_Insert)
    assert editor.value() == rows
    editor.rows[0].cells["name"].setFocus()
    press(qtbot, Qt.Key.Key_Delete, CONTROL)
    assert editor.value() == rows[1:]
    compose("新")
    assert editor.value()[0]["id"] == "r2"


def test_a_row_taken_out_leaves_nothing_in_the_next_one(qtbot: QtBot) -> None:
    editor = family(qtbot, [{"id": "r1", "name": "甲", "relation": "10", "health": "1"}])
    press(qtbot, Qt.Key.Key_Insert)
    compose("乙")
    editor.rows[0].cells["health"].set_state(State.ERROR)
    editor.delete_row(0)
    editor.add_row()
    assert [row.typed() for row in editor.rows] == [{"name": "乙"}, {}]
    assert {cell.state for cell in editor.rows[1].cells.values()} == {State.PLAIN}
    editor.load([{"id": "r5", "name": "丙", "relation": "20"}])
    assert editor.value() == [{"id": "r5", "name": "丙", "relation": "20"}]
    editor.load([{"id": f"r{n}", "name": "丁", "relation": "20"} for n in range(3)])
    assert [row["id"] for row in editor.value()] == ["r0", "r1", "r2"]


def test_a_row_added_to_known_ones_gets_an_id_of_its_own(qtbot: QtBot) -> None:
    editor = family(qtbot, [{"id": "r2", "name": "甲", "relation": "10"}])
    press(qtbot, Qt.Key.Key_Insert)
    compose("乙")
    ids = [row["id"] for row in editor.value()]
    assert len(set(ids)) == 2
    assert [row["id"] for row in editor.value()] == ids


def test_a_copied_range_fills_the_table(qtbot: QtBot) -> None:
    editor = family(qtbot)
    press(qtbot, Qt.Key.Key_Insert)
    paste(qtbot, "钱虚例\t配偶\t1000\r\n钱小例\t子\t一千\r\n")
    assert [row.cells["name"].value() for row in editor.rows] == ["钱虚例", "钱小例"]
    with pytest.raises(UserError, match=r"家庭成员第2行的.*月收入"):
        editor.value()
    assert editor.rows[1].cells["monthly_income"].state is State.ERROR
    assert editor.typed()[1]["monthly_income"] == "一千"


def test_a_copied_table_with_headings_goes_by_them(qtbot: QtBot) -> None:
    editor = family(qtbot, [{"id": "r1", "name": "甲", "relation": "10"}])
    paste(qtbot, "关系 *\t月收入（元）\t姓名\n子\t0\t乙\n父亲\t１００\t丙\n")
    assert [row.cells["name"].value() for row in editor.rows] == ["甲", "乙", "丙"]
    assert editor.value()[2]["monthly_income"] == "100.00"


def test_a_range_wider_than_the_table_is_offered_on(qtbot: QtBot) -> None:
    editor = family(qtbot)
    press(qtbot, Qt.Key.Key_Insert)
    with qtbot.waitSignal(editor.block_pasted):
        paste(qtbot, "\t".join("甲" * 40))
    assert editor.value() is None


def test_sensitive_columns_are_masked_where_there_is_something(qtbot: QtBot) -> None:
    rows = [{"id": "r1", "name": "甲", "relation": "10", "resident_id": "11010519491231002X"}]
    editor = family(qtbot, rows)
    editor.set_masked(True)
    cells = editor.rows[0].cells
    assert cells["resident_id"].masked
    assert not cells["health"].masked
    assert not cells["name"].masked
    assert editor.value() == rows


def test_a_cell_says_its_keys_and_what_it_hides(qtbot: QtBot) -> None:
    rows = [{"id": "r1", "name": "甲", "relation": "10", "resident_id": "11010519491231002X"}]
    editor = family(qtbot, rows)
    cells = editor.rows[0].cells
    shown = [key.shown for key in hints_for(cells["relation"])]
    assert shown == ["Enter", "Shift+Tab", "F7", "Ins", "Ctrl+Delete"]
    editor.set_masked(True)
    shown = [key.shown for key in hints_for(cells["resident_id"])]
    assert shown == ["Enter", "Shift+Tab", "F8", "Ins", "Ctrl+Delete"]
    editor.set_masked(False)
    assert "F8" not in [key.shown for key in hints_for(cells["resident_id"])]


@pytest.mark.parametrize("width", [360, 1700])
def test_what_cannot_be_read_is_told_in_its_row_at_once(qtbot: QtBot, width: int) -> None:
    editor = family(qtbot)
    editor.resize(width, 900)
    press(qtbot, Qt.Key.Key_Insert)
    compose("钱虚例")
    press(qtbot, Qt.Key.Key_Return)
    compose("子女")
    press(qtbot, Qt.Key.Key_Return)
    cells = editor.rows[0].cells
    assert cells["relation"].state is State.ERROR
    (told,) = [word for word in visible_words(editor) if "子女" in word]
    said = next(one for one in editor.findChildren(QLabel) if one.text() == told)
    assert said.y() >= cells["relation"].geometry().bottom()
    assert all(not said.geometry().intersects(cell.geometry()) for cell in cells.values())

    cells["relation"].setFocus()
    cells["relation"].put("子")
    press(qtbot, Qt.Key.Key_Return)
    assert not said.isVisible()


def items(qtbot: QtBot) -> TickedRowsEditor:
    editor = make_editor(spec_of("visit", "items"), AROUND)
    assert isinstance(editor, TickedRowsEditor)
    show(qtbot, editor)
    editor.setFocus()
    return editor


def test_a_tick_and_its_evidence(qtbot: QtBot) -> None:
    editor = items(qtbot)
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Return)
    compose("送慰问品20份")
    code = next(iter(editor.boxes.boxes))
    assert editor.value() == [{"id": code, "item": code, "evidence": "送慰问品20份"}]
    with qtbot.waitSignal(editor.next_wanted):
        press(qtbot, Qt.Key.Key_Return)


def test_the_evidence_of_one_record_is_not_in_the_next(qtbot: QtBot) -> None:
    editor = items(qtbot)
    code = next(iter(editor.boxes.boxes))
    editor.load([{"id": code, "item": code, "evidence": "送慰问品20份"}])
    editor.load(None)
    editor.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert editor.value() == [{"id": code, "item": code}]


def test_two_rows_of_one_item_are_both_kept(qtbot: QtBot) -> None:
    editor = items(qtbot)
    one, other = list(editor.boxes.boxes)[:2]
    rows = [
        {"id": "a", "item": one, "evidence": "甲"},
        {"id": "b", "item": one, "evidence": "乙"},
    ]
    editor.load(rows)
    assert editor.value() == rows
    editor.boxes.boxes[other].setChecked(True)
    assert {row["id"] for row in editor.value()} == {"a", "b", other}
    editor.boxes.boxes[one].setChecked(False)
    assert editor.value() == [{"id": other, "item": other}]


def files(qtbot: QtBot, value: Any = None) -> AttachmentsEditor:
    editor = make_editor(spec_of("visit", "attachments"), AROUND)
    assert isinstance(editor, AttachmentsEditor)
    show(qtbot, editor)
    editor.load(value)
    editor.setFocus()
    return editor


def test_files_are_opened_and_taken_off_by_key(qtbot: QtBot) -> None:
    editor = files(qtbot, sample(spec_of("visit", "attachments")))
    with qtbot.waitSignal(editor.open_file):
        press(qtbot, Qt.Key.Key_Space)
    with qtbot.waitSignal(editor.remove_file):
        press(qtbot, Qt.Key.Key_Delete, CONTROL)
    editor.set_read_only(True)
    with qtbot.assertNotEmitted(editor.remove_file):
        press(qtbot, Qt.Key.Key_Delete, CONTROL)


def test_files_carried_are_told_from_words(qtbot: QtBot, tmp_path: Path) -> None:
    editor = files(qtbot)
    scan = tmp_path / "申请书.pdf"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan)), QUrl.fromLocalFile(str(tmp_path / "x.zfpkg"))])
    with qtbot.waitSignal(editor.files_brought) as brought:
        assert editor.take(data)
    assert brought.args == [[scan]]
    picture = QMimeData()
    picture.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    with qtbot.waitSignal(editor.picture_pasted) as pasted:
        assert editor.take(picture)
    assert pasted.args[0].startswith(b"\x89PNG")
    picture.setText("1\t2")
    assert not editor.take(picture)
    link = QMimeData()
    link.setUrls([QUrl("https://example.org/a.pdf")])
    assert not editor.take(link)


def test_what_is_attached_is_a_value_like_any_other(qtbot: QtBot) -> None:
    row = {"id": "a", "sha256": "aa", "name": "申请书.pdf", "type": "application/pdf", "size": 9}
    other = {"id": "b", "sha256": "bb", "name": "照片.jpg", "type": "image/jpeg", "size": 9}
    editor = files(qtbot, [row])
    loaded = editor.value()
    with qtbot.waitSignal(editor.changed):
        editor.add([other])
    assert editor.value() == [row, other]
    assert not editor.is_saved("bb")
    editor.take_out("bb")
    assert editor.value() is loaded
    editor.put([other])
    assert editor.typed() == [other]
    editor.mark_missing({"bb"})
    assert "还没有收到" in editor.files.item(0).text()
    editor.put(None)
    assert editor.value() is None


def test_sizes_as_people_read_them() -> None:
    assert [size_words(n) for n in (None, 10, 310_000, 2_500_000)] == [
        "",
        "1 KB",
        "303 KB",
        "2.4 MB",
    ]


@pytest.mark.parametrize("width", [300, 430, 560, 700, 1700])
def test_each_row_has_room_for_what_is_typed(qtbot: QtBot, width: int) -> None:
    rows = [{"id": f"r{n}", "name": "钱虚例", "relation": "10"} for n in range(2)]
    editor = family(qtbot, rows)
    height = editor.height_for(width)
    editor.setGeometry(0, 0, width, height)
    inner = editor.layout()
    assert inner is not None
    inner.activate()
    places = [cell.geometry() for row in editor.rows for cell in row.cells.values()]
    sheet = editor.rows[0].cells["name"].parentWidget()
    assert sheet is not None
    assert all(sheet.rect().contains(place) for place in places), "nothing is cut off"
    assert not any(a.intersects(b) for a, b in itertools.combinations(places, 2))
    metrics = editor.fontMetrics()
    for row in editor.rows:
        assert row.cells["name"].width() >= metrics.horizontalAdvance("五个字的名") + 16
        assert row.cells["resident_id"].width() >= metrics.horizontalAdvance("0" * 18) + 16
