"""从 Word 登记表导入: each value beside its source; what is doubtful is looked at first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.records import Visit
from app.services.records import saving
from app.ui.importing.forms.word_panel import WordPanel
from app.ui.page_context import PageContext
from tests.documents.wordforms.layouts import UNIT, one
from tests.services.offices import SetClock
from tests.ui.hands import focus, show

CONTROL = Qt.KeyboardModifier.ControlModifier
DATA = Path(__file__).parents[2] / "documents/data/wordforms"


@pytest.fixture
def panel(qtbot: QtBot, desk: PageContext, clock: SetClock) -> WordPanel:
    clock.set(2011, 12, 1)
    panel = WordPanel(desk)
    show(qtbot, panel, 1190, 640)
    panel.begin()
    return panel


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "登记表"
    folder.mkdir()
    for name in ("05_three_forms.doc", "rtf.doc"):
        shutil.copy(DATA / name, folder / name)
    (folder / "20.docx").write_bytes(one("张伟、王芳", "沫江齿轮厂", "约120人（含临时工8人）"))
    return folder


def visits(desk: PageContext) -> list[Visit]:
    return [one.record for one in saving.listing(desk.office, Visit)]


def states(panel: WordPanel) -> list[list[str]]:
    return [row[1:] for row in panel.list.table.texts]


def answer_days(qtbot: QtBot, panel: WordPanel) -> None:
    with qtbot.waitSignal(panel.seen):
        panel.questions.lines["VISIT_DAY"].buttons["filed"].click()


def chosen(qtbot: QtBot, panel: WordPanel, *paths: Path) -> None:
    with qtbot.waitSignal(panel.seen):
        panel.choose(paths)


def test_a_folder_is_seen_looked_at_and_comes_in(
    qtbot: QtBot, desk: PageContext, panel: WordPanel, folder: Path
) -> None:
    before = len(visits(desk))
    chosen(qtbot, panel, folder)
    assert states(panel) == [
        [UNIT, "要您定"],
        ["沙湾区嘉农镇中心卫生院", "要您定"],
        ["四川金峨水泥股份有限公司", "要您定"],
        ["沫江齿轮厂", "要看 1 处"],
        ["rtf.doc", "读不出"],
    ]
    assert not panel.go.isEnabled()
    answer_days(qtbot, panel)
    assert [state for _, state in states(panel)[:4]] == ["将新增", "将新增", "将新增", "要看 1 处"]
    assert panel.go.text() == "导入 3 份"
    QTest.keyClick(focus(), Qt.Key.Key_F2)
    assert panel.view.name == "headcount"
    assert panel.view.words.toPlainText() == "120"
    assert panel.view.source.toPlainText() == "约120人（含临时工8人）"
    assert "读成了 120 人" in panel.view.doubt.text()
    with qtbot.waitSignal(panel.seen):
        QTest.keyClick(focus(), Qt.Key.Key_F2)
    assert panel.go.text() == "导入 4 份"
    assert len(visits(desk)) == before
    with qtbot.waitSignals([desk.worker.changed, panel.imported]):
        QTest.keyClick(focus(), Qt.Key.Key_Return, CONTROL)
    came = visits(desk)[before:]
    assert sorted(visit.headcount or 0 for visit in came) == [58, 120, 236, 1085]
    assert all(visit.attachments for visit in came)
    assert "已导入 4 份" in panel.said.text()
    assert panel.list.table.hasFocus()

    qtbot.waitUntil(panel.undo.isVisible)
    with qtbot.waitSignal(panel.last.looked):
        QTest.keyClick(focus(), Qt.Key.Key_Z, CONTROL)
    assert "撤掉" in panel.said.text()
    with qtbot.waitSignal(panel.taken_back):
        QTest.keyClick(focus(), Qt.Key.Key_Z, CONTROL)
    assert len(visits(desk)) == before


def test_what_only_a_person_decides_is_answered_by_key(
    qtbot: QtBot, panel: WordPanel, folder: Path
) -> None:
    chosen(qtbot, panel, folder / "20.docx")
    QTest.keyClick(focus(), Qt.Key.Key_F4)
    asked = panel.questions.lines["VISIT_DAY"].buttons
    assert asked[""].hasFocus()
    with qtbot.waitSignal(panel.seen):
        QTest.keyClick(focus(), Qt.Key.Key_Right)
    assert asked["filed"].isChecked()
    assert states(panel)[0][1] == "要看 1 处"


def test_what_was_read_can_be_mended_beside_its_source(
    qtbot: QtBot, desk: PageContext, panel: WordPanel, folder: Path
) -> None:
    chosen(qtbot, panel, folder / "20.docx")
    answer_days(qtbot, panel)
    QTest.keyClick(focus(), Qt.Key.Key_F2)
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert focus() is panel.view.words
    QTest.keyClicks(focus(), "112")
    with qtbot.waitSignal(panel.seen):
        QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert states(panel) == [["沫江齿轮厂", "将新增"]]
    with qtbot.waitSignals([desk.worker.changed, panel.imported]):
        QTest.keyClick(focus(), Qt.Key.Key_Return, CONTROL)
    assert visits(desk)[-1].headcount == 112


def test_a_blank_is_confirmed_and_opened_again_with_the_space_bar(
    qtbot: QtBot, panel: WordPanel, folder: Path
) -> None:
    chosen(qtbot, panel, folder / "20.docx")
    QTest.keyClick(focus(), Qt.Key.Key_F2)
    with qtbot.waitSignal(panel.seen):
        QTest.keyClick(focus(), Qt.Key.Key_Space)
    assert states(panel)[0][1] == "要您定"
    with qtbot.waitSignal(panel.seen):
        QTest.keyClick(focus(), Qt.Key.Key_Space)
    assert states(panel)[0][1] == "要看 1 处"


def test_a_form_can_be_left_out(qtbot: QtBot, panel: WordPanel, folder: Path) -> None:
    chosen(qtbot, panel, folder / "20.docx")
    with qtbot.waitSignal(panel.seen):
        QTest.keyClick(focus(), Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert states(panel)[0][1] == "不导入"
    assert panel.leave.text() == "还是要这一份"


def test_a_file_that_cannot_be_read_says_why_where_its_form_would_stand(
    qtbot: QtBot, panel: WordPanel, folder: Path
) -> None:
    chosen(qtbot, panel, folder / "rtf.doc")
    assert "RTF" in panel.view.said.text()
    assert not panel.view.words.isVisible()


def test_going_back_asks_where_something_was_looked_at(
    qtbot: QtBot, panel: WordPanel, folder: Path
) -> None:
    chosen(qtbot, panel, folder / "20.docx")
    QTest.keyClick(focus(), Qt.Key.Key_F2)
    with qtbot.waitSignal(panel.seen):
        QTest.keyClick(focus(), Qt.Key.Key_Space)
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert "再按一次 Esc" in panel.said.text()
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(focus(), Qt.Key.Key_Escape)


def test_files_and_a_folder_are_dropped(qtbot: QtBot, panel: WordPanel, folder: Path) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(folder))])
    no, action = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    entering = QDragEnterEvent(QPoint(5, 5), action, carried, Qt.MouseButton.LeftButton, no)
    QApplication.sendEvent(panel, entering)
    assert entering.isAccepted()
    with qtbot.waitSignal(panel.seen):
        drop = QDropEvent(QPointF(5, 5), action, carried, Qt.MouseButton.LeftButton, no)
        QApplication.sendEvent(panel, drop)
    assert len(states(panel)) == 5


def test_going_through_all_forms_changes_none_of_them(
    qtbot: QtBot, panel: WordPanel, folder: Path
) -> None:
    chosen(qtbot, panel, folder)
    for row in (0, 3, 1, 4, 3, 2):
        panel.list.table.selectRow(row)
        for blank in range(6):
            panel.view.table.selectRow(blank)
    assert panel.view.words.toPlainText() == panel.view.table.texts[5][1]
    panel.list.table.selectRow(3)
    assert all("改过" not in row for row in panel.view.table.texts)


def test_what_was_typed_stays_with_its_form(qtbot: QtBot, panel: WordPanel, folder: Path) -> None:
    chosen(qtbot, panel, folder)
    panel.view.go_to("leaders")
    panel.view.words.setFocus()
    panel.view.words.setPlainText("李明书")
    with qtbot.waitSignal(panel.seen):
        panel.list.table.selectRow(1)
    assert panel.view.table.texts[0][1] == "李明"
    panel.list.table.selectRow(0)
    assert panel.view.table.texts[0][1] == "李明书"
