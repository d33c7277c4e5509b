"""编简报 by keyboard: an issue begun, chosen, written, printed, issued, taken back (R50)."""

from __future__ import annotations

from pathlib import Path

from docx import Document as Word
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.records import Briefing, Document
from app.services.figures import issued_totals, statistics
from app.services.letters import briefing_issuing, briefings
from app.services.records import saving
from app.ui.keys import hints_for
from app.ui.pages.briefing.briefing_panel import BriefingPanel
from tests.services.offices import save_visit
from tests.ui.hands import focus
from tests.ui.pages.at_work import CTRL, AtWork

SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def opened(qtbot: QtBot, at_work: AtWork) -> BriefingPanel:
    """The panel, opened by its key on 工作简报, with a first issue."""
    page = at_work.go("documents", Briefing.type_name)
    QTest.keyClick(at_work.window, Qt.Key.Key_F10)
    panel = page.findChild(BriefingPanel)
    assert isinstance(panel, BriefingPanel)
    at_work.rest()
    with qtbot.waitSignal(at_work.desk.problems.noticed):
        QTest.keyClick(panel, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: panel.seen is not None)
    at_work.rest()
    panel.activate()
    return panel


def test_an_issue_from_its_number_to_its_lock(
    qtbot: QtBot, at_work: AtWork, tmp_path: Path
) -> None:
    office = at_work.office
    news = saving.save(
        office,
        Document,
        {"kind": "news", "title": "走访进车间", "dated": "2011-07-20", "text": "反响很好。"},
    ).id
    save_visit(office)
    seen = statistics.statistics(office, "2011-36")
    issued_totals.issue(office, issued_totals.shown(office, seen), seen)
    panel = opened(qtbot, at_work)
    assert panel.seen is not None
    assert panel.seen.record.title == "工作简报 2011年第1期"

    at_work.press(Qt.Key.Key_O, CTRL)
    row = ["走访进车间", "沙湾区总工会", "活动动态", "2011-07-20"]
    qtbot.waitUntil(lambda: panel.chooser.table.texts == [row])
    at_work.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.parts.table.texts == [["走访进车间", "沙湾区总工会"]])
    assert panel.chooser.table.texts == []
    at_work.press(Qt.Key.Key_Escape)
    assert focus() is panel.parts.table
    QTest.keyClick(panel, Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: panel.chooser.title.text() == "取定稿的数")
    at_work.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.parts.table.texts) == 2)
    assert panel.parts.table.texts[1] == ["走访情况", "数字"]

    at_work.press(Qt.Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: focus() is panel.editor.heading)
    panel.editor.heading.insert("要闻")
    at_work.press(Qt.Key.Key_Return)
    assert focus() is panel.editor.text
    panel.editor.text.setPlainText("部署走访。")
    at_work.press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: panel.parts.table.texts[-1] == ["要闻", ""])
    assert focus() is panel.editor.text
    at_work.press(Qt.Key.Key_Escape)
    at_work.press(Qt.Key.Key_Up, ALT)
    qtbot.waitUntil(lambda: panel.parts.table.texts[1] == ["要闻", ""])
    at_work.rest()

    panel.papers.ask_save = lambda name: str(tmp_path / name)
    with qtbot.waitSignal(panel.papers.written):
        QTest.keyClick(panel, Qt.Key.Key_S, CTRL | SHIFT)
    word = Word(str(tmp_path / "工作简报_2011年第1期.docx"))
    assert "部署走访。" in [one.text for one in word.paragraphs]
    QTest.keyClick(panel, Qt.Key.Key_P, CTRL)
    assert panel.papers.shown
    at_work.rest()
    at_work.press(Qt.Key.Key_Escape)
    assert focus() is panel.parts.table

    QTest.keyClick(panel, Qt.Key.Key_J, CTRL)
    assert panel.asking.isVisible()
    at_work.press(Qt.Key.Key_Escape)
    assert not panel.asking.isVisible()
    QTest.keyClick(panel, Qt.Key.Key_J, CTRL)
    QTest.keyClick(panel, Qt.Key.Key_J, CTRL)
    qtbot.waitUntil(lambda: panel.seen is not None and panel.seen.issued)
    assert panel.editor.text.isReadOnly()
    assert not panel.choose.isEnabled()
    record = saving.show(office, Document, news).record
    assert record.adopted_by == "《工作简报》2011年第1期"
    at_work.rest()

    QTest.keyClick(panel, Qt.Key.Key_Z, CTRL)
    assert focus() is panel.why.typed
    at_work.press(Qt.Key.Key_Escape)
    assert not panel.why.isVisible()
    QTest.keyClick(panel, Qt.Key.Key_Z, CTRL)
    panel.why.typed.insert("写错了")
    at_work.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.seen is not None and not panel.seen.issued)
    assert saving.show(office, Document, news).record.outcome == ""
    at_work.rest()
    panel.activate()
    at_work.press(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    at_work.rest()
    page = at_work.go("documents", Briefing.type_name)
    assert page.card.isVisible(), "the list was empty before; its first issue is shown"


def test_an_issue_that_is_out_looks_locked_in_its_form(qtbot: QtBot, at_work: AtWork) -> None:
    key = briefings.begin(at_work.office).id
    briefings.add_text(at_work.office, key, "要闻", "部署走访。")
    briefing_issuing.issue(at_work.office, key)
    page = at_work.go("documents", Briefing.type_name)
    assert at_work.desk.open(Briefing.type_name, key)
    at_work.rest()
    assert page.form.editor("recipients").read_only
    assert page.form.editor("issue").read_only


def told(panel: BriefingPanel) -> list[str]:
    """The keys that the list of parts says it understands."""
    own = {"↑ ↓", "Enter", "Alt+↑ ↓", "Ctrl+Shift+D"}
    return [key.shown for key in hints_for(panel.parts.table) if key.shown in own]


def test_what_is_done_is_said_and_what_was_worked_on_stands_there(
    qtbot: QtBot, at_work: AtWork
) -> None:
    """An issue begun beside another is the one that Esc leads to."""
    before = briefings.begin(at_work.office).id
    briefings.add_text(at_work.office, before, "要闻", "部署走访。")
    briefing_issuing.issue(at_work.office, before)
    page = at_work.go("documents", Briefing.type_name)
    QTest.keyClick(at_work.window, Qt.Key.Key_F10)
    panel = page.findChild(BriefingPanel)
    assert isinstance(panel, BriefingPanel)
    at_work.rest()
    assert told(panel) == ["↑ ↓", "Enter"], "one that is out is only read"
    QTest.keyClick(panel, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: panel.seen is not None and panel.seen.state.id != before)
    at_work.rest()
    assert told(panel) == []
    QTest.keyClick(panel, Qt.Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: focus() is panel.editor.heading)
    at_work.press(Qt.Key.Key_Escape)
    assert told(panel) == ["↑ ↓", "Enter", "Alt+↑ ↓", "Ctrl+Shift+D"]

    QTest.keyClick(panel, Qt.Key.Key_J, CTRL)
    QTest.keyClick(panel, Qt.Key.Key_J, CTRL)
    qtbot.waitUntil(lambda: panel.seen is not None and panel.seen.issued)
    at_work.rest()
    assert at_work.notices[-1] == "2011年第2期已印发。里面的信息记为采用，随回执告诉来稿单位。"
    assert told(panel) == ["↑ ↓", "Enter"]
    corner = (12, -6)
    grounds = [
        one.grab().toImage().pixelColor(corner[0], one.height() + corner[1]).name()
        for one in (panel.editor.heading, panel.editor.text)
    ]
    assert grounds[0] == grounds[1], "both are locked, and look so"

    QTest.keyClick(panel, Qt.Key.Key_Z, CTRL)
    panel.why.typed.insert("写错了")
    at_work.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.seen is not None and not panel.seen.issued)
    at_work.rest()
    assert at_work.notices[-1] == "2011年第2期已撤回印发，可以改。"
    assert panel.seen is not None
    at_work.press(Qt.Key.Key_Escape)
    at_work.rest()
    assert page.editing.key == panel.seen.state.id
    assert focus() is page.browsing.card.list
