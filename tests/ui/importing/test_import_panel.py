"""从 Excel 导入: every row is seen first; what is wrong is named and can be mended."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.documents.workbooks.workbook import Held, write_pasted
from app.domain.records import Enterprise
from app.services.records import saving
from app.ui.importing.import_panel import ImportPanel
from app.ui.page_context import PageContext
from tests.ui.hands import focus, show

CONTROL = Qt.KeyboardModifier.ControlModifier
HEADINGS = ["单位名称", "职工人数"]
ROWS = [HEADINGS, ["沫江齿轮厂", "120"], ["沫水纸业公司", "一百多"], ["合计", "120"]]


@pytest.fixture
def panel(qtbot: QtBot, desk: PageContext) -> ImportPanel:
    panel = ImportPanel(desk, Enterprise, "单位")
    show(qtbot, panel, 1190, 570)
    panel.begin()
    return panel


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "名录.xlsx"
    write_pasted(path, ROWS)
    return path


def names(desk: PageContext) -> list[str]:
    found = saving.listing(desk.office, Enterprise)
    return [getattr(one.record, "name", "") for one in found]


def figures(panel: ImportPanel) -> list[str]:
    return [f"{one.words.text()} {one.number.text()}" for one in panel.outcome.figures]


def test_a_workbook_is_seen_before_it_comes_in(
    qtbot: QtBot, desk: PageContext, panel: ImportPanel, sheet: Path
) -> None:
    before = names(desk)
    with qtbot.waitSignal(panel.seen):
        panel.choose(sheet)
    assert figures(panel)[:4] == ["将新增 1", "将改动 0", "相同 0", "不能导入 1"]
    assert [row[:2] + row[3:5] for row in panel.outcome.table.texts] == [
        ["3", "不能导入", "沫水纸业公司", "B3"]
    ]
    assert "一百多" in panel.outcome.reason.text()
    panel.outcome.figures[3].click()
    assert len(panel.outcome.table.texts) == 2
    assert names(desk) == before

    assert panel.go.text() == "导入 1 条"
    with qtbot.waitSignals([desk.worker.changed, panel.imported]):
        QTest.keyClick(focus(), Qt.Key.Key_Return, CONTROL)
    assert "沫江齿轮厂" in names(desk)
    assert "已导入 1 条，1 行没有导入" in panel.said.text()
    assert not panel.go.isVisible()


def test_of_several_sheets_a_person_chooses_one(
    qtbot: QtBot, desk: PageContext, panel: ImportPanel, tmp_path: Path
) -> None:
    book = openpyxl.Workbook(write_only=True)
    for title, name in (("甲镇", "沫江齿轮厂"), ("乙镇", "沫水纸业公司")):
        sheet = book.create_sheet(title)
        for row in (HEADINGS, [name, 120]):
            sheet.append(row)
    path = tmp_path / "两张.xlsx"
    book.save(path)

    with qtbot.waitSignal(panel.asked):
        panel.choose(path)
    assert [row[0] for row in panel.sheets.table.texts] == ["甲镇", "乙镇"]
    assert "2 张登记表" in panel.sheets.asked.text()
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.seen):
        QTest.keyClick(focus(), Qt.Key.Key_Return)
    with qtbot.waitSignals([desk.worker.changed, panel.imported]):
        QTest.keyClick(focus(), Qt.Key.Key_Return, CONTROL)
    assert "沫水纸业公司" in names(desk)
    assert "沫江齿轮厂" not in names(desk)


def test_the_bad_cells_are_marked_in_a_copy_that_can_be_mended(
    qtbot: QtBot, desk: PageContext, panel: ImportPanel, sheet: Path, tmp_path: Path
) -> None:
    with qtbot.waitSignal(panel.seen):
        panel.choose(sheet)
    copy = tmp_path / "名录-检查.xlsx"
    panel.save_marked(copy)
    qtbot.waitUntil(lambda: str(copy) in panel.said.text())
    mended = openpyxl.load_workbook(copy)
    page = mended.active
    assert page is not None
    page["B3"] = "130"
    mended.save(copy)
    with qtbot.waitSignal(panel.seen):
        panel.choose(copy)
    assert figures(panel)[:4] == ["将新增 2", "将改动 0", "相同 0", "不能导入 0"]
    assert not panel.mark.isVisible()


def test_a_sheet_that_is_none_is_refused_in_place(
    qtbot: QtBot, panel: ImportPanel, tmp_path: Path
) -> None:
    path = tmp_path / "别的.xlsx"
    write_pasted(path, [["一", "二"], ["三", "四"]])
    with qtbot.waitSignal(panel.refused):
        panel.choose(path)
    assert "列名" in panel.said.text()
    panel.save_template(tmp_path / "模板.xlsx")
    qtbot.waitUntil(lambda: "模板已存为" in panel.said.text())
    assert (tmp_path / "模板.xlsx").exists()


def test_a_copied_range_takes_the_same_way_and_leaves_no_file(
    qtbot: QtBot, desk: PageContext, panel: ImportPanel
) -> None:
    assert not panel.begin_pasted("沫江齿轮厂")
    with qtbot.waitSignal(panel.seen):
        assert panel.begin_pasted("\n".join("\t".join(row) for row in ROWS))
    assert isinstance(panel.shown_file, Held)
    with qtbot.waitSignal(panel.imported):
        panel.go.trigger()
    assert "沫江齿轮厂" in names(desk)
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(panel, Qt.Key.Key_Escape)


def test_a_workbook_is_dropped(qtbot: QtBot, panel: ImportPanel, sheet: Path) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(sheet))])
    copying, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(300, 200), copying, files, left, none)
    QApplication.sendEvent(panel, entering)
    assert entering.isAccepted()
    with qtbot.waitSignal(panel.seen):
        panel.dropEvent(QDropEvent(QPointF(300, 200), copying, files, left, none))


def test_what_only_a_person_can_decide_is_decided_once_for_all_rows(
    qtbot: QtBot, desk: PageContext, panel: ImportPanel, tmp_path: Path
) -> None:
    place = "所在乡镇（街道）、园区"
    units = [["沫江齿轮厂", "嘉农镇"], ["沫水纸业公司", "嘉农镇"]]
    for name, _ in units:
        saving.save(desk.office, Enterprise, {"name": name, "area": "沙湾镇"})
    path = tmp_path / "名录.xlsx"
    write_pasted(path, [["单位名称", place], *units])
    with qtbot.waitSignal(panel.seen):
        panel.choose(path)
    assert figures(panel)[:5] == ["将新增 0", "将改动 0", "相同 0", "不能导入 0", "要您定 2"]
    assert not panel.go.isEnabled()
    line = panel.outcome.questions.lines["ELSEWHERE"]
    assert line.buttons[""].isChecked()
    with qtbot.waitSignal(panel.seen):
        line.buttons["change"].click()
    assert figures(panel)[:2] == ["将新增 0", "将改动 2"]
    assert "沙湾镇 → 嘉农镇" in panel.outcome.table.texts[0][5]
    with qtbot.waitSignal(panel.seen):
        panel.outcome.questions.lines["ELSEWHERE"].buttons["add"].click()
    with qtbot.waitSignal(panel.imported):
        panel.go.trigger()
    assert names(desk).count("沫江齿轮厂") == 2
    assert panel.outcome.questions.isHidden()


def test_an_import_is_taken_back_with_a_key(
    qtbot: QtBot, desk: PageContext, panel: ImportPanel, sheet: Path
) -> None:
    before = names(desk)
    with qtbot.waitSignal(panel.seen):
        panel.choose(sheet)
    assert not panel.undo.isVisible()
    with qtbot.waitSignal(panel.imported):
        panel.go.trigger()
    qtbot.waitUntil(panel.undo.isEnabled)
    panel.begin()
    qtbot.waitUntil(lambda: "上次导入：名录.xlsx" in panel.said.text())
    QTest.keyClick(focus(), Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: "撤掉 1 条" in panel.said.text())
    assert names(desk) != before
    with qtbot.waitSignals([desk.worker.changed, panel.taken_back]):
        QTest.keyClick(focus(), Qt.Key.Key_Z, CONTROL)
    assert names(desk) == before
    assert "已撤销" in panel.said.text()
    qtbot.waitUntil(lambda: not panel.undo.isVisible())


def test_a_column_nobody_knows_is_named_by_the_clerk_and_remembered(
    qtbot: QtBot, desk: PageContext, panel: ImportPanel, tmp_path: Path
) -> None:
    path = tmp_path / "花名册.csv"
    path.write_text("厂子叫啥,职工人数,备查\n沫江糖厂,90,好\n合计,90,\n", "gb18030")
    with qtbot.waitSignal(panel.asked):
        panel.choose(path)
    assert "缺少必填的列：单位名称" in panel.said.text()
    panel.columns.choices["厂子叫啥"].choose("name")
    with qtbot.waitSignal(panel.seen):
        QTest.keyClick(focus(), Qt.Key.Key_Return, CONTROL)
    assert figures(panel)[0] == "将新增 1"
    assert panel.outcome.aside.text() == (
        "不算记录：合计 1 行。\n不导入的列：C 列“备查”（Ctrl+Y 可以指定）。"
    )
    with qtbot.waitSignals([desk.worker.changed, panel.imported]):
        QTest.keyClick(focus(), Qt.Key.Key_Return, CONTROL)
    panel.begin()
    with qtbot.waitSignal(panel.seen):
        panel.choose(path)
    assert figures(panel)[2] == "相同 1"


def test_the_columns_can_be_told_again_after_looking(
    qtbot: QtBot, panel: ImportPanel, sheet: Path
) -> None:
    with qtbot.waitSignal(panel.seen):
        panel.choose(sheet)
    with qtbot.waitSignal(panel.asked):
        QTest.keyClick(focus(), Qt.Key.Key_Y, CONTROL)
    assert [choice.currentText() for choice in panel.columns.choices.values()] == HEADINGS
    panel.columns.choices["职工人数"].choose("")
    with qtbot.waitSignal(panel.seen):
        panel.read.trigger()
    assert figures(panel)[:4] == ["将新增 2", "将改动 0", "相同 0", "不能导入 0"]
    assert "B 列“职工人数”" in panel.outcome.aside.text()


def test_a_column_without_a_heading_is_asked_about(
    qtbot: QtBot, panel: ImportPanel, tmp_path: Path
) -> None:
    path = tmp_path / "名录.xlsx"
    write_pasted(path, [HEADINGS, ["沫江齿轮厂", "120", "搬走了"]])
    with qtbot.waitSignal(panel.asked):
        panel.choose(path)
    assert "C 列没有列名" in panel.said.text()
    assert list(panel.columns.choices) == [*HEADINGS, "C"]
    with qtbot.waitSignal(panel.seen):
        panel.read.trigger()
    assert figures(panel)[0] == "将新增 1"
