"""打印: look first, then to the printer or into a PDF; numbers in full only for a reason."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.records import TYPES, Aid, Person, Record, Visit
from app.services.papers.paper_catalogue import PAPERS
from app.services.records import reveals
from app.ui.page_context import PageContext
from app.ui.printing.print_panel import PrintPanel
from app.ui.printing.printers import Printer
from tests.services.offices import save_visit
from tests.services.papers.test_form_papers import text_of
from tests.services.papers.test_person_papers import ID, household
from tests.ui.hands import focus, show

CONTROL = Qt.KeyboardModifier.ControlModifier


def paper_printer(out: Path, *, two_sided: bool = False) -> Printer:
    """A printer whose paper is a file."""

    def opened() -> QPrinter:
        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        device.setOutputFileName(str(out))
        return device

    return Printer("一楼打印机", two_sided, opened)


def panel_for(
    qtbot: QtBot, desk: PageContext, record_type: type[Record], *found: Printer
) -> PrintPanel:
    panel = PrintPanel(desk, PAPERS[record_type], installed=lambda: found)
    show(qtbot, panel, 1190, 570)
    return panel


def begin(
    qtbot: QtBot, panel: PrintPanel, type_name: str, current: str | None, *listed: str
) -> None:
    with qtbot.waitSignal(panel.shown):
        panel.show_for(TYPES[type_name], current, (), listed)
    choices = panel.choices
    qtbot.waitUntil(lambda: choices.no_printer.isVisible() or choices.printer is not None)


def choose(qtbot: QtBot, panel: PrintPanel, words: str) -> None:
    buttons = [*panel.choices.scopes.buttons(), *panel.choices.kinds.buttons()]
    with qtbot.waitSignal(panel.shown):
        next(one for one in buttons if words in one.text()).click()


def press(panel: PrintPanel, key: Qt.Key) -> None:
    QTest.keyClick(panel, key, CONTROL)


def test_the_record_in_the_form_is_seen_and_printed_true_to_size(
    qtbot: QtBot, desk: PageContext, tmp_path: Path
) -> None:
    first, second = save_visit(desk.office), save_visit(desk.office, enterprise_name="五通桥盐厂")
    out = tmp_path / "paper.pdf"
    panel = panel_for(qtbot, desk, Visit, paper_printer(out))
    begin(qtbot, panel, "visit", first.id, second.id, first.id)
    qtbot.waitUntil(lambda: panel.view.image(0) is not None)
    qtbot.waitUntil(lambda: "沙湾-2011-0001" in panel.choices.scopes.button(0).text())

    choose(qtbot, panel, "全部 2 条")
    assert panel.view.count == 2
    panel.choices.copies.setValue(2)
    press(panel, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: "共 4 页" in panel.said.text())
    with closing(pypdfium2.PdfDocument(out)) as printed:
        assert len(printed) == 4
        sizes = [printed.get_page_size(n) for n in range(4)]
    assert all(abs(w - 595.3) < 1 and abs(h - 841.9) < 1 for w, h in sizes)


def test_without_a_printer_a_pdf_is_what_there_is(
    qtbot: QtBot, desk: PageContext, tmp_path: Path
) -> None:
    saved = save_visit(desk.office)
    panel = panel_for(qtbot, desk, Visit)
    begin(qtbot, panel, "visit", saved.id, saved.id)
    assert "没有打印机" in panel.choices.no_printer.text()
    assert not panel.print.isEnabled()
    qtbot.waitUntil(lambda: panel.proposed.name == "走访登记表 沙湾-2011-0001.pdf")

    target = tmp_path / panel.proposed.name
    panel.save_to(target)
    qtbot.waitUntil(lambda: str(target) in panel.said.text())
    assert "乐山无线电公司" in text_of(target)
    assert panel.proposed.parent == tmp_path
    panel.save_to(target)
    qtbot.waitUntil(lambda: "已经有了" in panel.said.text())


def test_a_blank_form_and_one_without_the_code(qtbot: QtBot, desk: PageContext) -> None:
    saved = save_visit(desk.office)
    panel = panel_for(qtbot, desk, Visit)
    begin(qtbot, panel, "visit", saved.id)
    qtbot.waitUntil(lambda: panel.view.image(0) is not None)
    with_code = panel.view.image(0)
    with qtbot.waitSignal(panel.shown):
        panel.choices.qr.click()
    qtbot.waitUntil(lambda: panel.view.image(0) is not None)
    assert panel.view.image(0) != with_code
    choose(qtbot, panel, "空白表")
    assert panel.choices.order.blank
    assert not panel.choices.qr.isVisible()


def test_the_file_of_a_person_is_made_only_for_a_reason(qtbot: QtBot, desk: PageContext) -> None:
    record = household(desk.office).person.id
    panel = panel_for(qtbot, desk, Person)
    panel.show_for(Person, record, (), [record])
    qtbot.waitUntil(panel.choices.why.hasFocus)
    assert panel.preview.made is None
    assert not reveals.revealed(desk.office)

    panel.choices.why.setText("建档后存入纸质档案")
    with qtbot.waitSignal(panel.shown):
        QTest.keyClick(panel.choices.why, Qt.Key.Key_Return)
    assert panel.view.count == 2
    assert [line.why for line in reveals.revealed(desk.office)] == ["建档后存入纸质档案"]

    choose(qtbot, panel, "名册")
    assert panel.view.count == 1
    assert len(reveals.revealed(desk.office)) == 1


@pytest.mark.parametrize("full", [False, True])
def test_the_list_to_sign_has_full_numbers_only_by_choice(
    qtbot: QtBot, desk: PageContext, tmp_path: Path, *, full: bool
) -> None:
    aid = household(desk.office).money
    panel = panel_for(qtbot, desk, Aid)
    begin(qtbot, panel, "aid", aid.id)
    if full:
        panel.choices.full.click()
        assert panel.preview.made is None
        panel.choices.why.setText("发放慰问金")
        with qtbot.waitSignal(panel.shown):
            QTest.keyClick(panel.choices.why, Qt.Key.Key_Return)
    panel.save_to(tmp_path / "a.pdf")
    qtbot.waitUntil(lambda: "已存为" in panel.said.text())
    assert (ID in text_of(tmp_path / "a.pdf")) is full


def test_what_no_font_has_is_told_in_place(qtbot: QtBot, desk: PageContext) -> None:
    saved = save_visit(desk.office, opinions="\U00020000\U0001f600")
    panel = panel_for(qtbot, desk, Visit)
    begin(qtbot, panel, "visit", saved.id)
    assert "U+1F600" in panel.said.text()
    assert panel.save.isEnabled()


def test_pages_are_turned_by_key_wherever_the_focus_is(qtbot: QtBot, desk: PageContext) -> None:
    saved = save_visit(desk.office)
    panel = panel_for(qtbot, desk, Visit)
    begin(qtbot, panel, "visit", saved.id)
    bar = panel.view.verticalScrollBar()
    QTest.keyClick(focus(), Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(focus(), Qt.Key.Key_PageUp)
    assert bar.value() == 0
    before = panel.view.scale
    QTest.keyClick(focus(), Qt.Key.Key_Minus, CONTROL)
    assert panel.view.scale < before
    QTest.keyClick(focus(), Qt.Key.Key_Plus, CONTROL)
    QTest.keyClick(focus(), Qt.Key.Key_0, CONTROL)
    assert panel.view.scale == before


def test_escape_goes_back_and_gives_the_pages_back(qtbot: QtBot, desk: PageContext) -> None:
    saved = save_visit(desk.office)
    panel = panel_for(qtbot, desk, Visit)
    begin(qtbot, panel, "visit", saved.id)
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.preview.made is None
    assert panel.view.count == 0
