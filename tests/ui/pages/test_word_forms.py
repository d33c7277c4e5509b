"""登记表 in Word, at the page of visits: a key opens them, the list then shows what came in."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt

from app.domain.records import Visit
from app.services.records import saving
from tests.documents.wordforms.papers import docx, p, table
from tests.services.offices import SetClock
from tests.ui.pages.at_work import CTRL, AtWork

DATA = Path(__file__).parents[2] / "documents/data/wordforms"
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_forms_come_in_at_the_page_of_visits(
    at_work: AtWork, clock: SetClock, tmp_path: Path
) -> None:
    clock.set(2011, 12, 1)
    folder = tmp_path / "登记表"
    folder.mkdir()
    for name in ("05_three_forms.doc", "09_tracked.docx", "rtf.doc"):
        shutil.copy(DATA / name, folder / name)
    page = at_work.go("visits")
    at_work.press(Qt.Key.Key_I, CTRL | SHIFT)
    panel = page.panels.forms
    assert panel is not None
    assert panel.isVisible()
    with at_work.qtbot.waitSignal(panel.seen):
        panel.choose([folder])
    with at_work.qtbot.waitSignal(panel.seen):
        panel.questions.lines["VISIT_DAY"].buttons["filed"].click()
    panel.list.table.setFocus()
    with at_work.qtbot.waitSignal(panel.imported):
        at_work.press(Qt.Key.Key_Return, CTRL)
    at_work.rest()
    at_work.press(Qt.Key.Key_Escape)
    assert page.panels.at_rest
    at_work.rest()
    assert len(page.browsing.card.model.ids) == len(saving.listing(at_work.office, Visit)) == 3


def test_the_way_from_excel_leads_to_word(at_work: AtWork) -> None:
    page = at_work.go("visits")
    at_work.press(Qt.Key.Key_I, CTRL)
    at_work.press(Qt.Key.Key_I, CTRL | SHIFT)
    assert page.panels.forms is not None
    assert page.panels.forms.isVisible()
    at_work.press(Qt.Key.Key_Escape)
    assert page.panels.at_rest


def test_other_records_have_no_form_of_word(at_work: AtWork) -> None:
    page = at_work.go("enterprises")
    at_work.press(Qt.Key.Key_I, CTRL | SHIFT)
    assert page.panels.forms is None


def test_a_list_of_visits_goes_the_way_of_a_sheet(
    at_work: AtWork, clock: SetClock, tmp_path: Path
) -> None:
    clock.set(2011, 12, 1)
    heading = ["序号", "参与走访领导", "走访企（事）业单位名称", "职工人数", "走访日期"]
    rows = [
        ["1", "王建国", "沫江齿轮厂", "120", "2011-09-20"],
        ["2", "李明", "沫水纸业公司", "58", "2011-09-21"],
    ]
    path = tmp_path / "名单.docx"
    path.write_bytes(docx(p("走访情况登记表"), table(heading, *rows)))
    page = at_work.go("visits")
    at_work.press(Qt.Key.Key_I, CTRL | SHIFT)
    panel = page.panels.forms
    assert panel is not None
    with at_work.qtbot.waitSignal(panel.seen):
        panel.choose([path])
    assert "名单" in panel.view.said.text()
    at_work.press(Qt.Key.Key_E, CTRL | SHIFT)
    sheets = page.panels.importing
    assert sheets is not None
    assert sheets.isVisible()
    at_work.qtbot.waitUntil(lambda: sheets.shown_file is not None)
    assert sheets.go.text() == "导入 2 条"
