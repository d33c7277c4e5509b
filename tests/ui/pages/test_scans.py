"""扫描件: signed paper comes back, and what no code tells is placed by hand."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.records import Visit
from app.services.office.office import Office
from app.services.papers import form_papers
from app.services.papers.scan_account import ScanAccount
from app.services.records import attachments, saving
from app.ui.pages.records.page import RecordPage
from app.ui.pages.scanning.scan_panel import ScanPanel
from app.ui.worker import Worker
from tests.services.offices import deliver, save_visit
from tests.ui.hands import keys, press
from tests.ui.pages.at_work import CTRL, AtWork


def scans(office: Office, folder: Path) -> list[Path]:
    """A form that was printed and scanned, and a photograph of something else."""
    visit = save_visit(office)
    form = folder / "form.pdf"
    form_papers.print_forms(office, form, visits=[visit.id])
    with pypdfium2.PdfDocument(form) as document:
        page = document[0]
        page.render(scale=150 / 72).to_pil().convert("RGB").save(folder / "a.jpg")
        page.close()
    Image.new("RGB", (900, 1200), "white").save(folder / "b.jpg")
    return [folder / "a.jpg", folder / "b.jpg"]


def opened(at_work: AtWork) -> ScanPanel:
    page = at_work.go("visits")
    assert isinstance(page, RecordPage)
    press(at_work.qtbot, Qt.Key.Key_F11)
    panel = page.panels.working
    assert isinstance(panel, ScanPanel)
    return panel


def taken(at_work: AtWork, panel: ScanPanel, files: list[Path]) -> ScanAccount:
    with at_work.qtbot.waitSignal(panel.taken) as told:
        panel.take(files)
    account = told.args[0]
    assert isinstance(account, ScanAccount)
    return account


def test_a_page_goes_to_its_record_and_the_rest_waits_at_the_top(
    at_work: AtWork, tmp_path: Path
) -> None:
    files = scans(at_work.office, tmp_path)
    panel = opened(at_work)
    taken(at_work, panel, files)

    assert [row[0] for row in panel.table.texts] == ["没有读出二维码", "已归入"]
    assert "归入 1 页，待处理 1 页" in panel.said.text()
    (visit,) = saving.listing(at_work.office, Visit)
    assert len(visit.record.attachments) == 1


def test_pages_of_before_still_wait_when_more_were_read(at_work: AtWork, tmp_path: Path) -> None:
    files = scans(at_work.office, tmp_path)
    panel = opened(at_work)
    taken(at_work, panel, files[1:])
    taken(at_work, panel, files[:1])

    assert [row[0] for row in panel.table.texts] == ["没有读出二维码", "已归入"]
    assert panel._card.note.text() == "待处理 1 页"
    assert "归入 1 页。以前的还有 1 页待处理。" in panel.said.text()


def test_a_page_is_placed_by_hand(at_work: AtWork, tmp_path: Path) -> None:
    files = scans(at_work.office, tmp_path)
    (visit,) = saving.listing(at_work.office, Visit)
    panel = opened(at_work)
    taken(at_work, panel, files)
    assert panel.table.hasFocus()
    press(at_work.qtbot, Qt.Key.Key_Return, CTRL)
    assert "编号" in panel.said.text()
    assert panel.number.hasFocus()

    panel.number.setText("")
    keys(at_work.qtbot, visit.record.number.replace("沙湾", ""))
    panel.number.setText(visit.record.number)
    with at_work.qtbot.waitSignal(panel.given):
        press(at_work.qtbot, Qt.Key.Key_Return, CTRL)

    assert [row[0] for row in panel.table.texts] == ["已归入", "已归入"]
    assert len(attachments.listed(at_work.office, Visit, visit.id)) == 2


def test_a_number_nobody_has_is_told(at_work: AtWork, tmp_path: Path) -> None:
    files = scans(at_work.office, tmp_path)
    panel = opened(at_work)
    taken(at_work, panel, files)
    panel.number.setText("沙湾-2011-9999")
    with at_work.qtbot.waitSignal(panel.refused):
        press(at_work.qtbot, Qt.Key.Key_Return, CTRL)
    assert "没有找到" in panel.said.text()


def test_it_is_all_taken_back_with_one_key(at_work: AtWork, tmp_path: Path) -> None:
    files = scans(at_work.office, tmp_path)
    panel = opened(at_work)
    taken(at_work, panel, files)
    with at_work.qtbot.waitSignal(panel.listed):
        press(at_work.qtbot, Qt.Key.Key_Z, CTRL)
    assert panel.table.texts == []
    (visit,) = saving.listing(at_work.office, Visit)
    assert visit.record.attachments == ()


def test_the_tray_is_there_again_at_the_next_time(at_work: AtWork, tmp_path: Path) -> None:
    files = scans(at_work.office, tmp_path)
    panel = opened(at_work)
    taken(at_work, panel, files)
    press(at_work.qtbot, Qt.Key.Key_Escape)

    again = opened(at_work)

    assert "没有读出二维码" in [row[0] for row in again.table.texts]
    with at_work.qtbot.waitSignal(again.listed):
        press(at_work.qtbot, Qt.Key.Key_Delete, CTRL)
    assert again.table.texts == [["已归入", *again.table.texts[0][1:]]]


def test_the_record_says_which_pages_came_and_the_panel_shows_them(
    at_work: AtWork, tmp_path: Path
) -> None:
    files = scans(at_work.office, tmp_path)
    panel = opened(at_work)
    taken(at_work, panel, files[:1])
    press(at_work.qtbot, Qt.Key.Key_Escape)
    at_work.rest()
    page = at_work.shell.page
    assert isinstance(page, RecordPage)
    assert page.card.paper.accessibleName() == "有扫描件"

    press(at_work.qtbot, Qt.Key.Key_F11)
    with at_work.qtbot.waitSignal(panel.listed):
        panel._begin()
    assert [row[0] for row in panel.table.texts] == ["已归入"]


def test_the_city_sees_what_came_on_paper_where_it_stands(  # noqa: PLR0917  (fixtures)
    city: Office,
    county: Office,
    dressed: QApplication,
    worker: Worker,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    files = scans(county, tmp_path)
    deliver(county, city, tmp_path / "stick")
    at_work = AtWork(qtbot, city, worker, tmp_path)
    panel = opened(at_work)
    page = at_work.shell.page
    assert isinstance(page, RecordPage)
    assert page.card.paper.accessibleName() == ""
    taken(at_work, panel, files[:1])
    press(qtbot, Qt.Key.Key_Escape)
    at_work.rest()
    assert page.card.paper.accessibleName() == "纸质已收"
