"""起草报告 from 材料: looked at, kept for WPS, finished there, and taken back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.documents.letters.letter_reading import read_letter
from app.domain.records import Demand, Document
from app.services.records import saving
from app.ui.pages.letters.letter_panel import LetterPanel
from tests.services.offices import save_visit
from tests.ui.pages.at_work import AtWork

CONTROL = Qt.KeyboardModifier.ControlModifier


def season(at_work: AtWork) -> None:
    visit = save_visit(at_work.office)
    for content in ("补发高温津贴", "修宿舍楼"):
        saving.save(
            at_work.office,
            Demand,
            {
                "visit": visit.id,
                "category": "权益",
                "content": content,
                "state": "closed",
                "closed_on": "2011-07-21",
            },
        )


def opened(qtbot: QtBot, at_work: AtWork) -> LetterPanel:
    """The panel, opened by its key on 材料."""
    page = at_work.go("documents")
    QTest.keyClick(at_work.window, Qt.Key.Key_F10)
    panel = page.findChild(LetterPanel)
    assert isinstance(panel, LetterPanel)
    qtbot.waitUntil(lambda: panel.preview.made is not None)
    return panel


def test_a_report_is_begun_finished_in_wps_and_taken_back(
    qtbot: QtBot, at_work: AtWork, tmp_path: Path
) -> None:
    season(at_work)
    panel = opened(qtbot, at_work)
    assert panel.controls.kind == "summary"
    assert panel.controls.campaign == "2011-36"
    assert len(panel.controls.chosen) == 2
    assert "数字截至 2011-07-21" in panel.said.text()

    word = tmp_path / "总结.docx"
    panel.ask_save = lambda proposed, words: str(word)
    panel.ask_open = str
    with qtbot.waitSignal(panel.told):
        QTest.keyClick(panel, Qt.Key.Key_S, CONTROL)
    assert "请用 WPS 补写" in panel.said.text()
    assert "高温津贴" in str(read_letter(word.read_bytes()).blocks)
    with qtbot.waitSignal(panel.told):
        QTest.keyClick(panel, Qt.Key.Key_U, CONTROL)
    assert "已附到材料 沙湾-材2011-0001" in panel.said.text()
    record = saving.show(at_work.office, Document, "沙湾-材2011-0001").record
    assert [one.name for one in record.attachments] == ["总结.docx"]


def test_what_is_not_ticked_is_not_told(qtbot: QtBot, at_work: AtWork, tmp_path: Path) -> None:
    season(at_work)
    panel = opened(qtbot, at_work)
    rows = [panel.controls.list.item(n) for n in range(panel.controls.list.count())]
    row = next(one for one in rows if "高温津贴" in one.text())
    with qtbot.waitSignal(panel.shown):
        row.setCheckState(Qt.CheckState.Unchecked)
    assert len(panel.controls.chosen) == 1
    with qtbot.waitSignal(panel.shown):
        panel.controls.kinds.button(1).click()
    paper = tmp_path / "调研.pdf"
    panel.ask_save = lambda proposed, words: str(paper)
    with qtbot.waitSignal(panel.told):
        panel.save_pdf.trigger()
    assert paper.read_bytes().startswith(b"%PDF")
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
